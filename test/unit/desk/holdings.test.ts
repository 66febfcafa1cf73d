import assert from 'node:assert/strict';
import fc from 'fast-check';
import { add, decimal, ONE, ZERO } from '../../../src/bybit/decimal';
import { collateralLines, debtLines, walletLines } from '../../../src/desk/holdings';
import { figures, totals } from '../../../src/desk/risk';
import { THRESHOLDS } from './bench';
import { book, books } from './books';

const PRICES = new Map([
  ['BTC', decimal('50000')],
  ['ETH', decimal('2500')],
  ['USDT', ONE],
]);

describe('debts in a list', () => {
  it('part into principal and interest, with rates, cost and worth', () => {
    const [line] = debtLines(
      book({
        debts: [
          {
            coin: 'BTC',
            amount: decimal('0.2'),
            interest: decimal('0.001'),
            hourlyRate: decimal('0.00001'),
          },
        ],
        prices: PRICES,
      }),
    );
    assert.deepEqual(line, {
      system: 'flexible',
      coin: 'BTC',
      amount: '0.2',
      interest: '0.001',
      hourlyRate: '0.00001',
      principal: '0.199',
      usd: '10000',
      annualRate: '0.0876',
      perHour: '0.000002',
      perDayUsd: '2.4',
    });
  });

  it('say nothing of what the exchange does not say', () => {
    const [line] = debtLines(book({ debts: [{ coin: 'NEW', amount: ONE }], prices: PRICES }));
    assert.deepEqual(
      [line?.principal, line?.usd, line?.annualRate, line?.perHour, line?.perDayUsd],
      [undefined, undefined, undefined, undefined, undefined],
    );
  });

  it('stand with the largest first, those without a price before all', () => {
    const debts = [
      { coin: 'USDT', amount: decimal('10') },
      { coin: 'NEW', amount: ONE },
      { coin: 'ETH', amount: ONE },
    ];
    assert.deepEqual(
      debtLines(book({ debts, prices: PRICES })).map(({ coin }) => coin),
      ['NEW', 'ETH', 'USDT'],
    );
  });

  it('add up to what the figures say (property)', () => {
    fc.assert(
      fc.property(books, (any) => {
        const lines = debtLines(any);
        assert.equal(add(...lines.map(({ usd }) => usd ?? ZERO)), totals(any).debt);
        const day = figures(any, THRESHOLDS).interestUsd.day;
        assert.equal(add(...lines.map(({ perDayUsd }) => perDayUsd ?? ZERO)), day);
      }),
      { numRuns: 30 },
    );
  });
});

describe('collateral in a list', () => {
  it('shows what of its worth counts', () => {
    const [line] = collateralLines(
      book({ collateral: [{ coin: 'USDT', amount: decimal('12757.29') }], prices: PRICES }),
    );
    assert.equal(line?.marketUsd, '12757.29');
    // 10,000 × 0.8 + 2,757.29 × 0.7 (API.md §6).
    assert.equal(line?.countedUsd, '9930.103');
    assert.equal(line?.haircut, '0.221613');
  });

  it('counts nothing without a price or without tiers, and says so before the rest', () => {
    const lines = collateralLines(
      book({
        collateral: [
          { coin: 'USDT', amount: ONE },
          { coin: 'NEW', amount: ONE },
          { coin: 'ETH', amount: ONE },
        ],
        prices: PRICES,
        bands: new Map([['USDT', [{ from: ZERO, to: undefined, ratio: ONE }]]]),
      }),
    );
    assert.deepEqual(
      lines.map(({ coin, marketUsd, countedUsd, haircut }) => [coin, marketUsd, countedUsd, haircut]),
      [
        ['NEW', undefined, undefined, undefined],
        ['ETH', '2500', undefined, undefined],
        ['USDT', '1', '1', '0'],
      ],
    );
  });

  it('adds up to what the figures say (property)', () => {
    fc.assert(
      fc.property(books, (any) => {
        const counted = collateralLines(any).map(({ countedUsd }) => countedUsd ?? ZERO);
        assert.equal(add(...counted), totals(any).collateral);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the wallet in a list', () => {
  const wallet = new Map([
    ['USDT', decimal('0.99')],
    ['ETH', ONE],
    ['NEW', decimal('5')],
    ['BTC', decimal('0.00002')],
    ['GONE', ZERO],
  ]);

  it('stands by worth, folds away what is worth less than a dollar, and keeps what nobody can value', () => {
    const lines = walletLines(wallet, PRICES, new Map([['ETH', []]]));
    assert.deepEqual(
      lines.lines.map(({ coin, usd, pledgeable }) => [coin, usd, pledgeable]),
      [
        ['ETH', '2500', true],
        ['BTC', '1', false],
        ['NEW', undefined, false],
      ],
    );
    assert.deepEqual(
      lines.dust.map(({ coin }) => coin),
      ['USDT'],
    );
    assert.equal(lines.usd, '2501.99');
    assert.deepEqual(lines.unpriced, ['NEW']);
  });

  it('hides nothing while there are no prices or rules', () => {
    const lines = walletLines(wallet, undefined, undefined);
    assert.equal(lines.lines.length, 4);
    assert.deepEqual(
      lines.lines.map(({ pledgeable }) => pledgeable),
      [undefined, undefined, undefined, undefined],
    );
    assert.equal(lines.usd, ZERO);
  });
});
