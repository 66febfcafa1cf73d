import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LoanableCoin } from '../../../../src/bybit/common';
import { add, decimal, gt, gte, lt, mul, ONE, sub } from '../../../../src/bybit/decimal';
import { TERMS, type Term } from '../../../../src/bybit/terms';
import { plain, type Words } from '../../../../src/bybit/words';
import type { CostAsk } from '../../../../src/desk/cost/ask';
import { costsOf, type Offers } from '../../../../src/desk/cost/cost';
import type { OrderBook } from '../../../../src/desk/fixed/order-book';
import { annualToHourly } from '../../../../src/desk/interest';
import { type RateRow, rateRows } from '../../../../src/desk/rates';
import { costTable } from '../../../../src/desk/tables/cost-table';
import { loanable } from '../fake/market';

const d = decimal;
const prices = new Map([['USDT', d('1')]]);
const usdt = (amount: string, days: number) => ({ amount: d(amount), coin: 'USDT', days });
const rowOf = (change: Partial<ReturnType<typeof loanable>> = {}) => {
  const [row] = rateRows([{ ...loanable('USDT'), ...change }]);
  assert.ok(row !== undefined);
  return row;
};
const offersOf = (term: Term, levels: readonly (readonly [string, string])[]): Offers =>
  new Map([
    [
      term,
      {
        coin: 'USDT',
        term,
        side: 'offers',
        levels: levels.map(([annualRate, amount]) => ({ annualRate: d(annualRate), amount: d(amount) })),
      },
    ],
  ]);
/** Enough of every term at the best rate that the list of coins names. */
const plenty = ({ terms }: RateRow): Offers =>
  new Map(
    TERMS.flatMap((term) => {
      const rate = terms[term];
      return rate === undefined ? [] : [...offersOf(term, [[rate, '1000000000']])];
    }),
  );
const known = (row: RateRow, ask: CostAsk) => costsOf(row, ask, prices, plenty(row));
/** Cell and second line of a coin in the table of costs. */
const cellOf = (
  id: string,
  ask: CostAsk,
  { offers = new Map(), coin = loanable('USDT') }: { offers?: Map<string, Offers>; coin?: LoanableCoin },
) => {
  const { columns, rows } = costTable([coin], { ask, prices, offers, locale: 'en' });
  const at = columns.findIndex((column) => column.id === id);
  const { text, limit, mark } = rows[0]?.notes?.[at] ?? {};
  const said = (sentence: Words | string | undefined) =>
    sentence === undefined || typeof sentence === 'string' ? sentence : plain(sentence);
  return { cell: rows[0]?.cells[at], text: said(text), limit: said(limit), mark };
};

describe('what a loan costs', () => {
  it('is the whole term, and as many terms as the days need', () => {
    const costs = known(rowOf(), usdt('3650', 10));
    // 3650 x 0.05 x 7 / 365 = 3.5 a term; 10 days need two. 3650 x 0.04 x 14 / 365 = 5.6.
    assert.equal(costs?.terms['7']?.interest, '7');
    assert.equal(costs?.terms['7']?.rounds, 2);
    assert.equal(costs?.terms['14']?.interest, '5.6');
    assert.equal(costs?.terms['60'], undefined);
    assert.equal(costs?.cheapest, '14');
    // 14 x 0.04 / 0.0876
    assert.deepEqual(costs?.breakEven, { term: '14', days: d('6.39269406392694064') });
  });

  it('compounds flexible interest every hour', () => {
    const costs = known(rowOf(), usdt('100', 1));
    let debt = d('100');
    for (let hour = 0; hour < 24; hour += 1) debt = mul(debt, add(ONE, d('0.00001')));
    const plain = sub(debt, d('100'));
    const found = costs?.flexible?.interest ?? d('0');
    assert.ok(gte(found, plain) && lt(sub(found, plain), d('0.000000000000000001')));
    assert.equal(costs?.flexible?.usd, found);
    assert.equal(costs?.cheapest, 'flexible');
  });

  it('pays the worst rate that an order touches, and tells what offers do not cover', () => {
    const deep = offersOf('30', [
      ['0.03', '1000'],
      ['0.06', '9000'],
    ]);
    const costs = costsOf(rowOf(), usdt('3650', 30), prices, deep);
    assert.equal(costs?.terms['30']?.annualRate, '0.06');
    assert.equal(costs?.terms['30']?.interest, '18');
    assert.equal(costs?.terms['30']?.covered, undefined);
    const shallow = costsOf(rowOf(), usdt('36500', 30), prices, deep);
    assert.deepEqual(shallow?.terms['30']?.covered, { amount: '10000', isLeast: false });
    assert.notEqual(shallow?.cheapest, '30');
    // Terms without an offer cannot be had, whatever rate the list of coins still names.
    assert.deepEqual(shallow?.terms['14']?.covered, { amount: '0', isLeast: false });
  });

  it('claims no more of offers that were cut off than what was told', () => {
    const [[term, book]] = [...offersOf('14', [['0.01', '1000']])] as [[Term, OrderBook]];
    const cut: Offers = new Map([[term, { ...book, isCut: true }]]);
    const within = costsOf(rowOf(), usdt('1000', 14), prices, cut);
    assert.equal(within?.terms['14']?.covered, undefined);
    assert.equal(within?.cheapest, '14');
    const beyond = costsOf(rowOf(), usdt('1001', 14), prices, cut);
    assert.deepEqual(beyond?.terms['14']?.covered, { amount: '1000', isLeast: true });
    assert.equal(beyond?.cheapest, 'flexible');
    const limitOf = (id: string, offers: Offers) => {
      const { limit, text } = cellOf(id, usdt('1001', 14), { offers: new Map([['USDT', offers]]) });
      return limit ?? text;
    };
    assert.equal(limitOf('term14', cut), 'offers: at least 1,000');
    assert.equal(limitOf('term14', new Map([[term, book]])), 'offers: 1,000');
    assert.equal(limitOf('term30', cut), 'no offers');
    // A term of which nothing could be seen costs what the list says, as before offers were read.
    const unseen: Offers = new Map([[term, { ...book, levels: [], isCut: true }]]);
    const blind = costsOf(rowOf(), usdt('1001', 14), prices, unseen)?.terms['14'];
    assert.deepEqual([blind?.covered, blind?.isUnread], [undefined, true]);
  });

  it('cannot be had below the least and above the most', () => {
    const few = costsOf(rowOf(), usdt('0.005', 30), prices);
    assert.deepEqual(few?.terms['30']?.outside, { least: '0.01' });
    assert.equal(few?.flexible?.outside, undefined);
    assert.equal(few?.cheapest, 'flexible');
    const much = costsOf(rowOf(), usdt('1000001', 30), prices);
    assert.deepEqual(much?.flexible?.outside, { most: '1000000' });
    assert.equal(much?.cheapest, undefined);
    assert.equal(costsOf(rowOf({ flexibleBorrowable: false }), usdt('10', 30), prices)?.flexible, undefined);
    assert.equal(costsOf(rowOf(), { ...usdt('10', 30), coin: 'BTC' }, prices), undefined);
  });

  it('breaks even only with a flexible loan that can be had', () => {
    const days = (change: Parameters<typeof rowOf>[0], amount = '10') =>
      known(rowOf(change), usdt(amount, 30))?.breakEven?.days;
    assert.notEqual(days({}), undefined);
    assert.equal(days({ flexibleBorrowable: false }), undefined);
    assert.equal(days({ minFlexibleBorrowingAmount: d('11') }), undefined);
    assert.equal(days({ flexibleBorrowingAccuracy: 0 }, '0.4'), undefined, 'rounds to nothing');
    assert.notEqual(days({ flexibleBorrowingAccuracy: 0 }, '0.6'), undefined);
  });

  it('reckons each way with the nearest amount that it takes', () => {
    const row = rowOf({
      flexibleBorrowingAccuracy: 0,
      fixedBorrowingAccuracy: 2,
      minFlexibleBorrowingAmount: d('1000'),
      minFixedBorrowingAmount: d('999.7'),
    });
    const costs = costsOf(row, usdt('999.6999', 14), prices);
    assert.equal(costs?.flexible?.outside, undefined, '1000');
    assert.equal(costs?.terms['14']?.outside, undefined, '999.70');
    const btc = rowOf({ fixedBorrowable: false, flexibleBorrowingAccuracy: 0, fixedBorrowingAccuracy: 8 });
    assert.equal(costsOf(btc, { ...usdt('10.4', 30), coin: undefined }, prices)?.amount, '10');
    const fixed = rowOf({
      flexibleBorrowable: false,
      flexibleBorrowingAccuracy: 0,
      fixedBorrowingAccuracy: 1,
    });
    assert.equal(costsOf(fixed, { ...usdt('10.44', 30), coin: undefined }, prices)?.amount, '10.4');
  });

  it('names bounds that hold as they are read', () => {
    const bounds = {
      minFlexibleBorrowingAmount: d('10.000001'),
      minFixedBorrowingAmount: d('10.000001'),
      maxBorrowingAmount: d('12.345678'),
    };
    const coin = { ...loanable('USDT'), ...bounds };
    const least = cellOf('flexible', usdt('1', 14), { coin });
    const most = cellOf('flexible', usdt('13', 14), { coin });
    assert.deepEqual([least.text, most.text], ['from 10.001 USDT on', 'up to 12.345 USDT']);
    assert.deepEqual([least.cell, most.cell], [null, null], 'nothing is paid for what cannot be had');
  });

  it('tells the cost in the coin before what limits it', () => {
    const offers = new Map([['USDT', offersOf('30', [['0.03', '2000']])]]);
    const { cell, ...note } = cellOf('term30', usdt('3650', 30), { offers });
    assert.deepEqual([cell, note], ['9', { text: '9 USDT', limit: 'offers: 2,000', mark: 'weak' }]);
    const none = cellOf('term14', usdt('3650', 30), { offers });
    assert.deepEqual(none, { cell: null, text: 'no offers', limit: undefined, mark: 'weak' });
  });

  it('shows the amount to the nearest cent: it is no price to pay', () => {
    const amountOf = (amount: string) => cellOf('amount', usdt(amount, 30), {}).cell;
    assert.deepEqual(['10000.0000043', '10000.006', '0.00126'].map(amountOf), [
      '10000',
      '10000.01',
      '0.0013',
    ]);
  });

  it('has no more decimals than anybody pays, rounded up', () => {
    const row = loanable('USDT');
    const offers = new Map([['USDT', offersOf('7', [['0.051', '2000']])]]);
    const ask = usdt('1000', 7);
    const { columns, rows } = costTable([row], { ask, prices, offers, locale: 'en' });
    const at = (id: string) => columns.findIndex((column) => column.id === id);
    // 1000 x 0.051 x 7 / 365 = 0.97808219178082191...
    assert.equal(rows[0]?.cells[at('term7')], '0.9780822');
    assert.equal(rows[0]?.notes?.[at('term7')]?.value, '0.978082191781');
    assert.equal(rows[0]?.cells[at('breakEven')], '4.0754');
    for (const cell of rows[0]?.cells.slice(0, columns.length) ?? []) assert.ok(String(cell).length < 20);
  });

  it('reckons only what has changed again, and is the same as if all were', () => {
    const coins = [loanable('USDT'), loanable('ETH'), loanable('BTC')];
    const offers = [undefined, offersOf('7', [['0.051', '2000']]), offersOf('14', [['0.06', '1']])];
    const change = fc.record({
      amount: fc.constantFrom('1', '1000', '250000'),
      coin: fc.constantFrom('USDT', 'ETH', undefined),
      days: fc.constantFrom(1, 10, 400),
      prices: fc.tuple(
        fc.constantFrom('1', '0.99'),
        fc.constantFrom('2500', '2600.5'),
        fc.constantFrom('1', '90000'),
      ),
      offers: fc.tuple(...coins.map(() => fc.constantFrom(...offers))),
      locale: fc.constantFrom('en', 'de'),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 2, maxLength: 6 }), (changes) => {
        for (const { amount, coin, days, locale, ...by } of changes) {
          const names = coins.map(({ currency }) => currency);
          const options = {
            ask: { amount: d(amount), coin, days },
            prices: new Map(names.map((name, at) => [name, d(by.prices[at] ?? '1')])),
            offers: new Map(
              names.flatMap((name, at) => {
                const own = by.offers[at];
                return own === undefined ? [] : [[name, own] as const];
              }),
            ),
            locale,
          };
          const fresh = coins.map((one) => ({ ...one }));
          assert.deepEqual(costTable(coins, options), costTable(fresh, options));
        }
      }),
    );
    const notes = (of: Map<string, Offers>) =>
      costTable(coins, { ask: usdt('1000', 7), prices, offers: of, locale: 'en' }).rows.map(
        (row) => row.notes,
      );
    const [before, after] = [notes(new Map()), notes(new Map([['ETH', offersOf('7', [['0.05', '9']])]]))];
    assert.deepEqual(
      before.map((one, at) => one === after[at]),
      [true, false, true],
    );
  });

  it('tells terms apart whose offers were not read, and claims nothing of them', () => {
    const ask = usdt('3650', 10);
    const unread = costsOf(rowOf(), ask, prices);
    assert.deepEqual(
      [unread?.terms['14']?.isUnread, unread?.flexible?.isUnread, unread?.cheapest, unread?.breakEven],
      [true, false, undefined, undefined],
    );
    assert.deepEqual(cellOf('term14', ask, {}), {
      cell: '5.6',
      text: '5.6 USDT',
      limit: 'offers unread',
      mark: 'unread',
    });
    assert.deepEqual(cellOf('breakEven', ask, {}), {
      cell: null,
      text: 'offers unread',
      limit: undefined,
      mark: 'unread',
    });
    // Offers cost as much as the best rate or more: what is cheaper than that is the cheapest.
    assert.equal(costsOf(rowOf(), usdt('3650', 1), prices)?.cheapest, 'flexible');
    // A term that cannot be had leaves no question open.
    const few = rowOf({ minFixedBorrowingAmount: d('5000') });
    assert.equal(costsOf(few, ask, prices)?.cheapest, 'flexible');
  });

  it('names the cheapest: nothing that can be had costs less', () => {
    const rate = fc.integer({ min: 1, max: 3_000 }).map((n) => d(`0.${String(n).padStart(4, '0')}`));
    fc.assert(
      fc.property(rate, rate, rate, fc.integer({ min: 1, max: 400 }), (flexible, short, long, days) => {
        const row = rowOf({
          flexibleAnnualizedInterestRate: flexible,
          annualizedInterestRate7D: short,
          annualizedInterestRate90D: long,
        });
        const costs = known(row, usdt('1000', days));
        assert.ok(costs?.cheapest !== undefined);
        const best = costs.cheapest === 'flexible' ? costs.flexible : costs.terms[costs.cheapest];
        for (const option of [costs.flexible, ...Object.values(costs.terms)]) {
          if (option !== undefined) assert.ok(!lt(option.interest, best?.interest ?? d('0')));
        }
        // Before the break-even day a flexible loan has cost less than the fixed one, without compounding.
        const { breakEven } = costs;
        const fixed = breakEven === undefined ? undefined : costs.terms[breakEven.term];
        assert.ok(breakEven !== undefined && fixed !== undefined);
        const once = mul(d('1000'), fixed.annualRate, d(breakEven.term));
        assert.ok(!gt(once, mul(d('1000'), flexible, breakEven.days)));
        assert.ok(gt(annualToHourly(flexible), d('0')));
      }),
      { numRuns: 200 },
    );
  });
});
