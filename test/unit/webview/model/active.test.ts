import assert from 'node:assert/strict';
import { Active } from '../../../../src/webview/model/active';

const rows = (...ids: readonly string[]) => ids.map((id) => ({ id }));
const COLUMNS = ['coin', 'flexible', 'term7'].map((id) => ({ column: { id } }));
const WHOLE = { isHead: false, isPartial: false };

describe('the cell that the keyboard comes to', () => {
  function at(row: number, column: number, ...ids: readonly string[]): Active {
    const active = new Active();
    active.touch();
    active.go(rows(...ids), { row, column });
    return active;
  }
  const placeOf = ({ row, column, id }: Active) => ({ row, column, id });

  it('is the first one until the keyboard was there, whatever rows come', () => {
    const active = new Active();
    active.follow(rows('a', 'b'), 3, WHOLE);
    assert.equal(active.kept(COLUMNS), null);
    active.follow(rows('b', 'a'), 3, WHOLE);
    assert.deepEqual(placeOf(active), { row: 0, column: 0, id: 'b' });
  });

  it('goes with its row, else stays at its place', () => {
    const active = at(1, 2, 'a', 'b', 'c');
    active.follow(rows('x', 'y', 'b'), 3, WHOLE);
    assert.deepEqual(placeOf(active), { row: 2, column: 2, id: 'b' });
    active.follow(rows('x', 'y'), 2, WHOLE);
    assert.deepEqual(placeOf(active), { row: 1, column: 1, id: 'y' });
  });

  it('waits for its row while further ones are going to come', () => {
    const active = new Active();
    active.begin({ row: { id: 'd', at: 3 }, column: 'flexible' }, COLUMNS, false);
    active.follow(rows('a', 'b'), 3, { ...WHOLE, isPartial: true });
    active.follow(rows('a', 'b', 'c', 'd'), 3, WHOLE);
    assert.deepEqual(placeOf(active), { row: 3, column: 1, id: 'd' });
  });

  it('is the first row after there was none, unless somebody is in the head', () => {
    for (const [isHead, row] of [
      [false, 0],
      [true, -1],
    ] as const) {
      const active = at(1, 1, 'a', 'b');
      active.follow([], 3, WHOLE);
      assert.equal(active.row, -1);
      active.follow(rows('a', 'b'), 3, { ...WHOLE, isHead });
      assert.equal(active.row, row);
    }
  });

  it('stays in the head while rows come and go', () => {
    const active = at(-1, 1, 'a', 'b');
    active.follow(rows('b', 'c'), 3, WHOLE);
    assert.deepEqual(placeOf(active), { row: -1, column: 1, id: undefined });
    assert.deepEqual(active.kept(COLUMNS), { row: null, column: 'flexible' });
  });

  it('is kept by the names of its row and column, and found by them', () => {
    const kept = at(1, 2, 'a', 'b').kept(COLUMNS);
    assert.deepEqual(kept, { row: { id: 'b', at: 1 }, column: 'term7' });
    const active = new Active();
    active.begin(kept, [...COLUMNS].reverse(), false);
    active.follow(rows('b', 'a'), 3, WHOLE);
    assert.deepEqual(placeOf(active), { row: 0, column: 0, id: 'b' });
    active.begin(kept, COLUMNS.slice(0, 2), false);
    active.follow(rows('x'), 2, WHOLE);
    assert.deepEqual(placeOf(active), { row: 0, column: 0, id: 'x' });
  });
});
