import { type Decimal, gt, parseDecimal, ZERO } from '../bybit/decimal';
import type { Core } from './exchange/core';
import type { Faults } from './faults';
import { ltv, standing } from './ledger/collateral';
import { imbalances, type Purse, purse } from './ledger/money';
import type { Habits, State } from './ledger/state';
import { debtsOf } from './ledger/world';
import { HOUR } from './market/market';

/** A wish of the control that makes no sense; the message says why. */
export class ControlError extends Error {}

/** The hand that steers a paper exchange: for tests and demonstrations, never for a client. */
export interface Control {
  /** Moves the one clock forward: server time, interest, maturities (design.md). Returns the new server time. */
  advance(hours: number): Promise<number>;
  /** Sets a coin's price in USD; without one the market's own returns. */
  price(coin: string, usd: string | undefined): Promise<void>;
  /** Lets the next `count` calls of a path go wrong; see `faults.ts` for the kinds. */
  fault(path: string, kind: string, count: number): void;
  /** Changes how operations settle and histories lag. */
  habits(change: Partial<Habits>): Promise<void>;
  /** What the ledger holds, for people and tests. */
  state(): Promise<Readonly<Record<string, unknown>>>;
}

/** Farthest step of the clock at once, hours. */
const MOST_HOURS = 5 * 366 * 24;

export function createControl(core: Core, faults: Faults): Control {
  return {
    async advance(hours) {
      if (!(hours >= 0 && hours <= MOST_HOURS))
        throw new ControlError(`hours must lie in 0 to ${MOST_HOURS}`);
      const step = Math.round(hours * HOUR);
      const state = await core.steer((before) => ({ ...before, offset: before.offset + step }));
      return state.time;
    },
    async price(coin, usd) {
      const price = usd === undefined ? undefined : positive(usd);
      const { world } = await core.look();
      if (!world.market.coins.has(coin)) throw new ControlError('unknown coin');
      await core.steer((before) => ({ ...before, prices: withPrice(before.prices, coin, price) }));
    },
    fault(path, kind, count) {
      try {
        faults.add(path, kind, count);
      } catch (error) {
        throw new ControlError(error instanceof Error ? error.message : 'no such fault');
      }
    },
    async habits(change) {
      await core.steer((before) => ({ ...before, habits: { ...before.habits, ...change } }));
    },
    async state() {
      const { world, state } = await core.look();
      return {
        simulated: true,
        seed: state.seed,
        time: state.time,
        wallet: plain(purse(state.money, 'wallet')),
        unified: plain(purse(state.money, 'unified')),
        pledged: plain(purse(state.money, 'pledged')),
        legacyPledged: plain(purse(state.money, 'legacyPledged')),
        transit: plain(purse(state.money, 'transit')),
        reserved: plain(purse(state.money, 'reserved')),
        earn: plain(purse(state.money, 'earn')),
        debts: debtsOf(world, state),
        ltv: ltv(standing(world, state)),
        risk: state.risk,
        prices: plain(state.prices),
        habits: state.habits,
        imbalances: imbalances(state.money),
      };
    },
  };
}

function positive(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === undefined || !gt(value, ZERO))
    throw new ControlError('usd must be a positive decimal number');
  return value;
}

function withPrice(prices: State['prices'], coin: string, price: Decimal | undefined): State['prices'] {
  const next = new Map(prices);
  if (price === undefined) next.delete(coin);
  else next.set(coin, price);
  return next;
}

function plain(coins: Purse): Record<string, string> {
  return Object.fromEntries(coins);
}
