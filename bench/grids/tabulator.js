import { TabulatorFull as Tabulator } from 'tabulator-tables';
import 'tabulator-tables/dist/css/tabulator.min.css';
import { asObjects, place, written } from './common.js';

function sorter(a, b, _rowA, _rowB, _column, direction) {
  if ((a === null) !== (b === null)) return (a === null ? 1 : -1) * (direction === 'desc' ? -1 : 1);
  return Number(a) - Number(b);
}

const element = place();
let table;
let isBuilt = false;

window.bench = {
  show(data) {
    table = new Tabulator(element, {
      height: '100%',
      data: asObjects(data),
      index: 'id',
      layout: 'fitData',
      columns: data.columns.map(({ id, title, kind }, index) => ({
        field: id,
        title,
        width: 110,
        ...(index === 0 ? { frozen: true } : {}),
        ...(kind === 'name' ? {} : { sorter, hozAlign: 'right' }),
        formatter: (cell) => written(cell.getValue(), kind),
      })),
    });
    table.on('tableBuilt', () => {
      isBuilt = true;
    });
  },
  filter: (text) => (text === '' ? table.clearFilter() : table.setFilter('coin', 'like', text)),
  sort: (column, descending) => table.setSort(column, descending ? 'desc' : 'asc'),
  scroller: () => element.querySelector('.tabulator-tableholder'),
  first: () =>
    isBuilt ? element.querySelector('.tabulator-row .tabulator-cell')?.textContent?.trim() : undefined,
  last: () =>
    [...element.querySelectorAll('.tabulator-row')]
      .at(-1)
      ?.querySelector('.tabulator-cell')
      ?.textContent?.trim(),
  row: '.tabulator-row',
};
