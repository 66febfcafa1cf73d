import { pick } from './scale';

/** Values that an honest answer never holds, or holds elsewhere. */
export const ODD: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  -0,
  1e308,
  2 ** 53,
  '',
  ' 1',
  '0',
  '-1',
  '-0.05',
  '1e3',
  '1E-9',
  '1e400',
  '0x10',
  'NaN',
  'Infinity',
  '-Infinity',
  '１２',
  '1'.repeat(400),
  `0.${'3'.repeat(400)}`,
  '9'.repeat(80),
  'constructor',
  '__proto__',
  'toString',
  '😀',
  '\u202eCTB',
  '\u001b[31m',
  'x'.repeat(300),
  '=HYPERLINK("http://x")',
  '<img src=x onerror=alert(1)>',
  '1970-01-01T00:00:00Z',
  32_503_680_000_000,
  1_772_000_000,
  // The first that is no moment any more.
  8_640_000_000_000_001,
  [],
  {},
  [[]],
  [null],
  [{}],
  { list: null },
  { constructor: 1 },
];

type Random = () => number;
type Branch = unknown[] | { [key: string]: unknown };

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null;
}

/** Every place in a value: its parent and its key. */
function placesIn(root: Branch, found: (readonly [Branch, string | number])[] = []) {
  const keys = Array.isArray(root) ? root.keys() : Object.keys(root);
  for (const key of keys) {
    found.push([root, key]);
    const inner = (root as Record<string | number, unknown>)[key];
    if (isBranch(inner)) placesIn(inner, found);
  }
  return found;
}

/** A copy with one to three places changed: replaced by something odd, left out, doubled, nested, or swapped with another. */
export function mutated(value: unknown, random: Random): unknown {
  const copy = structuredClone(value);
  if (!isBranch(copy)) return pick(random, ODD);
  const changes = 1 + Math.floor(random() * 3);
  for (let n = 0; n < changes; n += 1) {
    const places = placesIn(copy);
    if (places.length === 0) break;
    const [parent, key] = pick(random, places);
    changePlace(parent as Record<string | number, unknown>, key, random, places);
  }
  return copy;
}

function changePlace(
  parent: Record<string | number, unknown>,
  key: string | number,
  random: Random,
  places: ReturnType<typeof placesIn>,
): void {
  const old = parent[key];
  switch (Math.floor(random() * 8)) {
    case 0:
      delete parent[key];
      break;
    case 1:
      parent[key] = [old, structuredClone(old)];
      break;
    case 2:
      parent[key] = { [String(key)]: old };
      break;
    case 3: {
      const [other, name] = pick(random, places);
      parent[key] = structuredClone((other as Record<string | number, unknown>)[name]);
      break;
    }
    case 4:
      parent[`${key}x`] = old;
      break;
    default:
      parent[key] = structuredClone(pick(random, ODD));
  }
}

/** Text with something cut out, put in or doubled. */
export function scrambled(text: string, random: Random): string {
  const at = Math.floor(random() * text.length);
  const to = Math.min(text.length, at + Math.floor(random() * 40));
  switch (Math.floor(random() * 6)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, to) + text.slice(at);
    case 3:
      return (
        text.slice(0, at) +
        pick(random, ['"', '{', '}', '[', ']', ',', ':', '\\', '\u0000', '\ud800', '1e', '-', 'null', '\n']) +
        text.slice(at)
      );
    case 4:
      return `${'['.repeat(Math.floor(random() * 2_000))}${text}`;
    default:
      return text.slice(0, at) + '9'.repeat(Math.floor(random() * 500)) + text.slice(at);
  }
}

/** The last one is the longest that most places take. */
const ODD_TEXTS = [...ODD.filter((value) => typeof value === 'string'), 'x'.repeat(1_000)];
const ODD_NUMBERS = [...ODD.filter((value) => typeof value === 'number'), 1, 2, 100, Number.MAX_SAFE_INTEGER];
const ODD_DECIMALS = ['0', '-1', '-0.05', '1', '1000', `0.${'3'.repeat(100)}`, '9'.repeat(80)];

/** A copy in which one to three leaves hold something else of their type: most often it still is what it was. */
export function retold(value: unknown, random: Random): unknown {
  const copy = structuredClone(value);
  if (!isBranch(copy)) return pick(random, ODD);
  const leaves = placesIn(copy) as (readonly [Record<string | number, unknown>, string | number])[];
  for (let n = leaves.length === 0 ? 0 : 1 + Math.floor(random() * 3); n > 0; n -= 1) {
    const [parent, key] = pick(random, leaves);
    parent[key] = another(parent[key], random);
  }
  return copy;
}

function another(old: unknown, random: Random): unknown {
  if (typeof old === 'boolean') return !old;
  if (typeof old === 'number') return pick(random, ODD_NUMBERS);
  if (typeof old !== 'string') return old;
  return pick(random, /^-?\d/.test(old) && random() < 0.8 ? ODD_DECIMALS : ODD_TEXTS);
}
