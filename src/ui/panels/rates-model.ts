import { VIP_LEVELS, type VipLevel } from '../../bybit/common';
import { type Words, words } from '../../bybit/words';
import type { Part } from '../../desk/snapshot';
import type { Table as DeskTable } from '../../desk/tables/table';
import type { Status, Table, TableId, View } from '../../webview/contract';
import { environmentWords } from '../accounts/account-words';
import type { Past } from '../history/past-lines';
import type { Session } from '../session';
import { verbatim } from '../tree/row';
import { shownFailure } from './shown-failure';
import { shownTable } from './shown-table';
import { type Choice, groundsOf, type Look, type Made, TABLE_SOURCES, tierOf } from './table-sources';

type Say = (sentence: Words) => string;

const NO_PAST: Past = new Map();

export interface RatesModel {
  readonly table: Table | null;
  readonly status: Status;
  /** What the table was made of: the same as long as nothing was read anew. */
  readonly basis: unknown;
}

export interface RatesText {
  readonly say: Say;
  /** BCP 47. */
  readonly locale: string;
  /** As in a look. */
  readonly isWhole?: boolean;
}

/**
 * What a panel shows of a session and of the recorded past, in the person's language: the table that the view names, as
 * far as it was read. `now` is local epoch milliseconds.
 */
export function ratesModel(
  session: Session,
  view: View,
  now: number,
  { say, locale, isWhole = false }: RatesText,
  past: Past = NO_PAST,
): RatesModel {
  const { made, choice, grounds } = foundOf(session, { view, past, locale, isWhole });
  const table = made === undefined ? undefined : remembered(view.table, made);
  const readAt = made?.readAt ?? oldest(grounds);
  const failure = grounds.find((part) => part.failure !== undefined)?.failure;
  return {
    table: table === undefined ? null : shownTable(view.table, table, say),
    basis: table,
    status: {
      source: sourceOf(session, say),
      tiers: VIP_LEVELS.map((level) => ({ id: level, title: say(tierWords(level)) })),
      tier: tierOf(session, view),
      ownTier: session.kind === 'account' ? session.desk.snapshot.vipLevel : null,
      coin: choice?.coin ?? null,
      coins: [...(choice?.coins ?? [])],
      ageMs: table === undefined || readAt === undefined ? null : Math.max(0, Math.round(now - readAt)),
      isPartial: made?.isPartial ?? false,
      failure: failure === undefined ? null : shownFailure(failure, say),
      canAct: session.kind === 'account' && session.desk.canWrite !== false,
      costs: made?.costs ?? null,
      costProblem: made?.problem === undefined ? null : say(made.problem),
      // Of a read that failed the failure tells, until it is tried again.
      isReadingPrices: made?.isWaiting === true && (failure === undefined || grounds.some(isUnderWay)),
    },
  };
}

function isUnderWay({ loading }: Part<unknown>): boolean {
  return loading;
}

interface Found {
  readonly made: Made | undefined;
  readonly choice: Choice | undefined;
  readonly grounds: readonly Part<unknown>[];
}

function foundOf(session: Session, how: Omit<Look, 'session'>): Found {
  if (session.kind === 'loading') return { made: undefined, choice: undefined, grounds: [] };
  const source = TABLE_SOURCES[how.view.table];
  const look = { session, ...how };
  return { made: source.make(look), choice: source.choice?.(look), grounds: groundsOf(source, look) };
}

function oldest(grounds: readonly Part<unknown>[]): number | undefined {
  const times = grounds.flatMap(({ readAt }) => (readAt === undefined ? [] : [readAt]));
  return times.length === 0 ? undefined : Math.min(...times);
}

const tables = new Map<TableId, { readonly basis: Made['basis']; readonly table: DeskTable }>();

/** What was read is replaced as a whole, so the same basis makes the same table. */
function remembered(id: TableId, { basis, table }: Made): DeskTable {
  const known = tables.get(id);
  if (known?.basis.length === basis.length && basis.every((one, index) => one === known.basis[index])) {
    return known.table;
  }
  const made = table();
  tables.set(id, { basis, table: made });
  return made;
}

function sourceOf(session: Session, say: Say): string {
  switch (session.kind) {
    case 'loading':
      return say(words('Opening…'));
    case 'none':
      return say(words('Public rates'));
    case 'account':
    case 'locked':
      return `${session.account.label} · ${say(environmentWords(session.account.environment))}`;
  }
}

function tierWords(level: VipLevel): Words {
  if (level === 'VIP0') return words('No VIP');
  if (level === 'VIP99') return words('Supreme VIP');
  return verbatim(level.replace(/(\d)/, ' $1'));
}
