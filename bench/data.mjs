// The rows that every grid shows, from a seed.

/** @typedef {{ id: string, cells: (string | null)[] }} BenchRow */

export const COLUMNS = [
  { id: 'coin', title: 'Coin', kind: 'name' },
  { id: 'flexible', title: 'Flexible', kind: 'rate' },
  ...[7, 14, 30, 60, 90, 180].map((term) => ({ id: `term${term}`, title: `${term} days`, kind: 'rate' })),
  { id: 'minimum', title: 'Min. flexible', kind: 'amount' },
  { id: 'fixedMinimum', title: 'Min. fixed', kind: 'amount' },
  { id: 'maximum', title: 'Maximum', kind: 'amount' },
];

/** @param {number} seed */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * @param {number} count
 * @returns {BenchRow[]}
 */
export function rows(count) {
  const next = random(20_261_126);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const letter = () => letters[Math.floor(next() * letters.length)];
  const rate = () => {
    if (next() < 0.2) return null;
    const digits = String(1 + Math.floor(next() * 99_998)).padStart(6, '0');
    return `0.${digits.replace(/0+$/, '')}`;
  };
  return Array.from({ length: count }, (_, index) => {
    const id = `${letter()}${letter()}${letter()}${index}`;
    const least = `0.${'0'.repeat(Math.floor(next() * 4))}${1 + Math.floor(next() * 9)}`;
    return {
      id,
      cells: [
        id,
        rate(),
        ...Array.from({ length: 6 }, rate),
        least,
        least,
        String(1 + Math.floor(next() * 1e7)),
      ],
    };
  });
}

/**
 * The name that has to stand first: among those that contain the text, in the order of a column (nulls last).
 * @param {readonly BenchRow[]} all
 * @param {{ filter?: string, sort?: { column: string, descending: boolean } }} view
 */
export function firstName(all, { filter = '', sort }) {
  const text = filter.toLowerCase();
  const left = all.filter(({ id }) => id.toLowerCase().includes(text));
  if (sort === undefined) return left[0]?.id;
  const index = COLUMNS.findIndex(({ id }) => id === sort.column);
  const value = (/** @type {BenchRow} */ row) => Number(row.cells[index]);
  const known = left.filter(({ cells }) => cells[index] !== null);
  return known.sort((a, b) => (sort.descending ? value(b) - value(a) : value(a) - value(b)))[0]?.id;
}
