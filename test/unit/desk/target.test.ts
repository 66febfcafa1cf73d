import assert from 'node:assert/strict';
import fc from 'fast-check';
import { add, decimal, div, lte, mul } from '../../../src/bybit/decimal';
import type { Book } from '../../../src/desk/book';
import { pledge, settleDebt } from '../../../src/desk/change';
import { totals } from '../../../src/desk/risk';
import { type Way, waysTo } from '../../../src/desk/target';
import { amounts, book, books } from './books';

const d = decimal;
/** 5,000 USD owed against 1 ETH at 8,000 USD in the first band: LTV 0.78125. */
const SAMPLE = book({
  debts: [
    { coin: 'USDT', amount: d('4000') },
    { coin: 'BTC', amount: d('0.01'), system: 'fixed' },
  ],
  collateral: [{ coin: 'ETH', amount: d('1') }],
  wallet: new Map([
    ['USDT', d('1000')],
    ['BTC', d('0.05')],
  ]),
  prices: new Map([
    ['USDT', d('1')],
    ['ETH', d('8000')],
    ['BTC', d('100000')],
  ]),
});
const CONTRACTS = [{ coin: 'BTC', amount: d('0.01'), record: '7' }];

function told({ kind, coin, sold, amount, short, ltv }: Way) {
  return [kind, coin, sold, amount, short, ltv];
}

describe('the ways to a target LTV', () => {
  it('are every deed that does it alone, those that the wallet covers first', () => {
    const { isThere, ways, tooLittle } = waysTo(d('0.5'), {
      pool: 'shared',
      book: SAMPLE,
      contracts: CONTRACTS,
    });
    assert.equal(isThere, false);
    assert.deepEqual(ways.map(told), [
      // 10,000 USD must count; of BTC 3,600 USD in the first band, 4,500 USD.
      ['add', 'BTC', undefined, '0.045', undefined, '0.5'],
      // (5000 - 0.5 × 6400) / (1 - 0.5 × 0.8).
      ['sell', 'USDT', 'ETH', '3000', undefined, '0.5'],
      // 5000 - 0.5 × 6400, of which the wallet has 1,000.
      ['repay', 'USDT', undefined, '1800', '800', '0.5'],
      ['add', 'ETH', undefined, '0.60714286', '0.60714286', '0.5'],
      ['add', 'USDT', undefined, '4500', '3500', '0.5'],
    ]);
    assert.deepEqual(tooLittle, [{ kind: 'repayInFull', coin: 'BTC' }]);
  });

  it('repay a contract in full where that does it', () => {
    const { ways } = waysTo(d('0.7'), { pool: 'shared', book: SAMPLE, contracts: CONTRACTS });
    assert.deepEqual(
      ways.filter(({ kind }) => kind === 'repayInFull').map((way) => [...told(way), way.record]),
      [['repayInFull', 'BTC', undefined, '0.01', undefined, '0.625', '7']],
    );
  });

  it('do not repay more of a flexible debt than is owed of it, though a contract owes the same coin', () => {
    const both = {
      ...SAMPLE,
      debts: SAMPLE.debts.map((debt) => ({ ...debt, coin: 'USDT', amount: d('2500') })),
    };
    const { ways, tooLittle } = waysTo(d('0.3'), { pool: 'shared', book: both, contracts: [] });
    // 5000 - 0.3 × 6400 is 3080.
    assert.ok(!ways.some(({ kind }) => kind === 'repay'));
    assert.deepEqual(
      tooLittle.filter(({ kind }) => kind === 'repay'),
      [{ kind: 'repay', coin: 'USDT' }],
    );
  });

  it('are none where the LTV is there', () => {
    assert.equal(waysTo(d('0.8'), { pool: 'shared', book: SAMPLE, contracts: [] }).isThere, true);
  });

  it('pledge only its own coin for a legacy loan, and nothing for a unit', () => {
    const kinds = (pool: 'legacy' | 'institutional') =>
      waysTo(d('0.5'), { pool, book: SAMPLE, contracts: [] }).ways.map(({ kind, coin }) => `${kind} ${coin}`);
    assert.deepEqual(kinds('legacy'), ['repay USDT', 'add ETH']);
    assert.deepEqual(kinds('institutional'), ['repay USDT']);
  });

  it('do not repay the interest of a unit, which takes principal alone', () => {
    const unit = book({
      debts: [{ coin: 'USDT', amount: d('1000'), system: 'institutional', interest: d('400') }],
      collateral: [{ coin: 'ETH', amount: d('1') }],
      prices: SAMPLE.prices,
    });
    const to = (target: string) => waysTo(d(target), { pool: 'institutional', book: unit, contracts: [] });
    // 1 ETH counts 6,400 USD.
    assert.deepEqual(
      to('0.1').ways.map(({ amount, ltv }) => [amount, ltv]),
      [['360', '0.1']],
    );
    assert.deepEqual(to('0.05').tooLittle, [{ kind: 'repay', coin: 'USDT' }]);
  });

  it('say of a sale that it is more than the exchange sells at a time', () => {
    const large = book({
      debts: [{ coin: 'USDT', amount: d('700000') }],
      collateral: [{ coin: 'ETH', amount: d('1000') }],
      prices: SAMPLE.prices,
      bands: new Map([['ETH', [{ from: d('0'), to: undefined, ratio: d('0.1') }]]]),
    });
    const { ways } = waysTo(d('0.6'), { pool: 'shared', book: large, contracts: [] });
    assert.deepEqual(
      ways.filter(({ kind }) => kind === 'sell').map(({ isTooLarge }) => isTooLarge),
      [false],
    );
    const more = waysTo(d('0.4'), { pool: 'shared', book: large, contracts: [] }).ways;
    assert.deepEqual(
      more.filter(({ kind }) => kind === 'sell').map(({ isTooLarge }) => isTooLarge),
      [true],
    );
  });

  it('land on the target or under it, whatever is owed and pledged', () => {
    let found = 0;
    fc.assert(
      fc.property(books, amounts(95n, 2, 30n), (of, target) => {
        for (const way of waysTo(target, { pool: 'shared', book: of, contracts: [] }).ways) {
          if (way.kind === 'sell') continue;
          found += 1;
          const { debt, collateral } = totals(applied(of, way));
          assert.ok(lte(debt, mul(target, collateral)), `${way.kind} ${way.coin}`);
          // Told as the exchange tells it, rounded up at six decimals.
          if (way.ltv !== undefined) assert.equal(way.ltv, div(debt, collateral, 6, 'up'));
          if (way.short !== undefined)
            assert.equal(add(way.short, of.wallet.get(way.coin) ?? d('0')), way.amount);
        }
      }),
      { numRuns: 100 },
    );
    assert.ok(found > 100, `only ${found}`);
  });
});

function applied(of: Book, { kind, coin, amount }: Way): Book {
  return kind === 'add'
    ? pledge(of, [{ coin, amount }])
    : settleDebt(of, { system: 'flexible', coin, amount });
}
