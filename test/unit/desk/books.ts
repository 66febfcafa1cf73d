import fc from 'fast-check';
import { type Decimal, decimal, ZERO } from '../../../src/bybit/decimal';
import type { Band, Book, CoinAmount, Debt } from '../../../src/desk/book';

/** The documented ladder (responses/getCollateralCoins.json). */
export const LADDER: readonly Band[] = [
  { from: ZERO, to: decimal('10000'), ratio: decimal('0.8') },
  { from: decimal('10000'), to: decimal('20000'), ratio: decimal('0.7') },
  { from: decimal('20000'), to: decimal('30000'), ratio: decimal('0.5') },
  { from: decimal('30000'), to: decimal('99999999999'), ratio: decimal('0.4') },
];

export function book(parts: {
  readonly debts?: readonly (CoinAmount & Partial<Debt>)[];
  readonly collateral?: readonly CoinAmount[];
  readonly wallet?: ReadonlyMap<string, Decimal>;
  readonly prices: ReadonlyMap<string, Decimal>;
  readonly bands?: ReadonlyMap<string, readonly Band[]>;
}): Book {
  return {
    debts: (parts.debts ?? []).map((debt) => ({
      system: 'flexible',
      interest: undefined,
      hourlyRate: undefined,
      ...debt,
    })),
    collateral: parts.collateral ?? [],
    wallet: parts.wallet ?? new Map(),
    prices: parts.prices,
    bands: parts.bands ?? new Map([...parts.prices.keys()].map((coin) => [coin, LADDER])),
  };
}

export const COINS = ['BTC', 'ETH', 'SOL', 'USDT', 'USDC', '__proto__'] as const;

/** Whole number over 10^places. */
export function amounts(max: bigint, places: number, min = 0n): fc.Arbitrary<Decimal> {
  return fc.bigInt({ min, max }).map((digits) => {
    const text = digits.toString().padStart(places + 1, '0');
    return decimal(places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`);
  });
}

/** Concave ladders: one to four bands with falling ratios. */
const ladders: fc.Arbitrary<readonly Band[]> = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 3 }),
    fc.array(fc.integer({ min: 0, max: 95 }), { minLength: 4, maxLength: 4 }),
    fc.boolean(),
  )
  .map(([edges, ratios, isOpen]) => {
    const sorted = [...edges].sort((a, b) => a - b).map((edge) => decimal(edge * 1000));
    const falling = [...ratios]
      .sort((a, b) => b - a)
      .map((ratio) => decimal(`0.${String(ratio).padStart(2, '0')}`));
    const bands = sorted.map((to, index) => ({
      from: sorted[index - 1] ?? ZERO,
      to,
      ratio: falling[index] ?? ZERO,
    }));
    const last = { from: sorted.at(-1) ?? ZERO, to: undefined, ratio: falling[3] ?? ZERO };
    return isOpen ? [...bands, last] : bands;
  });

function entries<T>(value: fc.Arbitrary<T>): fc.Arbitrary<Map<string, T>> {
  return fc
    .tuple(...COINS.map(() => value))
    .map((values) => new Map(COINS.map((coin, index) => [coin, values[index] as T])));
}

function some(max: bigint, places: number, least: number): fc.Arbitrary<CoinAmount[]> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...COINS), amounts(max, places, 1n)), {
      selector: ([coin]) => coin,
      minLength: least,
      maxLength: COINS.length,
    })
    .map((rows) => rows.map(([coin, amount]) => ({ coin, amount })));
}

/** Books of any shape: coins on one side, on both, on none. */
export const books: fc.Arbitrary<Book> = fc
  .record({
    debts: some(10n ** 9n, 6, 1),
    collateral: some(10n ** 10n, 6, 1),
    wallet: entries(amounts(10n ** 10n, 6)),
    prices: entries(amounts(10n ** 8n, 4, 1n)),
    bands: entries(ladders),
  })
  .map(book);
