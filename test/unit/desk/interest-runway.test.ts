import assert from 'node:assert/strict';
import fc from 'fast-check';
import { add, decimal, lt, mul, ONE, ZERO } from '../../../src/bybit/decimal';
import { debtAfter, growth, hoursToLine, MOST_GROWTH, MOST_HOURS } from '../../../src/desk/interest-runway';
import { totals } from '../../../src/desk/risk';
import { amounts, book } from './books';

const d = decimal;

describe('the runway of interest', () => {
  const sample = book({
    debts: [{ coin: 'USDT', amount: d('5000'), hourlyRate: d('0.00001') }],
    collateral: [{ coin: 'USDC', amount: d('8000') }],
    prices: new Map([
      ['USDT', d('1')],
      ['USDC', d('1')],
    ]),
  });

  it('ends where no debt comes to, whatever the rate', () => {
    const most = decimal('9'.repeat(80));
    assert.equal(growth(most, 4), MOST_GROWTH);
    assert.equal(growth(decimal('1'), 200), MOST_GROWTH);
    assert.equal(growth(decimal(`-${most}`), 5), `-${MOST_GROWTH}`);
    assert.equal(growth(decimal('1'), 199), String(2n ** 199n));
  });

  it('is ln(L C / D) / ln(1 + h) hours (formulae.md)', () => {
    // 6400 counted; ln(0.95 × 6400 / 5000) / ln(1.00001) = 19556.8
    assert.equal(hoursToLine(sample, d('0.95')), 19_557);
    assert.equal(hoursToLine(sample, d('0.78125')), 0);
    assert.equal(hoursToLine({ ...sample, debts: [] }, d('0.95')), undefined);
    const free = { ...sample, debts: sample.debts.map((debt) => ({ ...debt, hourlyRate: undefined })) };
    assert.equal(hoursToLine(free, d('0.95')), undefined);
  });

  it('compounds as so many postings do', () => {
    fc.assert(
      fc.property(amounts(10n ** 6n, 9), fc.integer({ min: 0, max: 40 }), (rate, hours) => {
        let plain = ONE;
        for (let hour = 0; hour < hours; hour += 1) plain = mul(plain, add(ONE, rate));
        const fast = growth(rate, hours);
        assert.ok(!lt(fast, plain), 'never less');
        assert.ok(lt(fast, add(plain, mul(plain, d('0.000000000000000000000000000001')))), 'and hardly more');
      }),
      { numRuns: 300 },
    );
  });

  it('is the first hour at which the line is met, if that is within a hundred years', () => {
    fc.assert(
      fc.property(
        amounts(10n ** 5n, 7, 1n),
        amounts(10n ** 5n, 7, 1n),
        fc.integer({ min: 80, max: 95 }),
        (a, b, l) => {
          const of = book({
            debts: [
              { coin: 'USDT', amount: d('3000'), hourlyRate: a },
              { coin: 'BTC', amount: d('0.02'), hourlyRate: b },
            ],
            collateral: [{ coin: 'USDC', amount: d('8000') }],
            prices: new Map([
              ['USDT', d('1')],
              ['USDC', d('1')],
              ['BTC', d('100000')],
            ]),
          });
          const line = d(`0.${l}`);
          const limit = mul(line, totals(of).collateral);
          const hours = hoursToLine(of, line);
          if (hours === undefined) {
            assert.ok(lt(debtAfter(of, MOST_HOURS), limit), 'not within a hundred years');
            return;
          }
          assert.ok(hours > 0);
          assert.ok(!lt(debtAfter(of, hours), limit));
          assert.ok(lt(debtAfter(of, hours - 1), limit));
          assert.ok(lt(ZERO, totals(of).debt));
        },
      ),
      { numRuns: 200, examples: [[d('0.0000001'), d('0.0000001'), 86]] },
    );
  });
});
