import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decimal } from '../../../../src/bybit/decimal';
import { plain } from '../../../../src/bybit/words';
import { csvRecords } from '../../../../src/desk/history/csv-records';
import { readImport } from '../../../../src/desk/history/import';
import { csvHead, csvLines, type HistoryRow, jsonLines, rowsOf } from '../../../../src/desk/history/rows';
import { SERIES } from '../../../../src/desk/history/series';

const NOW = Date.UTC(2026, 10, 25);
const HOUR = 3_600_000;

const rows: fc.Arbitrary<readonly HistoryRow[]> = fc
  .array(
    fc.record({
      coin: fc.oneof(
        fc.constantFrom('BTC', '=cmd()', 'a,b', 'say "x"', 'two\nlines', '💥'),
        fc.string({ minLength: 1, maxLength: 9 }),
      ),
      series: fc.constantFrom(...SERIES),
      hours: fc.integer({ min: 1, max: 50 }),
      rate: fc.integer({ min: 0, max: 99_999 }),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(({ hours, rate, ...rest }, index) => {
      const from = NOW - (100 - index) * 100 * HOUR;
      return {
        ...rest,
        environment: 'testnet' as const,
        from,
        to: from + hours * HOUR,
        rate: decimal(`0.${String(rate).padStart(5, '0')}1`),
      };
    }),
  );

const taken = async (text: string) => {
  const { coins, ...rest } = await readImport(text, NOW, 'testnet');
  const all = [...coins].flatMap(([coin, series]) =>
    [...series].flatMap(([name, segments]) =>
      segments.map((segment) => ({ ...segment, environment: 'testnet', coin, series: name })),
    ),
  );
  return { ...rest, all: all.sort((a, b) => a.from - b.from) };
};

describe('an exported history', () => {
  it('comes back as it was, as a table and as JSON lines', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        // A table marks what a spreadsheet would run by an apostrophe, which a name that has one itself loses.
        const table = all.filter(({ coin }) => !/^'[=+\-@\t\r]/.test(coin));
        for (const [text, expected] of [
          [csvHead() + csvLines(table), table],
          [jsonLines(all), all],
        ] as const) {
          const found = await taken(text);
          assert.deepEqual(found.all, expected);
          assert.deepEqual([found.taken, found.refused], [expected.length, 0]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says from when to when each rate was known', () => {
    const history = new Map([
      [
        'flexible' as const,
        [
          { time: NOW - 9 * HOUR, rate: decimal('0.05') },
          { time: NOW - 2 * HOUR, rate: undefined },
        ],
      ],
    ]);
    const text =
      csvHead() + csvLines(rowsOf('testnet', 'BTC', history, [{ from: NOW - 9 * HOUR, to: NOW - 5 * HOUR }]));
    assert.equal(
      text,
      'from,to,coin,series,annualRate,environment\r\n2026-11-24T15:00:00Z,2026-11-24T19:00:01Z,BTC,flexible,0.05,testnet\r\n',
    );
  });
});

describe('an imported history', () => {
  const HEAD = 'from,to,coin,series,annualRate';
  const GOOD = '2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,BTC,30,0.05';
  const reason = async (line: string) => {
    const { reasons, taken: good } = await taken(`${HEAD}\n${GOOD}\n${line}\n`);
    assert.equal(good, 1);
    assert.equal(reasons[0]?.line, 3);
    return plain(reasons[0]?.why ?? { text: '', args: [] });
  };

  it('is refused line by line, with what would pass', async () => {
    assert.match(await reason('2026-01-01,2026-01-02,BTC,30,0.05'), /times with their zone/);
    assert.match(await reason('2026-01-03T00:00:00Z,2026-01-02T00:00:00Z,BTC,30,0.05'), /before/);
    assert.match(
      await reason('2026-01-01T00:00:00Z,2027-01-02T00:00:00Z,BTC,30,0.05'),
      /between 2018 and now/,
    );
    assert.match(await reason('2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,,30,0.05'), /coin must be/);
    assert.match(
      await reason('2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,BTC,31,0.05'),
      /one of flexible, 7, 14/,
    );
    assert.match(await reason('2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,BTC,30,5 %'), /5 % a year is 0\.05/);
    assert.match(await reason('2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,BTC,30,-0.01'), /fraction from 0/);
    assert.match(await reason('2026-01-01T00:00:00Z'), /times with their zone/);
  });

  it('of another environment is refused', async () => {
    const line = (environment: string) => `${HEAD},environment\n${GOOD},${environment}\n`;
    assert.deepEqual([(await taken(line('testnet'))).taken, (await taken(line(''))).taken], [1, 1]);
    assert.deepEqual([(await taken(line('paper'))).taken, (await taken(line('paper'))).refused], [0, 1]);
  });

  it('may have its columns in any order, and more of them', async () => {
    const { all } = await taken(
      'annualRate,note,series,coin,to,from\n0.05,x,7,BTC,2026-01-02T01:00:00+01:00,2026-01-01T00:00:00Z\n',
    );
    assert.deepEqual(all, [
      {
        environment: 'testnet',
        coin: 'BTC',
        series: '7',
        rate: '0.05',
        from: Date.UTC(2026, 0, 1),
        to: Date.UTC(2026, 0, 2),
      },
    ]);
  });

  it('counts every refused line and keeps the first reasons', async () => {
    const found = await taken(`${HEAD}\n${'x\n'.repeat(500)}${GOOD}\n`);
    assert.deepEqual([found.taken, found.refused, found.reasons.length], [1, 500, 20]);
    assert.equal((await taken('{"from":1}\n{"to":\n')).refused, 2);
    assert.equal((await taken('nothing of ours\nat all\n')).refused, 1);
  });

  it('never says two things of one moment', async () => {
    const { all } = await taken(
      `${HEAD}\n2026-01-01T00:00:00Z,2026-01-03T00:00:00Z,BTC,7,0.05\n2026-01-02T00:00:00Z,2026-01-04T00:00:00Z,BTC,7,0.06\n`,
    );
    assert.deepEqual(
      all.map(({ from, to, rate }) => [from, to, rate]),
      [
        [Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 3), '0.05'],
        [Date.UTC(2026, 0, 3), Date.UTC(2026, 0, 4), '0.06'],
      ],
    );
  });
});

describe('records of a table', () => {
  const cells = (text: string) => [...csvRecords(text)].map((record) => record.cells);

  it('are told apart as RFC 4180 says', () => {
    assert.deepEqual(cells('a,"b ""c"", d",\r\n\r\n"x\ny",2'), [['a', 'b "c", d', ''], [''], ['x\ny', '2']]);
    assert.deepEqual(
      [...csvRecords('"1\n2"\n3')].map(({ line }) => line),
      [1, 3],
    );
    assert.deepEqual(cells('a,'), [['a', '']]);
    assert.deepEqual(cells('"open'), [['open']]);
  });

  it('end for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', 'a') }),
        (text) => void cells(text),
      ),
    );
  });
});
