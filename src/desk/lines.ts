import { compare, type Decimal, div, gte, lt, ONE, sub, ZERO } from '../bybit/decimal';
import type { Thresholds } from './book';
import type { Figures, LiquidationPrices } from './operation';

/** How far an account is from the lines of its LTV. */

export type Line = keyof Thresholds;

/** The lines from the first to the worst. */
export const LINES: readonly Line[] = ['initial', 'marginCall', 'delayedLiquidation', 'liquidation'];

export interface LineDistance {
  readonly line: Line;
  /** Where the line is, a fraction. */
  readonly at: Decimal;
  /** From the LTV to the line, a fraction; below zero when it is passed, undefined without an LTV. */
  readonly room: Decimal | undefined;
  readonly reached: boolean;
  /** The fall of all coins but stable ones that leads there (see `Figures.drop`). */
  readonly drop: Decimal | undefined;
}

/** The lines that a pool has of its own, from the first to the worst: where it lacks one, that stands at liquidation. */
export function ownLines(thresholds: Thresholds): readonly Line[] {
  return LINES.filter((line) => line === 'liquidation' || thresholds[line] !== thresholds.liquidation);
}

/** Every line with the way to it. A debt that nothing covers is past all of them. */
export function lineDistances(figures: Figures, thresholds: Thresholds): readonly LineDistance[] {
  return LINES.map((line) => {
    const at = thresholds[line];
    const room = figures.ltv === undefined ? undefined : sub(at, figures.ltv);
    const reached = figures.uncovered || (room !== undefined && !lt(ZERO, room));
    return { line, at, room, reached, drop: figures.drop[line] };
  });
}

/** The worst line that is reached. */
export function reachedLine(figures: Figures, thresholds: Thresholds): Line | undefined {
  return lineDistances(figures, thresholds).findLast(({ reached }) => reached)?.line;
}

/** A price at which a coin alone takes the account to a line. */
export interface PriceDanger {
  readonly coin: string;
  readonly side: 'below' | 'above';
  /** USD. */
  readonly at: Decimal;
  /** Whether today's price is there already. */
  readonly reached: boolean;
  /** The move of today's price that leads there, a fraction of it; zero when it is reached. */
  readonly move: Decimal;
}

const MOVE_PLACES = 6;

/**
 * What threatens from the price of one coin: a fall, a rise, both or nothing. No share of a price of zero leads anywhere,
 * so from there only what is reached threatens.
 */
export function dangersOf({ coin, price, below, above }: LiquidationPrices): readonly PriceDanger[] {
  const danger = (side: PriceDanger['side'], at: Decimal | undefined): readonly PriceDanger[] => {
    if (at === undefined) return [];
    const reached = side === 'below' ? gte(at, price) : gte(price, at);
    if (price === ZERO && !reached) return [];
    return [{ coin, side, at, reached, move: reached ? ZERO : moveTo(price, at) }];
  };
  return [...danger('below', below), ...danger('above', above)];
}

/** The danger that the smallest move leads to; undefined when no price of one coin alone does. */
export function nearestDanger(prices: readonly LiquidationPrices[]): PriceDanger | undefined {
  const [nearest] = prices.flatMap(dangersOf).sort((a, b) => compare(a.move, b.move));
  return nearest;
}

/** How far the price must move, rounded down: what is shown must not promise more room than there is. */
function moveTo(price: Decimal, at: Decimal): Decimal {
  return lt(at, price)
    ? sub(ONE, div(at, price, MOVE_PLACES, 'up'))
    : sub(div(at, price, MOVE_PLACES, 'down'), ONE);
}
