import assert from 'node:assert/strict';
import fc from 'fast-check';
import { add, decimal, gt, lte, mul, ZERO } from '../../../src/bybit/decimal';
import { owe, pledge, release } from '../../../src/desk/change';
import {
  largestAddition,
  largestLoan,
  largestRelease,
  largestRepayment,
  largestSale,
  MOST_PLEDGES,
  pledgeable,
} from '../../../src/desk/limits';
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

describe('largestLoan', function () {
  this.timeout(60_000);
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

describe('largestRelease', function () {
  this.timeout(60_000);
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
    const priceless = { ...any, prices: new Map() };
    assert.equal(largestRelease(priceless, 'BTC', THRESHOLDS), '1.12345678');
  });

  it('is nothing where it cannot be told: no price, a price of nothing, no line', () => {
    const any = book({
      debts: [{ coin: 'USDT', amount: d('10') }],
      collateral: [
        { coin: 'BTC', amount: d('1') },
        { coin: 'ETH', amount: d('1') },
      ],
      prices: new Map([
        ['USDT', d('1')],
        ['BTC', d('1000')],
        ['ETH', d('1000')],
      ]),
    });
    // 10 / 0.85 = 11.7647… counted, which the other coin bears alone.
    assert.equal(largestRelease(any, 'ETH', THRESHOLDS), '1');
    const at = (price: string) => ({ ...any, prices: new Map([...any.prices, ['ETH', d(price)]]) });
    assert.equal(largestRelease(at('0'), 'ETH', THRESHOLDS), '0');
    const prices = new Map([...any.prices].filter(([coin]) => coin !== 'ETH'));
    assert.equal(largestRelease({ ...any, prices }, 'ETH', THRESHOLDS), '0');
    assert.equal(largestRelease(any, 'ETH', { ...THRESHOLDS, marginCall: ZERO }), '0');
    // A price of one dollar is a price.
    assert.equal(largestRelease(at('1'), 'ETH', THRESHOLDS), '1');
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

  it('are nothing of a coin the wallet does not hold', () => {
    assert.equal(largestAddition({ ...any, wallet: new Map() }, 'ETH'), '0');
    assert.equal(largestRepayment({ ...any, wallet: new Map() }, 'BTC'), '0');
  });
});

describe('pledgeable', () => {
  it('is what is collateral in the wallet, what counts most first', () => {
    const any = book({
      wallet: new Map([
        ['SOL', d('5')],
        ['ETH', d('2')],
        ['BTC', d('0.000000001')],
        ['DOGE', d('0.5')],
        ['XRP', d('9000')],
      ]),
      prices: new Map([
        ['SOL', d('100')],
        ['ETH', d('3000')],
        ['BTC', d('60000')],
        ['DOGE', d('1')],
      ]),
    });
    // XRP has no ladder; of BTC less is there than may be sent; half a DOGE may.
    assert.deepEqual(pledgeable(any), [
      { coin: 'ETH', amount: '2' },
      { coin: 'SOL', amount: '5' },
      { coin: 'DOGE', amount: '0.5' },
    ]);
  });

  it('is no more than one request may pledge', () => {
    const coins = Array.from({ length: MOST_PLEDGES + 5 }, (_, n) => `C${n}`);
    const wallet = new Map(coins.map((coin, n) => [coin, d(n + 1)]));
    const any = book({ wallet, prices: new Map(coins.map((coin) => [coin, d('1')])) });
    const list = pledgeable(any);
    assert.deepEqual([list.length, list[0]?.coin, list.at(-1)?.coin], [100, 'C104', 'C5']);
  });
});

describe('largestSale', () => {
  const any = book({
    debts: [{ coin: 'BTC', amount: d('20') }],
    collateral: [
      { coin: 'USDT', amount: d('100000.5') },
      { coin: 'ETH', amount: d('10') },
    ],
    prices: new Map([
      ['BTC', d('60000')],
      ['USDT', d('1')],
      ['ETH', d('3000')],
    ]),
  });
  const priced = (coin: string, price: string) => ({
    ...any,
    prices: new Map([...any.prices, [coin, d(price)]]),
  });

  it('is what the coins are worth, rounded down to what may be sent', () => {
    // 100,000.5 + 30,000 USD at 60,000.
    assert.equal(largestSale(any, 'BTC', ['USDT', 'ETH']), '2.166675');
    assert.equal(largestSale(any, 'BTC', ['ETH']), '0.5');
    assert.equal(largestSale(priced('BTC', '70000'), 'BTC', ['ETH']), '0.42857142');
    assert.equal(largestSale(any, 'BTC', ['DOGE']), '0');
    const prices = new Map([...any.prices].filter(([coin]) => coin !== 'ETH'));
    assert.equal(largestSale({ ...any, prices }, 'BTC', ['ETH']), '0');
  });

  it('is no more than is owed, and safely under the limit of the exchange', () => {
    assert.equal(largestSale(any, 'BTC', ['ETH'], d('0.25')), '0.25');
    // 297,000 USD, one hundredth under 300,000.
    assert.equal(largestSale(priced('ETH', '900000'), 'BTC', ['ETH']), '4.95');
  });

  it('is nothing where the debt has no price', () => {
    assert.equal(largestSale(priced('BTC', '0'), 'BTC', ['ETH']), '0');
    assert.equal(largestSale(any, 'DOGE', ['ETH'], d('1')), '0');
    assert.equal(largestSale(priced('BTC', '1'), 'BTC', ['ETH']), '20');
  });
});

describe('largestLoan at the line', () => {
  it('is nothing where no room is left, and what a price of one dollar allows', () => {
    const owing = (amount: string) =>
      book({
        debts: [{ coin: 'USDT', amount: d(amount) }],
        collateral: [{ coin: 'ETH', amount: d('1') }],
        prices: new Map([
          ['USDT', d('1')],
          ['ETH', d('1000')],
        ]),
      });
    // 1,000 USD count 800; 640 of it may be owed.
    const some = { ...UNLIMITED, flexibleBorrowingAccuracy: 2 };
    assert.equal(largestLoan(owing('639.995'), 'USDT', [], THRESHOLDS, some), '0');
    assert.equal(largestLoan(owing('600'), 'USDT', [], THRESHOLDS, some), '40');
    assert.equal(largestLoan(owing('700'), 'USDT', [], THRESHOLDS, some), '0');
    const least = (amount: string) => ({ ...some, minFlexibleBorrowingAmount: d(amount) });
    assert.equal(largestLoan(owing('600'), 'USDT', [], THRESHOLDS, least('40')), '40');
    assert.equal(largestLoan(owing('600'), 'USDT', [], THRESHOLDS, least('40.01')), '0');
  });
});
