import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Decimal, decimal } from '../../../../src/bybit/decimal';
import { cheaperThan, standingOf, stepsOf } from '../../../../src/desk/history/percentile';

const HOUR = 3_600_000;
const T0 = 1_790_000_000_000;

describe('the steps of a past', () => {
  const rate = fc.integer({ min: 0, max: 150 }).map((count) => decimal(`${count / 10}`));

  it('say of every rate what the whole past says of it', () => {
    const point = fc.tuple(fc.integer({ min: 1, max: HOUR }), fc.option(rate, { nil: undefined }));
    const stretches = fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 90 })), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(
        fc.array(point, { maxLength: 300 }),
        stretches,
        fc.array(rate, { minLength: 1, maxLength: 10 }),
        (points, read, rates) => {
          let time = T0;
          const series = points.map(([ms, held]) => {
            time += ms;
            return { time, rate: held };
          });
          const coverage = read.map(([from, lasting]) => ({
            from: T0 + from * HOUR,
            to: T0 + (from + lasting) * HOUR,
          }));
          const window = { from: T0 + 5 * HOUR, to: T0 + 90 * HOUR };
          const steps = stepsOf(series, coverage, window);
          for (const now of rates) {
            const share = steps === undefined ? undefined : cheaperThan(now, steps);
            assert.equal(share, standingOf(now, series, coverage, window)?.cheaperThan);
          }
        },
      ),
    );
  });

  it('are a hundred at most', () => {
    const series = Array.from({ length: 5_000 }, (_, index) => ({
      time: T0 + index * HOUR,
      rate: decimal((index * 7_919) % 5_003),
    }));
    const window = { from: T0, to: T0 + 5_000 * HOUR };
    const steps = stepsOf(series, [window], window);
    assert.ok(steps !== undefined);
    assert.equal(steps.rates.length, 100);
    assert.deepEqual([cheaperThan('0' as Decimal, steps), cheaperThan('5003' as Decimal, steps)], [99, 0]);
  });
});
