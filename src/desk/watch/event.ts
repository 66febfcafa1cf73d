import type { Decimal } from '../../bybit/decimal';
import type { Words } from '../../bybit/words';

export type Severity = 'info' | 'warning' | 'critical';

/** What helps: a deed of the desk, with what it starts from. Surfaces name and run it; it only ever opens a flow. */
export interface Help {
  readonly deed: 'addCollateral' | 'repay' | 'renew' | 'replaceKey' | 'refresh' | 'openJournal' | 'openRates';
  readonly coin?: string;
  readonly amount?: Decimal;
  /** Of the contract or order it is about. */
  readonly loanId?: string;
}

/** Something worth telling a person once. */
export interface WatchEvent {
  /** Of the condition: the same fact has the same key, e.g. `ltv:85`. */
  readonly key: string;
  readonly severity: Severity;
  readonly title: Words;
  /** What it means and what can be done. */
  readonly detail: Words;
  readonly help: readonly Help[];
}

/**
 * A fact that holds or does not. `yes` raises it, `no` ends it, `hold` leaves it as it is: the band in between keeps a value
 * that trembles about a level from telling again and again.
 */
export interface Condition {
  readonly holds: 'yes' | 'hold' | 'no';
  readonly event: WatchEvent;
  /** Told when it ends, where that is news too. */
  readonly ending?: { readonly title: Words; readonly detail: Words };
}

/**
 * Everything one rule has to say. Keys are `SCOPE:…`; a raised key of the scope that is not among the conditions has
 * ended (the contract is gone, the level was taken off the ladder). A rule whose data could not be read makes no report
 * at all: then what is raised stays.
 */
export interface Report {
  readonly scope: string;
  /** Of several that begin at once only the last is told: levels of one ladder, ascending. */
  readonly isLadder?: boolean;
  /** Things that happened once: what is found the very first time anything is watched is history, not news. */
  readonly isHistory?: boolean;
  /** Not all was read that the rule looks at: what is raised and not among the conditions stays. */
  readonly isPartial?: boolean;
  readonly conditions: readonly Condition[];
}
