import assert from 'node:assert/strict';
import fc from 'fast-check';
import { add, type Decimal, decimal, gte, lt, lte, mul, ZERO } from '../../../src/bybit/decimal';
import { TERMS } from '../../../src/bybit/terms';
import { breakEvenDays } from '../../../src/desk/fixed/interest';
import { pastCost } from '../../../src/desk/history/past-cost';
import {
  breakEvenHours,
  flexibleCost,
  prepaidOf,
  type RefinanceInput,
  refinance,
  type Stay,
  stayCost,
  stayOf,
} from '../../../src/desk/refinance';
import { amounts } from './books';

const d = decimal;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FLOATING: Stay = {
  annualRate: d('0.0876'),
  compounds: true,
  hoursLeft: undefined,
  rateAfter: undefined,
};
const FREE = { least: undefined, most: undefined };

function input(change: Partial<RefinanceInput> = {}): RefinanceInput {
  return {
    amount: d('1000'),
    stay: FLOATING,
    isFlexible: true,
    flexibleRate: d('0.0876'),
    offers: [
      { term: '30', annualRate: d('0.0365') },
      { term: '7', annualRate: d('0.073') },
      { term: '90', annualRate: d('0.0365') },
    ],
    bounds: { flexible: FREE, fixed: FREE },
    days: 30,
    ...change,
  };
}

const rates = amounts(5_000n, 4, 1n);
const hoursUpTo = (most: number) => fc.integer({ min: 0, max: most });

describe('refinancing a debt', () => {
  it('costs what the formulae say, over the same days', () => {
    const options = refinance(input());
    assert.deepEqual(
      options.map(({ kind, term, rounds, prepaid, unused, isCheapest }) => [
        kind,
        term,
        rounds,
        prepaid,
        unused,
        isCheapest,
      ]),
      [
        ['stay', undefined, 1, undefined, undefined, false],
        // 1000 × 7.3 % × 7 / 365; five terms last 35 days, five days too long.
        ['fixed', '7', 5, '1.4', '1', false],
        ['fixed', '30', 1, '3', undefined, true],
        ['fixed', '90', 1, '9', '6', false],
        ['repay', undefined, 1, undefined, undefined, false],
      ],
    );
    // 1000 × (1.00001^720 - 1).
    assert.match(options[0]?.cost ?? '', /^7.2259460/);
    assert.deepEqual(
      options.slice(1).map(({ cost }) => cost),
      ['7', '3', '9', '0'],
    );
    // 3 = 1000 × (1.00001^h - 1): ln(1.003) / ln(1.00001) = 299.55; by formulae.md 30 × 3.65 / 8.76 = 12.5 days.
    assert.equal(options[2]?.breakEvenHours, 300);
    assert.equal(breakEvenDays({ annualRate: d('0.0365'), days: d('30') }, d('0.0876')), '12.5');
  });

  it('goes on by itself as its system has it, for the whole hours that are left', () => {
    const loan = {
      system: 'legacy',
      annualRate: d('0.0876'),
      prepaid: undefined,
      due: 10 * HOUR,
      isOverdue: false,
    };
    const simple = { annualRate: '0.0876', compounds: false, rateAfter: undefined };
    assert.deepEqual(stayOf(loan, d('0.1'), 4 * HOUR + 1), { ...simple, hoursLeft: 5 });
    assert.deepEqual(stayOf(loan, d('0.1'), 12 * HOUR), { ...simple, hoursLeft: 0 });
    assert.deepEqual(stayOf({ ...loan, isOverdue: true, annualRate: undefined }, d('0.1'), 0), {
      ...simple,
      annualRate: '0',
      hoursLeft: 0,
    });
    assert.deepEqual(stayOf({ ...loan, system: 'flexible', due: undefined }, d('0.1'), 0), {
      ...simple,
      compounds: true,
      hoursLeft: undefined,
    });
    assert.equal(stayOf({ ...loan, annualRate: undefined }, d('0.1'), 0), undefined);
  });

  it('rounds what is paid up at 18 decimals', () => {
    const simple = { annualRate: d('0.1'), compounds: false, hoursLeft: undefined, rateAfter: undefined };
    // 0.1 / 8760 = 0.0000114155251141552511…
    assert.equal(stayCost(d('1'), simple, 1), '0.000011415525114156');
    assert.equal(flexibleCost(d('0.000001'), d('0.1'), 1), '0.000000000011415526');
    // 0.7 / 365 = 0.0019178082191780821…; of its seven days one is too long.
    const offers = [{ term: '7', annualRate: d('0.1') }] as const;
    const [, term] = refinance(input({ amount: d('1'), offers, days: 6 }));
    assert.deepEqual([term?.prepaid, term?.unused], ['0.001917808219178083', '0.000273972602739727']);
  });

  it('never pays within a term that is dearer than staying', () => {
    const [, dear] = refinance(input({ offers: [{ term: '7', annualRate: d('0.5') }] }));
    assert.equal(dear?.breakEvenHours, undefined);
  });

  it('counts nothing for a fixed loan until its due date, and offers a flexible one', () => {
    const loan = {
      system: 'fixed',
      annualRate: d('0.05'),
      prepaid: d('2'),
      due: 10 * DAY + 5,
      isOverdue: false,
    };
    const stay = stayOf(loan, d('0.0876'), 0);
    assert.deepEqual(stay, { annualRate: ZERO, compounds: false, hoursLeft: 240, rateAfter: '0.0876' });
    if (stay === undefined) return;
    assert.equal(stayCost(d('1000'), stay, 240), '0');
    assert.equal(stayCost(d('1000'), stay, 720), flexibleCost(d('1000'), d('0.0876'), 480));
    const [first, flexible] = refinance(input({ stay, isFlexible: false }));
    assert.equal(flexible?.kind, 'flexible');
    assert.ok(lt(first?.cost ?? ZERO, flexible?.cost ?? ZERO));
  });

  it('knows no cost of what cannot stay: a legacy loan past its date, one that is overdue', () => {
    const loan = {
      system: 'legacy',
      annualRate: d('0.0876'),
      prepaid: undefined,
      due: 10 * DAY,
      isOverdue: false,
    };
    const stay = stayOf(loan, d('0.1'), 0) as Stay;
    // Simple interest: 1000 × 0.0876 × 240 / 8760.
    assert.equal(stayCost(d('1000'), stay, 240), '2.4');
    assert.equal(stayCost(d('1000'), stay, 241), undefined);
    assert.equal(breakEvenHours(d('1000'), { term: '90', annualRate: d('0.5') }, stay), 241);
    const late = stayOf({ ...loan, isOverdue: true }, d('0.1'), 20 * DAY) as Stay;
    assert.equal(stayCost(d('1000'), late, 1), undefined);
    assert.equal(breakEvenHours(d('1000'), { term: '90', annualRate: d('0.5') }, late), 1);
    assert.equal(stayOf({ ...loan, annualRate: undefined }, undefined, 0), undefined);
  });

  it('names the bound that an amount breaks, and does not call it the cheapest', () => {
    const bounds = { flexible: FREE, fixed: { least: d('2000'), most: undefined } };
    const options = refinance(input({ bounds }));
    assert.deepEqual(options[2]?.outside, { least: '2000' });
    assert.deepEqual(
      options.filter(({ isCheapest }) => isCheapest).map(({ kind }) => kind),
      ['stay'],
    );
  });

  it('by staying never costs less for longer', () => {
    fc.assert(
      fc.property(
        amounts(10n ** 9n, 6, 1n),
        rates,
        fc.boolean(),
        hoursUpTo(3_000),
        hoursUpTo(3_000),
        (amount, annualRate, compounds, a, b) => {
          const stay: Stay = { annualRate, compounds, hoursLeft: 1_000, rateAfter: d('0.2') };
          const [short, long] = [Math.min(a, b), Math.max(a, b)].map(
            (hours) => stayCost(amount, stay, hours) ?? ZERO,
          );
          assert.ok(lte(short ?? ZERO, long ?? ZERO));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('pays from the first hour at which staying costs as much, and that is not later than without compounding', () => {
    let paid = 0;
    fc.assert(
      fc.property(
        amounts(10n ** 9n, 6, 1_000n),
        rates,
        rates,
        fc.constantFrom(...TERMS),
        (amount, mine, theirs, term) => {
          const stay: Stay = { ...FLOATING, annualRate: mine };
          const offer = { term, annualRate: theirs };
          const hours = breakEvenHours(amount, offer, stay);
          const prepaid = prepaidOf(amount, offer);
          const cost = (at: number) => stayCost(amount, stay, at) ?? ZERO;
          if (hours === undefined) {
            assert.ok(lt(cost(Number(term) * 24), prepaid));
            return;
          }
          paid += 1;
          assert.ok(gte(cost(hours), prepaid));
          if (hours > 0) assert.ok(lt(cost(hours - 1), prepaid));
          const linear = breakEvenDays({ annualRate: theirs, days: d(term) }, mine) ?? ZERO;
          assert.ok(lte(d(hours), add(mul(linear, d('24')), d('1.01'))));
        },
      ),
      { numRuns: 300 },
    );
    assert.ok(paid > 50, `only ${paid}`);
  });
});

describe('what the recorded past would have cost', () => {
  const point = (day: number, rate: string | undefined) => ({
    time: day * DAY,
    rate: rate === undefined ? undefined : d(rate),
  });
  const window = { from: 0, to: 90 * DAY };
  const covered = (from: number, to: number) => [{ from: from * DAY, to: to * DAY - 1_000 }];

  it('is the recorded rate by time, over the time that is known', () => {
    // 30 days at 3.65 %, 60 at 7.3 %: 1000 × (30 × 0.0365 + 60 × 0.073) / 365.
    assert.deepEqual(
      pastCost(d('1000'), [point(-5, '0.0365'), point(30, '0.073')], covered(-10, 90), window),
      {
        knownMs: 90 * DAY,
        averageRate: '0.060833333333333333',
        cost: '15',
      },
    );
  });

  it('leaves out what nobody read and what nobody offered, and says how much is known', () => {
    const series = [point(0, '0.0365'), point(20, undefined), point(40, '0.0365')];
    const found = pastCost(d('1000'), series, covered(10, 50), window);
    assert.deepEqual(found, { knownMs: 20 * DAY, averageRate: '0.0365', cost: '2' });
    assert.equal(pastCost(d('1000'), series, [], window), undefined);
    assert.equal(pastCost(d('1000'), [], covered(0, 90), window), undefined);
  });

  it('adds up over any cut of the window', () => {
    fc.assert(
      fc.property(
        fc.array(rates, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 89 }),
        (many, cut) => {
          const series = many.map((rate, index) => ({ time: index * 4 * DAY, rate }));
          const cost = (from: number, to: number): Decimal =>
            pastCost(d('7300'), series, covered(0, 90), { from: from * DAY, to: to * DAY })?.cost ?? ZERO;
          const [whole, parts] = [cost(0, 90), add(cost(0, cut), cost(cut, 90))];
          // Each part is rounded up.
          assert.ok(lte(whole, parts) && lte(parts, add(whole, d('0.000000000000000002'))));
        },
      ),
      { numRuns: 200 },
    );
  });
});
