import assert from 'node:assert/strict';
import { changesBetween } from '../../../../src/webview/model/changes';
import { row, table } from '../../../browser/messages';

describe('what changed in a table', () => {
  const before = table([row({ coin: 'A', flexible: '1' }), row({ coin: 'B', flexible: '2' })]);

  it('is cells by row, wherever the row went', () => {
    const after = table([row({ coin: 'B', flexible: '3', minimum: '7' }), row({ coin: 'A', flexible: '1' })]);
    assert.deepEqual(changesBetween(before, after), new Map([['B', new Set([1, 3])]]));
  });

  it('leaves out rows that came or went', () => {
    assert.equal(changesBetween(before, table([row({ coin: 'NEW' })])).size, 0);
  });

  it('counts a value that came and one that went', () => {
    const offered = table([row({ coin: 'A', flexible: '1' }), row({ coin: 'B', flexible: '2', term7: '4' })]);
    const after = table([row({ coin: 'A', flexible: null, term7: '5' })]);
    assert.deepEqual(changesBetween(offered, after), new Map([['A', new Set([1, 2])]]));
  });

  it('leaves out costs, which move with every price', () => {
    const costs = (rows: Parameters<typeof table>[0]) => {
      const plain = table(rows);
      return { ...plain, columns: plain.columns.map((one) => ({ ...one, kind: 'cost' as const })) };
    };
    const after = [row({ coin: 'A', flexible: '9' }), row({ coin: 'B', flexible: '9' })];
    assert.equal(changesBetween(before, table(after)).size, 2);
    assert.equal(changesBetween(costs(before.rows), costs(after)).size, 0);
  });

  it('leaves out a whole column that was read later than the others', () => {
    const after = table([
      row({ coin: 'A', flexible: '1', term7: '5' }),
      row({ coin: 'B', flexible: '2', term7: '6' }),
    ]);
    assert.equal(changesBetween(before, after).size, 0);
  });
});
