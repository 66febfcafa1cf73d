import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TERMS } from '../../../../src/bybit/common';
import { add, type Decimal, decimal, gte, lte, ZERO } from '../../../../src/bybit/decimal';
import { RefusalError } from '../../../../src/bybit/errors';
import { plain, words } from '../../../../src/bybit/words';
import { fillAtOnce, type OrderBook, type Side } from '../../../../src/desk/fixed/order-book';
import { orderBooks } from '../../../../src/desk/questions/fixed';
import { fixedTable } from '../../../../src/desk/tables/fixed-table';
import { amounts as anyAmounts } from '../books';
import { quote } from '../fake/fixed';
import { FakeClock } from '../fake-clock';
import { FakeExchange } from '../fake-exchange';

const d = decimal;

function book(side: Side, term: (typeof TERMS)[number], ...levels: readonly (readonly [string, string])[]) {
  const own: OrderBook = {
    coin: 'USDT',
    term,
    side,
    levels: levels.map(([annualRate, amount]) => ({ annualRate: d(annualRate), amount: d(amount) })),
  };
  return [term, own] as const;
}

describe('the order book as a table', () => {
  it('has both sides, by term, level by level, each with what it adds up to', () => {
    const { rows } = fixedTable('USDT', {
      offers: new Map([
        book('offers', '30', ['0.05', '1']),
        book('offers', '7', ['0.04', '10'], ['0.06', '30']),
      ]),
      demand: new Map([book('demand', '7', ['0.03', '5'], ['0.02', '5'])]),
    });
    const shown = rows.map(({ cells }) =>
      cells.map((cell) => (typeof cell === 'object' && cell ? plain(cell) : cell)),
    );
    assert.deepEqual(shown, [
      ['Lender', '7', '0.04', '10', '10', '0.04'],
      ['Lender', '7', '0.06', '30', '40', '0.055'],
      ['Lender', '30', '0.05', '1', '1', '0.05'],
      ['Borrower', '7', '0.03', '5', '5', '0.03'],
      ['Borrower', '7', '0.02', '5', '10', '0.025'],
    ]);
  });

  it('leads to the other side', () => {
    const { rows } = fixedTable('USDT', {
      offers: new Map([book('offers', '30', ['0.05', '1'])]),
      demand: new Map([book('demand', '7', ['0.03', '5'])]),
    });
    assert.deepEqual(
      rows.map(({ deed }) => deed),
      [
        { kind: 'borrowFixed', coin: 'USDT', term: '30' },
        { kind: 'supply', coin: 'USDT', term: '7' },
      ],
    );
  });

  it('adds up as an order of that size would be filled, for any book', () => {
    const levels = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 999 }), anyAmounts(10n ** 9n, 6, 1n)), {
      selector: ([rate]) => rate,
      maxLength: 8,
    });
    fc.assert(
      fc.property(levels, (found) => {
        const sorted = [...found].sort(([a], [b]) => a - b);
        const own = book(
          'offers',
          '30',
          ...sorted.map(([rate, amount]) => [`0.${String(rate).padStart(3, '0')}`, amount] as const),
        );
        const { rows } = fixedTable('USDT', { offers: new Map([own]), demand: new Map() });
        let last: Decimal = ZERO;
        for (const { cells } of rows) {
          const [, , rate, , depth, average] = cells as readonly Decimal[];
          const fill = fillAtOnce(own[1], depth ?? ZERO, rate);
          assert.deepEqual([fill.filled, fill.rest, fill.averageRate], [depth, ZERO, average]);
          assert.ok(gte(depth ?? ZERO, last) && lte(average ?? ZERO, rate ?? ZERO));
          last = depth ?? ZERO;
        }
        assert.equal(last, add(ZERO, ...own[1].levels.map(({ amount }) => amount)));
      }),
    );
  });
});

describe('an order book that one answer cannot hold', () => {
  it('is asked for term by term, and keeps what the exchange does not take as a question', async () => {
    const clock = new FakeClock();
    const exchange = new FakeExchange(clock);
    const { offers } = exchange.fixed.quotes;
    offers.length = 0;
    for (let n = 1; n <= 90; n++) offers.push(quote('USDT', 7, `0.0${100 + n}`, '1'));
    for (let n = 1; n <= 50; n++) offers.push(quote('USDT', 60, `0.00${100 + n}`, '1'));
    for (let n = 1; n <= 20; n++) offers.push(quote('USDT', 180, `0.${100 + n}`, '1'));
    const ask = exchange.call.bind(exchange);
    exchange.call = async (endpoint, request, options) => {
      if ((request as { term?: string }).term === '60') {
        const facts = { endpoint: endpoint.id, effect: 'none', words: words('No.'), retMsg: '' } as const;
        throw new RefusalError({ ...facts, retCode: 148015 });
      }
      return await ask(endpoint, request, options);
    };
    const books = await clock.run(orderBooks('USDT', 'offers')(exchange, undefined));
    assert.deepEqual(
      [...books].map(([term, { levels }]) => [term, levels.length]),
      [
        ['7', 90],
        ['60', 50],
        ['180', 20],
      ],
    );
    const amounts = [...books.values()].flatMap(({ levels }) => levels.map(({ amount }) => amount));
    assert.deepEqual([...new Set(amounts)], ['1'], 'nothing is counted twice');
    assert.deepEqual(
      [...books.values()].filter(({ isCut }) => isCut === true).map(({ term }) => term),
      ['60'],
      'what the exchange refused to tell is known only as far as the first answer goes',
    );
  });

  it('says of each term whether its own answer was full', async () => {
    const clock = new FakeClock();
    const exchange = new FakeExchange(clock);
    const { offers } = exchange.fixed.quotes;
    for (let n = 1; n <= 130; n++) offers.push(quote('ETH', 7, `0.00${1000 + n}`, '1'));
    for (let n = 1; n <= 3; n++) offers.push(quote('ETH', 90, `0.${100 + n}`, '1'));
    const books = await clock.run(orderBooks('ETH', 'offers')(exchange, undefined));
    assert.deepEqual(
      [...books].map(([term, { levels, isCut }]) => [term, levels.length, isCut]),
      [
        ['7', 100, true],
        ['90', 3, undefined],
      ],
    );
    const { rows, columns } = fixedTable('ETH', { offers: books, demand: new Map() });
    const depth = columns.findIndex(({ id }) => id === 'depth');
    const told = rows.flatMap(({ notes }, index) => (notes?.[depth] ? [[index, notes[depth]?.text]] : []));
    assert.deepEqual(told, [[99, words('more may wait')]], 'on the last level that could be seen');
  });

  it('is not asked for again where one answer holds it', async () => {
    const clock = new FakeClock();
    const exchange = new FakeExchange(clock);
    exchange.fixed.quotes.offers.push(quote('ETH', 7, '0.01', '1'));
    const books = await clock.run(orderBooks('ETH', 'offers')(exchange, undefined));
    assert.equal(books.size, 1);
    assert.equal(exchange.calls.get('getFixedBorrowingMarket'), 1);
  });
});
