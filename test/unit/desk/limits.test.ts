import assert from 'node:assert/strict';
import fc from 'fast-check';
import { add, decimal, gt, lte, mul, ZERO } from '../../../src/bybit/decimal';
import { owe, pledge, release } from '../../../src/desk/change';
import { largestAddition, largestLoan, largestRelease, largestRepayment } from '../../../src/desk/limits';
import { pledgedOf, totals } from '../../../src/desk/risk';
import { THRESHOLDS } from './bench';
import { amounts, book, books, COINS } from './books';
import { loanable } from './fake/market';

const d = decimal;
const UNLIMITED = {
  ...loanable('BTC'),
  maxBorrowingAmount: undefined,
  minFlexibleBorrowingAmount: undefined,
};

describe('largestLoan', () => {
  it('lands at or below the initial line; one unit more passes it (property)', () => {
    let some = 0;
    const extras = fc.array(
      fc.record({ coin: fc.constantFrom(...COINS), amount: amounts(10n ** 9n, 6, 1n) }),
      { maxLength: 2 },
    );
    fc.assert(
      fc.property(books, fc.constantFrom(...COINS), extras, (any, coin, extra) => {
        const loan = largestLoan(any, coin, extra, THRESHOLDS, UNLIMITED);
        const passes = (amount: typeof loan) => {
          const after = owe(pledge(any, extra), { system: 'flexible', coin, amount }, undefined);
          const { debt, collateral } = totals(after);
          return lte(debt, mul(THRESHOLDS.initial, collateral));
        };
        if (loan !== ZERO) {
          some += 1;
          assert.ok(passes(loan), 'passes');
        }
        assert.ok(!passes(add(loan, d('0.0001'))), 'one unit more fails');
      }),
      { numRuns: 1_000 },
    );
    assert.ok(some > 100, String(some));
  });

  it('keeps to the minimum, the maximum and the decimals of the coin', () => {
    const any = book({
      collateral: [{ coin: 'USDT', amount: d('10000') }],
      prices: new Map([
        ['USDT', d('1')],
        ['BTC', d('60000')],
      ]),
    });
    // 10,000 USDT count 8,000; 6,400 of it may be owed: 0.1066… BTC.
    assert.equal(largestLoan(any, 'BTC', [], THRESHOLDS, UNLIMITED), '0.1066');
    assert.equal(
      largestLoan(any, 'BTC', [], THRESHOLDS, { ...UNLIMITED, maxBorrowingAmount: d('0.05555') }),
      '0.0555',
    );
    assert.equal(
      largestLoan(any, 'BTC', [], THRESHOLDS, { ...UNLIMITED, minFlexibleBorrowingAmount: d('1') }),
      '0',
    );
    assert.equal(largestLoan(any, 'DOGE', [], THRESHOLDS, UNLIMITED), '0');
  });
});

describe('largestRelease', () => {
  it('lands at or below the margin call line; one unit more passes it (property)', () => {
    let some = 0;
    fc.assert(
      fc.property(books, fc.constantFrom(...COINS), (any, coin) => {
        const most = largestRelease(any, coin, THRESHOLDS);
        const pledged = pledgedOf(any, coin);
        const passes = (amount: typeof most) => {
          const { debt, collateral } = totals(release(any, coin, amount));
          return lte(debt, mul(THRESHOLDS.marginCall, collateral));
        };
        assert.ok(lte(most, pledged));
        if (most !== ZERO) {
          some += 1;
          assert.ok(passes(most), 'passes');
        }
        const next = add(most, d('0.00000001'));
        if (!gt(next, pledged)) assert.ok(!passes(next), 'one unit more fails');
      }),
      { numRuns: 1_000 },
    );
    assert.ok(some > 50, String(some));
  });

  it('is everything without a debt', () => {
    const any = book({
      collateral: [{ coin: 'BTC', amount: d('1.123456789') }],
      prices: new Map([['BTC', d('1')]]),
    });
    assert.equal(largestRelease(any, 'BTC', THRESHOLDS), '1.12345678');
    assert.equal(largestRelease(any, 'ETH', THRESHOLDS), '0');
  });
});

describe('largestRepayment and largestAddition', () => {
  const any = book({
    debts: [
      { coin: 'BTC', amount: d('0.1000001999') },
      { coin: 'ETH', amount: d('3'), system: 'fixed' },
    ],
    wallet: new Map([
      ['BTC', d('1')],
      ['ETH', d('0.123456789')],
    ]),
    prices: new Map([
      ['BTC', d('1')],
      ['ETH', d('1')],
    ]),
    bands: new Map([['ETH', []]]),
  });

  it('repay the debt as read, or what the wallet has, of flexible loans', () => {
    assert.equal(largestRepayment(any, 'BTC'), '0.1000001999');
    assert.equal(
      largestRepayment({ ...any, wallet: new Map([['BTC', d('0.0999999999')]]) }, 'BTC'),
      '0.09999999',
    );
    assert.equal(largestRepayment(any, 'ETH'), '0');
  });

  it('add what the wallet has of coins that are collateral', () => {
    assert.equal(largestAddition(any, 'ETH'), '0.12345678');
    assert.equal(largestAddition(any, 'BTC'), '0');
  });
});
