import type { LoanableCoin } from '../../bybit/common';
import type { Words } from '../../bybit/words';
import { readCostAsk } from '../../desk/cost/ask';
import type { Offers } from '../../desk/cost/cost';
import { allOffers } from '../../desk/market/all-offers';
import { fixedOffers } from '../../desk/market/fixed-offers';
import { type CostTableOptions, costTable } from '../../desk/tables/cost-table';
import type { Table as DeskTable } from '../../desk/tables/table';
import type { CostText } from '../../webview/contract';
import type { ReadySession } from '../session';

/** How far the offers are read that the costs rest on. */
export interface OffersRead {
  /** Coins of which they are. */
  readonly read: number;
  /** Coins that have any. */
  readonly all: number;
}

export interface CostShown {
  /** Undefined while nothing is asked for or it cannot be reckoned. */
  readonly table: DeskTable | undefined;
  readonly problem: Words | undefined;
  /** Nothing is wrong with what was typed, but the prices were not read yet. */
  readonly isWaiting: boolean;
  /** Undefined where no costs are shown. */
  readonly offers: OffersRead | undefined;
}

interface Made {
  readonly of: readonly unknown[];
  readonly shown: CostShown;
}

/**
 * Offers that were read so long before the prices are as good as not read: their rows left the sight. Those in sight, and all where
 * an order needs them, are read again long before.
 */
const LASTING_MS = 10 * 60_000;

const NOTHING: CostShown = { table: undefined, problem: undefined, isWaiting: false, offers: undefined };
const made = new WeakMap<readonly LoanableCoin[], Made>();

/** Costs of what was typed, for coins at the level looked at; the same table as long as nothing that it is made of changed. */
export function costShown(
  { desk }: ReadySession,
  coins: readonly LoanableCoin[],
  { amount, days }: CostText,
  { past, locale }: Pick<CostTableOptions, 'past' | 'locale'>,
): CostShown {
  if (amount.trim() === '') return NOTHING;
  const prices = desk.snapshot.parts.prices.value;
  const offers = offersKnown(desk, coins);
  const of = [amount, days, locale, past, prices, ...offers.map(([, value]) => value)];
  const known = made.get(coins);
  if (known?.of.length === of.length && known.of.every((one, index) => one === of[index])) return known.shown;
  const read = readCostAsk(amount, days, { locale, prices });
  const shown: CostShown =
    'ask' in read && prices !== undefined
      ? {
          ...NOTHING,
          table: costTable(coins, {
            ask: read.ask,
            prices,
            offers: new Map(offers),
            locale,
            ...(past && { past }),
          }),
          offers: offersRead(coins, offers),
        }
      : {
          ...NOTHING,
          problem: 'problem' in read ? read.problem : undefined,
          isWaiting: 'isWaiting' in read,
        };
  made.set(coins, { of, shown });
  return shown;
}

type Known = readonly (readonly [string, Offers])[];

/** By coin, what was read last: while its row was in sight, or with all others. */
function offersKnown({ market, snapshot }: ReadySession['desk'], coins: readonly LoanableCoin[]): Known {
  const all = market.part(allOffers).value;
  const { readAt: now = 0 } = snapshot.parts.prices;
  return coins.flatMap(({ currency }): Known => {
    const { value, readAt = 0 } = market.part(fixedOffers(currency));
    const { books, at = 0 } = all?.get(currency) ?? {};
    const [offers, time] = at > readAt ? [books, at] : [value, readAt];
    return offers === undefined || time < now - LASTING_MS ? [] : [[currency, offers]];
  });
}

function offersRead(coins: readonly LoanableCoin[], known: Known): OffersRead {
  const fixed = new Set(
    coins.flatMap(({ currency, fixedBorrowable }) => (fixedBorrowable ? [currency] : [])),
  );
  return { read: known.filter(([coin]) => fixed.has(coin)).length, all: fixed.size };
}
