import { type LoanableCoin, VIP_LEVELS, type VipLevel } from '../../bybit/common';
import { type Words, words } from '../../bybit/words';
import { coinsAt } from '../../desk/market/coins-at';
import type { Failure, Part } from '../../desk/snapshot';
import { borrowTable } from '../../desk/tables/borrow-table';
import type { CellNote, Table as DeskTable } from '../../desk/tables/table';
import type { Note, Status, Table, TableId, View } from '../../webview/contract';
import { environmentWords } from '../accounts/account-words';
import type { Past } from '../history/past-lines';
import type { ReadySession, Session } from '../session';
import { verbatim } from '../tree/row';
import { costShown } from './cost-model';

type Say = (sentence: Words) => string;

/** Connection codes that mean that this machine reaches nothing, rather than that the exchange fails. */
const OFFLINE = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH']);

const UNREAD: Part<never> = { value: undefined, readAt: undefined, failure: undefined, loading: true };

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
}

/** What a panel shows of a session and of the recorded past, in the person's language; `now` is local epoch milliseconds. */
export function ratesModel(
  session: Session,
  view: View,
  now: number,
  { say, locale }: RatesText,
  past: Past = NO_PAST,
): RatesModel {
  const tier = tierOf(session, view);
  const part = session.kind === 'loading' ? UNREAD : coinsPart(session, tier);
  // Rates are recorded at the account's own level.
  const isOwn = session.kind !== 'loading' && isOwnTier(session, tier);
  const cost =
    session.kind === 'loading' || part.value === undefined
      ? undefined
      : costShown(session, part.value, view.cost, locale);
  const made =
    part.value === undefined ? undefined : (cost?.table ?? tableOf(part.value, isOwn ? past : NO_PAST));
  return {
    table: made === undefined ? null : translated('borrow', made, say),
    basis: made,
    status: {
      source: sourceOf(session, say),
      tiers: VIP_LEVELS.map((level) => ({ id: level, title: say(tierWords(level)) })),
      tier,
      ownTier: session.kind === 'account' ? session.desk.snapshot.vipLevel : null,
      ageMs: part.readAt === undefined ? null : Math.max(0, Math.round(now - part.readAt)),
      failure: part.failure === undefined ? null : failureOf(part.failure, say),
      canBorrow: session.kind === 'account' && session.desk.canWrite !== false,
      costProblem: cost?.problem === undefined ? null : say(cost.problem),
    },
  };
}

/** The level that is looked at: the one chosen, else the account's own. */
export function tierOf(session: Session, { tier }: View): VipLevel {
  const chosen = VIP_LEVELS.find((level) => level === tier);
  return chosen ?? (session.kind === 'loading' ? 'VIP0' : session.desk.snapshot.vipLevel);
}

/** The account's own level is part of its snapshot; others are read beside it. */
export function isOwnTier({ desk }: ReadySession, tier: VipLevel): boolean {
  return desk.snapshot.vipLevel === tier;
}

function coinsPart(session: ReadySession, tier: VipLevel): Part<readonly LoanableCoin[]> {
  const { snapshot, market } = session.desk;
  return isOwnTier(session, tier) ? snapshot.parts.coins : market.part(coinsAt(tier));
}

const NO_PAST: Past = new Map();
const tables = new WeakMap<readonly LoanableCoin[], { readonly past: Past; readonly table: DeskTable }>();

/** The snapshot is replaced as a whole, so the same coins make the same table. */
function tableOf(coins: readonly LoanableCoin[], past: Past): DeskTable {
  const known = tables.get(coins);
  if (known?.past === past) return known.table;
  const table = borrowTable(coins, past);
  tables.set(coins, { past, table });
  return table;
}

function translated(id: TableId, { title, columns, rows, empty }: DeskTable, say: Say): Table {
  return {
    id,
    title: say(title),
    columns: columns.map((column) => ({
      id: column.id,
      title: say(column.title),
      kind: column.kind,
      hint: column.hint === undefined ? null : say(column.hint),
    })),
    rows: rows.map((row) => ({
      id: row.id,
      cells: row.cells,
      notes: row.notes?.map((note) => translatedNote(note, say)) ?? null,
      borrow: row.borrow ?? null,
    })),
    empty: say(empty),
  };
}

function translatedNote(note: CellNote | null, say: Say): Note | null {
  if (note === null) return null;
  return { text: typeof note.text === 'string' ? note.text : say(note.text), mark: note.mark ?? null };
}

function failureOf({ words: sentence, advice, code }: Failure, say: Say): Status['failure'] {
  return {
    text: say(sentence),
    advice: advice === undefined ? null : say(advice),
    offline: code !== undefined && OFFLINE.has(code),
  };
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
