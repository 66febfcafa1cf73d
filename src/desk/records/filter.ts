import { RECORD_KINDS, type RecordKind } from './record';

/** What a person wants to see of the records; empty texts for all. */
export interface RecordFilter {
  readonly kind: RecordKind | '';
  /** Parts of coin names, apart by commas or blanks; one has to fit. */
  readonly coin: string;
  /** First and last day, UTC, as "2026-11-25". */
  readonly from: string;
  readonly to: string;
}

export const EVERYTHING: RecordFilter = { kind: '', coin: '', from: '', to: '' };

const DAY_MS = 86_400_000;

interface Filterable {
  readonly kind: string;
  readonly coin: string;
  /** Epoch milliseconds. */
  readonly time: number;
}

/** A test of what passes. A day that is none does not hold anything back. */
export function passes({ kind, coin, from, to }: RecordFilter): (record: Filterable) => boolean {
  const wanted = coin
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((part) => part !== '');
  const first = dayStart(from) ?? Number.NEGATIVE_INFINITY;
  const after = (dayStart(to) ?? Number.POSITIVE_INFINITY) + DAY_MS;
  return (record) => {
    if (kind !== '' && record.kind !== kind) return false;
    if (record.time < first || record.time >= after) return false;
    const own = record.coin.toLowerCase();
    return wanted.length === 0 || wanted.some((part) => own.includes(part));
  };
}

export function isRecordKind(text: string): text is RecordKind {
  return (RECORD_KINDS as readonly string[]).includes(text);
}

function dayStart(day: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return undefined;
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) ? undefined : time;
}
