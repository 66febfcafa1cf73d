import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  add,
  type Decimal,
  decimal,
  div,
  gt,
  gte,
  lt,
  lte,
  max,
  min,
  mul,
  ONE,
  round,
  sub,
  ZERO,
} from '../../../src/bybit/decimal';
import type { Band, Book } from '../../../src/desk/book';
import { pledge, settleDebt } from '../../../src/desk/change';
import { debtOf, figures, liquidationPrices, ltvOf, totals, wayTo } from '../../../src/desk/risk';
import { isStable } from '../../../src/desk/stable';
import { tierOf, valueAfterTiers, valueBeforeTiers } from '../../../src/desk/tiers';
import { THRESHOLDS } from './bench';
import { amounts, book, books, COINS, LADDER } from './books';

const d = decimal;
/** The whole-book gap: below zero the LTV is under the line. */
function gap(of: Book, line: Decimal): Decimal {
  const { debt, collateral } = totals(of);
  return sub(debt, mul(line, collateral));
}

function at(of: Book, coin: string, price: Decimal): Book {
  return { ...of, prices: new Map([...of.prices, [coin, price]]) };
}

function assertNoPriceMatters(of: Book, coin: string, line: Decimal): void {
  const side = gte(gap(of, line), ZERO);
  for (const price of ['0', '0.01', '1', '100', '100000000']) {
    const there = gap(at(of, coin, d(price)), line);
    // At a price of 0 both sides may be nothing, which is neither.
    if (price === '0' && there === ZERO) continue;
    assert.equal(gte(there, ZERO), side, `at ${price}`);
  }
}

describe('tiers', () => {
  it('are marginal by USD value: 12,757.29 USD count 8,000 + 2,757.29 × 0.7 (formulae.md)', () => {
    assert.equal(valueAfterTiers(d('12757.29'), LADDER), '9930.103');
    assert.equal(valueAfterTiers(d('10000'), LADDER), '8000');
    assert.equal(valueAfterTiers(ZERO, LADDER), '0');
    assert.equal(valueAfterTiers(d('40000'), LADDER), '24000');
    assert.equal(valueAfterTiers(d('5'), []), '0');
  });

  it('are inverted over bands that count nothing, to 18 decimals, rounded up', () => {
    const gap = [
      { from: ZERO, to: d('100'), ratio: d('0.9') },
      { from: d('100'), to: d('200'), ratio: ZERO },
      { from: d('200'), to: undefined, ratio: d('0.3') },
    ];
    assert.equal(valueBeforeTiers(d('90'), gap), '100');
    assert.equal(valueBeforeTiers(d('93'), gap), '210');
    assert.equal(valueBeforeTiers(d('1'), gap), `1.${'1'.repeat(17)}2`);
    assert.equal(valueBeforeTiers(d('-1'), gap), '0');
    assert.deepEqual(tierOf(d('200.5'), gap), { tier: 3, ratio: '0.3' });
    assert.equal(tierOf(d('-1'), gap), undefined);
    assert.equal(tierOf(d('5'), []), undefined);
  });

  it('are inverted to the least value that counts so much', () => {
    assert.equal(valueBeforeTiers(d('9930.103'), LADDER), '12757.29');
    assert.equal(valueBeforeTiers(ZERO, LADDER), '0');
    assert.deepEqual(tierOf(d('12757.29'), LADDER), { tier: 2, ratio: '0.7' });
    assert.deepEqual(tierOf(d('10000'), LADDER), { tier: 1, ratio: '0.8' });
    assert.deepEqual(tierOf(d('999999999999'), LADDER), { tier: 4, ratio: '0' });
    assert.equal(tierOf(ZERO, LADDER), undefined);
    assert.equal(valueBeforeTiers(d('1'), []), undefined);
    fc.assert(
      fc.property(amounts(10n ** 12n, 4), (usd) => {
        const counted = valueAfterTiers(usd, LADDER);
        const back = valueBeforeTiers(counted, LADDER) ?? ZERO;
        assert.ok(
          lte(back, add(usd, d('0.000000000000000001'))) && gte(valueAfterTiers(back, LADDER), counted),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the documented position (responses/getLoanPosition.json)', () => {
  const sample = JSON.parse(readFileSync(join(process.cwd(), 'test/data/desk/getLoanPosition.json'), 'utf8'))
    .result as {
    borrowList: { loanCurrency: string; fixedTotalDebt: string; flexibleTotalDebt: string }[];
    collateralList: { currency: string; amount: string }[];
    ltv: string;
  };
  // Its prices follow from its own USD values: BTC 9355.37 / 0.08800022, ETH 282.8 / 0.1, USDT 1. USDC is no debt;
  // 724.8 after the first band's 0.8 of the documented ladder makes 906 USD for 1000 (the sample is from testnet).
  const prices = new Map([
    ['BTC', div(d('9355.37'), d('0.08800022'))],
    ['ETH', d('2828')],
    ['USDT', ONE],
    ['USDC', d('0.906')],
  ]);
  const documented = book({
    debts: [
      { coin: 'BTC', amount: d('0.08800022'), hourlyRate: d('0.0000001361462') },
      { coin: 'ETH', amount: d('0.1'), system: 'fixed' },
    ],
    collateral: sample.collateralList.map(({ currency, amount }) => ({ coin: currency, amount: d(amount) })),
    prices,
  });

  it('has the LTV 0.524344', () => {
    assert.equal(sample.ltv, '0.524344');
    assert.equal(ltvOf(documented), '0.524344');
    const { debt, collateral } = totals(documented);
    assert.equal(round(debt, 2, 'half'), '9638.17');
    // Cent by cent the exchange rounds each coin; ours is exact.
    assert.equal(round(collateral, 0, 'half'), '18381');
  });

  it('has liquidation prices at both sides where BTC is debt and collateral', () => {
    const prices = liquidationPrices(documented, 'BTC', THRESHOLDS.liquidation);
    // 0.088 BTC owed against 0.12 BTC that counts less and less the dearer it is: danger above, none below.
    assert.equal(prices?.below, undefined);
    assert.ok(prices?.above !== undefined && gt(prices.above, prices.price));
    const eth = liquidationPrices(documented, 'ETH', THRESHOLDS.liquidation);
    assert.equal(eth?.below, undefined, 'ETH at zero leaves enough');
  });

  it('costs the interest of its flexible debt', () => {
    const { interestUsd } = figures(documented, THRESHOLDS);
    const hour = mul(d('0.08800022'), d('0.0000001361462'), prices.get('BTC') ?? ZERO);
    assert.deepEqual(interestUsd, { hour, day: mul(hour, d('24')), year: mul(hour, d('8760')) });
  });
});

describe('liquidation prices', function () {
  this.timeout(60_000);
  const prices = new Map([
    ['BTC', d('60000')],
    ['USDT', ONE],
  ]);

  it('lie below for collateral, above for debt, nowhere for what does not matter', () => {
    const long = book({
      debts: [{ coin: 'USDT', amount: d('5700') }],
      collateral: [{ coin: 'BTC', amount: d('0.25') }],
      prices,
    });
    // Below 10,000 USD the ratio is 0.8: 5700 / 0.95 / 0.8 = 7500 USD, 30,000 a BTC.
    assert.equal(liquidationPrices(long, 'BTC', d('0.95'))?.below, '30000');
    assert.equal(liquidationPrices(long, 'BTC', d('0.95'))?.above, undefined);
    const short = book({
      debts: [{ coin: 'BTC', amount: d('0.1') }],
      collateral: [{ coin: 'USDT', amount: d('10000') }],
      prices,
    });
    assert.equal(liquidationPrices(short, 'BTC', d('0.95'))?.above, '76000');
    assert.equal(liquidationPrices(short, 'BTC', d('0.95'))?.below, undefined);
    const rich = book({ collateral: [{ coin: 'BTC', amount: ONE }], prices });
    assert.deepEqual(liquidationPrices(rich, 'BTC', d('0.95')), {
      coin: 'BTC',
      price: '60000',
      below: undefined,
      above: undefined,
    });
    assert.equal(liquidationPrices(rich, 'DOGE', d('0.95')), undefined);
  });

  it('can lie on both sides of one coin', () => {
    const both = book({
      debts: [
        { coin: 'BTC', amount: d('0.2') },
        { coin: 'USDT', amount: d('1000') },
      ],
      collateral: [{ coin: 'BTC', amount: ONE }],
      prices: new Map([...prices, ['BTC', d('10000')]]),
    });
    const found = liquidationPrices(both, 'BTC', d('0.95'));
    assert.ok(found?.below !== undefined && lt(found.below, d('10000')));
    assert.ok(found?.above !== undefined && gt(found.above, d('10000')));
  });

  it('are where the LTV meets the line, safe on the side of the range (property)', () => {
    const unit = d('0.000000000000000001');
    let below = 0;
    let above = 0;
    fc.assert(
      fc.property(
        books,
        fc.constantFrom(...COINS),
        fc.constantFrom(d('0.8'), d('0.95')),
        (any, coin, line) => {
          const found = liquidationPrices(any, coin, line);
          assert.ok(found !== undefined);
          if (found.below !== undefined) {
            below += 1;
            assert.ok(lte(gap(at(any, coin, found.below), line), ZERO), 'safe at below');
            assert.ok(
              gte(gap(at(any, coin, max(ZERO, sub(found.below, unit))), line), ZERO),
              'danger under it',
            );
          }
          if (found.above !== undefined) {
            above += 1;
            assert.ok(lte(gap(at(any, coin, found.above), line), ZERO), 'safe at above');
            assert.ok(gte(gap(at(any, coin, add(found.above, unit)), line), ZERO), 'danger over it');
          }
          const price = any.prices.get(coin) ?? ZERO;
          if (lt(gap(any, line), ZERO)) {
            assert.ok(found.below === undefined || lte(found.below, price));
            assert.ok(found.above === undefined || gte(found.above, price));
          }
          if (found.below === undefined && found.above === undefined) assertNoPriceMatters(any, coin, line);
        },
      ),
      { numRuns: 1_500 },
    );
    assert.ok(below > 50 && above > 50, `${below} below, ${above} above`);
  });
});

describe('the uniform drop', function () {
  this.timeout(60_000);
  const scaled = (of: Book, drop: Decimal): Book => ({
    ...of,
    prices: new Map(
      [...of.prices].map(([coin, price]) => [coin, isStable(coin) ? price : mul(price, sub(ONE, drop))]),
    ),
  });

  it('meets the line within a millionth, or no fall does (property)', () => {
    let found = 0;
    fc.assert(
      fc.property(books, (any) => {
        const { drop } = figures(any, THRESHOLDS);
        for (const line of ['initial', 'marginCall', 'liquidation'] as const) {
          const fall = drop[line];
          const limit = THRESHOLDS[line];
          if (fall === undefined) {
            for (const part of ['0', '0.2', '0.5', '0.9', '0.999']) {
              assert.ok(lte(gap(scaled(any, d(part)), limit), ZERO), `${line} at ${part}`);
            }
            continue;
          }
          if (fall === ZERO && gte(gap(any, limit), ZERO)) continue;
          found += 1;
          assert.ok(lte(gap(scaled(any, fall), limit), ZERO), 'safe at it');
          const further = min(ONE, add(fall, d('0.000001')));
          assert.ok(gt(gap(scaled(any, further), limit), ZERO), 'danger behind it');
        }
      }),
      { numRuns: 700 },
    );
    assert.ok(found > 50, String(found));
  });

  it('is told to a millionth, rounded so that the line is not met yet, whatever tier it lies in', () => {
    const dropOf = (debt: string, bands: readonly Band[], price = '64000') =>
      figures(
        book({
          debts: [{ coin: 'USDT', amount: d(debt) }],
          collateral: [{ coin: 'BTC', amount: ONE }],
          prices: new Map([
            ['BTC', d(price)],
            ['USDT', ONE],
          ]),
          bands: new Map([['BTC', bands]]),
        }),
        THRESHOLDS,
      ).drop.liquidation;
    // 7000 / 0.95 / 0.8 = 9210.526… of 64,000 USD are left.
    assert.equal(dropOf('7000', [{ from: ZERO, to: undefined, ratio: d('0.8') }]), '0.856085');
    // 35,000, 25,000, 15,000 and 5,000 USD are left; they count 22,000, 17,500, 11,500 and 4,000.
    assert.equal(dropOf('20900', LADDER), '0.453125');
    assert.equal(dropOf('16625', LADDER), '0.609375');
    assert.equal(dropOf('10925', LADDER), '0.765625');
    assert.equal(dropOf('3800', LADDER), '0.921875');
    // From 30,000 USD the tiers meet at a third and two thirds, which are no decimals.
    assert.equal(dropOf('16625', LADDER, '30000'), '0.166666');
    assert.equal(dropOf('10925', LADDER, '30000'), '0.5');
    assert.equal(dropOf('3800', LADDER, '30000'), '0.833333');
    assert.equal(dropOf('2850', LADDER, '30000'), '0.875');
  });

  it('is none where debt and collateral fall together', () => {
    const prices = new Map([['BTC', d('60000')]]);
    const both = book({
      debts: [{ coin: 'BTC', amount: d('0.1') }],
      collateral: [{ coin: 'BTC', amount: ONE }],
      prices,
    });
    const { drop } = figures(both, THRESHOLDS);
    assert.deepEqual(Object.values(drop), [undefined, undefined, undefined, undefined]);
  });

  it('is nothing to fear without debt and already there without collateral', () => {
    const prices = new Map([['BTC', d('60000')]]);
    const free = figures(book({ collateral: [{ coin: 'BTC', amount: ONE }], prices }), THRESHOLDS);
    assert.equal(free.drop.liquidation, undefined);
    assert.equal(free.ltv, undefined);
    assert.equal(free.uncovered, false);
    const bare = figures(book({ debts: [{ coin: 'BTC', amount: ONE }], prices }), THRESHOLDS);
    assert.equal(bare.drop.liquidation, '0');
    assert.equal(bare.uncovered, true);
  });
});

describe('the LTV', () => {
  it('never rises by repaying (property)', () => {
    fc.assert(
      fc.property(books, fc.constantFrom(...COINS), amounts(10n ** 9n, 6), (any, coin, amount) => {
        const after = settleDebt(any, { system: 'flexible', coin, amount });
        assert.ok(lte(ltvOf(after) ?? ZERO, ltvOf(any) ?? d('1e9')));
        assert.ok(gte(debtOf(after, coin), ZERO));
      }),
      { numRuns: 1_000 },
    );
  });

  it('never rises by adding collateral (property)', () => {
    fc.assert(
      fc.property(books, fc.constantFrom(...COINS), amounts(10n ** 9n, 6), (any, coin, amount) => {
        const after = pledge(any, [{ coin, amount }]);
        assert.ok(lte(ltvOf(after) ?? ZERO, ltvOf(any) ?? d('1e30')));
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves out, and names, what has no price or no ladder', () => {
    const odd = book({
      debts: [{ coin: 'X', amount: ONE }],
      collateral: [{ coin: 'Y', amount: ONE }],
      prices: new Map([['Y', ONE]]),
      bands: new Map(),
    });
    assert.deepEqual(figures(odd, THRESHOLDS).unpriced, ['X', 'Y']);
  });

  it('counts nothing of what has no price or no ladder, and all of the rest', () => {
    const prices = new Map([
      ['BTC', d('60000')],
      ['ETH', d('3000')],
      ['USDT', ONE],
      ['LADDERLESS', d('7')],
    ]);
    const bands = new Map([['BTC', LADDER]]);
    const known = {
      debts: [
        { coin: 'USDT', amount: d('8000'), hourlyRate: d('0.00001') },
        { coin: 'ETH', amount: d('0.5') },
      ],
      collateral: [{ coin: 'BTC', amount: d('0.25') }],
    };
    const whole = figures(book({ ...known, prices, bands }), THRESHOLDS);
    const odd = figures(
      book({
        debts: [...known.debts, { coin: 'UNPRICED', amount: d('5'), hourlyRate: d('0.5') }],
        collateral: [
          ...known.collateral,
          { coin: 'LADDERLESS', amount: d('9') },
          { coin: 'GONE', amount: d('9') },
        ],
        prices,
        bands: new Map([...bands, ['GONE', LADDER]]),
      }),
      THRESHOLDS,
    );
    // A debt needs no ladder.
    assert.deepEqual(whole.unpriced, []);
    assert.deepEqual(odd.unpriced, ['UNPRICED', 'LADDERLESS', 'GONE']);
    const { unpriced: _, liquidation, ...others } = odd;
    const { unpriced: __, liquidation: before, ...expected } = whole;
    assert.deepEqual(others, expected);
    assert.deepEqual([expected.debtUsd, expected.collateralUsd], ['9500', '11500']);
    assert.equal(expected.interestUsd.hour, '0.08');
    assert.deepEqual(
      before.map(({ coin }) => coin),
      ['USDT', 'ETH', 'BTC'],
    );
    // What counts nothing has a price, perhaps, but none that matters.
    assert.deepEqual(liquidation, [
      ...before,
      { coin: 'LADDERLESS', price: '7', below: undefined, above: undefined },
    ]);
  });

  it('is uncovered only where something is owed against nothing', () => {
    const prices = new Map([['BTC', d('60000')]]);
    const [owed, held] = [[{ coin: 'BTC', amount: d('0.1') }], [{ coin: 'BTC', amount: ONE }]];
    const uncovered = (parts: object) => figures(book({ ...parts, prices }), THRESHOLDS).uncovered;
    assert.equal(uncovered({ debts: owed, collateral: held }), false);
    assert.equal(uncovered({ debts: owed }), true);
    assert.equal(uncovered({ collateral: held }), false);
    assert.equal(uncovered({}), false);
  });
});

describe('the way to a line', () => {
  it('is the share of it that an LTV has gone, at 18 decimals', () => {
    assert.equal(wayTo(d('0.5'), d('0.75')), '0.666666666666666667');
    assert.equal(wayTo(d('0.95'), d('0.95')), ONE);
    assert.equal(wayTo(d('1.9'), d('0.95')), '2');
  });

  it('is that to 100 % where there is no line above 0', () => {
    for (const none of ['0', '-0.5']) assert.equal(wayTo(d('0.5'), d(none)), '0.5');
  });
});
