import assert from 'node:assert/strict';
import { type Decimal, decimal } from '../../../../src/bybit/decimal';
import { plain } from '../../../../src/bybit/words';
import {
  alertReport,
  alertsValue,
  inOneLine,
  type RateAlert,
  readAlerts,
} from '../../../../src/desk/history/alerts';
import { FRESH } from '../../../../src/desk/watch/state';
import { step } from '../../../../src/desk/watch/step';

const d = decimal;
const above: RateAlert = { id: 'a', coin: 'BTC', series: 'flexible', kind: 'above', value: d('0.05') };

/** What is told along a path of rates; undefined is a reading that failed or a coin not offered. */
function told(alert: RateAlert, path: readonly (string | undefined)[], dayAgo?: Decimal): string[] {
  let state = FRESH;
  return path.map((text, now) => {
    const rate = text === undefined ? undefined : d(text);
    const facts = { now: () => new Map([[alert.series, rate]]), dayAgo: () => dayAgo };
    const next = step(state, [alertReport([alert], facts, 'en')], new Map(), now);
    state = next.state;
    return next.told.map(({ event }) => plain(event.title)).join();
  });
}

const count = (lines: readonly string[]) => lines.map((line) => (line === '' ? 0 : 1));

describe('rate alerts', () => {
  it('on a level are told once, and again only after it was left by a fiftieth', () => {
    assert.deepEqual(
      count(told(above, ['0.04', '0.05', '0.06', '0.0495', '0.05', '0.0489', '0.05'])),
      [0, 1, 0, 0, 0, 0, 1],
    );
    const below: RateAlert = { ...above, kind: 'below' };
    assert.deepEqual(
      count(told(below, ['0.06', '0.05', '0.0505', '0.05', '0.052', '0.05'])),
      [0, 1, 0, 0, 0, 1],
    );
  });

  it('on a jump compare with the rate a day ago, either way', () => {
    const jump: RateAlert = { ...above, kind: 'jump', value: d('0.5') };
    assert.deepEqual(
      count(told(jump, ['0.05', '0.074', '0.075', '0.08', '0.05', '0.024'], d('0.05'))),
      [0, 0, 1, 0, 0, 1],
    );
    assert.deepEqual(count(told(jump, ['0.05', '0.5'])), [0, 0], 'without a rate before nothing is a jump');
  });

  it('keep their state while the rate is not known', () => {
    assert.deepEqual(count(told(above, ['0.06', undefined, '0.06', undefined])), [1, 0, 0, 0]);
  });

  it('name coin, series and rate', () => {
    assert.deepEqual(told(above, ['0.0612']), ['BTC: the flexible rate is 6.12 % a year']);
    assert.deepEqual(told({ ...above, series: '30' }, ['0.0612']), [
      'BTC: the best rate for 30 days is 6.12 % a year',
    ]);
  });

  it('say in a line of a list what they are, and when they are told what was asked for', () => {
    const cases: readonly (readonly [Partial<RateAlert>, string, string])[] = [
      [{}, 'BTC flexible ≥ 5.00 % a year', 'You asked to be told at 5.00 % a year or more.'],
      [
        { value: d('0.00004125') },
        'BTC flexible ≥ 0.004125 % a year',
        'You asked to be told at 0.004125 % a year or more.',
      ],
      [{ kind: 'below' }, 'BTC flexible ≤ 5.00 % a year', 'You asked to be told at 5.00 % a year or less.'],
      [
        { kind: 'jump' },
        'BTC flexible ± 5.00 % within a day',
        'You asked to be told of a change by 5.00 % within a day.',
      ],
      [{ series: '30' }, 'BTC 30 days ≥ 5.00 % a year', 'You asked to be told at 5.00 % a year or more.'],
      [
        { series: '30', kind: 'jump' },
        'BTC 30 days ± 5.00 % within a day',
        'You asked to be told of a change by 5.00 % within a day.',
      ],
    ];
    for (const [change, line, detail] of cases) {
      const alert = { ...above, ...change };
      assert.equal(plain(inOneLine(alert, 'en')), line);
      const facts = { now: () => undefined, dayAgo: () => undefined };
      const [condition] = alertReport([alert], facts, 'en').conditions;
      assert.equal(condition && plain(condition.event.detail), detail);
    }
  });

  it('come back from their file, and nothing else does', () => {
    const file = JSON.parse(JSON.stringify(alertsValue([above])));
    assert.deepEqual(readAlerts(file), [above]);
    assert.equal(readAlerts({ v: 1, alerts: [{ ...above, value: 'NaN' }] }), undefined);
    assert.equal(readAlerts(undefined), undefined);
  });
});
