import { type Words, words } from '../../bybit/words';

/** What a row of a list shows, in which VS Code looks for what is typed. */
interface Shown {
  readonly label: string;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
}

/** As much of what was typed as is said again. */
const MOST_SAID = 24;

/**
 * The sentence for a list in which nothing has what was typed in it: VS Code shows an empty list and no word. Undefined where
 * something has, or nothing was typed. VS Code finds a little more than this, such as the first letters of words: a row it
 * finds besides stands below the sentence.
 */
export function unmatchedWords(text: string, rows: readonly Shown[]): Words | undefined {
  const typed = text.trim().toLowerCase();
  if (typed === '' || rows.length === 0) return undefined;
  const has = (part: string | undefined) => part?.toLowerCase().includes(typed) === true;
  if (rows.some(({ label, description, detail }) => has(label) || has(description) || has(detail)))
    return undefined;
  const said = text.trim();
  const short = [...said].length > MOST_SAID ? `${[...said].slice(0, MOST_SAID).join('')}…` : said;
  return words('Nothing listed has “{0}” in it: less typed shows more.', short);
}
