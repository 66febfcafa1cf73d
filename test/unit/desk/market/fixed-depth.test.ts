import assert from 'node:assert/strict';
import { RefusalError } from '../../../../src/bybit/errors';
import type { Term } from '../../../../src/bybit/terms';
import { words } from '../../../../src/bybit/words';
import { fixedDepth } from '../../../../src/desk/market/fixed-depth';
import { Market } from '../../../../src/desk/market/market';
import { ownReads } from '../../../../src/desk/windows/reads';
import { quote } from '../fake/fixed';
import { FakeClock } from '../fake-clock';
import { FakeExchange } from '../fake-exchange';

describe('the market of one coin and term', () => {
  let clock: FakeClock;
  let exchange: FakeExchange;
  let refused: (term: string | undefined) => number | undefined;

  beforeEach(() => {
    clock = new FakeClock();
    exchange = new FakeExchange(clock);
    exchange.fixed.quotes.offers.push(quote('ETH', 60, '0.03', '2'), quote('ETH', 7, '0.01', '9'));
    exchange.fixed.quotes.demand.push(quote('ETH', 60, '0.02', '3'));
    const ask = exchange.call.bind(exchange);
    exchange.call = async (endpoint, request, options) => {
      const retCode = refused((request as { term?: string }).term);
      if (retCode === undefined) return await ask(endpoint, request, options);
      const facts = { endpoint: endpoint.id, effect: 'none', words: words('No.'), retMsg: '' } as const;
      throw new RefusalError({ ...facts, retCode });
    };
  });

  async function read(coin: string, term: Term) {
    const market = new Market({
      reads: ownReads(exchange, clock),
      clock,
      onChange: () => undefined,
      log: () => undefined,
    });
    await clock.run(market.refresh(fixedDepth(coin, term)));
    return market.part(fixedDepth(coin, term));
  }

  it('is what one answer for all terms shows, where the exchange does not take the term', async () => {
    refused = (term) => (term === '60' ? 148015 : undefined);
    const { value, failure } = await read('ETH', '60');
    assert.equal(failure, undefined);
    assert.deepEqual(value?.offers.levels, [{ annualRate: '0.03', amount: '2' }]);
    assert.deepEqual(value?.demand.levels, [{ annualRate: '0.02', amount: '3' }]);
  });

  it('is empty where the coin has none, and fails where the exchange fails', async () => {
    refused = () => 148014;
    const none = await read('NONE', '30');
    assert.equal(none.failure, undefined);
    assert.deepEqual([none.value?.offers.levels, none.value?.demand.levels], [[], []]);
    refused = () => 10016;
    const failed = await read('ETH', '30');
    assert.equal(failed.value, undefined);
    assert.equal(failed.failure?.code, '10016');
  });
});
