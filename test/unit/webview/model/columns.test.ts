import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Column } from '../../../../src/webview/contract';
import { type ColumnLook, LEAST_WIDTH, MOST_WIDTH } from '../../../../src/webview/look-contract';
import {
  type Arranged,
  arranged,
  keptOf,
  shifted,
  templateColumns,
  toggled,
  widened,
} from '../../../../src/webview/model/columns';

const columnsOf = (ids: string): Column[] =>
  [...ids].map((id, at) => ({ id, title: id, kind: at === 0 ? 'name' : 'rate', hint: null }));
const look = (id: string, change: Partial<ColumnLook> = {}): ColumnLook => ({
  id,
  width: null,
  isShown: true,
  ...change,
});
const looks = (ids: string) => [...ids].map((id) => look(id));
const order = (columns: readonly Arranged[]) => columns.map(({ column }) => column.id).join('');
const shown = (columns: readonly Arranged[]) => order(columns.filter(({ isShown }) => isShown));

describe('the columns of a table', () => {
  it('stand as they are by nature where nothing was kept', () => {
    const columns = arranged(columnsOf('nabc'));
    assert.equal(shown(columns), 'nabc');
    assert.equal(templateColumns(columns), '176px 92px 92px 92px minmax(0, 1fr)');
  });

  it('stand as they were kept, new ones after the one they follow by nature, and the name first', () => {
    assert.equal(order(arranged(columnsOf('nabcd'), looks('ncab'))), 'ncdab');
    assert.equal(order(arranged(columnsOf('nabc'), looks('cxa'))), 'ncab');
    assert.equal(order(arranged(columnsOf('nab'), looks('anb'))), 'nab');
    assert.equal(
      shown(arranged(columnsOf('nab'), [look('n', { isShown: false }), look('a', { isShown: false })])),
      'nb',
    );
    assert.equal(arranged(columnsOf('nab'), [look('a', { width: 200 })])[1]?.width, 200);
  });

  it('keep the places and looks of columns that are not there', () => {
    // Rates and costs share what is kept; they have some columns each, and some together.
    const before = [look('n'), look('x', { width: 77 }), look('a'), look('y', { isShown: false }), look('b')];
    const now = shifted(arranged(columnsOf('nab'), before), 'b', -1);
    assert.equal(order(now), 'nba');
    const kept = keptOf(now, before);
    assert.equal(kept.map(({ id }) => id).join(''), 'nxbay');
    assert.deepEqual(
      kept.filter(({ id }) => id === 'x' || id === 'y'),
      [look('x', { width: 77 }), look('y', { isShown: false })],
    );
  });

  it('move among those that are shown, never to the place of the name', () => {
    const columns = toggled(arranged(columnsOf('nabc')), 'b', false);
    assert.equal(order(shifted(columns, 'c', -1)), 'ncab');
    assert.equal(order(shifted(columns, 'a', 1)), 'nbca');
    for (const [id, by] of [
      ['n', 1],
      ['a', -1],
      ['c', 1],
      ['z', 1],
    ] as const) {
      assert.equal(shifted(columns, id, by), columns, id);
    }
    assert.equal(shown(toggled(columns, 'n', false)), 'nac');
  });

  it('have a width within bounds, or that of their kind', () => {
    const columns = arranged(columnsOf('na'));
    const width = (wanted?: number) => widened(columns, 'a', wanted)[1]?.width;
    assert.deepEqual([width(100.4), width(-5), width(9_999), width()], [100, LEAST_WIDTH, MOST_WIDTH, 92]);
  });

  it('are a permutation, whatever was kept, and the same once kept and read again', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'nabcdefgh'), { maxLength: 9 }).map((all) => all.join(''));
    const kept = fc.array(
      fc.record({
        id: fc.constantFrom(...'nabcxyz'),
        width: fc.option(fc.integer({ min: LEAST_WIDTH, max: MOST_WIDTH })),
        isShown: fc.boolean(),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(ids, kept, (given, before) => {
        const columns = columnsOf(given);
        const all = arranged(columns, before);
        assert.deepEqual([...order(all)].sort(), [...given].sort());
        assert.equal(all[0]?.column.id, columns[0]?.id);
        for (const { column, at } of all) assert.equal(columns[at], column);
        assert.deepEqual(arranged(columns, keptOf(all, before)), all);
      }),
    );
  });
});
