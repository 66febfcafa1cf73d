import assert from 'node:assert/strict';
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
  mul,
  ONE,
  sub,
  ZERO,
} from '../../../src/bybit/decimal';
import type { Book } from '../../../src/desk/book';
import { pledge, settleDebt } from '../../../src/desk/change';
import { additionFor, repaymentFor, saleFor } from '../../../src/desk/cure';
import { COLLATERAL_PLACES } from '../../../src/desk/limits';
import { ltvOf, pledgedOf, totals } from '../../../src/desk/risk';
import { amounts, book, books, COINS, LADDER } from './books';

const d = decimal;
const STEP = d(`0.${'0'.repeat(COLLATERAL_PLACES - 1)}1`);
const isAtMost = (of: Book, target: Decimal) => {
  const { debt, collateral } = totals(of);
  return lte(debt, mul(target, collateral));
};
/** 0.30 to 0.95. */
const targets = fc.integer({ min: 30, max: 95 }).map((percent) => d(`0.${percent}`));

/** Of a coin that is owed and one that is pledged: of any two coins a book seldom has both. */
const sales = books.chain((of) =>
  fc.record({
    of: fc.constant(of),
    sale: fc.record({
      debtCoin: fc.constantFrom(...of.debts.map(({ coin }) => coin)),
      soldCoin: fc.constantFrom(...of.collateral.map(({ coin }) => coin)),
      fee: amounts(20n, 3),
    }),
    target: targets,
  }),
);

/** 5,000 USD owed against 1 ETH at 8,000 USD in the first band: LTV 0.78125. */
const SAMPLE = book({
  debts: [{ coin: 'USDT', amount: d('5000') }],
  collateral: [{ coin: 'ETH', amount: d('1') }],
  prices: new Map([
    ['USDT', d('1')],
    ['ETH', d('8000')],
    ['BTC', d('100000')],
  ]),
});

describe('cures to a target LTV', function () {
  this.timeout(60_000);
  it('solve the sample by hand', () => {
    assert.equal(ltvOf(SAMPLE), '0.78125');
    // 5000 / 0.5 = 10000 counted, 8000 in the first band, 2000 / 0.7 in the second: 12857.142857 USD, less what is held.
    assert.equal(additionFor(SAMPLE, 'ETH', d('0.5')), '0.60714286');
    assert.equal(additionFor(SAMPLE, 'BTC', d('0.5')), '0.045');
    // 5000 - 0.5 × 6400.
    assert.equal(repaymentFor(SAMPLE, 'USDT', d('0.5')), '1800');
    // (5000 - 0.5 × 6400) / (1 - 0.5 × 0.8).
    assert.equal(saleFor(SAMPLE, { debtCoin: 'USDT', soldCoin: 'ETH', fee: ZERO }, d('0.5')), '3000');
  });

  it('are nothing where the target is met, and undefined where no amount meets it', () => {
    assert.equal(additionFor(SAMPLE, 'ETH', d('0.8')), '0');
    assert.equal(repaymentFor(SAMPLE, 'USDT', d('0.8')), '0');
    assert.equal(repaymentFor(SAMPLE, 'BTC', d('0.5')), undefined);
    assert.equal(additionFor(SAMPLE, 'DOGE', d('0.5')), undefined);
    const closed = { ...SAMPLE, bands: new Map([['ETH', [{ from: ZERO, to: d('9000'), ratio: d('0.8') }]]]) };
    assert.equal(additionFor(closed, 'ETH', d('0.5')), undefined);
  });

  it('need prices and ladders, of whatever size', () => {
    const priced = (coin: string, price: string) => ({
      ...SAMPLE,
      prices: new Map([...SAMPLE.prices, [coin, d(price)]]),
    });
    const sell = (of: Book, debtCoin = 'USDT', soldCoin = 'ETH') =>
      saleFor(of, { debtCoin, soldCoin, fee: ZERO }, d('0.5'));
    assert.equal(additionFor(priced('ETH', '0'), 'ETH', d('0.5')), undefined);
    assert.equal(additionFor({ ...SAMPLE, bands: new Map() }, 'ETH', d('0.5')), undefined);
    assert.equal(additionFor(SAMPLE, 'ETH', ZERO), undefined);
    assert.equal(repaymentFor(priced('USDT', '0'), 'USDT', d('0.5')), undefined);
    assert.equal(sell(priced('USDT', '0')), undefined);
    assert.equal(sell(priced('ETH', '0')), undefined);
    assert.equal(sell(SAMPLE, 'DOGE'), undefined);
    assert.equal(sell(SAMPLE, 'USDT', 'DOGE'), undefined);
    // A dollar is a price, of collateral and of debt.
    assert.equal(additionFor(priced('USDC', '1'), 'USDC', d('0.5')), undefined);
    const stable = { ...SAMPLE, bands: new Map([...SAMPLE.bands, ['USDC', LADDER]]) };
    const dollars = { ...stable, prices: new Map([...SAMPLE.prices, ['USDC', ONE]]) };
    assert.equal(additionFor(dollars, 'USDC', d('0.5')), '4500');
    // (5000 - 0.69 × 7200) / (1 - 0.69 × 0.8).
    const held = { ...dollars, collateral: [...SAMPLE.collateral, { coin: 'USDC', amount: d('1000') }] };
    assert.equal(saleFor(held, { debtCoin: 'USDT', soldCoin: 'USDC', fee: ZERO }, d('0.69')), '71.42857143');
  });

  it('are nothing exactly at the target, and something just above it', () => {
    const at = d('0.78125');
    const sale = { debtCoin: 'USDT', soldCoin: 'ETH', fee: ZERO };
    assert.deepEqual(
      [additionFor(SAMPLE, 'ETH', at), repaymentFor(SAMPLE, 'USDT', at), saleFor(SAMPLE, sale, at)],
      ['0', '0', '0'],
    );
    const below = d('0.7812');
    // 5000 / 0.7812 = 6400.409…, 0.409… / 0.8 of 8,000 USD each; 5000 - 0.7812 × 6400; 0.32 / (1 - 0.7812 × 0.8).
    assert.deepEqual(
      [additionFor(SAMPLE, 'ETH', below), repaymentFor(SAMPLE, 'USDT', below), saleFor(SAMPLE, sale, below)],
      ['0.00006401', '0.32', '0.85324233'],
    );
    // Half a dollar is enough to want.
    assert.equal(repaymentFor(SAMPLE, 'USDT', d('0.78120')), '0.32');
    assert.equal(additionFor({ ...SAMPLE, debts: [] }, 'ETH', below), '0');
  });

  it('repay no more than is owed, to the last digit of it', () => {
    const odd = {
      ...SAMPLE,
      debts: [{ ...SAMPLE.debts[0], coin: 'USDT', amount: d('5000.000000001') }],
    } as Book;
    // Only the whole debt brings the LTV to nothing.
    assert.equal(repaymentFor(odd, 'USDT', ZERO), '5000.000000001');
    assert.equal(repaymentFor(SAMPLE, 'USDT', ZERO), '5000');
    const two = {
      ...SAMPLE,
      debts: [...SAMPLE.debts, ...SAMPLE.debts.map((debt) => ({ ...debt, coin: 'BTC' }))],
    };
    assert.equal(repaymentFor(two, 'USDT', d('0.5')), undefined);
  });

  it('sell for no more than is owed or held', () => {
    const sale = { debtCoin: 'USDT', soldCoin: 'ETH', fee: ZERO };
    // (5000 - 0.0000064) / (1 - 0.0000000008).
    assert.equal(saleFor(SAMPLE, sale, d('0.000000001')), '4999.9999976');
    assert.equal(saleFor(SAMPLE, sale, ZERO), '5000');
    const odd = {
      ...SAMPLE,
      debts: [{ ...SAMPLE.debts[0], coin: 'USDT', amount: d('5000.000000001') }],
    } as Book;
    // A debt with more digits than may be sent otherwise is paid whole, not but for a billionth of a dollar.
    assert.equal(saleFor(odd, sale, ZERO), '5000.000000001');
    // A third of 9,000 USD has no last digit; what is held is worth what is owed all the same.
    const thirds = {
      ...SAMPLE,
      debts: SAMPLE.debts.map((debt) => ({ ...debt, amount: d('9000') })),
      collateral: [{ coin: 'ETH', amount: d('3000') }],
      prices: new Map([...SAMPLE.prices, ['USDT', d('7')], ['ETH', d('21')]]),
    };
    assert.equal(saleFor(thirds, sale, ZERO), '9000');
    // Nothing that may be sent lies between 4,999.99999999 and the debt, which the coins cannot pay.
    const short = { ...odd, collateral: [{ coin: 'ETH', amount: d('0.625') }] } as Book;
    assert.equal(saleFor(short, sale, ZERO), undefined);
    // 9,000 owed against 8,000: selling all of it leaves a debt with nothing behind it.
    const more = { ...SAMPLE, debts: SAMPLE.debts.map((debt) => ({ ...debt, amount: d('9000') })) };
    assert.equal(saleFor(more, sale, d('0.5')), undefined);
    // With a fee of 2 % each dollar repaid takes 1.02 away: (5000 - 3200) / (1 - 0.5 × 0.8 × 1.02).
    assert.equal(saleFor(SAMPLE, { ...sale, fee: d('0.02') }, d('0.5')), '3040.54054055');
  });

  it('by collateral land on the target with the least amount that may be sent', () => {
    let cured = 0;
    fc.assert(
      fc.property(books, fc.constantFrom(...COINS), targets, (of, coin, target) => {
        const amount = additionFor(of, coin, target);
        if (amount === undefined || amount === ZERO) return;
        cured += 1;
        assert.ok(isAtMost(pledge(of, [{ coin, amount }]), target));
        const less = sub(amount, STEP);
        if (gt(less, ZERO)) assert.ok(!isAtMost(pledge(of, [{ coin, amount: less }]), target));
      }),
      { numRuns: 3_000 },
    );
    assert.ok(cured > 300, `only ${cured} cured`);
  });

  it('by repayment land on the target with the least amount that may be sent', () => {
    let cured = 0;
    fc.assert(
      fc.property(books, fc.constantFrom(...COINS), targets, (of, coin, target) => {
        const amount = repaymentFor(of, coin, target);
        if (amount === undefined || amount === ZERO) return;
        cured += 1;
        assert.ok(isAtMost(settleDebt(of, { system: 'flexible', coin, amount }), target));
        const less = sub(amount, STEP);
        if (gt(less, ZERO)) {
          assert.ok(!isAtMost(settleDebt(of, { system: 'flexible', coin, amount: less }), target));
        }
      }),
      { numRuns: 3_000 },
    );
    assert.ok(cured > 100, `only ${cured} cured`);
  });

  it('by sale land on the target with the least amount that may be sent', () => {
    let cured = 0;
    fc.assert(
      fc.property(sales, ({ of, sale, target }) => {
        const amount = saleFor(of, sale, target);
        if (amount === undefined || amount === ZERO) return;
        cured += 1;
        assert.ok(isAtMost(sold(of, sale, amount), target));
        const less = sub(amount, STEP);
        if (gt(less, ZERO)) assert.ok(!isAtMost(sold(of, sale, less), target));
      }),
      { numRuns: 3_000 },
    );
    assert.ok(cured > 150, `only ${cured} cured`);
  });

  it('by sale to nothing owed raise what the debt is worth, and no more than a step above it', () => {
    let [paid, unpaid] = [0, 0];
    // More digits than may be sent, prices that divide each other and that do not, and coins worth just what is owed.
    const digits = amounts(10n ** 14n, 12, 1n);
    const prices = fc.constantFrom('1', '3', '7', '21', '0.9997', '8000').map(d);
    const share = fc.constantFrom('0.5', '0.999999999999', '1', '1.000000000001', '2').map(d);
    fc.assert(
      fc.property(digits, prices, prices, share, amounts(20n, 3), (owed, price, soldPrice, times, fee) => {
        const cost = mul(owed, price, add(ONE, fee));
        const pledged = div(mul(cost, times), soldPrice, 20, 'up');
        const of = book({
          debts: [{ coin: 'USDT', amount: owed }],
          collateral: [{ coin: 'ETH', amount: pledged }],
          prices: new Map([
            ['USDT', price],
            ['ETH', soldPrice],
          ]),
        });
        const amount = saleFor(of, { debtCoin: 'USDT', soldCoin: 'ETH', fee }, ZERO);
        if (amount === undefined) {
          unpaid += 1;
          assert.ok(lt(mul(pledged, soldPrice), cost), 'what is held pays the debt');
          return;
        }
        paid += 1;
        const raised = mul(amount, price);
        assert.ok(gte(raised, mul(owed, price)), `${amount} for ${owed}`);
        assert.ok(lte(sub(amount, owed), STEP));
        assert.ok(lte(mul(raised, add(ONE, fee)), mul(pledged, soldPrice)), 'no more is sold than is held');
      }),
      { numRuns: 3_000 },
    );
    assert.ok(paid > 500 && unpaid > 500, `${paid} paid, ${unpaid} not`);
  });
});

/** A debt repaid by selling what is pledged, in USD: the coin that is sold is a coin of one dollar, so nothing is divided. */
function sold(
  of: Book,
  {
    debtCoin,
    soldCoin,
    fee,
  }: { readonly debtCoin: string; readonly soldCoin: string; readonly fee: Decimal },
  amount: Decimal,
): Book {
  const price = of.prices.get(soldCoin) ?? ZERO;
  const usd = mul(amount, add(ONE, fee), of.prices.get(debtCoin) ?? ZERO);
  const held = mul(pledgedOf(of, soldCoin), price);
  assert.ok(lte(usd, held), 'no more is sold than is held');
  const dollars = `${soldCoin} in USD`;
  const bands = of.bands.get(soldCoin) ?? [];
  const inDollars = {
    ...of,
    collateral: [
      ...of.collateral.filter(({ coin }) => coin !== soldCoin),
      { coin: dollars, amount: sub(held, usd) },
    ],
    prices: new Map([...of.prices, [dollars, ONE]]),
    bands: new Map([...of.bands, [dollars, bands]]),
  };
  return settleDebt(inDollars, { system: 'flexible', coin: debtCoin, amount });
}
