import { add, compare, type Decimal, ZERO } from '../../bybit/decimal';

/** What waits at one rate. */
export interface DepthLevel {
  /** Annual fraction. */
  readonly rate: Decimal;
  /** In the coin. */
  readonly amount: Decimal;
}

export interface DepthLines {
  /** Every rate at which anything waits, ascending. */
  readonly rates: readonly Decimal[];
  /** What lenders offer at a rate or less. */
  readonly offers: readonly (Decimal | null)[];
  /** What borrowers ask for at a rate or more. */
  readonly demand: readonly (Decimal | null)[];
}

export type Side = 'offers' | 'demand';

/**
 * At which of the rates more of a side may wait than its line says, where its worst levels were not told: at the worst that was
 * told, and at all rates from there on.
 */
export function openEnd(side: Side, { offers, demand }: DepthLines): readonly boolean[] {
  // The line is level from the worst level on, and was lower before.
  return side === 'offers'
    ? offers.map((sum) => sum !== null && sum === offers.at(-1))
    : demand.map((sum) => sum !== null && sum === demand[0]);
}

/** Both sides of a market added up from their best rates. Null where a side has nothing. */
export function depthLines(offers: readonly DepthLevel[], demand: readonly DepthLevel[]): DepthLines {
  const all = new Set([...offers, ...demand].map(({ rate }) => rate));
  const rates = [...all].sort(compare);
  const down = [...rates].reverse();
  return { rates, offers: sums(rates, offers), demand: sums(down, demand).reverse() };
}

function sums(rates: readonly Decimal[], levels: readonly DepthLevel[]): (Decimal | null)[] {
  const at = new Map<Decimal, Decimal>();
  for (const { rate, amount } of levels) at.set(rate, add(at.get(rate) ?? ZERO, amount));
  let sum: Decimal | null = null;
  return rates.map((rate) => {
    const more = at.get(rate);
    if (more !== undefined) sum = add(sum ?? ZERO, more);
    return sum;
  });
}
