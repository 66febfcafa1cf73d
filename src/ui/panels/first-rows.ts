import type { HostMessage, Table } from '../../webview/contract';
import type { Unsent } from '../../webview/wire';

type Snapshot = Extract<Unsent<HostMessage>, { readonly type: 'snapshot' }>;

/** More rows than fit any screen. */
const FIRST = 100;
/** So many are sent, read and drawn before anybody notices. */
const MOST_AT_ONCE = 500;

/**
 * The first rows of a table that is long, to be sent ahead of all: the page has them on the screen before it could have read
 * the rest, and asks for that then (`all`). Undefined where all can be sent at once.
 */
export function firstRows(message: Snapshot): Snapshot | undefined {
  const { table } = message;
  if (table === null || table.rows.length <= MOST_AT_ONCE) return undefined;
  return {
    ...message,
    table: { ...table, rows: table.rows.slice(0, FIRST) } satisfies Table,
    ahead: table.rows.length,
  };
}
