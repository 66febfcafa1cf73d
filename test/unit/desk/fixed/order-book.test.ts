import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  add,
  compare,
  type Decimal,
  decimal,
  gt,
  lt,
  lte,
  places,
  sub,
  ZERO,
} from '../../../../src/bybit/decimal';
import { termInterest } from '../../../../src/desk/fixed/interest';
import { fillAtOnce, type OrderBook, orderBookOf } from '../../../../src/desk/fixed/order-book';
import { planSweep } from '../../../../src/desk/fixed/sweep';
import { amounts } from '../books';

const d = decimal;

function offers(...levels: readonly (readonly [string, string])[]): OrderBook {
  return {
    coin: 'USDT',
    term: '30',
    side: 'offers',
    levels: levels.map(([annualRate, amount]) => ({ annualRate: d(annualRate), amount: d(amount) })),
  };
}

const books: fc.Arbitrary<OrderBook> = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 999 }), amounts(10n ** 9n, 6, 1n)), {
    selector: ([rate]) => rate,
    maxLength: 8,
  })
  .map((rows) => ({
    coin: 'USDT',
    term: '30',
    side: 'offers',
    levels: rows
      .map(([rate, amount]) => ({ annualRate: d(`0.${String(rate).padStart(3, '0')}`), amount }))
      .sort((a, b) => compare(a.annualRate, b.annualRate)),
  }));

describe('an order book', () => {
  it('says that it is cut only where it was told so', () => {
    const what = { coin: 'USDT', term: '7', side: 'offers' } as const;
    assert.deepEqual(orderBookOf([], what), { ...what, levels: [] });
    assert.deepEqual(orderBookOf([], what, true), { ...what, levels: [], isCut: true });
  });

  const quote = (annualRate: string, qty: string, term = 7, orderCurrency = 'USDT') => ({
    annualRate: d(annualRate),
    qty: d(qty),
    term,
    orderCurrency,
  });
  const quotes = [
    quote('0.05', '10'),
    quote('0.04', '1'),
    quote('0.05', '2.5'),
    quote('0.04', '7', 14),
    quote('0.04', '7', 7, 'ETH'),
    quote('0.03', '0'),
  ];

  it('adds up what waits at one rate, the lowest offer first', () => {
    const { levels } = orderBookOf(quotes, { coin: 'USDT', term: '7', side: 'offers' });
    assert.deepEqual(levels, [
      { annualRate: '0.04', amount: '1' },
      { annualRate: '0.05', amount: '12.5' },
    ]);
  });

  it('has the highest demand first', () => {
    const { levels } = orderBookOf(quotes, { coin: 'USDT', term: '7', side: 'demand' });
    assert.deepEqual(
      levels.map(({ annualRate }) => annualRate),
      ['0.05', '0.04'],
    );
  });
});

describe('what an order fills at once', () => {
  const book = offers(['0.04', '100'], ['0.05', '50'], ['0.09', '1000']);

  it('is what is offered at its rate or better, the best first', () => {
    const fill = fillAtOnce(book, d('200'), d('0.05'));
    assert.equal(fill.filled, '150');
    assert.equal(fill.rest, '50');
    assert.equal(fill.clearingRate, '0.05');
    assert.equal(fill.averageRate, '0.043333333333333333');
    assert.deepEqual(fill.levels, [
      { annualRate: '0.04', amount: '100' },
      { annualRate: '0.05', amount: '50' },
    ]);
  });

  it('is nothing below the best offer, and everything in reach without a limit', () => {
    assert.deepEqual(fillAtOnce(book, d('10'), d('0.0399')), {
      filled: '0',
      rest: '10',
      levels: [],
      averageRate: undefined,
      clearingRate: undefined,
    });
    assert.equal(fillAtOnce(book, d('10000')).filled, '1150');
  });

  it('turns round for a lender: demand at his rate or above', () => {
    const demand: OrderBook = { ...book, side: 'demand', levels: [...book.levels].reverse() };
    assert.equal(fillAtOnce(demand, d('5000'), d('0.05')).filled, '1050');
  });

  it('adds up, and takes no more than there is at any rate (property)', () => {
    fc.assert(
      fc.property(books, amounts(10n ** 10n, 6, 1n), amounts(999n, 3, 1n), (any, amount, limit) => {
        const fill = fillAtOnce(any, amount, limit);
        assert.equal(add(fill.filled, fill.rest), amount);
        assert.equal(add(...fill.levels.map((level) => level.amount)), fill.filled);
        for (const { annualRate, amount: taken } of fill.levels) {
          assert.ok(lte(annualRate, limit));
          const there = any.levels.find((level) => level.annualRate === annualRate)?.amount ?? ZERO;
          assert.ok(lte(taken, there));
        }
      }),
    );
  });
});

describe('a sweep', () => {
  const rules = { least: d('10'), places: 2 };

  it('orders each level at its own rate, and says what that saves', () => {
    const plan = planSweep(offers(['0.04', '100'], ['0.05', '50'], ['0.09', '1000']), d('200'), rules);
    assert.deepEqual(plan?.orders, [
      { annualRate: '0.04', amount: '100' },
      { annualRate: '0.05', amount: '50' },
      { annualRate: '0.09', amount: '50' },
    ]);
    const interest = (amount: string, rate: string) =>
      termInterest({ amount: d(amount), annualRate: d(rate), days: d('30') });
    const apart = add(interest('100', '0.04'), interest('50', '0.05'), interest('50', '0.09'));
    assert.equal(plan?.interest, apart);
    assert.equal(plan?.oneOrderInterest, interest('200', '0.09'));
    assert.equal(plan?.saved, sub(interest('200', '0.09'), apart));
    assert.equal(plan?.unfilled, '0');
  });

  it('takes a level too small for an order together with the next', () => {
    const plan = planSweep(offers(['0.04', '9'], ['0.05', '50']), d('40'), rules);
    assert.deepEqual(plan?.orders, [{ annualRate: '0.05', amount: '40' }]);
    assert.equal(plan?.saved, '0');
  });

  it('fills up a rest too small for an order from the one before, or goes with it', () => {
    const spared = planSweep(offers(['0.04', '50'], ['0.05', '50']), d('53'), rules);
    assert.deepEqual(spared?.orders, [
      { annualRate: '0.04', amount: '43' },
      { annualRate: '0.05', amount: '10' },
    ]);
    const joined = planSweep(offers(['0.04', '12'], ['0.05', '50']), d('15'), rules);
    assert.deepEqual(joined?.orders, [{ annualRate: '0.05', amount: '15' }]);
  });

  it('carries decimals that cannot be sent to the next level', () => {
    const plan = planSweep(offers(['0.04', '20.009'], ['0.05', '50']), d('50.009'), rules);
    assert.deepEqual(
      plan?.orders.map(({ amount }) => amount),
      ['20', '30'],
    );
    assert.equal(plan?.unfilled, '0.009');
  });

  it('is none without offers, or below the smallest order', () => {
    assert.equal(planSweep(offers(), d('100'), rules), undefined);
    assert.equal(planSweep(offers(['0.04', '100']), d('9'), rules), undefined);
  });

  it('can be filled order by order, loses nothing, and never costs more than one order (property)', () => {
    let many = 0;
    fc.assert(
      fc.property(books, amounts(10n ** 10n, 6, 1n), (any, amount) => {
        const plan = planSweep(any, amount, rules);
        const reach = fillAtOnce(any, amount).filled;
        if (plan === undefined) {
          assert.ok(lt(reach, rules.least));
          return;
        }
        if (plan.orders.length > 1) many += 1;
        assert.equal(add(plan.amount, plan.unfilled), amount);
        assert.ok(lt(sub(reach, plan.amount), d('0.01')), 'all that is in reach');
        assert.ok(lte(plan.interest, add(plan.oneOrderInterest, d('0.00000000000000001'))));
        let left: readonly { annualRate: Decimal; amount: Decimal }[] = any.levels;
        let before = ZERO;
        for (const order of plan.orders) {
          assert.ok(!lt(order.amount, rules.least) && places(order.amount) <= rules.places);
          assert.ok(gt(order.annualRate, before), 'rates rise');
          before = order.annualRate;
          const fill = fillAtOnce({ ...any, levels: left }, order.amount, order.annualRate);
          assert.equal(fill.rest, '0', 'each order is filled');
          left = left.flatMap((level) => {
            const taken = fill.levels.find(({ annualRate }) => annualRate === level.annualRate);
            const rest = sub(level.amount, taken?.amount ?? ZERO);
            return rest === ZERO ? [] : [{ ...level, amount: rest }];
          });
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(many > 50, String(many));
  });
});
