import type { Account } from '../../../desk/account';
import type { Desk } from '../../../desk/operation';
import type { Row } from '../../tree/row';

/** What the rows of an account are drawn from: its desk at one moment. */
export interface LoansView {
  readonly account: Account;
  readonly desk: Pick<
    Desk,
    'snapshot' | 'book' | 'figures' | 'thresholds' | 'canWrite' | 'open' | 'serverNow'
  >;
  /** Local epoch milliseconds: for the ages of what was read. What is due goes by the exchange's clock, `serverNow`. */
  readonly now: number;
  /** BCP 47. */
  readonly locale: string;
}

/**
 * A part of the Loans tree: its rows, or none when it has nothing to say. A loan system adds its own beside these (see
 * `sections.ts`); ids of the rows must differ between sections.
 */
export type Section = (view: LoansView) => readonly Row[];
