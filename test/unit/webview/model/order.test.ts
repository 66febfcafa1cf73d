import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compare, type Decimal } from '../../../../src/bybit/decimal';
import type { Row } from '../../../../src/webview/contract';
import { shownRows, sortedBy } from '../../../../src/webview/model/order';
import { many, row, SOME, table } from '../../../browser/messages';

const names = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
/** Below 0 where a comes first when rising; without a value comes last. */
function expectedOrder({ cells: [, a] }: Row, { cells: [, b] }: Row): number {
  if (a === null && b === null) return 0;
  if (a === null || a === undefined) return 1;
  return b === null || b === undefined ? -Infinity : compare(a as Decimal, b as Decimal);
}
const ask = (change: Partial<Parameters<typeof shownRows>[1]>) => ({ filter: '', sort: [], ...change });

describe('the order of a table', () => {
  it('is the exchange’s own without a wish', () => {
    const given = table(SOME);
    assert.equal(shownRows(given, ask({})), given.rows);
  });

  it('goes by exact numbers, without a value last both ways', () => {
    const up = { column: 'flexible', descending: false };
    assert.deepEqual(names(shownRows(table(SOME), ask({ sort: [up] }))), [
      'BTC',
      'ETH',
      'SOL',
      'USDT',
      'USDC',
    ]);
    const down = { ...up, descending: true };
    assert.deepEqual(names(shownRows(table(SOME), ask({ sort: [down] }))), [
      'USDT',
      'ETH',
      'SOL',
      'BTC',
      'USDC',
    ]);
    const close = [
      row({ coin: 'A', flexible: '0.10000000000000000000002' }),
      row({ coin: 'B', flexible: '0.10000000000000000000001' }),
    ];
    assert.deepEqual(names(shownRows(table(close), ask({ sort: [up] }))), ['B', 'A']);
  });

  it('asks further columns where the first is alike, and leaves the rest in place', () => {
    const sort = [
      { column: 'flexible', descending: false },
      { column: 'term7', descending: true },
    ];
    assert.deepEqual(names(shownRows(table(SOME), ask({ sort }))), ['BTC', 'SOL', 'ETH', 'USDT', 'USDC']);
  });

  it('ignores a column that is not there', () => {
    const sort = [{ column: 'gone', descending: true }];
    assert.deepEqual(names(shownRows(table(SOME), ask({ sort }))), names(SOME));
  });

  it('holds for any rows: a permutation, rising, stable', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.boolean(), (count, descending) => {
        const given = table(many(count));
        const sorted = shownRows(given, ask({ sort: [{ column: 'flexible', descending }] }));
        assert.deepEqual([...names(sorted)].sort(), [...names(given.rows)].sort());
        const place = new Map(given.rows.map(({ id }, index) => [id, index]));
        const before = (a: Row, b: Row) => (place.get(a.id) ?? 0) < (place.get(b.id) ?? 0);
        for (const [index, a] of sorted.entries()) {
          const b = sorted[index + 1];
          const order =
            b === undefined
              ? -1
              : expectedOrder(a, b) * (descending && a.cells[1] !== null && b.cells[1] !== null ? -1 : 1);
          assert.ok(order < 0 || (order === 0 && b !== undefined && before(a, b)));
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('the filter of a table', () => {
  it('keeps names that contain one of the words, whatever their case', () => {
    assert.deepEqual(names(shownRows(table(SOME), ask({ filter: ' usd ' }))), ['USDT', 'USDC']);
    assert.deepEqual(names(shownRows(table(SOME), ask({ filter: 'btc, Eth' }))), ['BTC', 'ETH']);
    assert.deepEqual(names(shownRows(table(SOME), ask({ filter: 'zzz' }))), []);
    assert.deepEqual(names(shownRows(table(SOME), ask({ filter: ' , ' }))), names(SOME));
  });
});

describe('filters of columns', () => {
  it('have to pass all, beside the words; one of a column that is not there is none', () => {
    const period = 'year' as const;
    const filters = [
      { column: 'flexible', kind: 'rate' as const, op: '>' as const, values: ['1.5'], period },
      { column: 'term7', kind: 'rate' as const, op: '<=' as const, values: ['4'], period },
      { column: 'minimum', kind: 'cost' as const, op: '>' as const, values: ['99999'], period },
      { column: 'gone', kind: 'rate' as const, op: '>' as const, values: ['1'], period },
    ];
    assert.deepEqual(names(shownRows(table(SOME), ask({ filters }))), ['ETH', 'SOL']);
    assert.deepEqual(names(shownRows(table(SOME), ask({ filters, filter: 'so' }))), ['SOL']);
  });
});

describe('a click on a column’s head', () => {
  const up = { column: 'a', descending: false };
  const down = { column: 'a', descending: true };
  const other = { column: 'b', descending: false };

  it('turns one column round', () => {
    assert.deepEqual(sortedBy([], 'a', false), [up]);
    assert.deepEqual(sortedBy([up], 'a', false), [down]);
    assert.deepEqual(sortedBy([down], 'a', false), []);
    assert.deepEqual(sortedBy([other, down], 'a', false), []);
    assert.deepEqual(sortedBy([other, up], 'a', false), [down]);
    assert.deepEqual(sortedBy([other], 'a', false), [up]);
  });

  it('with shift adds, turns and takes away in its place', () => {
    assert.deepEqual(sortedBy([other], 'a', true), [other, up]);
    assert.deepEqual(sortedBy([up, other], 'a', true), [down, other]);
    assert.deepEqual(sortedBy([down, other], 'a', true), [other]);
  });
});

describe('favourites', () => {
  const favourites = new Set(['SOL', 'USDC', 'GONE']);

  it('stand first in every order, and among themselves as the others', () => {
    const orders: readonly [Parameters<typeof shownRows>[1], readonly string[]][] = [
      [ask({}), ['USDC', 'SOL', 'BTC', 'ETH', 'USDT']],
      [ask({ sort: [{ column: 'flexible', descending: false }] }), ['SOL', 'USDC', 'BTC', 'ETH', 'USDT']],
      [ask({ sort: [{ column: 'coin', descending: true }] }), ['USDC', 'SOL', 'USDT', 'ETH', 'BTC']],
      [ask({ filter: 's' }), ['USDC', 'SOL', 'USDT']],
    ];
    for (const [wish, wanted] of orders) {
      assert.deepEqual(names(shownRows(table(SOME), wish, favourites)), wanted);
    }
  });

  it('are coins, not rows', () => {
    const rows = SOME.map((one) => ({ ...one, coin: null }));
    assert.equal(shownRows(table(rows), ask({}), favourites)[0]?.id, 'BTC');
  });
});
