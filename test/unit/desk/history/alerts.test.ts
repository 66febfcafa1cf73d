import assert from 'node:assert/strict';
import { type Decimal, decimal } from '../../../../src/bybit/decimal';
import { plain } from '../../../../src/bybit/words';
import { alertReport, alertsValue, type RateAlert, readAlerts } from '../../../../src/desk/history/alerts';
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

  it('come back from their file, and nothing else does', () => {
    const file = JSON.parse(JSON.stringify(alertsValue([above])));
    assert.deepEqual(readAlerts(file), [above]);
    assert.equal(readAlerts({ v: 1, alerts: [{ ...above, value: 'NaN' }] }), undefined);
    assert.equal(readAlerts(undefined), undefined);
  });
});
