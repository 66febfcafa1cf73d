import type { VipLevel } from '../../bybit/common';
import type { BybitError } from '../../bybit/errors';
import type { Exchange } from '../../bybit/exchange';
import type { PartName, Parts, Snapshot } from '../snapshot';

/** What a reader may use. */
export interface ReadContext {
  readonly exchange: Exchange;
  readonly vipLevel: VipLevel;
  /** What was read so far; of use for the part named by `after`. */
  readonly parts: Snapshot['parts'];
}

/** How one part of the snapshot is read. */
export interface Reader<T> {
  /** Whether it can be read without an account. */
  readonly isPublic: boolean;
  /** Least age in milliseconds at which polling reads it again; 0 for every time. */
  readonly life: number;
  /**
   * The part whose first look this one waits for when both are asked for, because it decides what is asked. When it
   * turns out to be absent, this part is too, and is not asked for.
   */
  readonly after?: PartName;
  /** What is asked stands in the value of the part named by `after`: without it this one fails as that did. */
  readonly isOfValue?: true;
  /** Its answer holds the API key: never kept for other windows. */
  readonly isPrivate?: true;
  /** Gives undefined when the account has nothing of the kind. */
  read(context: ReadContext): Promise<T | undefined>;
  /**
   * Whether an error says just that; a failure otherwise. `isKnown` tells that it was read before: debts do not go away
   * because a key may not look at them any more, or because something on the way answers that there is no such page.
   */
  isAbsence?(error: BybitError, isKnown: boolean): boolean;
}

/** Every part with its reader: a part without one does not compile. */
export type Readers = { readonly [Name in PartName]: Reader<Parts[Name]> };

export const MINUTE_MS = 60_000;
