import { type Decimal, decimal } from '../../src/bybit/decimal';
import { counted } from './price-path';
import { pick } from './scale';

/**
 * Pools with an LTV and lines of their own, and what has to be told of them on a path of prices. As in `price-path.ts`
 * everything is whole numbers (BigInt): amounts and prices in ten-thousandths, LTVs and lines too.
 */

export type PoolCoin = 'ETH' | 'BTC';

export interface PathPool {
  readonly key: string;
  readonly system: 'legacy' | 'institutional';
  readonly coin: PoolCoin;
  /** USDT. */
  readonly owed: bigint;
  readonly held: bigint;
  /** The line of the warning, and that of liquidation. */
  readonly lines: readonly [bigint, bigint];
}

export type PoolPrices = { readonly [Coin in PoolCoin]: bigint };
export const FIRST_PRICES: PoolPrices = { ETH: 30_000_000n, BTC: 600_000_000n };

const UNIT = 10_000n;
/** How far under a line the LTV must fall before the line can be told again. */
const BAND = 100n;
const HIGHEST = 10n ** 11n;

/** LTV of a pool, rounded up: collateral counts in full in the old system and by tiers in a unit (formulae.md). */
export function poolLtv({ system, coin, owed, held }: PathPool, prices: PoolPrices): bigint {
  const worth = held * prices[coin];
  const [debt, collateral] =
    system === 'legacy' ? [owed * UNIT, worth] : [owed * UNIT * 100n, counted(worth)];
  return (debt * UNIT + collateral - 1n) / collateral;
}

/** What has to be told of a pool, given the LTVs that could be seen so far, the last one now. */
export function expectedOf({ system, key, lines }: PathPool, seen: readonly bigint[]): readonly string[] {
  const last = seen.at(-1) ?? 0n;
  const before = seen.slice(0, -1);
  return lines.flatMap((line, index) => {
    const clear = before.findLast((ltv) => ltv >= line || ltv < line - BAND);
    const wasUp = clear !== undefined && clear >= line;
    const what = `began pool:${system}:${key}:${index === 0 ? 'warning' : 'liquidation'}`;
    return last >= line && !wasUp ? [what] : [];
  });
}

/** The next price of a pool's coin: trembling, drifting, a crash, a rally, or just about a line or the band under it. */
export function nextPoolPrice(random: () => number, pool: PathPool, prices: PoolPrices): PoolPrices {
  const { coin, lines } = pool;
  const line = pick(random, lines);
  const move = pick(random, [0.004, 0.04, 0.3, line, line - BAND] as const);
  const price =
    typeof move === 'bigint' ? priceAt(random, pool, prices, move) : moved(random, prices[coin], move);
  return { ...prices, [coin]: price };
}

function moved(random: () => number, price: bigint, by: number): bigint {
  const factor = BigInt(Math.round((1 + (random() * 2 - 1) * by) * 1_000_000));
  const next = (price * factor) / 1_000_000n;
  return next < 1n ? 1n : next > HIGHEST ? HIGHEST : next;
}

/** The highest price at which the LTV still is `target`, or one step beside it. */
function priceAt(random: () => number, pool: PathPool, prices: PoolPrices, target: bigint): bigint {
  let low = 1n;
  let high = HIGHEST;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (poolLtv(pool, { ...prices, [pool.coin]: middle }) >= target) low = middle;
    else high = middle;
  }
  return low + pick(random, [0n, 1n, -1n]) || 1n;
}

export function fraction(tenThousandths: bigint): Decimal {
  const text = String(tenThousandths).padStart(5, '0');
  return decimal(`${text.slice(0, -4)}.${text.slice(-4)}`);
}

const LEGACY_LINES = [
  [8_700n, 9_500n],
  [8_000n, 8_300n],
  [9_000n, 9_050n],
] as const;
/** Of a unit a product names one line; the warning comes five points before it. */
const UNIT_LINES = [7_500n, 8_000n, 9_000n] as const;

/** One or two legacy loans, each against a coin of its own, and a risk unit. */
export function randomPools(random: () => number): readonly PathPool[] {
  const some = (most: number) => BigInt(Math.ceil(random() * most));
  const pool = (part: Pick<PathPool, 'key' | 'system' | 'coin' | 'lines'>): PathPool => {
    // In one of four the collateral of a unit reaches into the second band of its tiers.
    const held = some(random() < 0.25 ? 8_000_000 : 400_000);
    const start = { ...part, held, owed: UNIT };
    // Against an LTV in millionths of one USDT's worth: precise enough for any size.
    const worth = poolLtv({ ...start, owed: UNIT * 1_000_000n }, FIRST_PRICES);
    return { ...start, owed: (UNIT * 1_000_000n * (4_000n + some(5_900))) / worth + 1n };
  };
  const legacy = (coin: PoolCoin, n: number) =>
    pool({ key: `17942675324726${n}`, system: 'legacy', coin, lines: pick(random, LEGACY_LINES) });
  const line = pick(random, UNIT_LINES);
  return [
    legacy('ETH', 1),
    ...(random() < 0.5 ? [legacy('BTC', 2)] : []),
    pool({ key: '1', system: 'institutional', coin: 'BTC', lines: [line - 500n, line] }),
  ];
}
