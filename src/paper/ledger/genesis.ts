import { type Decimal, decimal } from '../../bybit/decimal';
import { NO_ADJUSTMENTS } from './adjusting';
import { NO_FIXED } from './fixed/state';
import { NO_FLEXIBLE } from './flexible';
import { NO_INSTITUTIONAL } from './institutional/state';
import { NO_LEGACY } from './legacy/state';
import { fill, type Money, movePurse } from './money';
import { NO_RISK } from './risk';
import type { Habits, Key, State } from './state';
import type { World } from './world';

/** What a new paper account finds in its Funding wallet. */
const START: readonly (readonly [coin: string, amount: string])[] = [
  ['USDT', '50000'],
  ['USDC', '20000'],
  ['BTC', '0.5'],
  ['ETH', '10'],
  ['SOL', '200'],
  ['XRP', '5000'],
  ['DOGE', '10000'],
];

/** What it finds in its flexible savings (Earn), from which supply orders may draw. */
const SAVINGS: readonly (readonly [coin: string, amount: string])[] = [
  ['USDT', '5000'],
  ['USDC', '2500'],
];

export const HABITS: Habits = {
  releaseOnClear: true,
  settleMs: 0,
  settleFails: false,
  historyLagMs: 0,
};

export interface Genesis {
  /** Server time of the beginning, epoch milliseconds. */
  readonly time: number;
  readonly keys: readonly Key[];
  readonly wallet?: ReadonlyMap<string, Decimal>;
  readonly earn?: ReadonlyMap<string, Decimal>;
  readonly habits?: Partial<Habits>;
  readonly vip?: string;
}

function amountsOf(rows: typeof START): ReadonlyMap<string, Decimal> {
  return new Map(rows.map(([coin, amount]) => [coin, decimal(amount)]));
}

/** A fresh ledger: the platform's pools filled, the wallets funded, and whatever each part begins with. */
export function genesis(world: World, { time, keys, wallet, earn, habits, vip }: Genesis): State {
  const { market, parts } = world;
  const pools = new Map([...market.coins].map(([name, coin]) => [name, coin.pool]));
  let money: Money = fill(new Map(), 'pool', pools);
  money = movePurse(money, wallet ?? amountsOf(START), 'market', 'wallet');
  money = movePurse(money, earn ?? amountsOf(SAVINGS), 'market', 'earn');
  const fresh: State = {
    seed: market.seed,
    time,
    offset: 0,
    uid: 100_000_000 + (market.seed % 900_000_000),
    vip: vip ?? 'No VIP',
    createdAt: time,
    keys,
    habits: { ...HABITS, ...habits },
    money,
    prices: new Map(),
    ids: new Map(),
    risk: NO_RISK,
    common: NO_ADJUSTMENTS,
    flexible: NO_FLEXIBLE,
    fixed: NO_FIXED,
    legacy: NO_LEGACY,
    institutional: NO_INSTITUTIONAL,
  };
  return parts.reduce((state, part) => part.begin?.(world, state) ?? state, fresh);
}
