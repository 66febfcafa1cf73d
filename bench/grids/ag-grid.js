import { AllCommunityModule, createGrid, ModuleRegistry } from 'ag-grid-community';
import { asObjects, place, written } from './common.js';

ModuleRegistry.registerModules([AllCommunityModule]);

/** Empty cells last both ways, as in the other grids: the grid turns the sign for a descending order. */
function emptyLast(a, b, _nodeA, _nodeB, isDescending) {
  if ((a === null) !== (b === null)) return (a === null ? 1 : -1) * (isDescending ? -1 : 1);
  return Number(a) - Number(b);
}

const element = place();
let api;

window.bench = {
  show(data) {
    api = createGrid(element, {
      rowData: asObjects(data),
      getRowId: ({ data: row }) => row.id,
      columnDefs: data.columns.map(({ id, title, kind }, index) => ({
        field: id,
        headerName: title,
        width: 110,
        sortable: true,
        ...(index === 0 ? { pinned: 'left' } : {}),
        ...(kind === 'name' ? {} : { comparator: emptyLast, type: 'rightAligned' }),
        valueFormatter: ({ value }) => written(value, kind),
        getQuickFilterText: ({ value }) => (kind === 'name' ? value : ''),
      })),
    });
  },
  filter: (text) => api.setGridOption('quickFilterText', text),
  sort: (column, descending) =>
    api.applyColumnState({
      state: [{ colId: column, sort: descending ? 'desc' : 'asc' }],
      defaultState: { sort: null },
    }),
  scroller: () => element.querySelector('.ag-grid-viewport'),
  first: () => element.querySelector('[row-index="0"] [col-id="coin"]')?.textContent?.trim(),
  last: (size) => element.querySelector(`[row-index="${size - 1}"] [col-id="coin"]`)?.textContent?.trim(),
  row: '.ag-row',
};
