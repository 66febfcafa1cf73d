import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type CsvColumn, csv } from '../../../src/desk/csv';

const text = (name: string): CsvColumn<readonly string[]> => ({ name, kind: 'text', of: ([cell]) => cell });
const number = (name: string): CsvColumn<readonly string[]> => ({
  name,
  kind: 'number',
  of: ([cell]) => cell,
});

/** What a reader of RFC 4180 takes it for. */
function read(table: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < table.length; at += 1) {
    const mark = table.charAt(at);
    if (quoted) {
      if (mark !== '"') cell += mark;
      else if (table.charAt(at + 1) === '"') {
        cell += mark;
        at += 1;
      } else quoted = false;
    } else if (mark === '"') quoted = true;
    else if (mark === ',') {
      row.push(cell);
      cell = '';
    } else if (table.startsWith('\r\n', at)) {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      at += 1;
    } else cell += mark;
  }
  assert.equal(quoted, false);
  assert.equal(cell, '');
  return rows;
}

describe('csv', () => {
  it('writes names and rows with the line ends of RFC 4180', () => {
    const rows = [{ coin: 'BTC', amount: '0.1' }];
    const columns: CsvColumn<{ coin: string; amount: string }>[] = [
      { name: 'coin', kind: 'text', of: ({ coin }) => coin },
      { name: 'amount', kind: 'number', of: ({ amount }) => amount },
    ];
    assert.equal(csv(columns, rows), 'coin,amount\r\nBTC,0.1\r\n');
    assert.equal(csv(columns, []), 'coin,amount\r\n');
  });

  it('quotes what has to be', () => {
    assert.equal(
      csv([text('a,b')], [['x"y'], ['1\n2'], ['plain']]),
      '"a,b"\r\n"x""y"\r\n"1\n2"\r\nplain\r\n',
    );
  });

  it('defuses texts that a spreadsheet would run', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r']) {
      const [, [cell = ''] = []] = read(csv([text('t')], [[`${start}HYPERLINK("x")`]]));
      assert.equal(cell, `'${start}HYPERLINK("x")`);
    }
  });

  it('leaves numbers as they are, also negative ones, and trusts no other text in their column', () => {
    assert.equal(csv([number('n')], [['-1.5'], ['0'], ['=1+1'], []]), "n\r\n-1.5\r\n0\r\n'=1+1\r\n\r\n");
  });

  it('is read back as it was written, but for the guard', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (cells) => {
        const rows = read(
          csv(
            [text('t')],
            cells.map((cell) => [cell]),
          ),
        );
        assert.deepEqual(
          rows.slice(1).map(([cell]) => cell),
          cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)),
        );
      }),
    );
  });
});
