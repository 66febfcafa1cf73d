import type { LocalClock } from './local-clock';

/** The reason of a signal whose time ran out. */
export class DeadlineReached extends Error {
  constructor() {
    super('The time ran out.');
    this.name = 'DeadlineReached';
  }
}

export interface Deadline {
  readonly signal: AbortSignal;
  /** Lets go of timer and listener; to be called when the work is over, however it ended. */
  release(): void;
}

/**
 * A signal that aborts with `parent`, or with {@link DeadlineReached} after `ms`. Not `AbortSignal.any`: that leaves a
 * trace on a long-lived parent for every call (node 20), and a desk calls for weeks.
 */
export function deadline(parent: AbortSignal, clock: LocalClock, ms: number): Deadline {
  const own = new AbortController();
  const timer = new AbortController();
  const follow = () => own.abort(parent.reason);
  if (parent.aborted) follow();
  else parent.addEventListener('abort', follow, { once: true });
  clock.sleep(ms, timer.signal).then(
    () => own.abort(new DeadlineReached()),
    () => undefined,
  );
  return {
    signal: own.signal,
    release: () => {
      parent.removeEventListener('abort', follow);
      timer.abort();
    },
  };
}

/** A signal that aborts with the first of both; `release` as for {@link Deadline}. */
export function either(first: AbortSignal, second: AbortSignal): Deadline {
  const own = new AbortController();
  const followFirst = () => own.abort(first.reason);
  const followSecond = () => own.abort(second.reason);
  const release = () => {
    first.removeEventListener('abort', followFirst);
    second.removeEventListener('abort', followSecond);
  };
  if (first.aborted) followFirst();
  else if (second.aborted) followSecond();
  else {
    first.addEventListener('abort', followFirst, { once: true });
    second.addEventListener('abort', followSecond, { once: true });
  }
  return { signal: own.signal, release };
}
