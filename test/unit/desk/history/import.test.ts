import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decimal } from '../../../../src/bybit/decimal';
import { plain } from '../../../../src/bybit/words';
import { CsvReader, LONGEST_RECORD } from '../../../../src/desk/history/csv-records';
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

/** A file whose text comes in pieces of so many characters. */
const inPieces = (text: string, size = text.length) =>
  async function* () {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  };

const taken = async (text: string, size?: number, mostHeld?: number) => {
  const { coins, foreign, ...rest } = await readImport(inPieces(text, size), NOW, 'testnet', mostHeld);
  const all: HistoryRow[] = [];
  const order: string[] = [];
  for await (const [coin, series] of foreign()) {
    order.push(coin);
    for (const [name, segments] of series) {
      for (const segment of segments) all.push({ ...segment, environment: 'testnet', coin, series: name });
    }
  }
  assert.deepEqual([...coins.keys()].sort(), [...order].sort());
  return { ...rest, order, all: all.sort((a, b) => a.from - b.from) };
};

/** Characters of a piece, or lines kept at once: from one to all. */
const pieces = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(100, 10_000));

describe('an exported history', () => {
  it('comes back as it was, as a table and as JSON lines', async () => {
    await fc.assert(
      fc.asyncProperty(rows, pieces, pieces, async (all, size, mostHeld) => {
        // A table marks what a spreadsheet would run by an apostrophe, which a name that has one itself loses.
        const table = all.filter(({ coin }) => !/^'[=+\-@\t\r]/.test(coin));
        for (const [text, expected] of [
          [csvHead() + csvLines(table), table],
          [jsonLines(all), all],
        ] as const) {
          const found = await taken(text, size, mostHeld);
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

describe('a history larger than what can be held', () => {
  const HEAD = 'from,to,coin,series,annualRate,note\n';
  const line = (coin: string, day: number, note = '') =>
    `2026-01-0${day}T00:00:00Z,2026-01-0${day + 1}T00:00:00Z,${coin},7,0.05,${note}\n`;

  it('is handed out coin by coin as it is read', async () => {
    const texts = [HEAD, line('A', 1), line('A', 2), line('B', 1), line('B', 2)];
    let read = 0;
    const file = async function* () {
      read = 0;
      for (const text of texts) {
        read += 1;
        yield text;
      }
    };
    const found: unknown[] = [];
    for await (const [coin] of (await readImport(file, NOW, 'testnet')).foreign()) found.push([coin, read]);
    assert.deepEqual(found, [
      ['A', 3],
      ['B', 5],
    ]);
  });

  it('may have more characters than a text can', async function () {
    this.timeout(60_000);
    const note = 'x'.repeat(500_000);
    const file = async function* () {
      yield HEAD;
      for (let n = 0; n < 1_100; n += 1) yield line('A', 1 + (n % 8), note);
    };
    const { taken: count, refused } = await readImport(file, NOW, 'testnet');
    assert.deepEqual([count, refused], [1_100, 0]);
  });

  it('is read again for the coins that found no room', async () => {
    const mixed = [1, 2, 3, 4].flatMap((day) => ['A', 'B', 'C'].map((coin) => line(coin, day)));
    const { all, order } = await taken(HEAD + mixed.join(''), undefined, 5);
    assert.deepEqual([all.length, order], [12, ['A', 'B', 'C']]);
  });

  it('is not taken when it has become another meanwhile', async () => {
    let text = HEAD + line('A', 1) + line('A', 2) + line('B', 1);
    const file = () => inPieces(text)();
    for (const other of [HEAD + line('A', 1) + line('B', 1), HEAD + line('A', 1) + line('A', 2)]) {
      const { foreign } = await readImport(file, NOW, 'testnet');
      const before = text;
      text = other;
      const all = async () => {
        for await (const [coin] of foreign()) assert.ok(coin);
      };
      await assert.rejects(all(), /was changed while it was read/);
      text = before;
    }
  });
});

describe('records of a table', () => {
  const records = (text: string, size = text.length) => {
    const reader = new CsvReader();
    const found = [];
    for (let at = 0; at < text.length; at += size) found.push(...reader.push(text.slice(at, at + size)));
    return [...found, ...reader.end()];
  };
  const cells = (text: string) => records(text).map((record) => record.cells);

  it('are told apart as RFC 4180 says', () => {
    assert.deepEqual(cells('a,"b ""c"", d",\r\n\r\n"x\ny",2'), [['a', 'b "c", d', ''], [''], ['x\ny', '2']]);
    assert.deepEqual(
      records('"1\n2"\n3').map(({ line }) => line),
      [1, 3],
    );
    assert.deepEqual(cells('a,'), [['a', '']]);
    assert.deepEqual(cells('"open'), [['open']]);
  });

  it('are the same in whatever pieces the text comes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', 'a') }),
        fc.integer({ min: 1, max: 5 }),
        (text, size) => {
          assert.deepEqual(records(text, size), records(text));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('lose what is too long, and no line behind it', () => {
    const long = 'x'.repeat(2 * LONGEST_RECORD);
    for (const start of ['', '"']) {
      const found = records(`1\n${start}${long},\n3,4\n5`, 300_000);
      assert.deepEqual(
        found.map(({ line, cells: own }) => [line, ...own.map((cell) => cell.slice(0, 9))]),
        [[1, '1'], [2], [3, '3', '4'], [4, '5']],
      );
    }
  });
});
