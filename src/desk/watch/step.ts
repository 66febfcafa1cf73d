import type { Condition, Report, WatchEvent } from './event';
import { type Fired, MOST_FIRED, type Snoozes, type WatchState } from './state';

export interface Step {
  readonly state: WatchState;
  /** What is to be told now, the gravest first. */
  readonly told: readonly Fired[];
}

const GRAVITY = { critical: 0, warning: 1, info: 2 } as const;

/**
 * Compares what holds now with what held before: each condition is told once when it begins, and once when it ends where
 * that is news. What is snoozed is noted and not told. Pure; `now` in local epoch milliseconds.
 */
export function step(state: WatchState, reports: readonly Report[], snoozes: Snoozes, now: number): Step {
  const raised = new Map(state.raised);
  const news = reports.flatMap((report) => {
    const found = newsOf(report, raised, now);
    return report.isHistory === true && state.seen === undefined ? [] : found;
  });
  const fired = news.length === 0 ? state.fired : [...state.fired, ...news].slice(-MOST_FIRED);
  const told = news
    .filter(({ event }) => (snoozes.get(event.key) ?? 0) <= now)
    .sort((a, b) => GRAVITY[a.event.severity] - GRAVITY[b.event.severity]);
  return { state: { ...state, raised, fired }, told };
}

/** What begins and ends with a report; `raised` is brought up to it. */
function newsOf(
  { scope, isLadder, isPartial, conditions }: Report,
  raised: Map<string, number>,
  now: number,
): Fired[] {
  const begun: Fired[] = [];
  const over: Fired[] = [];
  for (const { holds, event, ending } of conditions) {
    if (holds === 'yes' && !raised.has(event.key)) {
      raised.set(event.key, now);
      begun.push({ at: now, event, ended: false });
    } else if (holds === 'no' && raised.delete(event.key) && ending !== undefined) {
      over.push({ at: now, event: ended(event, ending), ended: true });
    }
  }
  const reported = new Set(conditions.map(({ event }) => event.key));
  const isGone = (key: string) => key.startsWith(`${scope}:`) && !reported.has(key);
  if (isPartial !== true) for (const key of [...raised.keys()]) if (isGone(key)) raised.delete(key);
  // A fall through several levels ends at the lowest: that is the one to tell.
  return isLadder === true ? [...over.slice(0, 1), ...begun.slice(-1)] : [...over, ...begun];
}

function ended(event: WatchEvent, { title, detail }: NonNullable<Condition['ending']>): WatchEvent {
  return { key: event.key, severity: 'info', title, detail, help: [] };
}

/** Keys whose snooze is over are forgotten: what still holds then is told once more. */
export function awoken(state: WatchState, snoozes: Snoozes, now: number): WatchState {
  const over = [...snoozes].filter(([key, until]) => until <= now && state.raised.has(key));
  if (over.length === 0) return state;
  const raised = new Map(state.raised);
  for (const [key] of over) raised.delete(key);
  return { ...state, raised };
}
