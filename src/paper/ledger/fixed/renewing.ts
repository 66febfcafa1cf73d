import { add, type Decimal, gt, sub, ZERO } from '../../../bybit/decimal';
import { type CoinAmount, checkPledges, guardIdle } from '../guards';
import { nextId } from '../ids';
import { movePurse } from '../money';
import { require_ } from '../refusal';
import type { State } from '../state';
import { coinOf, type World } from '../world';
import { checkRoom, checkStanding } from './borrowing';
import { withFixed, withRow } from './contracts';
import { withContract } from './filling';
import type { Contract, RenewRow } from './state';

/** What was repaid on a contract and not yet borrowed again. */
export function renewable(contract: Contract): Decimal {
  return sub(sub(contract.amount, contract.principal), contract.renewed);
}

/**
 * Borrows again, at the rate and term of a contract, what was repaid on it (docs/v5/new-crypto-loan/fixed/renew). A new
 * contract begins at once; its interest is taken out of the payout as with any other.
 */
export function renewFixed(
  world: World,
  state: State,
  request: { readonly loan: string; readonly collateral: readonly CoinAmount[] },
): { readonly state: State; readonly id: number } {
  const old = state.fixed.contracts.find((one) => String(one.id) === request.loan);
  require_(old !== undefined, 148023);
  const coin = coinOf(world, old.coin);
  const amount = renewable(old);
  require_(gt(amount, ZERO), 148002, 'nothing was repaid on this loan');
  checkRoom(world, state, coin, amount);
  guardIdle(world, state);
  const pledges = checkPledges(world, state, request.collateral);
  checkStanding(world, state, { coin, amount, pledges });

  const { id, state: counted } = nextId(state, 'fixed renew');
  const contracts = withRow(counted.fixed.contracts, old.id, { renewed: add(old.renewed, amount) });
  const money = movePurse(counted.money, pledges, 'wallet', 'pledged');
  const { orderId, term, rate, repayType } = old;
  const lent = withContract(withFixed({ ...counted, money }, { contracts }), {
    orderId,
    coin: coin.name,
    term,
    rate,
    repayType,
    amount,
  });
  const row: RenewRow = {
    id,
    time: state.time,
    coin: coin.name,
    amount,
    repayType,
    loan: old.id,
    number: old.number,
    renewedAs: lent.contract.number,
    due: lent.contract.due,
  };
  return { id, state: withFixed(lent.state, { renewals: [...lent.state.fixed.renewals, row] }) };
}
