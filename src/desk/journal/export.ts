import { plain } from '../../bybit/words';
import { type CsvColumn, csv } from '../csv';
import { utcIso } from '../utc';
import { askedOf } from './asked';
import type { JournalEvent } from './event';
import { type Story, storiesOf } from './story';

/** The account the journal belongs to, as it stands in every line. */
export interface ExportedAccount {
  readonly label: string;
  readonly environment: string;
}

/**
 * The operations as a table, oldest first, one line each: names of columns and words are English, times ISO 8601 in UTC,
 * amounts exact. Byte order mark first, without which spreadsheets take the text for another encoding.
 */
export function journalCsv(events: readonly JournalEvent[], account: ExportedAccount): string {
  return `\ufeff${csv(columnsOf(account), storiesOf(events))}`;
}

/** The events as they stand in the journal, one JSON object a line, oldest first. */
export function journalJsonLines(events: readonly JournalEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

function columnsOf({ label, environment }: ExportedAccount): readonly CsvColumn<Story>[] {
  const text = (name: string, of: CsvColumn<Story>['of']): CsvColumn<Story> => ({ name, kind: 'text', of });
  return [
    text('confirmedAt', ({ intent }) => utcIso(intent.at)),
    text('environment', () => environment),
    text('account', () => label),
    text('operation', ({ intent }) => intent.operation.kind),
    text('coin', ({ intent }) => askedOf(intent.operation).coin),
    { name: 'amount', kind: 'number', of: ({ intent }) => askedOf(intent.operation).amount },
    text('target', ({ intent }) => askedOf(intent.operation).target),
    { name: 'annualRate', kind: 'number', of: ({ intent }) => askedOf(intent.operation).annualRate },
    text('termDays', ({ intent }) => askedOf(intent.operation).term),
    text('direction', ({ intent }) => askedOf(intent.operation).direction),
    text('collateral', ({ intent }) => askedOf(intent.operation).collateral.join('; ')),
    text('title', ({ intent }) => plain(intent.title)),
    text('sentAt', ({ sent }) => sent.map(({ at }) => utcIso(at)).join('; ')),
    text('state', ({ state }) => state),
    text('endedAt', ({ verdict }) => (verdict === undefined ? undefined : utcIso(verdict.at))),
    text('endedBy', ({ verdict }) => verdict?.by),
    text('what', ({ verdict }) => (verdict === undefined ? undefined : plain(verdict.words))),
    text('code', ({ code }) => code),
    text('recordId', ({ recordId }) => recordId),
    text('journalId', ({ intent }) => intent.id),
  ];
}
