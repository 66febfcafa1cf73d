import assert from 'node:assert/strict';
import fc from 'fast-check';
import { add, decimal, gte, ZERO } from '../../../../src/bybit/decimal';
import { sharesOfPledge } from '../../../../src/desk/fixed/sweep';

const amount = fc.integer({ min: 1, max: 10 ** 9 }).map((value) => decimal(`${value}e-5`));

describe('the collateral of a sweep', () => {
  it('goes to the orders by their amounts, all of it and nothing twice', () => {
    const order = fc.record({ annualRate: fc.constant(decimal('0.03')), amount });
    const held = fc.uniqueArray(fc.record({ coin: fc.constantFrom('USDT', 'ETH', 'SOL'), amount }), {
      selector: ({ coin }) => coin,
    });
    fc.assert(
      fc.property(fc.array(order, { minLength: 1, maxLength: 9 }), held, (orders, collateral) => {
        const shares = sharesOfPledge(orders, collateral);
        assert.equal(shares.length, orders.length);
        for (const { coin, amount: all } of collateral) {
          const parts = shares.map((share) => share.find((one) => one.coin === coin)?.amount ?? ZERO);
          assert.equal(add(...parts, ZERO), all);
          assert.ok(parts.every((part) => gte(part, ZERO)));
        }
      }),
    );
  });

  it('is halved for two alike', () => {
    const order = { annualRate: decimal('0.03'), amount: decimal('2') };
    assert.deepEqual(sharesOfPledge([order, order], [{ coin: 'USDT', amount: decimal('1001') }]), [
      [{ coin: 'USDT', amount: '500.5' }],
      [{ coin: 'USDT', amount: '500.5' }],
    ]);
  });

  it('is rounded down for all but the last, and names no coin of which an order gets nothing', () => {
    const order = { annualRate: decimal('0.03'), amount: decimal('1') };
    const held = [
      { coin: 'BTC', amount: decimal('1') },
      { coin: 'ETH', amount: decimal('0.00000002') },
    ];
    assert.deepEqual(sharesOfPledge([order, order, order], held), [
      [{ coin: 'BTC', amount: '0.33333333' }],
      [{ coin: 'BTC', amount: '0.33333333' }],
      [
        { coin: 'BTC', amount: '0.33333334' },
        { coin: 'ETH', amount: '0.00000002' },
      ],
    ]);
    // Two thirds of a last digit are none.
    const uneven = [order, { ...order, amount: decimal('0.5') }];
    assert.deepEqual(sharesOfPledge(uneven, [{ coin: 'ETH', amount: decimal('0.00000001') }]), [
      [],
      [{ coin: 'ETH', amount: '0.00000001' }],
    ]);
  });
});
