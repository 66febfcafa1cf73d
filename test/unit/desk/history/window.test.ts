import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { windowed } from '../../../../src/desk/history/window';

const d = decimal;
const HOUR = 3_600_000;
const T0 = 1_790_000_000_000;
const at = (hours: number) => T0 + hours * HOUR;

describe('a series in the window of a chart', () => {
  const series = [
    { time: at(0), rate: d('0.05') },
    { time: at(10), rate: d('0.06') },
  ];
  const show = (
    read: readonly (readonly [number, number])[],
    window: readonly [number, number],
    latest?: readonly [number, string],
  ) =>
    windowed(series, {
      coverage: read.map(([from, to]) => ({ from: at(from), to: at(to) })),
      window: { from: at(window[0]), to: at(window[1]) },
      most: 1_000,
      latest: latest === undefined ? undefined : { time: at(latest[0]), rate: d(latest[1]) },
    }).map(({ time, rate }) => [(time - T0) / HOUR, rate]);

  it('begins with what held at its edge', () => {
    assert.deepEqual(show([[0, 20]], [5, 20]), [
      [5, '0.05'],
      [10, '0.06'],
    ]);
  });

  it('ends where nobody read, and goes on while somebody does', () => {
    assert.deepEqual(show([[0, 12]], [0, 14]).at(-1), [10, '0.06'], 'the next reading may still come');
    const [, , end] = show([[0, 12]], [0, 20]);
    assert.deepEqual([Math.round(end?.[0] as number), end?.[1]], [12, undefined]);
    const gap = show(
      [
        [0, 2],
        [8, 20],
      ],
      [0, 20],
    );
    assert.deepEqual(
      gap.map(([, rate]) => rate),
      ['0.05', undefined, '0.05', '0.06'],
    );
  });

  it('has the rate that was read just now, though it is not recorded yet', () => {
    assert.deepEqual(show([[0, 12]], [0, 13], [12.5, '0.07']).at(-1), [12.5, '0.07']);
    assert.deepEqual(show([[0, 12]], [0, 13], [12.5, '0.06']).at(-1), [10, '0.06']);
    assert.deepEqual(show([], [0, 13], [12.5, '0.07']), [[12.5, '0.07']]);
  });

  it('keeps its extremes when it has to be thinned', () => {
    const many = Array.from({ length: 5_000 }, (_, hour) => ({
      time: at(hour),
      rate: d(hour === 17 ? '0.9' : `0.0${1 + (hour % 8)}`),
    }));
    const thin = windowed(many, {
      coverage: [{ from: at(0), to: at(5_000) }],
      window: { from: at(0), to: at(5_000) },
      most: 300,
      latest: undefined,
    });
    assert.ok(thin.length <= 300 && thin.length > 30, String(thin.length));
    assert.ok(thin.some(({ rate }) => rate === '0.9'));
  });
});
