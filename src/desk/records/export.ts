import { plain, type Words } from '../../bybit/words';
import { type CsvColumn, csv } from '../csv';
import { utcIso } from '../utc';
import type { AccountRecord } from './record';

/** The account that records belong to, as it stands in every line. */
export interface RecordsOwner {
  readonly label: string;
  readonly environment: string;
}

/**
 * Records as a table in the order given: names of columns and words are English, times ISO 8601 in UTC, amounts exact.
 * Byte order mark first, without which spreadsheets take the text for another encoding.
 */
export function recordsCsv(records: readonly AccountRecord[], { label, environment }: RecordsOwner): string {
  const text = (name: string, of: CsvColumn<AccountRecord>['of']): CsvColumn<AccountRecord> => ({
    name,
    kind: 'text',
    of,
  });
  const columns = [
    text('time', ({ time }) => utcIso(time)),
    text('environment', () => environment),
    text('account', () => label),
    text('system', ({ system }) => system),
    text('kind', ({ kind }) => kind),
    text('coin', ({ coin }) => coin),
    { name: 'amount', kind: 'number' as const, of: ({ amount }: AccountRecord) => amount },
    text('what', ({ what }) => plain(what)),
    text('state', ({ state }) => state),
    text('details', ({ details }) => details.map((each: Words) => plain(each)).join('; ')),
    text('id', ({ id }) => id),
  ];
  return `\ufeff${csv(columns, records)}`;
}
