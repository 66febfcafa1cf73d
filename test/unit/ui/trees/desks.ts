import type { KeyInfo } from '../../../../src/bybit/account';
import type { LoanableCoin, LoanPosition } from '../../../../src/bybit/common';
import { type Decimal, decimal } from '../../../../src/bybit/decimal';
import { words } from '../../../../src/bybit/words';
import type { Account } from '../../../../src/desk/account';
import { bookOf } from '../../../../src/desk/book-of';
import type { Desk, OpenOperation } from '../../../../src/desk/operation';
import { mayWrite } from '../../../../src/desk/parts/key';
import { figures } from '../../../../src/desk/risk';
import type { Failure, Part, PartName, Parts, Snapshot } from '../../../../src/desk/snapshot';
import type { Session } from '../../../../src/ui/session';
import { ALL_PARTS } from '../../../../src/ui/trees/part-names';
import { SAMPLES, THRESHOLDS } from '../../desk/bench';
import { loanable } from '../../desk/fake/market';

/** Noon, so that times of the same test day share a date: 2027-01-15 12:00:00 UTC. */
export const NOW = Date.UTC(2027, 0, 15, 12);
export const READ_AT = NOW - 12_000;

export const TESTNET: Account = {
  id: 'acc-1',
  label: 'My testnet',
  environment: 'testnet',
  host: 'api-testnet.bybit.com',
};
export const PAPER: Account = { id: 'paper', label: 'Paper', environment: 'paper', host: 'paper' };

export function amounts(entries: Readonly<Record<string, string>>): Map<string, Decimal> {
  return new Map(Object.entries(entries).map(([coin, amount]) => [coin, decimal(amount)]));
}

export function keyInfo(change: Partial<KeyInfo> = {}): KeyInfo {
  return {
    id: '1',
    note: '',
    readOnly: 0,
    permissions: { Spot: ['SpotTrade'] },
    ips: ['192.0.2.1'],
    userID: '1',
    vipLevel: 'No VIP',
    ...change,
  };
}

export function coinRowOf(currency: string, change: Partial<LoanableCoin> = {}): LoanableCoin {
  return { ...loanable(currency), ...change };
}

type GoodParts = Pick<
  Parts,
  'key' | 'coins' | 'collateralRules' | 'prices' | 'position' | 'flexibleLoans' | 'wallet'
>;

export interface Holdings {
  /** Flexible debts by coin: amount, interest within it. */
  readonly debts?: Readonly<Record<string, readonly [amount: string, interest: string]>>;
  readonly fixedDebts?: Readonly<Record<string, string>>;
  readonly collateral?: Readonly<Record<string, string>>;
}

export function positionOf({ debts = {}, fixedDebts = {}, collateral = {} }: Holdings): LoanPosition {
  const coins = [...new Set([...Object.keys(debts), ...Object.keys(fixedDebts)])];
  return {
    borrowList: coins.map((loanCurrency) => ({
      loanCurrency,
      fixedTotalDebt: decimal(own(fixedDebts, loanCurrency) ?? '0'),
      fixedTotalDebtUSD: undefined,
      flexibleHourlyInterestRate: decimal('0.00001'),
      flexibleTotalDebt: decimal(own(debts, loanCurrency)?.[0] ?? '0'),
      flexibleTotalDebtUSD: undefined,
    })),
    collateralList: Object.entries(collateral).map(([currency, amount]) => ({
      currency,
      amount: decimal(amount),
      amountUSD: undefined,
    })),
    supplyList: [],
    ltv: undefined,
    totalCollateral: undefined,
    totalDebt: undefined,
    totalSupply: undefined,
    colRes: '0',
  };
}

/** Not what every object has: some coins here are called `constructor`. */
function own<T>(entries: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(entries, key) ? entries[key] : undefined;
}

/** Good values of every part of common, flexible, account and market: 0.1 BTC owed against 20,000 USDT and 2 ETH. */
export function partValues(holdings: Holdings = BORROWED): GoodParts {
  return {
    key: keyInfo(),
    coins: ['BTC', 'ETH', 'SOL', 'USDC', 'USDT'].map((coin) => coinRowOf(coin)),
    collateralRules: {
      collateralRatioConfigList: [
        {
          currencies: 'BTC,ETH,USDT',
          collateralRatioList: [
            { collateralRatio: decimal('0.9'), minValue: decimal('0'), maxValue: decimal('1000000') },
            { collateralRatio: decimal('0.5'), minValue: decimal('1000000'), maxValue: undefined },
          ],
        },
      ],
      currencyLiquidationList: [],
    },
    prices: amounts({ BTC: '60000', ETH: '3000', USDT: '1', USDC: '1', SOL: '150' }),
    position: positionOf(holdings),
    flexibleLoans: Object.entries(holdings.debts ?? {}).map(([loanCurrency, [total, interest]]) => ({
      loanCurrency,
      hourlyInterestRate: decimal('0.00001'),
      totalDebt: decimal(total),
      unpaidInterest: decimal(interest),
    })),
    wallet: amounts({ USDT: '50000', ETH: '10', SOL: '4' }),
  };
}

export const BORROWED: Holdings = {
  debts: { BTC: ['0.1', '0.0001'] },
  collateral: { USDT: '20000', ETH: '2' },
};

export const FAILURE: Failure = {
  words: words('No answer came within {0} s.', '10'),
  advice: words('Check the network.'),
  code: 'ETIMEDOUT',
  at: NOW - 3_000,
};

export interface DeskChange {
  readonly values?: Partial<{ readonly [Name in PartName]: Parts[Name] | undefined }>;
  /** Parts whose last read failed; with a value they are stale. */
  readonly failures?: Partial<Record<PartName, Failure>>;
  readonly readAt?: Partial<Record<PartName, number>>;
  readonly open?: readonly OpenOperation[];
  readonly holdings?: Holdings;
}

/** A desk at one moment, as the trees see it. It has no deeds: a drawing that calls one fails its test. */
export function deskOf({
  values = {},
  failures = {},
  readAt = {},
  open = [],
  holdings,
}: DeskChange = {}): Desk {
  const all: Partial<Parts> = { ...partValues(holdings), ...(values as Partial<Parts>) };
  const part = <Name extends PartName>(name: Name): Part<Parts[Name]> => {
    const value = all[name] as Parts[Name] | undefined;
    const time = readAt[name] ?? READ_AT;
    return {
      value,
      readAt: value === undefined ? undefined : time,
      failure: failures[name],
      loading: value === undefined && failures[name] === undefined,
    };
  };
  const parts = Object.fromEntries(ALL_PARTS.map((name) => [name, part(name)]));
  const snapshot: Snapshot = { parts: parts as unknown as Snapshot['parts'], vipLevel: 'VIP0' };
  const book = bookOf(snapshot);
  const key = snapshot.parts.key.value;
  const seen: Pick<Desk, 'snapshot' | 'book' | 'figures' | 'thresholds' | 'canWrite' | 'open' | 'serverNow'> =
    {
      snapshot,
      book,
      figures: book === undefined ? undefined : figures(book, THRESHOLDS),
      thresholds: THRESHOLDS,
      canWrite: key === undefined ? undefined : mayWrite(key),
      open,
      serverNow: NOW,
    };
  return seen as Desk;
}

export function sessionOf(desk: Desk, account: Account = TESTNET): Session {
  return { kind: 'account', account, desk };
}

export function openOperation(state: OpenOperation['state'], id = 'op-1'): OpenOperation {
  return {
    id,
    operation: SAMPLES['flexible.borrow'],
    title: words('Borrow {0}', '0.05 BTC'),
    state,
    since: NOW - 90_000,
  };
}
