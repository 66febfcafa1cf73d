import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Heights } from '../../../../src/webview/model/heights';

describe('where rows lie', () => {
  it('is one below the other', () => {
    const heights = new Heights(26, 100);
    assert.equal(heights.total, 2600);
    assert.deepEqual(
      [0, 25, 26, 2599].map((at) => heights.indexAt(at)),
      [0, 0, 1, 99],
    );
    assert.deepEqual(
      [-5, 2600, 9999].map((at) => heights.indexAt(at)),
      [0, 99, 99],
    );
  });

  it('makes room for rows that are higher', () => {
    const heights = new Heights(10, 10, [
      { index: 2, extra: 100 },
      { index: 5, extra: 7 },
    ]);
    assert.equal(heights.total, 207);
    assert.deepEqual(
      [2, 3, 5, 6].map((index) => heights.topOf(index)),
      [20, 130, 150, 167],
    );
    assert.deepEqual(
      [19, 20, 129, 130, 166, 167, 206].map((at) => heights.indexAt(at)),
      [1, 2, 2, 3, 5, 6, 9],
    );
  });

  it('finds every row at all places from its top to the next', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.uniqueArray(fc.tuple(fc.nat(39), fc.nat(200)), { selector: ([index]) => index, maxLength: 6 }),
        fc.nat(99),
        (count, given, part) => {
          const open = given
            .filter(([index]) => index < count)
            .sort(([a], [b]) => a - b)
            .map(([index, extra]) => ({ index, extra }));
          const heights = new Heights(26, count, open);
          for (let index = 0; index < count; index += 1) {
            const top = heights.topOf(index);
            const next = heights.topOf(index + 1);
            const at = top + Math.floor(((next - top - 1) * part) / 99);
            assert.equal(heights.indexAt(at), index);
          }
          assert.equal(heights.topOf(count), heights.total);
        },
      ),
    );
  });
});
