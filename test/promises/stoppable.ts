import type { AxiosAdapter } from 'axios';
import type { LocalClock } from '../../src/bybit/local-clock';

/** What one window stands on; it can be stopped for that window alone. */
export interface Stoppable {
  readonly clock: LocalClock;
  /** The way to the exchange: what has left arrives, its answer does not come while the window stands still. */
  door(adapter: AxiosAdapter): AxiosAdapter;
  /** Stands still from its next sleep, request or answer on, as a process that is suspended or killed. */
  halt(): void;
  /** Goes on where it stood. */
  resume(): void;
  /** For the end of a test of one that was killed: what was held is let go of, and nothing of it reaches the exchange. */
  release(): void;
}

export function stoppable(clock: LocalClock): Stoppable {
  let isHalted = false;
  let isDead = false;
  const waiting: (() => void)[] = [];
  const stand = async (): Promise<void> => {
    while (isHalted) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const resume = () => {
    isHalted = false;
    for (const wake of waiting.splice(0)) wake();
  };
  return {
    halt() {
      isHalted = true;
    },
    resume,
    release() {
      isDead = true;
      resume();
    },
    door: (adapter) => async (config) => {
      await stand();
      if (isDead) throw new Error('The window is dead.');
      try {
        return await adapter(config);
      } finally {
        await stand();
      }
    },
    clock: {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      async sleep(ms, signal) {
        await stand();
        try {
          await clock.sleep(ms, signal);
        } finally {
          await stand();
        }
      },
    },
  };
}
