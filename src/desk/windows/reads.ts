import type { Exchange } from '../../bybit/exchange';
import type { LocalClock } from '../../bybit/local-clock';

/** One thing to be read. */
export interface Wanted {
  /** Names it and all it depends on. */
  readonly name: string;
  /** Milliseconds after which it is read again; 0 for with every poll. */
  readonly life: number;
  /** Whether only a reading that begins now will do. */
  readonly isFresh?: boolean;
  /** Never written down for other windows. */
  readonly isPrivate?: boolean;
  /** It takes many requests: nobody waits for another window's. */
  readonly isLong?: boolean;
  readonly signal?: AbortSignal;
}

export interface Got<T> {
  readonly value: T;
  /** When its last answer came, local epoch milliseconds. */
  readonly readAt: number;
}

/** Reads something; `now` is when it is read (local epoch milliseconds), which was a while ago where it is another window's. */
export type Work<T> = (exchange: Exchange, now: () => number) => Promise<T>;

/** How readings are made. */
export interface Reads {
  /** Whether a reading that need not be fresh may be another window's. */
  readonly isShared: boolean;
  /** Rejects with what `work` does. */
  through<T>(wanted: Wanted, work: Work<T>): Promise<Got<T>>;
}

/** Every reading asks the exchange. */
export function ownReads(exchange: Exchange, clock: LocalClock): Reads {
  return {
    isShared: false,
    through: async (_wanted, work) => {
      const value = await work(exchange, () => clock.now());
      return { value, readAt: clock.now() };
    },
  };
}
