import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decimal } from '../../../src/bybit/decimal';
import type { Account } from '../../../src/desk/account';
import type { Thresholds } from '../../../src/desk/book';
import { createDesk, type DeskOptions } from '../../../src/desk/desk';
import type { Desk, Operation, OperationKind, OperationOf } from '../../../src/desk/operation';
import { LEGACY_ORDER } from './fake/legacy';
import { FakeClock } from './fake-clock';
import { FakeExchange } from './fake-exchange';

export const ACCOUNT: Account = { id: 'acc-1', label: 'Test', environment: 'loopback', host: '127.0.0.1:1' };

export const THRESHOLDS: Thresholds = {
  initial: decimal('0.8'),
  marginCall: decimal('0.85'),
  delayedLiquidation: decimal('0.93'),
  liquidation: decimal('0.95'),
};

/** One operation of each kind that the fake exchange's account may do. */
export const SAMPLES: { readonly [Kind in OperationKind]: OperationOf<Kind> & Operation } = {
  'flexible.borrow': {
    kind: 'flexible.borrow',
    accountId: ACCOUNT.id,
    params: {
      coin: 'BTC',
      amount: decimal('0.05'),
      collateral: [
        { coin: 'USDT', amount: decimal('1000') },
        { coin: 'ETH', amount: decimal('1') },
      ],
    },
  },
  'flexible.repay': {
    kind: 'flexible.repay',
    accountId: ACCOUNT.id,
    params: { coin: 'BTC', amount: decimal('0.05') },
  },
  'flexible.repayWithCollateral': {
    kind: 'flexible.repayWithCollateral',
    accountId: ACCOUNT.id,
    params: { coin: 'BTC', amount: decimal('0.02'), collateralCoins: ['USDT'] },
  },
  'common.adjustCollateral': {
    kind: 'common.adjustCollateral',
    accountId: ACCOUNT.id,
    params: { coin: 'ETH', amount: decimal('0.5'), direction: 'add' },
  },
  'fixed.borrow': {
    kind: 'fixed.borrow',
    accountId: ACCOUNT.id,
    params: {
      coin: 'ETH',
      amount: decimal('1'),
      annualRate: decimal('0.04'),
      term: '30',
      atMaturity: 'repay',
      allOrNothing: false,
      collateral: [{ coin: 'USDT', amount: decimal('1000') }],
    },
  },
  'fixed.cancelBorrow': {
    kind: 'fixed.cancelBorrow',
    accountId: ACCOUNT.id,
    params: { orderId: '900', coin: 'USDT', rest: decimal('1000') },
  },
  'fixed.repay': {
    kind: 'fixed.repay',
    accountId: ACCOUNT.id,
    params: { coin: 'ETH', loanIds: ['570'], all: false, amount: decimal('1') },
  },
  'fixed.repayWithCollateral': {
    kind: 'fixed.repayWithCollateral',
    accountId: ACCOUNT.id,
    params: { coin: 'ETH', amount: decimal('0.2'), collateralCoins: ['USDT'], loanId: '571' },
  },
  'fixed.renew': {
    kind: 'fixed.renew',
    accountId: ACCOUNT.id,
    params: { loanId: '560', coin: 'ETH', amount: decimal('0.5'), collateral: [] },
  },
  'fixed.supply': {
    kind: 'fixed.supply',
    accountId: ACCOUNT.id,
    params: {
      coin: 'USDT',
      amount: decimal('1000'),
      annualRate: decimal('0.03'),
      term: '7',
      source: 'funding',
    },
  },
  'fixed.cancelSupply': {
    kind: 'fixed.cancelSupply',
    accountId: ACCOUNT.id,
    params: { orderId: '901', coin: 'USDT', rest: decimal('500'), refundTo: 'funding' },
  },
  'legacy.repay': {
    kind: 'legacy.repay',
    accountId: ACCOUNT.id,
    params: { orderId: LEGACY_ORDER, coin: 'USDT', amount: decimal('100') },
  },
  'legacy.adjustCollateral': {
    kind: 'legacy.adjustCollateral',
    accountId: ACCOUNT.id,
    params: { orderId: LEGACY_ORDER, coin: 'ETH', amount: decimal('0.1'), direction: 'add' },
  },
  'institutional.repay': {
    kind: 'institutional.repay',
    accountId: ACCOUNT.id,
    params: { coin: 'USDT', amount: decimal('1000') },
  },
  'institutional.bind': { kind: 'institutional.bind', accountId: ACCOUNT.id, params: { uid: '3' } },
  'institutional.unbind': { kind: 'institutional.unbind', accountId: ACCOUNT.id, params: { uid: '2' } },
};

/** A folder that is gone when its test ends. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'loan-desk-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Bench {
  readonly clock: FakeClock;
  readonly exchange: FakeExchange;
  readonly folder: string;
  readonly log: string[];
  /** Opens a desk (a window) on the bench's account and reads everything once. */
  open(options?: Partial<DeskOptions>): Promise<Desk>;
  close(): Promise<void>;
}

/** An account on the fake exchange with its folder; as many windows as are opened. */
export function bench(): Bench {
  const clock = new FakeClock();
  const exchange = new FakeExchange(clock);
  const folder = temporaryFolder();
  const log: string[] = [];
  const desks: Desk[] = [];
  return {
    clock,
    exchange,
    folder: folder.path,
    log,
    open: async (options = {}) => {
      const desk = await createDesk({
        account: ACCOUNT,
        exchange,
        folder: folder.path,
        thresholds: () => THRESHOLDS,
        intervalMs: () => 15_000,
        log: (line) => log.push(line),
        clock,
        ...options,
      });
      desks.push(desk);
      await clock.run(desk.refresh());
      return desk;
    },
    close: async () => {
      for (const desk of desks) desk.dispose();
      await clock.pass(1);
      folder.remove();
    },
  };
}
