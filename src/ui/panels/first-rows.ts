import type { HostMessage, Row, Table } from '../../webview/contract';
import type { Unsent } from '../../webview/wire';

type Snapshot = Extract<Unsent<HostMessage>, { readonly type: 'snapshot' }>;

/** More rows than fit most screens; on a higher one the others are there a moment later. */
const FIRST = 60;
/** So many are sent, read and drawn before anybody notices. */
const MOST_AT_ONCE = 200;

/**
 * The first rows of a table that is long, to be sent ahead of all: the page has them on the screen before it could have read
 * the rest, and asks for that then (`all`). Those of favourite coins are among them, since the page puts these first.
 * Undefined where all can be sent at once.
 */
export function firstRows(message: Snapshot, favourites: ReadonlySet<string>): Snapshot | undefined {
  const { table } = message;
  if (table === null || table.rows.length <= MOST_AT_ONCE) return undefined;
  const isFirst = ({ coin }: Row) => coin !== null && favourites.has(coin);
  // The same order among themselves as in the whole table, so that none moves when that comes.
  const others = table.rows.filter((row) => !isFirst(row)).slice(0, FIRST);
  const chosen = new Set([...table.rows.filter(isFirst).slice(0, FIRST), ...others]);
  const rows = favourites.size === 0 ? others : table.rows.filter((row) => chosen.has(row));
  return { ...message, table: { ...table, rows } satisfies Table, ahead: table.rows.length };
}
