import assert from 'node:assert/strict';
import fc from 'fast-check';
import { moved } from '../../../../src/webview/model/move';

const EXTENT = { rows: 100, columns: 5, page: 10 };
const at = (row: number, column: number) => ({ row, column });
const press = (key: string, from: { row: number; column: number }, ctrl = false) =>
  moved(from, { key, ctrl }, EXTENT);

describe('moving in a grid', () => {
  it('goes where VS Code’s own grids go', () => {
    assert.deepEqual(press('ArrowDown', at(3, 2)), at(4, 2));
    assert.deepEqual(press('ArrowUp', at(0, 2)), at(-1, 2));
    assert.deepEqual(press('ArrowDown', at(-1, 2)), at(0, 2));
    assert.deepEqual(press('ArrowUp', at(50, 2), true), at(0, 2));
    assert.deepEqual(press('ArrowDown', at(50, 2), true), at(99, 2));
    assert.deepEqual(press('ArrowLeft', at(3, 2), true), at(3, 0));
    assert.deepEqual(press('ArrowRight', at(3, 2), true), at(3, 4));
    assert.deepEqual(press('Home', at(3, 2)), at(3, 0));
    assert.deepEqual(press('End', at(3, 2)), at(3, 4));
    assert.deepEqual(press('Home', at(3, 2), true), at(0, 0));
    assert.deepEqual(press('End', at(3, 2), true), at(99, 4));
    assert.deepEqual(press('PageDown', at(95, 2)), at(99, 2));
    assert.deepEqual(press('PageUp', at(3, 2)), at(0, 2));
    assert.deepEqual(press('PageUp', at(-1, 2)), at(-1, 2));
    assert.deepEqual(press('PageDown', at(-1, 2)), at(9, 2));
  });

  it('leaves other keys alone', () => {
    for (const key of ['a', 'Enter', ' ', 'Tab', 'Escape', 'F2'])
      assert.equal(press(key, at(0, 0)), undefined);
  });

  it('never leaves the grid', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'ArrowUp',
          'ArrowDown',
          'ArrowLeft',
          'ArrowRight',
          'Home',
          'End',
          'PageUp',
          'PageDown',
        ),
        fc.boolean(),
        fc.nat(50),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: -1, max: 60 }),
        fc.nat(25),
        (key, ctrl, rows, columns, row, column) => {
          const to = moved({ row, column }, { key, ctrl }, { rows, columns, page: 7 });
          assert.ok(to !== undefined && to.row >= -1 && to.row < Math.max(rows, 1));
          assert.ok(to.column >= 0 && to.column < columns);
        },
      ),
    );
  });
});
