import assert from 'node:assert/strict';
import type { Term } from '../../../../src/bybit/common';
import { decimal } from '../../../../src/bybit/decimal';
import { bestBid } from '../../../../src/desk/market/lending';

describe('the best bid of a coin', () => {
  const bids = (...rates: readonly (readonly [Term, string])[]) =>
    bestBid({
      books: new Map(
        rates.map(([term, rate]) => [
          term,
          {
            coin: 'USDT',
            term,
            side: 'demand' as const,
            levels: [{ annualRate: decimal(rate), amount: decimal('1') }],
          },
        ]),
      ),
    });

  it('is the highest rate of all terms, and the shorter of two alike', () => {
    assert.deepEqual(bids(['180', '0.0625'], ['14', '0.0485']), { term: '180', rate: '0.0625' });
    assert.deepEqual(bids(['30', '0.05'], ['7', '0.05']), { term: '7', rate: '0.05' });
    assert.equal(bids(), undefined);
  });
});
