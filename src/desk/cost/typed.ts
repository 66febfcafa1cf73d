const TIME = /^(.*\S)\s+for(?:\s+(.*))?$/iu;
/** A number of days needs no "for" before it where a coin or a dollar sign parts it from the amount. */
const TIME_ALONE = /^(.*[\p{L}$].*)\s+([1-9]\d{0,3}\s*d(?:ays?)?)$/iu;
const FIGURE = /^(\d*)\s*(.*)$/u;
const DAYS: ReadonlySet<string> = new Set(['', 'd', 'day', 'days']);

/**
 * Parts what is typed as an amount from the time behind it: "10,000 USDT for 30 days", "10,000 USDT 30 days". `time` is
 * undefined where there is none, also while no more than "for" stands there.
 */
export function amountAndTime(text: string): {
  readonly amount: string;
  readonly time: string | undefined;
} {
  const typed = text.trim();
  const [, amount = typed, time = ''] = TIME.exec(typed) ?? [];
  if (time !== '') return { amount, time };
  const [, before, days] = TIME_ALONE.exec(typed) ?? [];
  if (before !== undefined && days !== undefined) return { amount: before.trim(), time: days };
  // A coin may be called FOR.
  return { amount: /\p{L}/u.test(amount) ? amount : typed, time: undefined };
}

/** Parts "30 days", "30 d" or "30" into digits and unit; `isDays` where the unit, if any, is the day. */
export function countOfDays(text: string): {
  readonly count: string;
  readonly unit: string;
  readonly isDays: boolean;
} {
  const [, count = '', unit = ''] = FIGURE.exec(text.trim()) ?? [];
  return { count, unit, isDays: DAYS.has(unit.toLowerCase()) };
}

/** The digits of what is typed as days; undefined where it is something else. */
export function plainDays(text: string | undefined): string | undefined {
  const { count, isDays } = countOfDays(text ?? '');
  return isDays && /^\d{1,4}$/.test(count) ? count : undefined;
}
