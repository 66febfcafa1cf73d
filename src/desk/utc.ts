import { type Words, words } from '../bybit/words';

/** Furthest from the epoch that a date can be (ECMAScript), milliseconds. */
const FURTHEST = 8.64e15;

/** A moment in ISO 8601, UTC, e.g. "2026-11-24T08:01:02.003Z"; what is no moment stays a number. `ms` since the epoch. */
export function utcIso(ms: number): string {
  return Math.abs(ms) <= FURTHEST ? new Date(ms).toISOString() : String(ms);
}

/** As {@link utcIso} for people: "2026-11-24 08:01:02.003 UTC". */
export function utcText(ms: number): string {
  return utcIso(ms).replace(/^(\S+)T(\S+)Z$/, '$1 $2 UTC');
}

/** To the minute, for due dates and the like: "2026-11-24 08:01 UTC". */
export function utcMinute(ms: number): string {
  return utcIso(ms).replace(/^(\S+)T(\d\d:\d\d)\S*Z$/, '$1 $2 UTC');
}

/** The time of day, "14:03:22 UTC", with the date in front when that is another one than `now` has. */
export function utcTime(ms: number, now: number): string {
  const [date = '', time] = utcIso(ms).split('T');
  if (time === undefined) return date;
  const clock = `${time.slice(0, 8)} UTC`;
  return utcIso(now).startsWith(date) ? clock : `${date} ${clock}`;
}

const HOUR = 3_600_000;

/** How far ahead a moment is, from milliseconds left: "in 3 d", "in 5 h"; "now" when it has come. */
export function aheadWords(ms: number): Words {
  if (ms <= 0) return words('now');
  if (ms < HOUR) return words('in {0} min', String(Math.ceil(ms / 60_000)));
  if (ms < 48 * HOUR) return words('in {0} h', String(Math.floor(ms / HOUR)));
  return words('in {0} d', String(Math.floor(ms / (24 * HOUR))));
}
