import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Direction } from '../../../../src/bybit/common';
import { add, type Decimal, decimal, gt, mul, round, sub, ZERO } from '../../../../src/bybit/decimal';
import { adjust } from '../../../../src/paper/ledger/adjusting';
import { borrow, largestLoan } from '../../../../src/paper/ledger/borrowing';
import { above, LINES, largestReduction, standing } from '../../../../src/paper/ledger/collateral';
import { owed } from '../../../../src/paper/ledger/flexible';
import { genesis } from '../../../../src/paper/ledger/genesis';
import { changeBinding } from '../../../../src/paper/ledger/institutional/binding';
import { repayInstitutional } from '../../../../src/paper/ledger/institutional/repaying';
import { debtsOfUnit } from '../../../../src/paper/ledger/institutional/unit';
import { adjustLegacy } from '../../../../src/paper/ledger/legacy/adjusting';
import { largestLegacyReduction } from '../../../../src/paper/ledger/legacy/limits';
import { owedOn } from '../../../../src/paper/ledger/legacy/loan';
import { repayLegacy } from '../../../../src/paper/ledger/legacy/repaying';
import { held, imbalances, move, purse } from '../../../../src/paper/ledger/money';
import { Refusal } from '../../../../src/paper/ledger/refusal';
import { repay, repayWithCollateral } from '../../../../src/paper/ledger/repaying';
import type { State } from '../../../../src/paper/ledger/state';
import { advance, settleNow } from '../../../../src/paper/ledger/timeline';
import { coinOf, priceOf } from '../../../../src/paper/ledger/world';
import { decode, encode } from '../../../../src/paper/store/codec';
import { createWorld } from '../../../../src/paper/systems/systems';
import { SEED, START } from '../bench';
import { checkFixedClaims, fixedSteps } from './fixed/steps';

const world = createWorld(SEED);
const COINS = ['BTC', 'ETH', 'SOL', 'XRP', 'USDT', 'USDC', 'DOGE', 'STORJ'];
const PLACES = 8;

const FRESH = genesis(world, {
  time: START,
  keys: [],
  wallet: new Map<string, Decimal>([
    ['USDT', decimal('50000')],
    ['USDC', decimal('20000')],
    ['BTC', decimal('0.5')],
    ['ETH', decimal('10')],
    ['SOL', decimal('200')],
    ['XRP', decimal('5000')],
    ['DOGE', decimal('9999.12345678')],
  ]),
});

function begin(): State {
  return FRESH;
}

/** A part of something, in percent, at 8 decimals. */
function part(of: Decimal, percent: number): Decimal {
  return round(mul(of, decimal(percent), decimal('0.01')), PLACES, 'down');
}

/** One thing that happens to the ledger. Throws `Refusal` when the exchange would say no. */
type Step = (state: State) => State;

const coin = fc.constantFrom(...COINS);
const percent = fc.integer({ min: 0, max: 130 });

const borrowing = fc
  .record({
    coin,
    pledges: fc.array(fc.record({ coin, percent }), { maxLength: 3 }),
    share: fc.integer({ min: 1, max: 110 }),
  })
  .map(
    ({ coin: name, pledges, share }): Step =>
      (state) => {
        const extra = new Map(
          pledges.map((one) => [one.coin, part(held(state.money, 'wallet', one.coin), one.percent)]),
        );
        const loan = coinOf(world, name);
        const most = largestLoan(
          world,
          state,
          loan,
          new Map([...extra].filter(([, amount]) => gt(amount, ZERO))),
        );
        const amount = round(part(most, share), loan.flexiblePlaces, 'down');
        const collateral = pledges.map((one) => ({ coin: one.coin, amount: extra.get(one.coin) ?? ZERO }));
        return borrow(world, state, { coin: name, amount, collateral }).state;
      },
  );
const repaying = fc.record({ coin, percent }).map(
  ({ coin: name, percent: share }): Step =>
    (state) =>
      repay(world, state, { coin: name, amount: part(owed(state.flexible.debts.get(name)), share) }).state,
);
const converting = fc
  .record({ coin, percent, from: fc.uniqueArray(coin, { minLength: 1, maxLength: 3 }) })
  .map(
    ({ coin: name, percent: share, from }): Step =>
      (state) => {
        const amount = part(owed(state.flexible.debts.get(name)), share);
        const pledged = from.filter((one) => held(state.money, 'pledged', one) !== ZERO);
        return repayWithCollateral(world, state, { coin: name, amount, collateral: pledged });
      },
  );
const adjusting = fc.record({ coin, percent, adds: fc.boolean() }).map(
  ({ coin: name, percent: share, adds }): Step =>
    (state) => {
      const most = adds
        ? held(state.money, 'wallet', name)
        : largestReduction(world, state, coinOf(world, name));
      const direction = adds ? Direction.add : Direction.reduce;
      return adjust(world, state, { coin: name, amount: part(most, share), direction }).state;
    },
);
/** Which of the running legacy loans. */
const nth = fc.integer({ min: 0, max: 4 });
const legacyRepaying = fc.record({ nth, percent }).map(
  ({ nth: n, percent: share }): Step =>
    (state) => {
      const loan = state.legacy.loans[n];
      if (loan === undefined) return state;
      const amount = share > 90 ? owedOn(loan) : round(part(owedOn(loan), share), 6, 'down');
      return repayLegacy(world, state, { order: loan.id, amount }).state;
    },
);
const legacyAdjusting = fc.record({ nth, percent, adds: fc.boolean() }).map(
  ({ nth: n, percent: share, adds }): Step =>
    (state) => {
      const loan = state.legacy.loans[n];
      if (loan === undefined) return state;
      const most = adds
        ? held(state.money, 'wallet', loan.collateral)
        : largestLegacyReduction(world, state, loan);
      const direction = adds ? Direction.add : Direction.reduce;
      return adjustLegacy(world, state, { order: loan.id, amount: part(most, share), direction }).state;
    },
);
const unitRepaying = fc.record({ coin: fc.constantFrom('USDT', 'BTC'), percent }).map(
  ({ coin: name, percent: share }): Step =>
    (state) => {
      const debt = debtsOfUnit(state).find((one) => one.coin === name)?.principal ?? ZERO;
      const caller = String(state.uid);
      return repayInstitutional(state, { caller, coin: name, quantity: part(debt, share) });
    },
);
const unitBinding = fc.record({ distance: fc.integer({ min: 0, max: 6 }), binds: fc.boolean() }).map(
  ({ distance, binds }): Step =>
    (state) =>
      changeBinding(state, { caller: String(state.uid), uid: String(state.uid + distance), binds }),
);
const passing = fc.integer({ min: 1, max: 300_000_000 }).map(
  (ms): Step =>
    (state) =>
      advance(world, state, state.time + ms),
);
const shock = fc.record({ coin, percent: fc.integer({ min: 20, max: 400 }) }).map(
  ({ coin: name, percent: factor }): Step =>
    (state) => {
      const price = part(priceOf(world, state, coinOf(world, name)), factor);
      return {
        ...state,
        prices: new Map(state.prices).set(name, price === ZERO ? decimal('0.00000001') : price),
      };
    },
);
const habits = fc
  .record({
    settleMs: fc.constantFrom(0, 0, 5000, 4_000_000),
    settleFails: fc.boolean(),
    releaseOnClear: fc.boolean(),
  })
  .map(
    (change): Step =>
      (state) => ({ ...state, habits: { ...state.habits, ...change } }),
  );
const restart: fc.Arbitrary<Step> = fc.constant((state) => {
  const again = decode(encode(state));
  assert.deepEqual(again, state);
  return again ?? state;
});

const anyStep = fc.oneof(
  { weight: 5, arbitrary: borrowing },
  { weight: 3, arbitrary: repaying },
  { weight: 2, arbitrary: converting },
  { weight: 3, arbitrary: adjusting },
  { weight: 3, arbitrary: legacyRepaying },
  { weight: 2, arbitrary: legacyAdjusting },
  { weight: 12, arbitrary: fixedSteps(world, COINS) },
  { weight: 2, arbitrary: unitRepaying },
  { weight: 1, arbitrary: unitBinding },
  { weight: 4, arbitrary: passing },
  { weight: 2, arbitrary: shock },
  { weight: 1, arbitrary: habits },
  { weight: 1, arbitrary: restart },
);

function taken(state: State, step: Step): State {
  try {
    return settleNow(world, step(state));
  } catch (error) {
    if (error instanceof Refusal) return state;
    throw error;
  }
}

function sumOf(rows: readonly { coin: string; amount: Decimal; status: number }[], name: string): Decimal {
  return add(ZERO, ...rows.filter((row) => row.coin === name && row.status === 1).map((row) => row.amount));
}

/** What is owed is what was lent and posted less what was repaid, as the histories tell it. */
function checkClaims(state: State): void {
  const { borrows, repayments, posted, debts } = state.flexible;
  for (const name of COINS) {
    const lent = add(sumOf(borrows, name), posted.get(name) ?? ZERO);
    const paid = sumOf(repayments, name);
    assert.equal(owed(debts.get(name)), sub(lent, paid), name);
  }
}

/** Each legacy loan tells a true story, and what is pledged for them all is there. */
function checkLegacy(state: State): void {
  const { loans, ended, repayments, pending } = state.legacy;
  const waiting = new Set(pending.map((one) => one.id));
  for (const loan of [...loans, ...ended.map((one) => one.loan)]) {
    const rows = repayments.filter((row) => row.order === loan.id && !waiting.has(row.id));
    const paid = add(sub(loan.initialLoan, loan.principal), loan.repaidInterest, loan.repaidPenalty);
    assert.equal(paid, add(ZERO, ...rows.map((row) => row.amount)), loan.id);
  }
  for (const name of ['BTC', 'ETH', 'SOL', 'XRP']) {
    const pledged = loans.filter((loan) => loan.collateral === name).map((loan) => loan.pledged);
    assert.equal(held(state.money, 'legacyPledged', name), add(ZERO, ...pledged), name);
  }
}

/** What the records of the risk unit say was paid is what its orders say. */
function checkUnit(state: State): void {
  const { orders, repayments } = state.institutional;
  for (const name of ['USDT', 'USDC', 'BTC']) {
    const of = orders.filter((order) => order.coin === name);
    const rows = repayments.filter((row) => row.coin === name && row.status === 1);
    const repaid = add(ZERO, ...of.map((order) => order.repaid));
    assert.equal(repaid, add(ZERO, ...rows.map((row) => row.quantity)), name);
    assert.equal(repaid, add(ZERO, ...of.map((order) => sub(order.amount, order.unpaid))), name);
    const interest = add(ZERO, ...of.map((order) => order.repaidInterest));
    assert.equal(interest, add(ZERO, ...rows.map((row) => row.interest)), name);
  }
}

describe('the money of the paper exchange', function () {
  this.timeout(300_000);

  it('balances per coin to the last decimal after any sequence', () => {
    let deeds = 0;
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 5, maxLength: 40, size: 'max' }), (steps) => {
        let state = begin();
        for (const step of steps) {
          const next = taken(state, step);
          if (next !== state) deeds += 1;
          state = next;
          assert.deepEqual(imbalances(state.money), []);
          checkClaims(state);
          checkLegacy(state);
          checkFixedClaims(state);
          checkUnit(state);
        }
        const idle = advance(world, state, state.time + 5_000_000);
        assert.equal(purse(idle.money, 'transit').size, 0);
      }),
      { numRuns: 150, seed: 20260302 },
    );
    assert.ok(deeds > 1000, `${deeds} steps had an effect`);
  });

  it('lets the largest loan pass, and one unit more fail', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(
        coin,
        fc.array(fc.record({ coin, percent: fc.integer({ min: 1, max: 100 }) }), { maxLength: 3 }),
        (name, list) => {
          const state = begin();
          const pledges = new Map(
            list
              .map((one): [string, Decimal] => [
                one.coin,
                part(held(state.money, 'wallet', one.coin), one.percent),
              ])
              .filter(([, amount]) => gt(amount, ZERO)),
          );
          const loan = coinOf(world, name);
          const most = largestLoan(world, state, loan, pledges);
          const collateral = [...pledges].map(([one, amount]) => ({ coin: one, amount }));
          const unit = decimal(`1e-${loan.flexiblePlaces}`);
          if (most !== ZERO) borrow(world, state, { coin: name, amount: most, collateral });
          const more = add(most === ZERO ? loan.flexibleMinimum : most, unit);
          assert.throws(() => borrow(world, state, { coin: name, amount: more, collateral }), Refusal);
        },
      ),
      { numRuns: 200, seed: 20260303 },
    );
  });

  it('lets the largest reduction pass and keep the margin-call line, and one unit more fail', function () {
    this.timeout(60_000);
    const loans = fc.integer({ min: 10, max: 100 });
    fc.assert(
      fc.property(loans, coin, fc.integer({ min: 40, max: 160 }), (share, name, factor) => {
        const collateral = ['USDT', 'ETH', 'XRP', 'SOL'].map((one) => ({
          coin: one,
          amount: part(held(begin().money, 'wallet', one), 60),
        }));
        const extra = new Map(collateral.map((one) => [one.coin, one.amount]));
        const btc = coinOf(world, 'BTC');
        const most = largestLoan(world, begin(), btc, extra);
        const amount = round(part(most, share), btc.flexiblePlaces, 'down');
        const lent = settleNow(world, borrow(world, begin(), { coin: 'BTC', amount, collateral }).state);
        const price = part(priceOf(world, lent, btc), factor);
        const state = { ...lent, prices: new Map([['BTC', price]]) };
        const out = largestReduction(world, state, coinOf(world, name));
        const reduce = (value: Decimal): State =>
          settleNow(
            world,
            adjust(world, state, { coin: name, amount: value, direction: Direction.reduce }).state,
          );
        if (out !== ZERO) assert.equal(above(standing(world, reduce(out)), LINES.marginCall), false);
        const more = add(out, decimal('0.00000001'));
        assert.throws(() => reduce(more), Refusal);
        if (gt(held(state.money, 'pledged', name), more)) {
          const money = move(state.money, 'pledged', 'wallet', name, more);
          assert.equal(
            above(standing(world, { ...state, money }), LINES.marginCall),
            true,
            'the line is used up',
          );
        }
      }),
      { numRuns: 200, seed: 20260304 },
    );
  });
});
