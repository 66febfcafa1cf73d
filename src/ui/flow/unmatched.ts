import { type Words, words } from '../../bybit/words';

/** What a row of a list shows, in which VS Code looks for what is typed. */
interface Shown {
  readonly label: string;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
}

/** As much of what was typed as is said again. */
const MOST_SAID = 24;

/** Whether a row has a text in it. VS Code finds a little more than this, such as the first letters of words. */
function has(text: string, { label, description, detail }: Shown): boolean {
  const wanted = text.trim().toLowerCase();
  return [label, description, detail].some((part) => part?.toLowerCase().includes(wanted) === true);
}

/**
 * The sentence for a list in which nothing has what was typed in it: VS Code shows an empty list and no word. Undefined where
 * something has, or nothing was typed.
 */
export function unmatchedWords(text: string, rows: readonly Shown[]): Words | undefined {
  const said = text.trim();
  if (said === '' || rows.length === 0 || rows.some((row) => has(said, row))) return undefined;
  const short = [...said].length > MOST_SAID ? `${[...said].slice(0, MOST_SAID).join('')}…` : said;
  return words('Nothing listed has “{0}” in it: less typed shows more.', short);
}

/**
 * The first row with the text in it, where the one that was accepted has it not: that one was marked before the text was typed,
 * stands nowhere to be seen, and is not what the person meant. Undefined where what was accepted may be meant.
 */
export function meantInstead<Row extends Shown>(
  text: string,
  accepted: Shown,
  rows: readonly Row[],
): Row | undefined {
  return text.trim() === '' || has(text, accepted) ? undefined : rows.find((row) => has(text, row));
}
