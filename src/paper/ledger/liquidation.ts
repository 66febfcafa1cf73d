import { add, type Decimal, decimal, gt, sub, ZERO } from '../../bybit/decimal';
import type { Coin } from '../market/coin';
import { move, purse } from './money';
import { releaseWhenClear } from './release';
import { sell } from './selling';
import type { State } from './state';
import { coinOf, type LedgerPart, type World } from './world';

/** What a liquidation charges on what it sells (formulae.md). */
const FEE = decimal('0.02');

interface Claim {
  readonly part: LedgerPart;
  readonly coin: Coin;
  readonly amount: Decimal;
}

function claimsOf(world: World, state: State): readonly Claim[] {
  return world.parts.flatMap((part) => {
    const sums = new Map<string, Decimal>();
    for (const debt of part.debts(state)) {
      sums.set(debt.coin, add(sums.get(debt.coin) ?? ZERO, debt.amount));
    }
    return [...sums].map(([coin, amount]) => ({ part, coin: coinOf(world, coin), amount }));
  });
}

function pledgedInOrder(world: World, state: State): readonly Coin[] {
  return [...purse(state.money, 'pledged').keys()]
    .map((name) => coinOf(world, name))
    .sort((a, b) => a.liquidationOrder - b.liquidationOrder);
}

/**
 * Sells collateral by ascending liquidation order until an amount is paid into the pool; what the collateral does not
 * cover the insurance pays.
 */
export function cover(world: World, state: State, to: Coin, amount: Decimal): State {
  let left = amount;
  let next = state;
  for (const from of pledgedInOrder(world, state)) {
    if (!gt(left, ZERO)) break;
    const { paid, state: sold } = sell(world, next, { from, to, wanted: left, fee: FEE });
    next = sold;
    left = sub(left, paid);
  }
  return { ...next, money: move(next.money, 'insurance', 'pool', to.name, left) };
}

/** Pays every debt out of the collateral, so that nothing stays owed. `cause` becomes the type of the repayments. */
export function liquidate(world: World, state: State, cause: number): State {
  let next = state;
  for (const { part, coin, amount } of claimsOf(world, state)) {
    const covered = cover(world, next, coin, amount);
    next = part.payOff(world, covered, { coin: coin.name, amount, type: cause });
  }
  return releaseWhenClear(world, next);
}
