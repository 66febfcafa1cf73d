import type { Decimal } from '../../bybit/decimal';
import type { TimedRate } from '../../desk/history/sparkline';

/** Lines on one axis: for each place the value of each line, as it was told. */
export interface Aligned {
  /** Ascending. */
  readonly xs: readonly number[];
  readonly values: readonly (readonly (Decimal | null)[])[];
}

/**
 * Series of changes on one axis of time, up to `until`: at each moment every line has the rate that held then. A line that
 * ends has its last rate until just before, so that a drawing of steps reaches that far.
 */
export function alignedInTime(lines: readonly (readonly TimedRate[])[], until: number): Aligned {
  const times = new Set<number>();
  for (const line of lines) {
    for (const [time, rate] of line) {
      if (time > until) break;
      times.add(time);
      if (rate === null) times.add(time - 1);
    }
  }
  if (times.size > 0) times.add(until);
  const xs = [...times].sort((a, b) => a - b);
  return { xs, values: lines.map((line) => held(line, xs)) };
}

function held(line: readonly TimedRate[], xs: readonly number[]): (Decimal | null)[] {
  let next = 0;
  let rate: Decimal | null = null;
  return xs.map((x) => {
    for (let point = line[next]; point !== undefined && point[0] <= x; point = line[next]) {
      rate = point[1];
      next += 1;
    }
    return rate;
  });
}
