import assert from 'node:assert/strict';
import { RefusalError } from '../../../../src/bybit/errors';
import { words } from '../../../../src/bybit/words';
import { allOffers } from '../../../../src/desk/market/all-offers';
import { fixedOffers } from '../../../../src/desk/market/fixed-offers';
import { Market } from '../../../../src/desk/market/market';
import { ownReads } from '../../../../src/desk/windows/reads';
import { quote } from '../fake/fixed';
import { FakeClock } from '../fake-clock';
import { FakeExchange } from '../fake-exchange';

describe('offers of a coin', () => {
  it('are known at every term, however many there are', async () => {
    const clock = new FakeClock();
    const exchange = new FakeExchange(clock);
    const { offers } = exchange.fixed.quotes;
    for (let n = 0; n < 120; n++) offers.push(quote('ETH', 7, `0.0${100 + n}`, '1'));
    offers.push(quote('ETH', 30, '0.05', '20'), quote('ETH', 30, '0.9', '40'));
    const market = new Market({
      reads: ownReads(exchange, clock),
      clock,
      onChange: () => undefined,
      log: () => undefined,
    });
    await clock.run(market.refresh(fixedOffers('ETH')));
    const { value } = market.part(fixedOffers('ETH'));
    assert.deepEqual(
      [...(value ?? [])].map(([term, { levels, isCut }]) => [term, levels.length, isCut]),
      [
        ['7', 100, true],
        ['30', 2, undefined],
      ],
    );
    assert.equal(exchange.calls.get('getFixedBorrowingMarket'), 7);
  });

  it('are none, and read, where the exchange has no market of the coin', async () => {
    const clock = new FakeClock();
    const exchange = new FakeExchange(clock);
    exchange.beforeRead = (endpoint) => {
      const facts = { endpoint, effect: 'none', words: words('No.'), retMsg: '' } as const;
      throw new RefusalError({ ...facts, retCode: 148014 });
    };
    const market = new Market({
      reads: ownReads(exchange, clock),
      clock,
      onChange: () => undefined,
      log: () => undefined,
    });
    await clock.run(market.refresh(fixedOffers('ETH')));
    const { value, failure } = market.part(fixedOffers('ETH'));
    assert.deepEqual([value, failure], [new Map(), undefined]);
  });

  it('are known of all coins that have any, one after the other', async () => {
    const clock = new FakeClock();
    const exchange = new FakeExchange(clock);
    exchange.fixed.quotes.offers.push(quote('ETH', 7, '0.03', '1'));
    const market = new Market({
      reads: ownReads(exchange, clock),
      clock,
      onChange: () => undefined,
      log: () => undefined,
    });
    await clock.run(market.refresh(allOffers));
    const { value } = market.part(allOffers);
    assert.deepEqual(
      [...(value ?? [])].map(([coin, { books }]) => [coin, [...books.keys()]]),
      [
        ['BTC', []],
        ['ETH', ['7']],
        ['USDT', ['30']],
        ['USDC', []],
      ],
    );
    assert.equal(exchange.calls.get('getFixedBorrowingMarket'), 4);
    assert.equal(exchange.calls.get('getFixedLendingMarket'), undefined);
  });
});
