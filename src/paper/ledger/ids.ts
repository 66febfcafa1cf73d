import { draw, saltOf } from '../market/noise';
import type { State } from './state';

/** First id of a series, and the most that one id lies above the one before. */
const FIRST = 1300;
const STRIDE = 9;

/** The next id of a growing series (API.md §13 point 18). Ids have gaps, since other accounts use the series too. */
export function nextId(state: State, series: string): { readonly state: State; readonly id: number } {
  const salt = saltOf(state.seed, series);
  const last = state.ids.get(series) ?? FIRST + (draw(salt, 0) % 700);
  const id = last + 1 + (draw(salt, last) % STRIDE);
  return { id, state: { ...state, ids: new Map(state.ids).set(series, id) } };
}
