import type { Decimal } from '../bybit/decimal';
import type { Words } from '../bybit/words';
import type { Book, CoinAmount, Thresholds } from './book';
import type { FixedKinds } from './kinds/fixed';
import type { InstitutionalKinds } from './kinds/institutional';
import type { LegacyKinds } from './kinds/legacy';
import type { MarketReads } from './market/market';
import type { PoolName } from './pools/pool';
import type { Question } from './question';
import type { Snapshot } from './snapshot';

/** What a person may ask for, by kind. Each system adds its kinds (`kinds/`) and defines them (`operations/`). */
export interface OperationParams extends FixedKinds, LegacyKinds, InstitutionalKinds {
  readonly 'flexible.borrow': {
    readonly coin: string;
    readonly amount: Decimal;
    /** Pledged with the request, out of the Funding wallet; may be empty when what is pledged suffices. */
    readonly collateral: readonly CoinAmount[];
  };
  readonly 'flexible.repay': { readonly coin: string; readonly amount: Decimal };
  readonly 'flexible.repayWithCollateral': {
    readonly coin: string;
    /** In the coin of the debt. */
    readonly amount: Decimal;
    readonly collateralCoins: readonly string[];
  };
  readonly 'common.adjustCollateral': {
    readonly coin: string;
    readonly amount: Decimal;
    readonly direction: 'add' | 'reduce';
  };
}

export type OperationKind = keyof OperationParams;

/** One thing that moves money, as a value: what is checked, reviewed, confirmed, journalled, sent and settled. */
export interface OperationOf<Kind extends OperationKind> {
  readonly kind: Kind;
  /** Id of the account it is meant for; it can be sent through no other. */
  readonly accountId: string;
  readonly params: OperationParams[Kind];
}
export type Operation = { [Kind in OperationKind]: OperationOf<Kind> }[OperationKind];

/** Something a check found. An `error` stops the operation; a `warning` is shown in the review. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** The parameter it is about, e.g. `amount` or `collateral.ETH`; `interest` for what a term costs. */
  readonly field: string;
  /** What is wrong and what would pass. */
  readonly words: Words;
}

/** Where a coin's price makes the LTV meet a line, holding all else (formulae.md). Either side may have none. */
export interface LiquidationPrices {
  readonly coin: string;
  readonly price: Decimal;
  /** Danger at or below this price, USD. */
  readonly below: Decimal | undefined;
  /** Danger at or above this price, USD (net short of the coin). */
  readonly above: Decimal | undefined;
}

/** The figures of a book that reviews, trees and panels show. USD values are exact; surfaces round them. */
export interface Figures {
  readonly debtUsd: Decimal;
  /** After the tiered ratios. */
  readonly collateralUsd: Decimal;
  /** Fraction, rounded up at 6 decimals; undefined without a debt, or with a debt and no collateral (then `uncovered`). */
  readonly ltv: Decimal | undefined;
  readonly uncovered: boolean;
  /** Coins without a price or without a collateral ladder; figures leave their value out. */
  readonly unpriced: readonly string[];
  readonly liquidation: readonly LiquidationPrices[];
  /** Fraction by which all coins but stable ones must fall together to reach a line; undefined when no fall does. */
  readonly drop: { readonly [Line in keyof Thresholds]: Decimal | undefined };
  readonly interestUsd: { readonly hour: Decimal; readonly day: Decimal; readonly year: Decimal };
}

/** What the last step of a flow shows: before -> after. Pure arithmetic over one snapshot. */
export interface Review {
  readonly operation: Operation;
  /** One sentence: "Borrow 0.1 BTC against 1000 USDT and 1 ETH". */
  readonly title: Words;
  /** Whose figures these are: the account's shared pool of new loans, one legacy loan, or the risk unit. */
  readonly pool: PoolName;
  readonly before: Figures;
  readonly after: Figures;
  /** Debt, collateral and wallet by coin where the operation changes them. */
  readonly changes: readonly {
    readonly what: 'debt' | 'collateral' | 'wallet';
    readonly coin: string;
    readonly before: Decimal;
    readonly after: Decimal;
  }[];
  readonly findings: readonly Finding[];
  readonly thresholds: Thresholds;
  /** When its figures were read (`readAtOf` in `pools/pool.ts`), local epoch milliseconds. */
  readonly readAt: number;
}

/** There is nothing to review an operation on: `Desk.check` says why. */
export class NoReview extends RangeError {}

/**
 * How an operation ended, as far as known. `done` and `failed` are the history's word; `refused` and `absent` mean that
 * nothing happened; `processing` that the exchange took it and works on it; `unknown` that nobody can tell yet, and
 * that writes of the account are locked until it is found or shown absent; `needsLook` that the account changed while
 * no record names the operation: a person must decide.
 */
export type VerdictState = 'done' | 'failed' | 'refused' | 'absent' | 'processing' | 'unknown' | 'needsLook';

export interface Verdict {
  readonly state: VerdictState;
  readonly words: Words;
  readonly advice: Words | undefined;
  /** The exchange's id of the record, where one is known. */
  readonly recordId: string | undefined;
  /** "148009", "HTTP 502", "ECONNRESET". */
  readonly code: string | undefined;
}

/** An operation whose end is not known yet, from this or an earlier session or another window. */
export interface OpenOperation {
  /** Id within the journal. */
  readonly id: string;
  /** Undefined when nobody can read what it was: its line in the journal is damaged, or another version's. */
  readonly operation: Operation | undefined;
  readonly title: Words;
  readonly state: 'sending' | 'processing' | 'unknown' | 'needsLook';
  /** This window is at it: what is being sent must not be cut off. */
  readonly isOurs?: true;
  /** When it was confirmed, as far as known, local epoch milliseconds. */
  readonly since: number;
  /** Why others are refused meanwhile, where more can be said than that it has no end. */
  readonly meanwhile?: Words | undefined;
}

/** Where an execution stands, for a progress message. */
export type Stage = 'reading' | 'sending' | 'settling';

export interface ExecuteOptions {
  /** What the person saw and confirmed, as text; kept in the journal with the intent. */
  readonly review?: string;
  readonly onStage?: (stage: Stage) => void;
  /** Stops waiting, never the operation: what was sent is settled in the background and shown as open. */
  readonly signal?: AbortSignal;
}

/** The desk of one account (or of none: public parts only). What every surface draws and asks. */
export interface Desk {
  readonly snapshot: Snapshot;
  /** Books and figures of the snapshot; undefined until position, rules and prices were read once. */
  readonly book: Book | undefined;
  readonly figures: Figures | undefined;
  readonly thresholds: Thresholds;
  /** The exchange's clock as far as known, epoch milliseconds: due dates are in it. */
  readonly serverNow: number;
  /** Whether the key may write; undefined until it was looked at. */
  readonly canWrite: boolean | undefined;
  readonly open: readonly OpenOperation[];
  /** Public figures that no part of the snapshot holds: other VIP levels, order books, products. */
  readonly market: MarketReads;
  /** Calls back after every change of anything above; returns the way to stop. */
  onDidChange(listener: () => void): () => void;
  /** Calls the listeners back: the thresholds come from settings, and whoever keeps those knows when they changed. */
  notify(): void;
  /** Reads parts now (all by default), one flight a part. Never rejects: failures are in the parts. */
  refresh(names?: readonly (keyof Snapshot['parts'])[]): Promise<void>;
  /** Asks the exchange for something beside the snapshot (`questions/`). Rejects as its calls do. */
  ask<T>(question: Question<T>, signal?: AbortSignal): Promise<T>;
  /** Polls while at least one watch is held; returns the way to let go. */
  watch(): () => void;
  /** Findings on a complete or half-filled operation against local knowledge; empty when it would pass. */
  check(operation: Operation): readonly Finding[];
  /** Throws {@link NoReview} when the snapshot lacks what the review needs: not read yet, or not there any more. */
  review(operation: Operation): Review;
  /**
   * Journals, sends once and settles a **confirmed** operation. Never rejects for what the exchange or the network does:
   * that is a verdict. `refused` verdicts also cover a local refusal (writes locked, another window at it).
   */
  execute(operation: Operation, options?: ExecuteOptions): Promise<Verdict>;
  /** Reads back whatever is open, now. */
  lookAgain(): Promise<void>;
  /** How an operation of the journal ended, or stands; undefined when the journal does not know the id. */
  verdictOf(id: string): Verdict | undefined;
  /** Ends an open operation by the user's word; the journal notes that it was theirs. */
  resolveByHand(id: string, happened: boolean): Promise<void>;
  dispose(): void;
}
