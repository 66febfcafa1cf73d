import { vipLevelOf } from '../../bybit/account';
import type { VipLevel } from '../../bybit/common';
import type { Decimal } from '../../bybit/decimal';
import type { Book } from '../market/book';
import type { Coin } from '../market/coin';
import type { Market } from '../market/market';
import { refuse } from './refusal';
import type { State } from './state';

/** What one loan system owes for the account, shared collateral. */
export interface Debt {
  readonly coin: string;
  readonly kind: 'flexible' | 'fixed';
  /** Principal and interest (and penalty), in the coin. */
  readonly amount: Decimal;
}

/** Money lent out by the account. */
export interface Supply {
  readonly coin: string;
  readonly amount: Decimal;
}

/** Something that happens by itself when its time has come. */
export interface Timed {
  /** When it wants to run next; undefined for never. A moment that lies behind means now. */
  due(state: State): number | undefined;
  /** Runs at `state.time`, which is what `due` asked for. */
  run(world: World, state: State): State;
}

/** How a liquidation or a sale of collateral pays off debts of a system. */
export interface PayOff {
  readonly coin: string;
  /** At most what the system's debts in the coin are; already in the pool. */
  readonly amount: Decimal;
  /** Code of the repayment (API.md §10). */
  readonly type: number;
}

/** What a loan system (or the shared collateral) brings to the ledger. The rules common to all go over the parts and know none by name. */
export interface LedgerPart {
  debts(state: State): readonly Debt[];
  supplies(state: State): readonly Supply[];
  /** Whether an operation of its own is still under way. */
  busy(state: State): boolean;
  /** Marks debts as paid; the money has been moved by the caller. */
  payOff(world: World, state: State, payment: PayOff): State;
  readonly timed: readonly Timed[];
  /** What a fresh ledger finds of this system; left out when it begins empty. */
  begin?(world: World, fresh: State): State;
  /** Acts on what any change may have brought about at once, such as a price set by hand; left out when nothing can. */
  look?(world: World, state: State): State;
}

/** The unchanging surroundings of a ledger: its market, who else lends and borrows, and the parts it is made of. */
export interface World {
  readonly market: Market;
  readonly book: Book;
  readonly parts: readonly LedgerPart[];
}

/** The coin, or refusal with the code given. */
export function coinOf(world: World, name: string, retCode = 148014): Coin {
  return world.market.coins.get(name) ?? refuse(retCode, name.slice(0, 40));
}

/** USD price now: the one set by hand, else the market's. */
export function priceOf(world: World, state: State, coin: Coin): Decimal {
  return state.prices.get(coin.name) ?? world.market.price(coin, state.time);
}

export function tierOfAccount(state: State): VipLevel {
  return vipLevelOf(state.vip).level;
}

/** All debts that the account's collateral stands for. */
export function debtsOf(world: World, state: State): readonly Debt[] {
  return world.parts.flatMap((system) => system.debts(state));
}
