import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compare, type Decimal, decimal, mul } from '../../../../src/bybit/decimal';
import { plain } from '../../../../src/bybit/words';
import { FIRST_VIEW, type Kind, type View, viewOf } from '../../../../src/webview/contract';
import { type ColumnFilter, FIRST_LOOK } from '../../../../src/webview/look-contract';
import { filterText, passesFilter, readFilter } from '../../../../src/webview/model/condition';

const EN = { locale: 'en', period: 'year' } as const;
const column = (kind: Kind) => ({ id: 'c', title: 'C', kind, hint: null });
const read = (text: string, kind: Kind = 'rate', style: Parameters<typeof readFilter>[2] = EN) =>
  readFilter(text, column(kind), style);

function filterOf(
  text: string,
  kind: Kind = 'rate',
  style: Parameters<typeof readFilter>[2] = EN,
): ColumnFilter {
  const result = read(text, kind, style);
  assert.ok('filter' in result && result.filter !== null, text);
  return result.filter;
}
function problemOf(text: string, kind: Kind = 'rate', style: Parameters<typeof readFilter>[2] = EN): string {
  const result = read(text, kind, style);
  assert.ok('problem' in result, text);
  return plain(result.problem);
}
const passing = (text: string, cells: readonly (string | null)[], kind: Kind = 'rate', style = EN) =>
  cells.filter(passesFilter(filterOf(text, kind, style)));

describe('the filter of a column', () => {
  it('reads comparisons and ranges', () => {
    const cases: readonly [string, ColumnFilter['op'], ...string[]][] = [
      ['>5', '>', '5'],
      [' >= 5 % ', '>=', '5'],
      ['<3', '<', '3'],
      ['≤3', '<=', '3'],
      ['2..4', '..', '2', '4'],
      ['2 .. 4', '..', '2', '4'],
      ['2…4', '..', '2', '4'],
      ['2..', '>=', '2'],
      ['..4', '<=', '4'],
      ['4', '=', '4'],
      ['=4.5', '=', '4.5'],
      ['>5.00', '>', '5'],
      ['> -1.5', '>', '-1.5'],
      ['1,234', '=', '1234'],
    ];
    for (const [text, op, ...values] of cases) {
      assert.deepEqual(filterOf(text), { column: 'c', kind: 'rate', op, values, period: 'year' }, text);
    }
    assert.deepEqual(read('  '), { filter: null });
  });

  it('judges in the unit that is shown', () => {
    assert.deepEqual(passing('>5', ['0.05', '0.0500000000000000001', null, '0.06']), [
      '0.0500000000000000001',
      '0.06',
    ]);
    assert.deepEqual(passing('2..4', ['0.0199', '0.02', '0.04', '0.0401'], 'ratio'), ['0.02', '0.04']);
    assert.deepEqual(passing('<=3', ['3', '3.1', '-9'], 'usd'), ['3', '-9']);
    const hour = filterOf('>0.001', 'rate', { locale: 'en', period: 'hour' });
    assert.deepEqual(['0.0876', '0.0877'].filter(passesFilter(hour)), ['0.0877']);
  });

  it('reads two comparisons as a range, with or without its ends', () => {
    const cells = ['0.01', '0.02', '0.03', null];
    const cases: readonly [string, string, ...string[]][] = [
      ['>1 <3', '>1 <3', '0.02'],
      ['<3>1', '>1 <3', '0.02'],
      ['>=1 % <3 %', '>=1 <3', '0.01', '0.02'],
      ['>1, ≤3', '>1 <=3', '0.02', '0.03'],
      ['<=3 >=1', '1..3', '0.01', '0.02', '0.03'],
    ];
    for (const [text, written, ...passed] of cases) {
      const filter = filterOf(text);
      assert.equal(filterText(filter, 'en'), written, text);
      assert.deepEqual(cells.filter(passesFilter(filter)), passed, text);
      assert.deepEqual(filterOf(written), filter, text);
      const tables = [{ table: 'borrow' as const, ...FIRST_LOOK, filters: [filter] }];
      assert.deepEqual(viewOf({ ...FIRST_VIEW, tables }).tables, tables, 'it can be kept');
    }
    assert.equal(problemOf('>1 >3'), 'Of two comparisons one goes each way: >1 <3');
    assert.match(problemOf('>3 <1'), /The smaller number comes first/);
    assert.match(problemOf('>1 <'), /A number is missing/);
    assert.match(problemOf('> <1'), /A number is missing/);
    assert.match(problemOf('>1 <x'), /That is no number/);
  });

  it('takes a bare number to the digits that were typed', () => {
    assert.deepEqual(passing('1.38', ['0.0138', '0.01375', '0.013849', '0.01385']), [
      '0.0138',
      '0.01375',
      '0.013849',
    ]);
    const cells = ['0.0449', '0.045', '0.04994', '0.04995', '0.05', '0.05004', '0.05005', '0.0549', '0.055'];
    assert.deepEqual(passing('5', cells), cells.slice(1, -1));
    assert.deepEqual(passing('5.00', cells), ['0.04995', '0.05', '0.05004']);
    assert.deepEqual(passing('=5.0', cells), cells.slice(2, 7));
    assert.deepEqual(passing('4.50', ['0.045', '0.0454', '0.04504']), ['0.045', '0.04504']);
    const german = { locale: 'de', period: 'year' } as const;
    assert.deepEqual(filterOf('5,00 %', 'rate', german).places, 2);
    assert.equal(filterText(filterOf('5,00', 'rate', german), 'de'), '5,00');
    assert.equal(filterText(filterOf('4.50'), 'en'), '4.50');
    assert.equal(filterText(filterOf('1,234.00', 'usd'), 'en'), '1234.00');
    assert.equal(filterOf(`5.${'0'.repeat(45)}`).places, 40, 'a look that is kept takes no more');
  });

  it('is kept and read again with the digits that were typed', () => {
    const filter = filterOf('5.00');
    const view: View = { ...FIRST_VIEW, tables: [{ table: 'borrow', ...FIRST_LOOK, filters: [filter] }] };
    assert.deepEqual(viewOf(JSON.parse(JSON.stringify(view))).tables[0]?.filters, [filter]);
    // As an earlier version kept it.
    const { places: _, ...older } = filter;
    assert.deepEqual(['0.0549', '0.055'].filter(passesFilter(older)), ['0.0549']);
  });

  it('finds text by a part of it, in any case; nothing is in no text', () => {
    assert.deepEqual(passing('uSd', ['USDT', 'BTC', null, 'sUSDe'], 'name'), ['USDT', 'sUSDe']);
    assert.deepEqual(passing('>5', ['>5 x', '6'], 'text'), ['>5 x']);
  });

  it('says what would pass where it cannot read', () => {
    assert.match(problemOf('>abc'), /^That is no number\. These pass: >5 /);
    assert.match(problemOf('>'), /^A number is missing: >5 /);
    assert.match(problemOf('..'), /^A number is missing/);
    assert.equal(problemOf('4..2'), 'The smaller number comes first: 2..4');
    assert.match(problemOf('1,5'), /The decimal mark here is “\.”/);
    assert.match(problemOf('1.5', 'rate', { locale: 'de', period: 'year' }), /The decimal mark here is “,”/);
    assert.match(problemOf('5x'), /Only the digits/);
  });

  const number = fc
    .tuple(fc.boolean(), fc.nat(99_999), fc.nat(9_999))
    .map(([minus, whole, part]) => decimal(`${minus ? '-' : ''}${whole}.${part}`));
  const style = fc.record({
    locale: fc.constantFrom('en', 'de', 'fr', 'de-CH'),
    period: fc.constantFrom('year' as const, 'hour' as const),
  });

  it('can be typed again as it is written', () => {
    fc.assert(
      fc.property(fc.constantFrom('>', '>=', '<', '<=', '='), number, style, (op, value, how) => {
        const filter = { column: 'c', kind: 'rate', op, values: [value], period: how.period } as ColumnFilter;
        assert.deepEqual(filterOf(filterText(filter, how.locale), 'rate', how), filter);
      }),
    );
    fc.assert(
      fc.property(number, fc.nat(40), style, (value, more, { locale, period }) => {
        const own = (value.split('.')[1] ?? '').length;
        const typed = more > own && more !== 3 ? { places: more } : {};
        const filter: ColumnFilter = {
          column: 'c',
          kind: 'rate',
          op: '=',
          values: [value],
          period,
          ...typed,
        };
        assert.deepEqual(filterOf(filterText(filter, locale), 'rate', { locale, period }), filter);
      }),
    );
    fc.assert(
      fc.property(number, number, style, (a, b, how) => {
        const values = compare(a, b) <= 0 ? [a, b] : [b, a];
        const filter: ColumnFilter = { column: 'c', kind: 'rate', op: '..', values, period: how.period };
        assert.deepEqual(filterOf(filterText(filter, how.locale), 'rate', how), filter);
      }),
    );
  });

  it('parts all cells in two by > and <=, and by < and >=', () => {
    fc.assert(
      fc.property(number, number, style, (value, shown, how) => {
        const cell: Decimal = mul(shown, decimal('0.01'));
        const judge = (op: ColumnFilter['op']) =>
          passesFilter({ column: 'c', kind: 'rate', op, values: [value], period: how.period })(cell);
        assert.notEqual(judge('>'), judge('<='));
        assert.notEqual(judge('<'), judge('>='));
      }),
    );
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^[<>=. \d,%-]{0,12}$/)),
        fc.constantFrom<Kind>('name', 'rate', 'amount'),
        style,
        (text, kind, how) => {
          const result = read(text, kind, how);
          if ('filter' in result && result.filter !== null) passesFilter(result.filter)('0.5');
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
