import { type Decimal, decimal } from '../../src/bybit/decimal';
import { pick } from './scale';

/**
 * Paths of prices, and what an LTV ladder has to tell on them. Everything here is in whole numbers (BigInt) and looks back
 * over the path; the product works in decimals and remembers. They share nothing but the rules of promises.md, row 14.
 */

/** What one account holds on a path: USDT owed, ETH and BTC pledged; amounts in ten-thousandths of the coin. */
export interface Holding {
  readonly owed: bigint;
  readonly eth: bigint;
  readonly btc: bigint;
}
/** Prices in ten-thousandths of a USD. */
export interface PricePoint {
  readonly eth: bigint;
  readonly btc: bigint;
}

const UNIT = 10_000n;
/** The collateral ladder of the fake exchange: 90 % up to 1,000,000 USD, 50 % above. USD in 10^-8 here. */
const EDGE = 1_000_000n * UNIT * UNIT;

export function coins(tenThousandths: bigint): Decimal {
  const text = String(tenThousandths).padStart(5, '0');
  return decimal(`${text.slice(0, -4)}.${text.slice(-4)}`);
}

/** What the collateral of a value counts. */
export function counted(value: bigint): bigint {
  return value <= EDGE ? value * 90n : EDGE * 90n + (value - EDGE) * 50n;
}

/** LTV in millionths, rounded up as the exchange shows it. */
export function ltvOf({ owed, eth, btc }: Holding, price: PricePoint): bigint {
  const debt = owed * UNIT * 100n * 1_000_000n;
  const collateral = counted(eth * price.eth) + counted(btc * price.btc);
  return (debt + collateral - 1n) / collateral;
}

/** What has to be told at a point, given the LTVs (millionths) seen so far, this one last; levels in millionths. */
export function expectedNews(seen: readonly bigint[], levels: readonly bigint[]): readonly string[] {
  const last = seen.at(-1) ?? 0n;
  const before = seen.slice(0, -1);
  const sorted = [...levels].sort((a, b) => Number(a - b));
  /** Whether the latest LTV before this one that was clear of a level's band lay at or above the level. */
  const wasUp = (level: bigint) => {
    const clear = before.findLast((ltv) => ltv >= level || ltv < level - 10_000n);
    return clear !== undefined && clear >= level;
  };
  const begun = sorted.filter((level) => last >= level && !wasUp(level));
  const over = sorted.filter((level) => last < level - 10_000n && wasUp(level));
  return [
    ...begun.slice(-1).map((level) => `began ltv:${name(level)}`),
    ...over.slice(0, 1).map((level) => `ended ltv:${name(level)}`),
  ];
}

function name(level: bigint): string {
  return `0.${String(level).padStart(6, '0').replace(/0+$/, '')}`;
}

export function randomHolding(random: () => number): Holding {
  const some = (most: number) => BigInt(Math.ceil(random() * most));
  // In one of four the collateral reaches into the second band of its ladder.
  const eth = some(random() < 0.25 ? 8_000_000 : 2_000_000);
  const btc = some(random() < 0.5 ? 1 : 100_000);
  const start = { owed: UNIT, eth, btc };
  const aim = 400_000n + some(600_000);
  return { ...start, owed: (UNIT * aim) / ltvOf(start, FIRST) + 1n };
}

export const FIRST: PricePoint = { eth: 3_000n * UNIT, btc: 60_000n * UNIT };

/** The next prices: trembling, drifting, a crash, a rally, or just about a level. */
export function nextPrice(
  random: () => number,
  holding: Holding,
  at: PricePoint,
  levels: readonly bigint[],
): PricePoint {
  const kind = pick(random, ['tremble', 'drift', 'jump', 'level', 'band'] as const);
  const level = pick(random, levels);
  switch (kind) {
    case 'tremble':
      return moved(random, at, 0.004);
    case 'drift':
      return moved(random, at, 0.04);
    case 'jump':
      return moved(random, at, 0.3);
    case 'level':
      return about(random, holding, at, level);
    case 'band':
      return about(random, holding, at, level - 10_000n);
  }
}

function moved(random: () => number, { eth, btc }: PricePoint, by: number): PricePoint {
  const factor = () => BigInt(Math.round((1 + (random() * 2 - 1) * by) * 1_000_000));
  const most = (price: bigint) => (price < 1n ? 1n : price > 10n ** 10n ? 10n ** 10n : price);
  return { eth: most((eth * factor()) / 1_000_000n), btc: most((btc * factor()) / 1_000_000n) };
}

/** The price of ETH at which the LTV stands next to `target`, one step of the price beside it at most. */
function about(random: () => number, holding: Holding, at: PricePoint, target: bigint): PricePoint {
  let low = 1n;
  let high = 10n ** 10n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (ltvOf(holding, { ...at, eth: middle }) >= target) low = middle;
    else high = middle;
  }
  return { ...at, eth: low + pick(random, [0n, 1n, 2n, -1n]) || 1n };
}
