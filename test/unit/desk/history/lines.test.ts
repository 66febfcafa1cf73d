import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decimal } from '../../../../src/bybit/decimal';
import { coinOfHeading, headingOf, lineOf, readHistory, textOf } from '../../../../src/desk/history/lines';
import { type CoinHistory, type Point, rateAt, SERIES } from '../../../../src/desk/history/series';
import { thinned } from '../../../../src/desk/history/thinning';

const d = decimal;
const T0 = 1_790_000_000_000;

/** Histories with whole seconds, rising times and no two alike in a row. */
const histories: fc.Arbitrary<CoinHistory> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...SERIES),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 40_000 }), fc.option(fc.integer({ min: 0, max: 9 }))), {
        minLength: 1,
        maxLength: 60,
      }),
    ),
    { maxLength: 7 },
  )
  .map((entries) => {
    const history = new Map<(typeof SERIES)[number], Point[]>();
    for (const [name, steps] of entries) {
      let time = T0;
      const points: Point[] = [];
      for (const [minutes, digit] of steps) {
        time += minutes * 60_000;
        const rate = digit === null ? undefined : d(`0.0${digit}`);
        if (points.length === 0 || points.at(-1)?.rate !== rate) points.push({ time, rate });
      }
      history.set(name, points);
    }
    return history;
  });

const plain = (history: CoinHistory) => [...history].sort(([a], [b]) => a.localeCompare(b));

describe('the text of a coin’s rates', () => {
  it('is as documented', () => {
    const text =
      headingOf('BTC') +
      lineOf(
        T0 + 123,
        new Map([
          ['flexible', d('0.0512')],
          ['14', undefined],
        ]),
      );
    assert.equal(text, 'loan-desk-rates 1 "BTC"\n1790000000 flexible=0.0512 14=\n');
  });

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(histories, (history) => {
        assert.deepEqual(plain(readHistory(textOf('BTC', history))), plain(history));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps any name on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (coin) => {
        const heading = headingOf(coin);
        assert.equal(heading.indexOf('\n'), heading.length - 1);
        assert.equal(coinOfHeading(heading.trimEnd()), coin);
      }),
    );
    assert.equal(coinOfHeading('loan-desk-rates 2 "BTC"'), undefined);
    assert.equal(coinOfHeading('loan-desk-rates 1 "BT'), undefined);
  });

  it('cut at any byte loses nothing but its last line', () => {
    fc.assert(
      fc.property(histories, fc.nat(), (history, at) => {
        const text = textOf('BTC', history);
        const cut = text.slice(0, at % (text.length + 1));
        const whole = readHistory(text.slice(0, cut.lastIndexOf('\n') + 1));
        assert.deepEqual(plain(readHistory(cut)), plain(whole));
      }),
      { numRuns: 500 },
    );
  });

  it('passes over what is damaged, and over times that go back', () => {
    const text = [
      headingOf('BTC').trimEnd(),
      '1790000000 flexible=0.05',
      '17900\u0000\u0000 flexible=0.9',
      '1790000150 flexible=0.99',
      '1790000100 flexible=0.06 7=NaN 14=1.2.3 30=0.04',
      '1790000200 gold=0.9 __proto__=1 flexible=0.07',
      '1790000300 flexible=',
      '',
    ].join('\n');
    assert.deepEqual(plain(readHistory(text)), [
      ['30', [{ time: 1790000100000, rate: '0.04' }]],
      [
        'flexible',
        [
          { time: 1790000000000, rate: '0.05' },
          { time: 1790000100000, rate: '0.06' },
          { time: 1790000200000, rate: '0.07' },
          { time: 1790000300000, rate: undefined },
        ],
      ],
    ]);
  });

  it('a damaged time costs its own line only', () => {
    const far = fc.oneof(
      fc.integer({ min: 100_000_000, max: 1_700_000_000 }),
      fc.integer({ min: 1_900_000_000, max: 99_999_999_999 }),
    );
    fc.assert(
      fc.property(histories, fc.nat(), far, (history, at, seconds) => {
        const [heading = '', ...lines] = textOf('BTC', history).trimEnd().split('\n');
        const place = at % Math.max(lines.length, 1);
        // A first line that is older than it was cannot be told from one that is; of two in disorder nobody can tell which is wrong.
        const damaged = String(place < 2 ? Math.max(seconds, 1_900_000_000) : seconds);
        const changed = lines.map((line, index) => (index === place ? line.replace(/^\d+/, damaged) : line));
        // One more, as this window writes the next time: where only two are left, it is the one that counts.
        const all = [heading, ...changed, '1899999999 flexible=0.7', ''].join('\n');
        const left = lines.filter((_line, index) => index !== place);
        const times = new Set(left.map((line) => Number(line.split(' ', 1)[0]) * 1000));
        const read = readHistory(all);
        const rates = (time: number) => [...read].flatMap(([, points]) => rateAt(points, time) ?? []);
        for (const [name, points] of readHistory([heading, ...left, ''].join('\n'))) {
          for (const { time, rate } of points)
            if (times.has(time)) assert.equal(rateAt(read.get(name) ?? [], time), rate, `${name} at ${time}`);
        }
        assert.ok(rates(1_899_999_999_000).includes(d('0.7')));
      }),
      { numRuns: 500 },
    );
  });

  it('read from a moment on begins with what held then', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 0, max: 3_000_000 }), (history, minutes) => {
        const from = T0 + minutes * 60_000;
        const late = readHistory(textOf('BTC', history), from);
        for (const [name, series] of history) {
          const own = late.get(name) ?? [];
          assert.ok(own.filter(({ time }) => time < from).length <= 1);
          for (const time of [from, from + 1, ...series.map((point) => point.time)]) {
            if (time >= from) assert.equal(rateAt(own, time), rateAt(series, time));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

const DAY = 86_400_000;

describe('thinning', () => {
  it('leaves the last 90 days as they are, and lowest, highest and last of each older day', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 0, max: 900 }), (history, days) => {
        const now = T0 + days * DAY;
        const thin = thinned(history, now);
        for (const [name, series] of history) {
          const kept = thin.get(name) ?? [];
          assert.deepEqual(
            kept.filter(({ time }) => now - time <= 90 * DAY).slice(1),
            series.filter(({ time }) => now - time <= 90 * DAY).slice(1),
          );
          assert.ok(kept.every((point) => series.includes(point)));
          const extremes = (points: readonly Point[]) => {
            const rates = points.flatMap(({ rate }) => rate ?? []).sort();
            return [rates[0], rates.at(-1)];
          };
          assert.deepEqual(extremes(kept), extremes(series));
          assert.equal(rateAt(kept, now), rateAt(series, now));
        }
        assert.deepEqual(plain(thinned(thin, now)), plain(thin), 'a second time changes nothing');
      }),
      { numRuns: 500 },
    );
  });

  it('still knows of an old day that nothing was offered for a while, and for how long', () => {
    const day = Math.ceil(T0 / DAY) * DAY;
    const at = (hour: number, rate?: string): Point => ({
      time: day + hour * 3_600_000,
      rate: rate === undefined ? undefined : d(rate),
    });
    const points = [
      at(0, '0.09'),
      at(2, '0.02'),
      at(4, '0.05'),
      at(6),
      at(9, '0.06'),
      at(11, '0.07'),
      at(20, '0.05'),
    ];
    const kept = thinned(new Map([['30', points]]), day + 200 * DAY).get('30') ?? [];
    assert.deepEqual(kept, [
      at(0, '0.09'),
      at(2, '0.02'),
      at(4, '0.05'),
      at(6),
      at(9, '0.06'),
      at(20, '0.05'),
    ]);
  });

  it('keeps three years of hourly changes in every series of 300 coins within 200 MB', () => {
    const years = 3;
    const points = (salt: number): Point[] =>
      Array.from({ length: years * 365 * 24 }, (_, hour) => ({
        time: T0 + hour * 3_600_000,
        rate: d(`0.0${((hour * 7919 + salt * 104_729) % 1_000_000).toString().padStart(6, '0')}1`),
      }));
    const history = new Map(SERIES.map((name, index) => [name, points(index)]));
    const size = textOf('BTC', thinned(history, T0 + years * 365 * DAY)).length;
    assert.ok(size * 300 < 200_000_000, `${size * 300} bytes`);
  });
});
