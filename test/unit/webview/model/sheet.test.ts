import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plain } from '../../../../src/bybit/words';
import { sheetCsv } from '../../../../src/desk/tables/sheet-csv';
import { arranged, shifted, toggled } from '../../../../src/webview/model/columns';
import { Selection } from '../../../../src/webview/model/selection';
import { sheetOf, sheetText } from '../../../../src/webview/model/sheet';
import { row, SOME, table } from '../../../browser/messages';

const STYLE = { locale: 'en', period: 'year', say: plain } as const;
const COLUMNS = arranged(table([]).columns);

describe('rows as they are shown', () => {
  it('keep the order of columns and rows, exact and in the unit that is shown', () => {
    const columns = shifted(toggled(COLUMNS, 'term7', false), 'minimum', -1).filter(({ isShown }) => isShown);
    const rows = [
      row({ coin: 'A', flexible: '0.013812345678901234567', minimum: '10' }),
      row({ coin: 'B', flexible: null }),
    ];
    assert.deepEqual(sheetOf(columns, rows, STYLE), {
      columns: [
        { title: 'Coin', isNumber: false },
        { title: 'Minimum (of the coin)', isNumber: true },
        { title: 'Flexible (% a year)', isNumber: true },
      ],
      rows: [
        ['A', '10', '1.3812345678901234567'],
        ['B', '0.01', null],
      ],
    });
    const hourly = sheetOf(columns, [row({ coin: 'A', flexible: '0.0876' })], { ...STYLE, period: 'hour' });
    assert.equal(hourly.columns[2]?.title, 'Flexible (% an hour)');
    assert.deepEqual(hourly.rows, [['A', '0.01', '0.001']]);
  });

  it('give second lines a column of their own, and leave small lines out', () => {
    const spark = { id: 's', title: 'Line', kind: 'spark', hint: null } as const;
    const columns = arranged([...table([]).columns, spark]);
    const given = row({ coin: 'A', flexible: '0.01' });
    const rows = [
      {
        ...given,
        cells: [...given.cells, 'M0 1'],
        notes: [null, { text: 'covers 5 A', value: null, limit: null, mark: null }, null, null, null],
      },
    ];
    const sheet = sheetOf(columns, rows, STYLE);
    assert.deepEqual(
      sheet.columns.map(({ title }) => title),
      ['Coin', 'Flexible (% a year)', 'Flexible, note', '7 days (% a year)', 'Minimum (of the coin)'],
    );
    assert.deepEqual(sheet.rows, [['A', '1', 'covers 5 A', null, '0.01']]);
  });

  it('tell costs in dollars, in the coin and in words, each in a column', () => {
    const columns = arranged([
      { id: 'coin', title: 'Coin', kind: 'name', hint: null },
      { id: 'term7', title: '7 days', kind: 'cost', hint: null },
    ]);
    const note = (change: object) => [null, { text: '1 A', value: '1', limit: null, mark: null, ...change }];
    const rows = [
      { cells: ['A', '3'], notes: note({ mark: 'best' }) },
      { cells: ['B', '4'], notes: note({ value: '2.25', limit: 'offers: 5 B', mark: 'weak' }) },
      { cells: ['C', '5'], notes: note({}) },
      { cells: ['D', null], notes: note({ text: 'no offers', value: null, mark: 'weak' }) },
    ].map((one, index) => ({ ...one, id: String(index), coin: null, deed: null }));
    const sheet = sheetOf(columns, rows, STYLE);
    assert.deepEqual(
      sheet.columns.map(({ title, isNumber }) => [title, isNumber]),
      [
        ['Coin', false],
        ['7 days (USD)', true],
        ['7 days (of the coin)', true],
        ['7 days, note', false],
      ],
    );
    assert.deepEqual(sheet.rows, [
      ['A', '3', '1', 'cheapest'],
      ['B', '4', '2.25', 'offers: 5 B'],
      ['C', '5', '1', null],
      ['D', null, null, 'no offers'],
    ]);
  });

  it('become text with the mark of the locale, and nothing a spreadsheet would run', () => {
    const sheet = sheetOf(COLUMNS, [row({ coin: '=1+1\t2\n3', flexible: '-0.0138' })], STYLE);
    assert.equal(sheetText(sheet, 'de', false), "'=1+1 2 3\t-1,38\t\t0,01");
    assert.equal(
      sheetText(sheet, 'en', true),
      "Coin\tFlexible (% a year)\t7 days (% a year)\tMinimum (of the coin)\n'=1+1 2 3\t-1.38\t\t0.01",
    );
  });

  it('become a file with a point in every number', () => {
    const sheet = sheetOf(COLUMNS, [row({ coin: '@x, "y"', flexible: '-0.0138' })], STYLE);
    assert.equal(
      sheetCsv(sheet),
      '\ufeffCoin,Flexible (% a year),7 days (% a year),Minimum (of the coin)\r\n"\'@x, ""y""",-1.38,,0.01\r\n',
    );
  });

  it('have as many lines and cells as there are, whatever stands in them', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[=@+\t\r\n"' a,;-]{0,6}$/), { maxLength: 6 }), (names) => {
        const sheet = sheetOf(
          COLUMNS,
          names.map((coin) => row({ coin })),
          STYLE,
        );
        const lines = sheetText(sheet, 'en', true).split('\n');
        assert.equal(lines.length, names.length + 1);
        for (const line of lines) assert.equal(line.split('\t').length, 4);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the choice of rows', () => {
  it('goes from where it began to where the keyboard is, or over all', () => {
    const choice = new Selection();
    assert.equal(choice.range(SOME, 2), undefined);
    choice.begin('USDT');
    choice.begin('BTC');
    assert.deepEqual(choice.range(SOME, 4), [2, 4]);
    assert.deepEqual(choice.range(SOME, 0), [0, 2]);
    choice.all();
    assert.deepEqual(choice.range(SOME, 3), [0, 4]);
    choice.clear();
    assert.equal(choice.isEmpty, true);
    choice.begin('GONE');
    assert.equal(choice.range(SOME, 3), undefined);
    assert.equal(choice.range([], -1), undefined);
  });
});
