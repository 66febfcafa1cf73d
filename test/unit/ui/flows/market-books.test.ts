import assert from 'node:assert/strict';
import type { Desk } from '../../../../src/desk/operation';
import { MarketBooks } from '../../../../src/ui/flows/fixed/market-books';
import { quote } from '../../desk/fake/fixed';
import { FakeClock } from '../../desk/fake-clock';
import { FakeExchange } from '../../desk/fake-exchange';

describe('the market that the fixed flows show', () => {
  it('is as deep as the exchange tells it: a term does not look thin since another has many orders', async () => {
    const clock = new FakeClock();
    const exchange = new FakeExchange(clock);
    const { offers } = exchange.fixed.quotes;
    for (let n = 1; n <= 130; n++) offers.push(quote('ETH', 7, `0.00${1000 + n}`, '1'));
    for (let n = 1; n <= 3; n++) offers.push(quote('ETH', 90, `0.${100 + n}`, '1'));
    const ask: Desk['ask'] = (question, signal) => question(exchange, signal);
    const books = new MarketBooks({ ask }, 'offers');
    await clock.run(books.read('ETH'));
    assert.deepEqual(
      books.terms('ETH').flatMap(({ term, levels }) => (levels.length > 0 ? [[term, levels.length]] : [])),
      [
        ['7', 100],
        ['90', 3],
      ],
    );
  });
});
