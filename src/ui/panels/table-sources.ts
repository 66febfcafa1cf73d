import { VIP_LEVELS, type VipLevel } from '../../bybit/common';
import type { Words } from '../../bybit/words';
import { allOffers } from '../../desk/market/all-offers';
import { coinsAt } from '../../desk/market/coins-at';
import { fixedMarket } from '../../desk/market/fixed-market';
import { insProducts } from '../../desk/market/ins-products';
import { legacyMarket } from '../../desk/market/legacy-market';
import { lending } from '../../desk/market/lending';
import type { Topic } from '../../desk/market/topic';
import type { Part, PartName } from '../../desk/snapshot';
import { borrowTable } from '../../desk/tables/borrow-table';
import { collateralTable } from '../../desk/tables/collateral-table';
import { fixedTable, noFixedTable } from '../../desk/tables/fixed-table';
import { institutionalTable } from '../../desk/tables/institutional-table';
import { legacyTable } from '../../desk/tables/legacy-table';
import { lendTable } from '../../desk/tables/lend-table';
import type { Table } from '../../desk/tables/table';
import type { Status, TableId, View } from '../../webview/contract';
import type { Past } from '../history/past-lines';
import type { ReadySession, Session } from '../session';
import { costShown } from './cost-model';

/** Who looks, how, and what is known beside the desk. */
export interface Look {
  readonly session: ReadySession;
  readonly view: View;
  /** Of the rates that are recorded: the account's own level. */
  readonly past: Past;
  /** BCP 47. */
  readonly locale: string;
  /** Whether costs are to rest on the offers of all coins, not only of those in sight. */
  readonly isWhole?: boolean;
}

/** A table, and what it is made of: the same basis makes the same table. */
export interface Made {
  readonly basis: readonly unknown[];
  readonly table: () => Table;
  /** Local epoch milliseconds, where the parts do not tell it; the oldest figure counts. */
  readonly readAt?: number | undefined;
  /** Rows are still missing that are being read. */
  readonly isPartial?: boolean;
  /** Why what was typed as a cost cannot be reckoned. */
  readonly problem?: Words | undefined;
  /** What was typed as a cost is reckoned once its prices are read; for now there are rates. */
  readonly isWaiting?: boolean;
  /** What the costs are of that it shows, and how far their offers are read. */
  readonly costs?: Status['costs'];
}

export interface Choice {
  readonly coin: string | undefined;
  readonly coins: readonly string[];
}

/** Where a table of the panel comes from. */
export interface TableSource {
  /** Parts of the snapshot that it rests on. */
  parts(look: Look): readonly PartName[];
  /** What is read beside the snapshot while somebody looks at the table. */
  topics(look: Look): readonly Topic<unknown>[];
  /** Of a table that shows one coin alone: which, and which it can show. */
  choice?(look: Look): Choice;
  /** Undefined until there is something to show. */
  make(look: Look): Made | undefined;
}

const NO_PAST: Past = new Map();

export const TABLE_SOURCES: Readonly<Record<TableId, TableSource>> = {
  borrow: {
    parts: (look) => [
      ...(isOwnTier(look) ? (['coins'] as const) : []),
      // Costs are compared in US dollars.
      ...(look.view.cost.amount.trim() === '' ? [] : (['prices'] as const)),
    ],
    topics: (look) => [
      ...(isOwnTier(look) ? [] : [coinsAt(tierOf(look.session, look.view))]),
      ...(needsAllOffers(look) ? [allOffers] : []),
    ],
    make: (look) => {
      const { session, view } = look;
      const { snapshot, market } = session.desk;
      const isOwn = isOwnTier(look);
      const coins = isOwn ? snapshot.parts.coins.value : market.part(coinsAt(tierOf(session, view))).value;
      if (coins === undefined) return undefined;
      const { locale } = look;
      const past = isOwn ? look.past : NO_PAST;
      const { table, problem, isWaiting, offers } = costShown(session, coins, view.cost, { past, locale });
      if (table !== undefined && offers !== undefined) {
        return {
          basis: [table],
          table: () => table,
          costs: { ...view.cost, ...offers, reach: reachOf(look) },
        };
      }
      return { basis: [coins, past], table: () => borrowTable(coins, past), problem, isWaiting };
    },
  },
  lend: {
    parts: () => [],
    topics: () => [lending],
    make: ({ session }) => {
      const { value, readAt, loading } = session.desk.market.part(lending);
      // None so far is nothing to show before the reading has ended.
      if (value === undefined || (value.size === 0 && readAt === undefined)) return undefined;
      const times = [...value.values()].map(({ at }) => at);
      return {
        basis: [value],
        table: () => lendTable(value),
        readAt: times.length === 0 ? readAt : Math.min(...times),
        isPartial: loading && readAt === undefined,
      };
    },
  },
  fixed: {
    parts: ({ session }) => (session.desk.snapshot.parts.coins.value === undefined ? ['coins'] : []),
    topics: (look) => {
      const { coin, coins } = fixedChoice(look);
      return coin !== undefined && coins.includes(coin) ? [fixedMarket(coin)] : [];
    },
    choice: fixedChoice,
    make: (look) => {
      const { coin, coins } = fixedChoice(look);
      if (coin === undefined || coins.length === 0) return undefined;
      if (!coins.includes(coin)) return { basis: [coin], table: () => noFixedTable(coin) };
      const { value } = look.session.desk.market.part(fixedMarket(coin));
      return value && { basis: [value], table: () => fixedTable(coin, value) };
    },
  },
  legacy: {
    parts: () => [],
    topics: ({ session, view }) => [legacyMarket(tierOf(session, view))],
    make: ({ session, view }) => {
      const { value } = session.desk.market.part(legacyMarket(tierOf(session, view)));
      return value && { basis: [value], table: () => legacyTable(value) };
    },
  },
  institutional: {
    parts: () => [],
    topics: ({ session }) => [insProductsOf(session)],
    make: ({ session, locale }) => {
      const { value } = session.desk.market.part(insProductsOf(session));
      return value && { basis: [value, locale], table: () => institutionalTable(value, locale) };
    },
  },
  collateral: {
    parts: () => ['collateralRules'],
    topics: () => [],
    make: ({ session, locale }) => {
      const { snapshot, thresholds } = session.desk;
      const { value } = snapshot.parts.collateralRules;
      const { initial, liquidation } = thresholds;
      return (
        value && {
          basis: [value, initial, liquidation, locale],
          table: () => collateralTable(value, { initial, liquidation }, locale),
        }
      );
    },
  },
};

/** Columns of the costs whose figures rest on offers. */
const OF_OFFERS = /^(?:term\d+|breakEven)$/;

/**
 * Whether the offers of all coins are to be read: they decide which rows stand first or are left away, or somebody wants all
 * rows.
 */
function needsAllOffers({ view, isWhole = false }: Look): boolean {
  if (view.cost.amount.trim() === '') return false;
  const look = view.tables.find(({ table }) => table === 'borrow');
  return (
    isWhole ||
    look?.sort.some(({ column }) => OF_OFFERS.test(column)) === true ||
    look?.filters.some(({ column, kind }) => OF_OFFERS.test(column) && kind !== 'rate') === true
  );
}

/** What will have been read once nothing more comes. */
function reachOf(look: Look): NonNullable<Status['costs']>['reach'] {
  if (!needsAllOffers(look)) return 'sight';
  return look.session.desk.market.part(allOffers).loading ? 'reading' : 'all';
}

function insProductsOf({ desk }: ReadySession) {
  return insProducts(desk.snapshot.parts.riskUnit.value !== undefined);
}

const USUAL_COIN = 'USDT';

/** Coins with fixed terms, and the one that is looked at: the one chosen, else the most usual. */
function fixedChoice({ session, view }: Look): Choice {
  const known = session.desk.snapshot.parts.coins.value ?? [];
  const coins = known.filter(({ fixedBorrowable }) => fixedBorrowable).map(({ currency }) => currency);
  return { coin: view.coin ?? (coins.includes(USUAL_COIN) ? USUAL_COIN : coins[0]), coins };
}

/** What the table rests on, as it stands. */
export function groundsOf(source: TableSource, look: Look): readonly Part<unknown>[] {
  const { snapshot, market } = look.session.desk;
  return [
    ...source.parts(look).map((name) => snapshot.parts[name]),
    ...source.topics(look).map((topic) => market.part(topic)),
  ];
}

/** Reads what the table rests on, whenever it was read last; what goes wrong stands in the parts. */
export async function readAnew(source: TableSource, look: Look): Promise<void> {
  const { desk } = look.session;
  const parts = source.parts(look);
  await Promise.all([
    ...(parts.length > 0 ? [desk.refresh(parts)] : []),
    ...source.topics(look).map((topic) => desk.market.refresh(topic)),
  ]);
}

/** The level that is looked at: the one chosen, else the account's own. */
export function tierOf(session: Session, { tier }: View): VipLevel {
  const chosen = VIP_LEVELS.find((level) => level === tier);
  return chosen ?? (session.kind === 'loading' ? 'VIP0' : session.desk.snapshot.vipLevel);
}

/** The account's own level is part of its snapshot; others are read beside it. */
function isOwnTier({ session, view }: Look): boolean {
  return session.desk.snapshot.vipLevel === tierOf(session, view);
}
