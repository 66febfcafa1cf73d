import * as v from 'valibot';
import type { Decimal } from '../../bybit/decimal';
import { decimalText } from '../operations/params';
import type { WatchEvent } from './event';

const words = v.object({
  text: v.string(),
  args: v.pipe(v.array(v.string()), v.readonly()),
  code: v.optional(v.string()),
});

const help = v.object({
  deed: v.picklist(['addCollateral', 'repay', 'renew', 'replaceKey', 'refresh', 'openJournal', 'openRates']),
  coin: v.optional(v.string()),
  amount: v.optional(decimalText),
  loanId: v.optional(v.string()),
});

const event = v.object({
  key: v.string(),
  severity: v.picklist(['info', 'warning', 'critical']),
  title: words,
  detail: words,
  help: v.pipe(v.array(help), v.readonly()),
});

const fired = v.object({
  /** Local epoch milliseconds. */
  at: v.number(),
  event,
  /** Whether it told that something has ended. */
  ended: v.boolean(),
});

export const storedState = v.object({
  v: v.literal(1),
  raised: v.array(v.object({ key: v.string(), since: v.number() })),
  fired: v.array(fired),
  seen: v.optional(
    v.object({
      at: v.number(),
      ltv: v.optional(decimalText),
      debtUsd: v.optional(decimalText),
      collateralUsd: v.optional(decimalText),
    }),
  ),
});

const storedSnoozes = v.object({
  v: v.literal(1),
  snoozed: v.array(v.object({ key: v.string(), until: v.number() })),
});

/** Until when each key is silent, local epoch milliseconds. */
export type Snoozes = ReadonlyMap<string, number>;

/** The snoozes as they stand in their file; none when they cannot be understood. */
export function readSnoozes(value: unknown): Snoozes {
  const read = v.safeParse(storedSnoozes, value);
  return new Map(read.success ? read.output.snoozed.map(({ key, until }) => [key, until]) : []);
}

export function snoozesValue(snoozes: Snoozes): unknown {
  return { v: 1, snoozed: [...snoozes].map(([key, until]) => ({ key, until })) };
}

/** One event that was told. */
export interface Fired {
  readonly at: number;
  readonly event: WatchEvent;
  readonly ended: boolean;
}

/** What was last seen of the account, to say what changed meanwhile. */
export interface Seen {
  readonly at: number;
  /** Undefined without a debt. */
  readonly ltv: Decimal | undefined;
  readonly debtUsd: Decimal | undefined;
  readonly collateralUsd: Decimal | undefined;
}

/** What the watch of one account remembers; shared by windows and restarts. */
export interface WatchState {
  /** Since when each condition holds, by key. */
  readonly raised: ReadonlyMap<string, number>;
  /** Newest last, at most {@link MOST_FIRED}. */
  readonly fired: readonly Fired[];
  readonly seen: Seen | undefined;
}

export const MOST_FIRED = 500;
export const FRESH: WatchState = { raised: new Map(), fired: [], seen: undefined };

/** The state as it stands in its file; undefined when it is none. */
export function readState(value: unknown): WatchState | undefined {
  const read = v.safeParse(storedState, value);
  if (!read.success) return undefined;
  const { raised, fired: list, seen } = read.output;
  return {
    raised: new Map(raised.map(({ key, since }) => [key, since])),
    fired: list.map(({ at, event: told, ended }) => ({ at, ended, event: asEvent(told) })),
    seen:
      seen === undefined
        ? undefined
        : { ltv: undefined, debtUsd: undefined, collateralUsd: undefined, ...seen },
  };
}

export function stateValue({ raised, fired: list, seen }: WatchState): unknown {
  return {
    v: 1,
    raised: [...raised].map(([key, since]) => ({ key, since })),
    fired: list,
    ...(seen === undefined ? {} : { seen }),
  };
}

/** Optional fields that are absent, not undefined. */
function asEvent({ help: deeds, title, detail, ...rest }: v.InferOutput<typeof event>): WatchEvent {
  return {
    ...rest,
    title: asWords(title),
    detail: asWords(detail),
    help: deeds.map(({ deed, coin, amount, loanId }) => ({
      deed,
      ...(coin === undefined ? {} : { coin }),
      ...(amount === undefined ? {} : { amount }),
      ...(loanId === undefined ? {} : { loanId }),
    })),
  };
}

function asWords({ text, args, code }: v.InferOutput<typeof words>) {
  return code === undefined ? { text, args } : { text, args, code };
}
