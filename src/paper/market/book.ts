import type { Term } from '../../bybit/common';
import { compare, type Decimal, decimal, div, min, mul, round } from '../../bybit/decimal';
import type { Coin } from './coin';
import type { CoinClass } from './coins';
import { DAY, type Market } from './market';
import { draw, saltOf } from './noise';

/** Supply offers money, borrow asks for it. */
export type Side = 'supply' | 'borrow';

/** The order of a simulated lender or borrower. */
export interface Offer {
  readonly id: string;
  /** Annual fraction: the least a lender takes, the most a borrower pays. */
  readonly rate: Decimal;
  /** In the coin. */
  readonly amount: Decimal;
  /** From when to when it stands, epoch milliseconds; the end is exclusive. */
  readonly start: number;
  readonly end: number;
}

/** One side of the book of a coin and term. */
export interface Shelf {
  readonly coin: Coin;
  readonly term: Term;
  readonly side: Side;
}

/**
 * What simulated lenders and borrowers want, as a pure function of the seed and of time. The sides never cross: every
 * lender asks for more than any borrower pays, so only the account's own orders are ever matched. Once a day all of a
 * coin and term think their rates over, after the coin's flexible rate.
 */
export interface Book {
  /** Offers that stand at a moment, best rate first, then the older. */
  offers(shelf: Shelf, time: number): readonly Offer[];
  /** The rate of the first of these offers alone; undefined when none stands. */
  best(shelf: Shelf, time: number): Decimal | undefined;
  /**
   * When the next offer appears, after a moment, that somebody with the rate `limit` can take; undefined when none does
   * within {@link FORESIGHT}.
   */
  arrival(shelf: Shelf, limit: Decimal, after: number): number | undefined;
}

/** How far {@link Book.arrival} looks, milliseconds. */
export const FORESIGHT = 30 * DAY;

/** Decimals of a rate; also the finest that an order may have (148017). */
export const RATE_PLACES = 4;
const RATE_UNIT = decimal('0.0001');
const UNITS = decimal('10000');
const MILLION = decimal('1000000');

/** Lenders, and as many borrowers, a coin has for each term; how often one is about, percent. */
const CROWD: Readonly<Record<CoinClass, readonly [slots: number, percent: number]>> = {
  S: [12, 90],
  A: [12, 90],
  B: [8, 75],
  C: [5, 60],
  M: [5, 60],
  D: [3, 50],
};
/** How much a term is liked, percent. */
const LIKING: Readonly<Record<Term, number>> = {
  '7': 100,
  '14': 80,
  '30': 100,
  '60': 35,
  '90': 60,
  '180': 45,
};

/** How often a slot is taken anew during a day. */
const TURNS: readonly number[] = [1, 2, 3, 4, 6];

/** A place in the queue: time is cut into cells, in each of which one offer may stand for a while. */
interface Slot {
  readonly name: string;
  readonly salt: number;
  /** Length of a cell, milliseconds; a day is a whole number of them. */
  readonly period: number;
  /** When its days begin, milliseconds after midnight; the same for all of a coin and term. */
  readonly dawn: number;
  latest?: { readonly cell: number; readonly offer: Priced | undefined };
  /** As `latest`, without an amount. */
  seen?: { readonly cell: number; readonly span: Span | undefined };
}

interface Span {
  readonly start: number;
  readonly end: number;
  /** Rate in ten-thousandths. */
  readonly units: number;
}
type Priced = Offer & Span;

export function createBook(market: Market): Book {
  const known = new Map<string, readonly Slot[]>();

  function slotsOf({ coin, term, side }: Shelf): readonly Slot[] {
    const name = `${side} ${coin.name} ${term}`;
    const slots = known.get(name) ?? makeSlots(market.seed, { coin, term, side }, name);
    known.set(name, slots);
    return slots;
  }

  function spanIn(shelf: Shelf, { salt, period, dawn }: Slot, cell: number): Span | undefined {
    const of = (n: number): number => draw(salt, cell * 8 + n);
    const present = CROWD[shelf.coin.class][1] * LIKING[shelf.term];
    if (!shelf.coin.fixed || of(0) % 10_000 >= present) return undefined;
    const begin = dawn + cell * period;
    // About half stand from the beginning, and about half to the end.
    const start = begin + Math.floor((period * Math.max(0, (of(1) % 600) - 300)) / 1000);
    const end = begin + Math.floor((period * Math.min(1000, 650 + (of(2) % 700))) / 1000);
    const day = dawn + Math.floor((cell * period) / DAY) * DAY;
    return { start, end, units: unitsFor(shelf, market.rateLevel(shelf.coin, day), of(3) % 1000) };
  }

  function offerIn(shelf: Shelf, slot: Slot, cell: number): Priced | undefined {
    if (slot.latest?.cell === cell) return slot.latest.offer;
    const span = spanIn(shelf, slot, cell);
    const offer = span && {
      id: `${slot.name} ${cell}`,
      rate: rateOf(span.units),
      amount: amountFor(shelf.coin, (n) => draw(slot.salt, cell * 8 + 4 + n)),
      ...span,
    };
    slot.latest = { cell, offer };
    return offer;
  }

  return {
    offers(shelf, time) {
      const found = slotsOf(shelf).flatMap((slot) => {
        const offer = offerIn(shelf, slot, cellAt(slot, time));
        return offer !== undefined && offer.start <= time && time < offer.end ? [offer] : [];
      });
      const sign = shelf.side === 'supply' ? 1 : -1;
      return found.sort((a, b) => sign * (a.units - b.units) || a.start - b.start);
    },
    best(shelf, time) {
      let first: number | undefined;
      for (const slot of slotsOf(shelf)) {
        const cell = cellAt(slot, time);
        if (slot.seen?.cell !== cell) slot.seen = { cell, span: spanIn(shelf, slot, cell) };
        const { span } = slot.seen;
        if (span === undefined || span.start > time || time >= span.end) continue;
        const isBetter =
          shelf.side === 'supply' ? span.units < (first ?? span.units + 1) : span.units > (first ?? 0);
        if (isBetter) first = span.units;
      }
      return first === undefined ? undefined : rateOf(first);
    },
    arrival(shelf, limit, after) {
      const most = Number(round(mul(limit, UNITS), 0, 'down'));
      const takes = (units: number): boolean => (shelf.side === 'supply' ? units <= most : units >= most);
      let first = after + FORESIGHT;
      for (const slot of slotsOf(shelf)) {
        for (let cell = cellAt(slot, after); slot.dawn + cell * slot.period < first; cell++) {
          const span = spanIn(shelf, slot, cell);
          if (span === undefined || span.start <= after || !takes(span.units)) continue;
          first = Math.min(first, span.start);
          break;
        }
      }
      return first < after + FORESIGHT ? first : undefined;
    },
  };
}

/** Order of two offers on a side by rate: low first for supply, high first for borrow; 0 when equal. */
export function better(side: Side, a: Pick<Offer, 'rate'>, b: Pick<Offer, 'rate'>): number {
  return side === 'supply' ? compare(a.rate, b.rate) : compare(b.rate, a.rate);
}

function makeSlots(seed: number, { coin, term }: Shelf, name: string): readonly Slot[] {
  const dawn = saltOf(seed, `dawn ${coin.name} ${term}`) % DAY;
  const salt = saltOf(seed, `book ${name}`);
  return Array.from({ length: CROWD[coin.class][0] }, (_, n) => {
    const own = draw(salt, n);
    const turns = TURNS[own % TURNS.length] ?? 1;
    return { name: `${name} ${n}`, salt: own, period: DAY / turns, dawn };
  });
}

function cellAt({ period, dawn }: Slot, time: number): number {
  return Math.floor((time - dawn) / period);
}

const rates = new Map<number, Decimal>();

/** Ten-thousandths as a rate; there are few of them, and they are asked for again and again. */
function rateOf(units: number): Decimal {
  const known = rates.get(units);
  if (known !== undefined) return known;
  const rate = mul(decimal(units), RATE_UNIT);
  rates.set(units, rate);
  return rate;
}

const bases = new WeakMap<Coin, number>();

/** The usual flexible rate of a coin in millionths: asked for with every offer. */
function millionthsOf(coin: Coin): number {
  const known = bases.get(coin);
  if (known !== undefined) return known;
  const base = Number(round(mul(coin.baseRate, MILLION), 0, 'half'));
  bases.set(coin, base);
  return base;
}

/**
 * The rate of an offer in ten-thousandths. A line between the coin's usual flexible rate and the one of the day, a little
 * higher for longer terms, parts the sides; `whim` (0 to 999) sets an offer apart from it, most of them not by much.
 */
function unitsFor({ coin, term, side }: Shelf, level: number, whim: number): number {
  const base = millionthsOf(coin);
  const today = Math.round((base * (2_000_000 + 3 * level)) / 5_000_000);
  const line = today * (900 + Number(term));
  const apart = Math.floor((whim * whim) / 2000);
  return side === 'supply'
    ? Math.ceil((line * (1000 + apart)) / 100_000_000)
    : Math.max(1, Math.floor((line * (980 - apart)) / 100_000_000));
}

/** The amount of an offer: from the smallest order up to thousands of times as much, small ones oftener. */
function amountFor(coin: Coin, pick: (n: number) => number): Decimal {
  const lot = pick(0) % 100;
  const power = lot < 50 ? 1 : lot < 88 ? 10 : 100;
  const factor = decimal((100_000 + (pick(1) % 900_000)) * power);
  const amount = div(mul(coin.fixedMinimum, factor), decimal('100000'), coin.fixedPlaces, 'up');
  return min(amount, round(div(coin.maximum, decimal('4')), coin.fixedPlaces, 'down'));
}
