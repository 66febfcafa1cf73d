import { type Words, words } from '../../bybit/words';

/** Letters that a cell may well hold; a panel takes a thousand. */
const MOST_LETTERS = 600;

/** Names one after another, the last ones counted where they are too many for a cell; null for none. */
export function listed(names: readonly string[]): string | Words | null {
  let text = '';
  for (const [index, name] of names.entries()) {
    const longer = text === '' ? name : `${text}, ${name}`;
    if (longer.length > MOST_LETTERS) {
      const rest = String(names.length - index);
      return text === '' ? words('{0} names', rest) : words('{0} and {1} more', text, rest);
    }
    text = longer;
  }
  return text === '' ? null : text;
}
