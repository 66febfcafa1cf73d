import { compare, type Decimal, mul, ZERO } from '../../bybit/decimal';
import type { Band } from '../../desk/book';
import { hoursToLine } from '../../desk/interest-runway';
import type { Line } from '../../desk/lines';
import type { Figures } from '../../desk/operation';
import type { Pool } from '../../desk/pools/pool';
import { figures, wayTo } from '../../desk/risk';
import { type Shock, shocked } from '../../desk/shock';
import type { WirePool } from '../position-contract';

/** A pool as it crossed the wire, as arithmetic wants it. */
export function poolOf(wire: WirePool): Pool {
  const { name, debts, collateral, wallet, prices, bands, thresholds } = wire;
  return {
    name,
    book: {
      debts: debts.map((debt) => ({
        ...debt,
        interest: debt.interest ?? undefined,
        hourlyRate: debt.hourlyRate ?? undefined,
      })),
      collateral,
      wallet: new Map(wallet.map(({ coin, amount }) => [coin, amount])),
      prices: new Map(prices.map(({ coin, usd }) => [coin, usd])),
      bands: new Map(bands.map((row) => [row.coin, row.bands.map(bandOf)])),
    },
    thresholds,
    grounds: [],
  };
}

function bandOf({ from, to, ratio }: WirePool['bands'][number]['bands'][number]): Band {
  return { from, to: to ?? undefined, ratio };
}

/** One pool today and at moved prices. Both are the same object where nothing is moved. */
export interface PoolReading {
  readonly wire: WirePool;
  readonly today: Pool;
  readonly moved: Pool;
  readonly before: Figures;
  readonly after: Figures;
  /** Hours until interest alone leads to each of the pool's lines at today's prices; undefined for never. */
  readonly runway: ReadonlyMap<Line, number | undefined>;
}

/** Reads a pool at moved prices; what stays as it was is not computed again. */
export function movedReading(known: PoolReading, shock: Shock): PoolReading {
  const { today, before } = known;
  const isMoved = [...shock.keys()].some((coin) => today.book.prices.has(coin));
  if (!isMoved) return { ...known, moved: today, after: before };
  const moved = { ...today, book: shocked(today.book, shock) };
  return { ...known, moved, after: figures(moved.book, moved.thresholds) };
}

export function readingOf(wire: WirePool): PoolReading {
  const today = poolOf(wire);
  const before = figures(today.book, today.thresholds);
  const runway = new Map(
    wire.lines.map(({ line }) => [line, hoursToLine(today.book, today.thresholds[line])] as const),
  );
  return { wire, today, moved: today, before, after: before, runway };
}

/** The account's own pool first, then the others, the nearest to its liquidation before. */
export function byDanger(readings: readonly PoolReading[]): readonly PoolReading[] {
  const nearness = ({ before, today }: PoolReading) =>
    before.ltv === undefined ? ZERO : wayTo(before.ltv, today.thresholds.liquidation);
  return [...readings].sort(
    (a, b) =>
      Number(b.wire.name === 'shared') - Number(a.wire.name === 'shared') ||
      compare(nearness(b), nearness(a)),
  );
}

/** Whether anything is owed or pledged in the pool. */
export function isUsed({ today: { book } }: PoolReading): boolean {
  return book.debts.length > 0 || book.collateral.length > 0;
}

/** What an amount is worth in USD at the prices looked at; undefined without one. */
export function worthIn(
  reading: PoolReading | undefined,
  coin: string,
  amount: Decimal,
): Decimal | undefined {
  const price = reading?.moved.book.prices.get(coin);
  return price === undefined ? undefined : mul(amount, price);
}
