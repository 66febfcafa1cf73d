import { type Words, words } from '../../bybit/words';
import type { Say } from '../sentences';

/** Keys that are held: `mod` is the main one of the system, in the order in which they are named. */
const HELD = ['mod', 'alt', 'shift'] as const;
export type Held = (typeof HELD)[number];

/** What a menu names of a key: a letter or an arrow as it is, the others by a word. */
export interface Keys {
  readonly held?: readonly Held[];
  readonly key: 'enter' | 'space' | '↓' | '←' | '→' | 'A' | 'C';
}

const HELD_WORDS: Readonly<Record<Held, Words>> = {
  mod: words('Ctrl'),
  alt: words('Alt'),
  shift: words('Shift'),
};
/** On a Mac they are signs, in an order of their own. */
const MAC_HELD: readonly (readonly [Held, string])[] = [
  ['alt', '⌥'],
  ['shift', '⇧'],
  ['mod', '⌘'],
];
const KEY_WORDS = new Map<Keys['key'], Words>([
  ['enter', words('Enter')],
  ['space', words('Space')],
]);

/** Keys as a person finds them on the keyboard: "Ctrl+Shift+C", on a Mac "⇧⌘C". */
export function keysText({ held = [], key }: Keys, isMac: boolean, say: Say): string {
  const named = KEY_WORDS.get(key);
  const last = named === undefined ? key : say(named);
  if (isMac) return MAC_HELD.map(([one, sign]) => (held.includes(one) ? sign : '')).join('') + last;
  return [...HELD.filter((one) => held.includes(one)).map((one) => say(HELD_WORDS[one])), last].join('+');
}
