import { nextId } from './ids';
import type { State } from './state';

/** 2017-12-31 16:00 UTC: from here the milliseconds in the documentation's legacy ids run. */
const EPOCH = 1_514_736_000_000n;
const SERIES_BITS = 23n;

/**
 * The next id of 19 digits, beyond 2^53, hence text: milliseconds above, a growing series below, as the examples in the
 * documentation (API.md §6, §13 point 18). `time` is that of the row, which may lie before `state.time` in histories
 * that a ledger begins with.
 */
export function nextLongId(
  state: State,
  series: string,
  time = state.time,
): { readonly state: State; readonly id: string } {
  const { id, state: counted } = nextId(state, series);
  return { id: longId(time, id), state: counted };
}

function longId(time: number, count: number): string {
  const low = BigInt(count) & ((1n << SERIES_BITS) - 1n);
  return String(((BigInt(time) - EPOCH) << SERIES_BITS) | low);
}
