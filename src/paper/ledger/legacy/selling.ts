import { decimal, sub } from '../../../bybit/decimal';
import { held, move } from '../money';
import { sell } from '../selling';
import type { State } from '../state';
import { coinOf, type World } from '../world';
import { endLoan, withOwnRepayment } from './ending';
import { owedOn, withLoan, withPayment } from './loan';
import type { LegacyLoan } from './state';

/** What a liquidation charges on what it sells (formulae.md). */
const FEE = decimal('0.02');

/**
 * Sells a loan's collateral until it is paid off. What is left of it goes back to the Funding wallet; what it does not
 * cover the insurance pays, so nothing stays owed.
 */
export function sellOut(world: World, state: State, loan: LegacyLoan): State {
  const owed = owedOn(loan);
  const to = coinOf(world, loan.coin);
  const from = coinOf(world, loan.collateral);
  const { paid, state: sold } = sell(world, state, {
    from,
    to,
    wanted: owed,
    fee: FEE,
    source: 'legacyPledged',
    available: loan.pledged,
    pool: 'legacyPool',
  });
  const money = move(sold.money, 'insurance', 'legacyPool', to.name, sub(owed, paid));
  const gone = sub(held(state.money, 'legacyPledged', from.name), held(money, 'legacyPledged', from.name));
  const cleared: LegacyLoan = { ...withPayment(loan, owed).loan, pledged: sub(loan.pledged, gone) };
  const next = withLoan({ ...sold, money }, cleared);
  return endLoan(world, withOwnRepayment(next, cleared, owed, cleared.pledged), cleared, 2);
}
