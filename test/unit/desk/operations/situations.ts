import { type Decimal, decimal } from '../../../../src/bybit/decimal';
import { plain } from '../../../../src/bybit/words';
import type { Book } from '../../../../src/desk/book';
import type { Finding, OperationKind, OperationParams } from '../../../../src/desk/operation';
import type { Situation } from '../../../../src/desk/operations/definition';
import { deedOf } from '../../../../src/desk/operations/registry';
import type { Part, PartName, Parts } from '../../../../src/desk/snapshot';
import { emptySnapshot } from '../../../../src/desk/store';
import { THRESHOLDS } from '../bench';
import { book, LADDER } from '../books';
import { loanable } from '../fake/market';

const UNREAD = { value: undefined, readAt: undefined, failure: undefined, loading: false };

function part<Name extends PartName>(value: Parts[Name]): Part<Parts[Name]> {
  return { ...UNREAD, value, readAt: 1 };
}

export const d = decimal;

export function map(entries: Readonly<Record<string, string>>): ReadonlyMap<string, Decimal> {
  return new Map(Object.entries(entries).map(([coin, amount]) => [coin, decimal(amount)]));
}

/** Prices 60000, 3000, 1; 0.1 BTC owed; 5000 USDT and 2 ETH pledged; a wallet with some of each. */
export const BOOK: Book = book({
  prices: map({ BTC: '60000', ETH: '3000', USDT: '1', USDC: '1', DUST: '0.5' }),
  debts: [{ coin: 'BTC', amount: decimal('0.1') }],
  collateral: [
    { coin: 'USDT', amount: decimal('5000') },
    { coin: 'ETH', amount: decimal('2') },
  ],
  wallet: map({ USDT: '20000', ETH: '10', BTC: '0.5' }),
  bands: new Map(['BTC', 'ETH', 'USDT'].map((coin) => [coin, LADDER])),
});

export interface Change {
  /** Undefined: nothing of the position was read yet. */
  readonly book?: Book | undefined;
  readonly colRes?: string;
  readonly orders?: Parts['fixedOrders'];
  readonly locale?: string;
  readonly coins?: Parts['coins'] | undefined;
}

/** What is known when an operation is checked. */
export function situation(change: Change = {}): Situation {
  const known = 'book' in change ? change.book : BOOK;
  const coins = 'coins' in change ? change.coins : ['BTC', 'ETH', 'USDT', 'USDC', 'DUST'].map(loanable);
  const position: Parts['position'] = {
    borrowList: [],
    collateralList: [],
    supplyList: [],
    ltv: undefined,
    totalCollateral: undefined,
    totalDebt: undefined,
    totalSupply: undefined,
    colRes: change.colRes ?? '0',
  };
  return {
    snapshot: {
      parts: {
        ...emptySnapshot().parts,
        coins: coins === undefined ? UNREAD : part<'coins'>(coins),
        prices: known === undefined ? UNREAD : part<'prices'>(known.prices),
        position: known === undefined ? UNREAD : part<'position'>(position),
        fixedOrders: change.orders === undefined ? UNREAD : part<'fixedOrders'>(change.orders),
        wallet: known === undefined ? UNREAD : part<'wallet'>(known.wallet),
      },
      vipLevel: 'VIP0',
    },
    book: known,
    thresholds: THRESHOLDS,
    locale: change.locale ?? 'en',
  };
}

export function check<Kind extends OperationKind>(
  kind: Kind,
  params: OperationParams[Kind],
  change: Change = {},
): readonly Finding[] {
  return deedOf({ kind, accountId: 'acc-1', params }).check(situation(change));
}

/** The title of an operation. */
export function titled<Kind extends OperationKind>(kind: Kind, params: OperationParams[Kind]): string {
  return plain(deedOf({ kind, accountId: 'acc-1', params }).title('en'));
}

/** Findings as `severity field: sentence`. */
export function told(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ severity, field, words }) => `${severity} ${field}: ${plain(words)}`);
}
