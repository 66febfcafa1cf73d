import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Decimal, decimal, gte } from '../../../../src/bybit/decimal';
import { plain } from '../../../../src/bybit/words';
import {
  extremesOf,
  readSpark,
  sparkPath,
  sparkText,
  type TimedRate,
} from '../../../../src/desk/history/sparkline';
import { alignedInTime } from '../../../../src/webview/charts/align';
import { depthLines, openEnd } from '../../../../src/webview/charts/depth';
import { depthFigure, historyFigure } from '../../../../src/webview/charts/models';
import { ticksBetween } from '../../../../src/webview/charts/ticks';
import { answer } from '../../../browser/history-messages';

const d = decimal;

describe('the moments of an axis', () => {
  const labelIn = (locale: string) => {
    const { x } = historyFigure(answer(), { say: plain, locale }).plot;
    assert.ok(x.kind === 'time');
    return x.label;
  };

  it('are written as in English where the locale is none', () => {
    assert.equal(labelIn('<b>')(1_772_000_000, 60), labelIn('en')(1_772_000_000, 60));
    assert.notEqual(labelIn('de')(1_772_006_400, 86_400), labelIn('en')(1_772_006_400, 86_400));
  });

  it('are blank further away than a date can be', () => {
    assert.equal(labelIn('en')(8_640_000_000_001, 86_400), '');
  });
});

describe('the ticks of an axis', () => {
  it('are round, and written exactly where floats are not', () => {
    assert.deepEqual(
      ticksBetween(0.1, 0.75, 4).map(({ value }) => value),
      ['0.2', '0.4', '0.6'],
    );
    assert.deepEqual(
      ticksBetween(0.0029, 0.0036, 4).map(({ value }) => value),
      ['0.003', '0.0032', '0.0034', '0.0036'],
    );
    assert.deepEqual(
      ticksBetween(-50, 120_000, 3).map(({ value }) => value),
      ['0', '50000', '100000'],
    );
  });

  it('are about as many as asked for, within the stretch, in order', () => {
    const bounds = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
    );
    fc.assert(
      fc.property(bounds, fc.integer({ min: 2, max: 12 }), ([least, span], count) => {
        const ticks = ticksBetween(least, least + span, count);
        assert.ok(ticks.length <= count + 2);
        for (const { at, value } of ticks) {
          assert.equal(at, Number(value));
          // What a float of that size cannot tell apart, no axis can either.
          const slack = span * 1e-6 + Math.max(Math.abs(least), Math.abs(least + span)) * 1e-15;
          assert.ok(at >= least - slack && at <= least + span + slack);
        }
      }),
    );
  });

  it('are none where there is nothing to divide', () => {
    for (const [least, most] of [
      [1, 1],
      [2, 1],
      [Number.NaN, 1],
      [0, Number.POSITIVE_INFINITY],
    ] as const) {
      assert.deepEqual(ticksBetween(least, most, 5), []);
    }
  });
});

describe('lines on one axis of time', () => {
  const one: readonly TimedRate[] = [
    [1000, d('0.1')],
    [3000, null],
    [5000, d('0.2')],
  ];
  const other: readonly TimedRate[] = [[2000, d('0.3')]];

  it('have at each place what held there', () => {
    const { xs, values } = alignedInTime([one, other], 6000);
    assert.deepEqual(xs, [1000, 2000, 2999, 3000, 5000, 6000]);
    assert.deepEqual(values, [
      ['0.1', '0.1', '0.1', null, '0.2', '0.2'],
      [null, '0.3', '0.3', '0.3', '0.3', '0.3'],
    ]);
  });

  it('leave out what comes later, and have no place without a point', () => {
    assert.deepEqual(alignedInTime([[[9000, d('1')]]], 6000), { xs: [], values: [[]] });
    assert.deepEqual(alignedInTime([], 6000), { xs: [], values: [] });
  });
});

describe('the small line', () => {
  it('goes in steps, with gaps where nothing is known', () => {
    const points: readonly TimedRate[] = [
      [0, d('0.1')],
      [50, d('0.2')],
      [70, null],
      [90, d('0.1')],
    ];
    assert.equal(sparkPath(points, 0, 100), 'M0 18H50V2H70M90 18H100');
  });

  it('lies in the middle where nothing moves, and is none where nothing is known', () => {
    assert.equal(sparkPath([[0, d('0.1')]], 0, 100), 'M0 10H100');
    assert.equal(sparkPath([[0, null]], 0, 100), '');
    assert.equal(sparkPath([], 0, 100), '');
    assert.equal(sparkPath([[0, d('1')]], 100, 100), '');
  });

  it('begins at its edge with what held there', () => {
    assert.equal(
      sparkPath(
        [
          [-40, d('0.1')],
          [50, d('0.2')],
        ],
        0,
        100,
      ),
      'M0 18H50V2H100',
    );
  });

  it('stands in a cell with its rates, and nothing else is taken for one', () => {
    const line = { path: 'M0 10H100', low: d('0.02'), high: d('0.05'), now: d('0.03') };
    assert.equal(sparkText(line), 'M0 10H100;0.02;0.05;0.03');
    for (const now of [d('0.03'), undefined]) {
      assert.deepEqual(readSpark(sparkText({ ...line, now })), { ...line, now });
    }
    assert.deepEqual(readSpark(sparkText({ ...line, now: d('0.01') })), {
      ...line,
      low: '0.01',
      now: '0.01',
    });
    assert.deepEqual(readSpark(sparkText({ ...line, now: d('0.9') })), { ...line, high: '0.9', now: '0.9' });
    for (const text of [
      '',
      'M0 10H100',
      'M0 10H100;0.02;0.05',
      'M0 10H100;0.02;0.05;x',
      'M0 10H100;0.02;0.05;;',
      'url(#x);0.02;0.05;',
    ]) {
      assert.equal(readSpark(text), undefined, text);
    }
  });

  it('has its extremes exactly', () => {
    assert.deepEqual(
      extremesOf([
        [0, d('0.10')],
        [1, d('0.1000000000000000000001')],
        [2, null],
      ]),
      {
        low: '0.1',
        high: '0.1000000000000000000001',
        last: null,
      },
    );
    assert.equal(extremesOf([[0, null]]), undefined);
  });
});

describe('the depth of a market', () => {
  const level = (rate: string, amount: string) => ({ rate: d(rate), amount: d(amount) });

  it('adds up from the best rate of each side', () => {
    assert.deepEqual(
      depthLines([level('0.05', '10'), level('0.06', '5')], [level('0.03', '2'), level('0.04', '1')]),
      {
        rates: ['0.03', '0.04', '0.05', '0.06'],
        offers: [null, null, '10', '15'],
        demand: ['3', '1', null, null],
      },
    );
    assert.deepEqual(depthLines([], []), { rates: [], offers: [], demand: [] });
  });

  it('is open at the end of a side that was cut: in its figure, its numbers and its words', () => {
    const answer = (isCut: { readonly offers: boolean; readonly demand: boolean }) => ({
      ask: { coins: ['BTC'], series: '30' as const, days: 30 as const },
      names: [],
      isSimulated: true,
      isRecording: true,
      from: 0,
      until: 1,
      lines: [],
      terms: [],
      depth: {
        term: '30',
        offers: [level('0.05', '10'), level('0.06', '5')],
        demand: [level('0.04', '1'), level('0.03', '2')],
        isCut,
      },
    });
    const figure = (isCut: { readonly offers: boolean; readonly demand: boolean }) => {
      const { note, values, summaries } = depthFigure(answer(isCut), { say: plain, locale: 'en' });
      return { note, values, summaries };
    };
    assert.deepEqual(figure({ offers: false, demand: false }), {
      note: 'simulated market',
      values: [
        [null, null, '10 BTC', '15 BTC'],
        ['3 BTC', '1 BTC', null, null],
      ],
      summaries: ['15 BTC in all, best 5.00 %', '3 BTC in all, best 4.00 %'],
    });
    assert.deepEqual(figure({ offers: true, demand: true }), {
      note: 'simulated market · the best rates only: more may wait',
      values: [
        [null, null, '10 BTC', 'at least 15 BTC'],
        ['at least 3 BTC', '1 BTC', null, null],
      ],
      summaries: ['at least 15 BTC in all, best 5.00 %', 'at least 3 BTC in all, best 4.00 %'],
    });
    assert.deepEqual(figure({ offers: false, demand: true }).values[0], [null, null, '10 BTC', '15 BTC']);
    const unseen = answer({ offers: true, demand: false });
    const none = depthFigure(
      { ...unseen, depth: { ...unseen.depth, offers: [], demand: [] } },
      { say: plain, locale: 'en' },
    );
    assert.deepEqual(none.summaries, ['more may wait', 'nothing']);
    assert.match(none.empty, /^Nothing of this term could be seen/);
  });

  it('is open at all rates from the worst that was told on', () => {
    const lines = depthLines(
      [level('0.02', '1'), level('0.03', '1')],
      [level('0.05', '2'), level('0.04', '2')],
    );
    assert.deepEqual(lines.rates, ['0.02', '0.03', '0.04', '0.05']);
    assert.deepEqual(openEnd('offers', lines), [false, true, true, true]);
    assert.deepEqual(openEnd('demand', lines), [true, true, true, false]);
  });

  it('never falls away from the best rate', () => {
    const levels = fc.array(
      fc.record({
        rate: fc.integer({ min: 1, max: 40 }).map((n) => d(`${n}e-3`)),
        amount: fc.integer({ min: 1, max: 99 }).map(d),
      }),
    );
    fc.assert(
      fc.property(levels, levels, (offers, demand) => {
        const lines = depthLines(offers, demand);
        const known = (line: readonly (Decimal | null)[]) => line.filter((one) => one !== null);
        const rises = (line: readonly Decimal[]) =>
          line.every((amount, index) => gte(amount, line[index - 1] ?? amount));
        assert.ok(rises(known(lines.offers)));
        assert.ok(rises(known(lines.demand).reverse()));
      }),
    );
  });
});
