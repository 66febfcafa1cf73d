import assert from 'node:assert/strict';
import { words } from '../../../../src/bybit/words';
import { type Lending, lending } from '../../../../src/desk/market/lending';
import { Market } from '../../../../src/desk/market/market';
import { lendTable } from '../../../../src/desk/tables/lend-table';
import type { TableRow } from '../../../../src/desk/tables/table';
import { ownReads } from '../../../../src/desk/windows/reads';
import { quote } from '../fake/fixed';
import { FakeClock } from '../fake-clock';
import { FakeExchange } from '../fake-exchange';

describe('what lenders find', () => {
  let clock: FakeClock;
  let exchange: FakeExchange;
  let market: Market;
  const told: (readonly string[])[] = [];
  const value = (): Lending => market.part(lending).value ?? new Map();
  const asked = () => exchange.calls.get('getFixedLendingMarket') ?? 0;

  beforeEach(() => {
    clock = new FakeClock();
    exchange = new FakeExchange(clock);
    exchange.fixed.quotes.demand.push(
      quote('BTC', 7, '0.02', '1.5'),
      quote('BTC', 7, '0.03', '0.5'),
      quote('BTC', 30, '0.025', '2'),
      quote('USDT', 180, '0.11', '7000'),
    );
    told.length = 0;
    market = new Market({
      reads: ownReads(exchange, clock),
      clock,
      onChange: () => told.push([...value().keys()]),
      log: () => undefined,
    });
  });

  it('is the best bid of each term, what is asked for, and the least order, coin by coin', async () => {
    await clock.run(market.refresh(lending));
    const { rows } = lendTable(value());
    assert.deepEqual(
      rows.map(({ cells }) => cells),
      [
        ['BTC', '0.03', '0.03', null, '0.025', null, null, null, '4', '0.01'],
        ['ETH', null, null, null, null, null, null, null, null, '0.01'],
        ['USDT', '0.11', null, null, null, null, null, '0.11', '7000', '0.01'],
        ['USDC', null, null, null, null, null, null, null, null, '0.01'],
      ],
    );
    assert.deepEqual(rows[0]?.deed, { kind: 'supply', coin: 'BTC' });
    assert.equal(asked(), 4);
  });

  it('is read term by term where one answer cannot hold a coin', async () => {
    for (let n = 0; n < 120; n++) exchange.fixed.quotes.demand.push(quote('ETH', 7, `0.2${100 + n}`, '1'));
    exchange.fixed.quotes.demand.push(quote('ETH', 90, '0.01', '30'));
    await clock.run(market.refresh(lending));
    const row = lendTable(value()).rows.find(({ id }) => id === 'ETH');
    assert.deepEqual(row?.cells.slice(0, -1), [
      'ETH',
      '0.2219',
      '0.2219',
      null,
      null,
      null,
      '0.01',
      null,
      '130',
    ]);
    assert.equal(asked(), 4 + 6, 'the other coins are asked for once');
    const { columns, rows } = lendTable(value());
    const notes = ({ notes: all }: TableRow) =>
      all?.flatMap((note, at) => (note === null ? [] : [[columns[at]?.id, note.text]]));
    assert.deepEqual(row && notes(row), [['open', words('at least')]], '20 of them could not be seen');
    assert.deepEqual(rows.map(notes).filter((found) => found !== undefined).length, 1);
  });

  it('says so where nothing of a coin could be seen', () => {
    const book = { coin: 'BTC', term: '7', side: 'demand', levels: [], isCut: true } as const;
    const demand = { coin: 'BTC', least: undefined, books: new Map([['7', book] as const]), at: 0 };
    const [row] = lendTable(new Map([['BTC', demand]])).rows;
    assert.deepEqual([row?.cells.at(-2), row?.notes?.at(-2)?.text], [null, words('more may wait')]);
  });

  it('keeps what was read beside a failure, and goes on where it ended', async () => {
    let good = 2;
    exchange.beforeRead = (id) => {
      if (id === 'getFixedLendingMarket' && good-- <= 0) throw new Error('broken');
    };
    await clock.run(market.refresh(lending));
    const part = market.part(lending);
    assert.notEqual(part.failure, undefined);
    assert.equal(value().size, 2);
    exchange.beforeRead = undefined;
    const before = asked();
    await clock.run(market.refresh(lending));
    assert.equal(asked() - before, 2);
    assert.deepEqual([...value().keys()], ['BTC', 'ETH', 'USDT', 'USDC']);
    assert.equal(market.part(lending).failure, undefined);
  });

  it('begins no further coin once one has failed', async () => {
    exchange.beforeRead = (id) => {
      if (id === 'getFixedLendingMarket') throw new Error('broken');
    };
    await clock.run(market.refresh(lending));
    assert.equal(asked(), 3);
  });

  it('reads all of it again after its life', async () => {
    await clock.run(market.refresh(lending));
    exchange.fixed.quotes.demand.push(quote('ETH', 7, '0.5', '1'));
    await clock.pass(lending.life);
    await clock.run(market.refresh(lending));
    assert.equal(value().get('ETH')?.books.get('7')?.levels[0]?.annualRate, '0.5');
    assert.equal(asked(), 8);
  });

  it('forgets coins that are no longer lent', async () => {
    await clock.run(market.refresh(lending));
    const fixed = exchange.call.bind(exchange);
    exchange.call = async (endpoint, request, options) => {
      const answer = await fixed(endpoint, request, options);
      if (endpoint.id !== 'getLoanableCoins') return answer;
      const { list } = answer.result as { list: { currency: string }[] };
      return { ...answer, result: { list: list.filter(({ currency }) => currency !== 'ETH') } as never };
    };
    await clock.run(market.refresh(lending));
    assert.deepEqual([...value().keys()], ['BTC', 'USDT', 'USDC']);
  });
});
