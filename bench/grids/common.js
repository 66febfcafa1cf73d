// What the pages of the peers share: formats, order, and how they are reached.

const percent = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const amount = new Intl.NumberFormat('en', { maximumFractionDigits: 18 });

export const NONE = '–';

export function written(value, kind) {
  if (value === null || value === undefined) return NONE;
  if (kind === 'name') return value;
  return kind === 'rate' ? percent.format(Number(value) * 100) : amount.format(Number(value));
}

/** Rows as objects by column, as these grids want them. */
export function asObjects({ rows, columns }) {
  return rows.map(({ id, cells }) => ({
    id,
    ...Object.fromEntries(columns.map((column, index) => [column.id, cells[index]])),
  }));
}

/** Where the grid is put: it fills the window. */
export function place() {
  document.body.style.cssText = 'margin:0;height:100vh';
  const element = document.createElement('div');
  element.style.cssText = 'height:100vh;width:100vw';
  document.body.append(element);
  return element;
}
