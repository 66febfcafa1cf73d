import type { Decimal } from '../../../bybit/decimal';
import type { Exchange } from '../../../bybit/exchange';
import type { Mark } from '../../operations/definition';

/** What a mark shows. */
export interface Reading {
  readonly amount: Decimal;
  /**
   * The largest rise between two readings of one operation that is not the operation's doing: interest posted meanwhile.
   * A fall always is.
   */
  readonly mayRise: Decimal;
}

/** Where the amounts of some marks are read: one source of the exchange, asked once for all of them. */
export interface Gauge {
  /**
   * Readings of the marks, which are all of this gauge's kinds, in their order; `hours` have begun since the readings they
   * are compared with. Rejects as the calls do.
   */
  read(exchange: Exchange, marks: readonly Mark[], hours: number): Promise<readonly Reading[]>;
}
