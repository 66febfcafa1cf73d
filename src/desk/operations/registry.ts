import type { CallOptions, Exchange } from '../../bybit/exchange';
import type { Words } from '../../bybit/words';
import type { Book } from '../book';
import type { Finding, OperationKind, OperationOf, OperationParams } from '../operation';
import type { Pool } from '../pools/pool';
import type { PartName, Snapshot } from '../snapshot';
import { adjustPledge } from './adjust-collateral';
import { borrowFlexibly } from './borrow-flexible';
import type { Definition, HistoryPage, Mark, Situation } from './definition';
import { borrowFixed } from './fixed/borrow';
import { cancelBorrow, cancelSupply } from './fixed/cancel';
import { renewFixed } from './fixed/renew';
import { repayFixed } from './fixed/repay';
import { repayFixedBySelling } from './fixed/repay-with-collateral';
import { supplyFixed } from './fixed/supply';
import { bindUid, unbindUid } from './institutional/binding';
import { repayInstitutional } from './institutional/repay';
import { adjustLegacyPledge } from './legacy/adjust-collateral';
import { repayLegacy } from './legacy/repay';
import { repayFlexibly } from './repay-flexible';
import { repayFlexiblyWithCollateral } from './repay-with-collateral';

/** Every kind with its definition: a kind without one does not compile. */
export const DEFINITIONS: { readonly [Kind in OperationKind]: Definition<OperationParams[Kind]> } = {
  'flexible.borrow': borrowFlexibly,
  'flexible.repay': repayFlexibly,
  'flexible.repayWithCollateral': repayFlexiblyWithCollateral,
  'common.adjustCollateral': adjustPledge,
  'fixed.borrow': borrowFixed,
  'fixed.cancelBorrow': cancelBorrow,
  'fixed.repay': repayFixed,
  'fixed.repayWithCollateral': repayFixedBySelling,
  'fixed.renew': renewFixed,
  'fixed.supply': supplyFixed,
  'fixed.cancelSupply': cancelSupply,
  'legacy.repay': repayLegacy,
  'legacy.adjustCollateral': adjustLegacyPledge,
  'institutional.repay': repayInstitutional,
  'institutional.bind': bindUid,
  'institutional.unbind': unbindUid,
};

/** A definition joined with the parameters of one operation. */
export interface Deed {
  title(locale: string): Words;
  check(situation: Situation): readonly Finding[];
  apply(book: Book, snapshot: Snapshot): Book;
  send(exchange: Exchange, options: CallOptions): Promise<string | undefined>;
  history(exchange: Exchange, cursor: string | undefined): Promise<HistoryPage>;
  readonly marks: readonly Mark[];
  readonly recordWithin: number;
  readonly failsSilently: boolean;
  readonly meanwhile: Words | undefined;
  readonly withoutSpotTrade: boolean;
  /** The pool of its own that a review shows; `shared` when it is the account's. */
  pool(snapshot: Snapshot): Pool | 'shared' | undefined;
  readonly grounds: readonly PartName[];
  readonly touches: readonly PartName[];
}

/** What the operation's kind knows, about this operation. */
export function deedOf<Kind extends OperationKind>({ kind, params }: OperationOf<Kind>): Deed {
  const definition: Definition<OperationParams[Kind]> = DEFINITIONS[kind];
  return {
    title: (locale) => definition.title(params, locale),
    check: (situation) => definition.check(params, situation),
    apply: (book, snapshot) => definition.apply(book, params, snapshot),
    send: (exchange, options) => definition.send(exchange, params, options),
    history: (exchange, cursor) => definition.history(exchange, params, cursor),
    marks: definition.marks(params),
    recordWithin: definition.recordWithin ?? 0,
    failsSilently: definition.failsSilently === true,
    meanwhile: definition.meanwhile,
    withoutSpotTrade: definition.withoutSpotTrade === true,
    pool: (snapshot) => (definition.pool === undefined ? 'shared' : definition.pool(params, snapshot)),
    grounds: definition.grounds ?? [],
    touches: definition.touches,
  };
}
