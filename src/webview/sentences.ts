import { fill, type Words } from '../bybit/words';

/** Says a sentence in the editor's language. */
export type Say = (sentence: Words) => string;

/** The sentences the host handed over, by their English text; English where one is missing. */
export function speaker(strings: Readonly<Record<string, string>>): Say {
  const known = new Map(Object.entries(strings));
  return ({ text, args }) => fill(known.get(text) ?? text, args);
}
