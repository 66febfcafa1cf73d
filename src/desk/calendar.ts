import { type Words, words } from '../bybit/words';
import type { Account } from './account';
import { formatCoin } from './format';
import type { Snapshot } from './snapshot';
import type { DueDebt } from './watch/observation';
import { areDuesKnown, duesOf } from './watch/observe';

export interface CalendarOptions {
  readonly account: Pick<Account, 'label' | 'environment'>;
  /** Local epoch milliseconds: when the file is made. */
  readonly now: number;
  /** BCP 47, for the amounts. */
  readonly locale: string;
  /** Renders a sentence in the language of the editor. */
  readonly translate: (sentence: Words) => string;
}

/** A reminder before each date, as RFC 5545 writes durations: a week, a day, six hours. */
const REMINDERS = ['-P7D', '-P1D', '-PT6H'] as const;
/** Years have four digits there (RFC 5545 §3.3.5): what an answer dates beyond them is no day to put into a calendar. */
const LAST = Date.UTC(9999, 11, 31);
/** Octets of a line, its end not counted (RFC 5545 §3.1). */
const LONGEST = 75;

/** Those with a date that a calendar can have. */
export function dated(dues: readonly DueDebt[]): readonly DueDebt[] {
  return dues.filter(({ dueAt }) => dueAt >= 0 && dueAt <= LAST);
}

/** What goes into the calendar of an account; not whole while a list with due dates was not read. */
export function calendarDues(
  snapshot: Snapshot,
  serverNow: number,
): { readonly dues: readonly DueDebt[]; readonly isWhole: boolean } {
  return { dues: dated(duesOf(snapshot, serverNow) ?? []), isWhole: areDuesKnown(snapshot) };
}

/**
 * The due dates of loans as an iCalendar file (RFC 5545): an event each, in UTC, with reminders. The same loan has the same
 * UID every time, so that importing again moves events and doubles none; of two environments it is another, as both may know a
 * loan of the same id. Dates that a calendar cannot have are left out.
 */
export function calendarOf(dues: readonly DueDebt[], options: CalendarOptions): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Loan Desk//Loan Desk for Bybit//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...dated(dues)
      .toSorted((a, b) => a.dueAt - b.dueAt)
      .flatMap((due) => eventLines(due, options)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventLines(due: DueDebt, { account, now, locale, translate }: CalendarOptions): string[] {
  const amount = formatCoin(due.amount, due.coin, { locale, maxPlaces: 8, rounding: 'up' });
  const summary = escaped(translate(words('Loan due: {0}', amount)));
  const detail = translate(
    words('Account {0}, loan {1}. {2}', account.label, due.loanId, translate(atDueWords(due))),
  );
  return [
    'BEGIN:VEVENT',
    `UID:${account.environment}-${due.system}-${due.loanId.replace(/[^\w-]/g, '_')}@loan-desk`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(due.dueAt)}`,
    'DURATION:PT15M',
    'TRANSP:TRANSPARENT',
    `SUMMARY:${summary}`,
    `DESCRIPTION:${escaped(detail)}`,
    ...REMINDERS.flatMap((trigger) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `TRIGGER:${trigger}`,
      `DESCRIPTION:${summary}`,
      'END:VALARM',
    ]),
    'END:VEVENT',
  ];
}

function atDueWords({ atDue }: DueDebt): Words {
  switch (atDue) {
    case 'autoRepay':
      return words('It is repaid from the Funding wallet by itself if that holds enough.');
    case 'toFlexible':
      return words('It becomes a flexible loan by itself.');
    case 'nothing':
      return words('It has to be repaid by hand.');
  }
}

/** "20261124T074600Z". */
function stamp(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}

/** Long lines go on in the next behind a blank; never in the middle of a character. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const char of line) {
    const bytes = Buffer.byteLength(char);
    if (size + bytes > LONGEST) {
      parts.push(part);
      part = ' ';
      size = 1;
    }
    part += char;
    size += bytes;
  }
  return [...parts, part].join('\r\n');
}
