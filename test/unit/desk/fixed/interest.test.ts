import assert from 'node:assert/strict';
import fc from 'fast-check';
import { add, decimal, gt, lt, lte, mul, sub } from '../../../../src/bybit/decimal';
import {
  beatsFlexible,
  breakEvenDays,
  lenderInterest,
  lenderRate,
  payoutOf,
  termInterest,
  trueYearlyCost,
} from '../../../../src/desk/fixed/interest';
import { amounts } from '../books';

const d = decimal;
const YEAR = d('365');
const loans = fc.record({
  amount: amounts(10n ** 12n, 6, 1n),
  annualRate: amounts(10n ** 4n, 4, 1n),
  days: fc.constantFrom('7', '14', '30', '60', '90', '180').map((days) => d(days)),
});

describe('interest of a fixed term', () => {
  it('is what the documented contracts paid (API.md §6)', () => {
    const [annualRate, days] = [d('0.022'), d('30')];
    assert.equal(termInterest({ amount: d('1.4'), annualRate, days }), '0.002531506849315069');
    assert.equal(termInterest({ amount: d('0.1'), annualRate, days }), '0.00018082191780822');
    assert.equal(payoutOf({ amount: d('1.4'), annualRate, days }), '1.397468493150684931');
  });

  it('is the product, rounded up by less than a last digit (property)', () => {
    fc.assert(
      fc.property(loans, (loan) => {
        const over = sub(mul(termInterest(loan), YEAR), mul(loan.amount, loan.annualRate, loan.days));
        assert.ok(lte(d('0'), over) && lt(over, mul(YEAR, d('0.000000000000000001'))));
      }),
    );
  });

  it('split over several orders is no less than in one, by a last digit each (property)', () => {
    fc.assert(
      fc.property(loans, amounts(10n ** 12n, 6, 1n), (loan, more) => {
        const apart = add(termInterest(loan), termInterest({ ...loan, amount: more }));
        const together = termInterest({ ...loan, amount: add(loan.amount, more) });
        assert.ok(lte(together, apart) && lte(sub(apart, together), d('0.000000000000000001')));
      }),
    );
  });
});

describe('the true yearly cost', () => {
  it('is interest on the money received, for the days it was kept', () => {
    const loan = { amount: d('365'), annualRate: d('0.1'), days: d('30') };
    // Interest 3, received 362: 3 / 362 x 365 / 30.
    assert.equal(trueYearlyCost(loan), '0.100828729281767956');
    assert.equal(trueYearlyCost(loan, d('15')), '0.201657458563535912');
  });

  it('is more than the rate, and the more the sooner it is repaid (property)', () => {
    fc.assert(
      fc.property(loans, (loan) => {
        const cost = trueYearlyCost(loan);
        const soon = trueYearlyCost(loan, d('1'));
        assert.ok(cost !== undefined && soon !== undefined);
        assert.ok(gt(cost, loan.annualRate) && gt(soon, cost));
      }),
    );
  });

  it('is unknown for no time, or when the interest eats the loan', () => {
    const loan = { amount: d('1'), annualRate: d('0.1'), days: d('30') };
    assert.equal(trueYearlyCost(loan, d('0')), undefined);
    assert.equal(trueYearlyCost({ ...loan, annualRate: d('13') }), undefined);
  });
});

describe('the break-even against a flexible loan', () => {
  it('is the days after which the prepaid interest is earned back', () => {
    assert.equal(breakEvenDays({ annualRate: d('0.04'), days: d('30') }, d('0.08')), '15');
    assert.equal(breakEvenDays({ annualRate: d('0.09'), days: d('30') }, d('0.06')), '45');
    assert.equal(breakEvenDays({ annualRate: d('0.04'), days: d('30') }, d('0')), undefined);
    assert.ok(beatsFlexible(d('0.04'), d('0.05')));
    assert.ok(!beatsFlexible(d('0.05'), d('0.05')));
  });

  it('lies within the term exactly when the fixed rate is the lower one (property)', () => {
    fc.assert(
      fc.property(loans, amounts(10n ** 4n, 4, 1n), (loan, flexible) => {
        const days = breakEvenDays(loan, flexible);
        assert.ok(days !== undefined);
        assert.equal(lt(days, loan.days), beatsFlexible(loan.annualRate, flexible));
      }),
    );
  });
});

describe('what a lender earns', () => {
  it('is the documented 85 % (API.md §6)', () => {
    const supply = { amount: d('800'), annualRate: d('0.01'), days: d('7') };
    assert.equal(lenderInterest(supply), '0.13041095890410959');
    assert.equal(lenderRate(d('0.01')), '0.0085');
    assert.equal(lenderInterest(supply, d('0')), termInterest(supply));
  });
});
