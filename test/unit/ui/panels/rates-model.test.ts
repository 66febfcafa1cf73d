import assert from 'node:assert/strict';
import { plain, words } from '../../../../src/bybit/words';
import { allOffers } from '../../../../src/desk/market/all-offers';
import { coinsAt } from '../../../../src/desk/market/coins-at';
import { fixedMarket } from '../../../../src/desk/market/fixed-market';
import { fixedOffers } from '../../../../src/desk/market/fixed-offers';
import { lending } from '../../../../src/desk/market/lending';
import type { Desk } from '../../../../src/desk/operation';
import { ratesModel } from '../../../../src/ui/panels/rates-model';
import { groundsOf, type Look, readAnew, TABLE_SOURCES } from '../../../../src/ui/panels/table-sources';
import type { Session } from '../../../../src/ui/session';
import { FIRST_VIEW, parseHostMessage, TABLE_IDS, type View } from '../../../../src/webview/contract';
import { type ColumnFilter, FIRST_LOOK } from '../../../../src/webview/look-contract';
import { shownRows } from '../../../../src/webview/model/order';
import { ACCOUNT, type Bench, bench } from '../../desk/bench';
import { quote } from '../../desk/fake/fixed';

/** The page takes it as it is. */
function assertTaken(shown: object): void {
  const message = { type: 'snapshot', session: 'session-0123456789', ahead: null, ...shown };
  assert.deepEqual(parseHostMessage(message, 'session-0123456789'), message);
}

describe('what the rates panel shows of a session', () => {
  let table: Bench;
  let desk: Desk;
  let session: Session;

  beforeEach(async () => {
    table = bench();
    desk = await table.open();
    session = { kind: 'account', account: ACCOUNT, desk };
  });
  afterEach(() => table.close());

  const model = (of: Session, view = FIRST_VIEW) =>
    ratesModel(of, view, table.clock.now(), { say: plain, locale: 'en' });

  const lookAt = (view: View): Look => ({
    session: { kind: 'account', account: ACCOUNT, desk },
    view,
    past: new Map(),
    locale: 'en',
  });

  it('is something the page accepts', () => {
    const { table: shown, status } = model(session);
    assertTaken({ of: 'borrow', table: shown, status });
    assert.ok((shown?.rows.length ?? 0) > 0);
    assert.equal(status.source, 'Test · Loopback');
    assert.equal(status.ownTier, status.tier);
  });

  it('offers to borrow each coin in a way there is, and only with an account that may', () => {
    const { table: shown, status } = model(session);
    assert.equal(shown?.rows.find(({ id }) => id === 'BTC')?.deed?.coin, 'BTC');
    assert.equal(shown?.rows.find(({ id }) => id === 'USDC')?.deed?.kind, 'borrowFixed');
    assert.equal(status.canAct, true);
    assert.equal(model({ kind: 'none', desk }).status.canAct, false);
    assert.equal(
      model({ kind: 'locked', account: ACCOUNT, reason: words('Gone.'), desk, unsettled: 0 }).status.canAct,
      false,
    );
  });

  it('has nothing yet while the session opens', () => {
    const { table: shown, status } = model({ kind: 'loading' });
    assert.equal(shown, null);
    assert.equal(status.ageMs, null);
  });

  it('shows another level’s coins once they were read, and says whose they are', async () => {
    const view = { ...FIRST_VIEW, tier: 'VIP5' };
    assert.equal(model(session, view).table, null);
    await table.clock.run(desk.market.refresh(coinsAt('VIP5')));
    const { table: shown, status } = model(session, view);
    assert.notEqual(shown, null);
    assert.equal(status.tier, 'VIP5');
    assert.equal(status.ownTier, 'VIP0');
    assert.equal(model(session, { ...FIRST_VIEW, tier: 'no level' }).status.tier, 'VIP0');
  });

  it('shows costs of what was typed, which the page accepts, and keeps their basis', async () => {
    const view = { ...FIRST_VIEW, cost: { amount: '10,000 USDT', days: '30' } };
    const { table: shown, status, basis } = model(session, view);
    assertTaken({ of: 'borrow', table: shown, status });
    const row = shown?.rows.find(({ id }) => id === 'USDT');
    assert.deepEqual(shown?.columns.map(({ id }) => id).slice(0, 4), ['coin', 'amount', 'flexible', 'term7']);
    assert.equal(row?.cells[1], '10000');
    assert.deepEqual(row?.notes?.[1], { text: '10,000 USDT', value: '10000', limit: null, mark: null });
    assert.equal(model(session, view).basis, basis);
    await table.clock.run(desk.market.refresh(fixedOffers('USDT')));
    assert.notEqual(model(session, view).basis, basis);
  });

  it('tells of how many coins the offers are read that costs rest on, and marks the others', async () => {
    const view = { ...FIRST_VIEW, cost: { amount: '10,000 USDT', days: '30' } };
    table.exchange.fixed.quotes.offers.push(quote('USDT', 30, '0.001', '20000'));
    const marks = () => {
      const row = model(session, view).table?.rows.find(({ id }) => id === 'USDT');
      return new Set(row?.notes?.map((note) => note?.mark ?? null));
    };
    const costs = { ...view.cost, all: 4, reach: 'sight' };
    assert.deepEqual(model(session, view).status.costs, { ...costs, read: 0 });
    assert.deepEqual(marks(), new Set([null, 'unread']));
    await table.clock.run(desk.market.refresh(fixedOffers('USDT')));
    assert.deepEqual(model(session, view).status.costs, { ...costs, read: 1 });
    assert.ok(marks().has('best') && !marks().has('unread'));
    // Out of sight nothing reads it again: what it was is no longer what it is.
    for (const [ms, read] of [
      [9 * 60_000, 1],
      [2 * 60_000, 0],
    ] as const) {
      await table.clock.pass(ms);
      await table.clock.run(desk.refresh(['prices', 'coins']));
      assert.deepEqual(model(session, view).status.costs, { ...costs, read });
    }
    assert.ok(marks().has('unread'));
    assert.equal(model(session).status.costs, null);
  });

  it('reads the offers of all coins where an order or a filter by costs needs them, or somebody wants all', async () => {
    const view = { ...FIRST_VIEW, cost: { amount: '10,000 USDT', days: '30' } };
    const looked = (look: Partial<typeof FIRST_LOOK>, from: View = view): View => ({
      ...from,
      tables: [{ table: 'borrow', ...FIRST_LOOK, ...look }],
    });
    const isRead = (of: View, isWhole = false) =>
      TABLE_SOURCES.borrow.topics({ ...lookAt(of), isWhole }).includes(allOffers);
    const sort = (column: string) => [{ column, descending: false }];
    const filter = { column: 'term7', op: '<', values: ['5'], period: 'year' } as const;
    const filters = (kind: ColumnFilter['kind']) => [{ ...filter, values: [...filter.values], kind }];
    assert.deepEqual(
      [view, looked({ sort: sort('flexible') }), looked({ filters: filters('rate') })].map((one) =>
        isRead(one),
      ),
      [false, false, false],
    );
    assert.deepEqual(
      ['term30', 'breakEven'].map((column) => isRead(looked({ sort: sort(column) }))),
      [true, true],
    );
    assert.ok(isRead(looked({ filters: filters('cost') })));
    assert.deepEqual([isRead(view, true), isRead(FIRST_VIEW, true)], [true, false]);
    assert.equal(isRead(looked({ sort: sort('term30') }, FIRST_VIEW)), false, 'rates need no offers');
    const sorted = looked({ sort: sort('term30') });
    const flight = desk.market.refresh(allOffers);
    assert.equal(model(session, sorted).status.costs?.reach, 'reading');
    await table.clock.run(flight);
    const { status } = model(session, sorted);
    assert.deepEqual(status.costs, { ...view.cost, read: 4, all: 4, reach: 'all' });
    assert.equal(model(session, view).status.costs?.reach, 'sight');
    const failing = desk.market.refresh(allOffers);
    table.exchange.beforeRead = () => {
      throw new Error('broken');
    };
    await table.clock.run(failing);
    assert.notEqual(model(session, sorted).status.failure, null, 'which is told');
  });

  it('keeps in costs the coins that filters of the rates leave, and those of costs too', () => {
    const cost = { ...FIRST_VIEW, cost: { amount: '10,000 USDT', days: '30' } };
    const filter = (column: string, kind: ColumnFilter['kind'], value: string): ColumnFilter => ({
      column,
      kind,
      op: '<=',
      values: [value],
      period: 'year',
    });
    const left = (view: View, ...filters: ColumnFilter[]) => {
      const { table: shown } = model(session, view);
      assert.ok(shown !== null);
      return shownRows(shown, { ...FIRST_LOOK, filters }).map(({ id }) => id);
    };
    const all = left(FIRST_VIEW);
    for (const [column, kind] of [
      ['term14', 'rate'],
      ['minimum', 'amount'],
      ['maximum', 'amount'],
    ] as const) {
      const none = filter(column, kind, '0');
      assert.deepEqual([left(FIRST_VIEW, none), left(cost, none)], [[], []], column);
      const every = filter(column, kind, '1000000');
      assert.deepEqual([left(FIRST_VIEW, every), left(cost, every)], [all, all], column);
    }
    const dear = left(cost, filter('flexible', 'cost', '0'), filter('term14', 'rate', '1000000'));
    assert.deepEqual(dear, []);
    assert.deepEqual(left(FIRST_VIEW, filter('flexible', 'cost', '0')), all, 'rates are no costs');
  });

  it('tells with costs what became of the prices, which rates do without, and reads them when asked again', async () => {
    const cost = { ...FIRST_VIEW, cost: { amount: '10,000 USDT', days: '30' } };
    table.exchange.beforeRead = (id) => {
      if (id === 'getSpotTickers') throw new Error('broken');
    };
    await table.clock.run(desk.refresh(['prices']));
    assert.equal(model(session).status.failure, null);
    assert.notEqual(model(session, cost).status.failure, null);
    table.exchange.beforeRead = undefined;
    const look = lookAt(cost);
    await table.clock.run(readAnew(TABLE_SOURCES.borrow, look));
    assert.equal(model(session, cost).status.failure, null);
  });

  it('waits for prices that were not read yet, which is not a coin without one', async () => {
    const view = { ...FIRST_VIEW, cost: { amount: '10 BTC', days: '30' } };
    const { prices } = desk.snapshot.parts;
    const known = (change: Partial<typeof prices>): Session => {
      const part = { value: undefined, readAt: undefined, failure: undefined, loading: true, ...change };
      const snapshot = { ...desk.snapshot, parts: { ...desk.snapshot.parts, prices: part } };
      return {
        kind: 'account',
        account: ACCOUNT,
        desk: { snapshot, market: desk.market, canWrite: desk.canWrite } as unknown as Desk,
      };
    };
    const { table: shown, status } = model(known({}), view);
    assertTaken({ of: 'borrow', table: shown, status });
    assert.deepEqual([status.isReadingPrices, status.costProblem], [true, null]);
    assert.ok(
      shown?.columns.some(({ kind }) => kind === 'rate'),
      'rates are shown until then',
    );
    assert.equal(model(known({}), FIRST_VIEW).status.isReadingPrices, false);
    const failure = { words: words('No answer.'), advice: undefined, code: undefined, at: 0 };
    const failed = model(known({ failure, loading: false }), view).status;
    assert.deepEqual(
      [failed.isReadingPrices, failed.costProblem, failed.failure?.text],
      [false, null, 'No answer.'],
    );
    assert.equal(model(known({ failure }), view).status.isReadingPrices, true);
    const read = model(session, view);
    assert.deepEqual([read.status.isReadingPrices, read.status.costProblem], [false, null]);
    assert.ok(read.table?.columns.some(({ kind }) => kind === 'cost'));
    const unpriced = new Map(prices.value);
    unpriced.delete('ETH');
    const without = model(known({ value: unpriced, loading: false }), view).table;
    const eth = without?.rows.find(({ id }) => id === 'ETH');
    assert.deepEqual(
      [eth?.cells[1], eth?.notes?.[1]],
      [null, { text: 'no price known', value: null, limit: null, mark: 'weak' }],
    );
  });

  it('keeps the rates beside a sentence where a cost cannot be reckoned', () => {
    const view = { ...FIRST_VIEW, cost: { amount: '10 NOCOIN', days: '30' } };
    const { table: shown, status } = model(session, view);
    assert.match(status.costProblem ?? '', /No price is known of a coin NOCOIN/);
    assert.ok(shown?.columns.some(({ kind }) => kind === 'rate'));
    assert.equal(model(session).status.costProblem, null);
  });

  it('shows what lenders find once it was read, whatever the level', async () => {
    const view = { ...FIRST_VIEW, table: 'lend', tier: 'VIP5' } as const;
    table.exchange.fixed.quotes.demand.push(quote('ETH', 30, '0.05', '2'), quote('ETH', 7, '0.06', '1'));
    assert.equal(model(session, view).table, null);
    await table.clock.run(desk.market.refresh(lending));
    await table.clock.pass(60_000);
    const { table: shown, status } = model(session, view);
    assertTaken({ of: 'lend', table: shown, status });
    const row = shown?.rows.find(({ id }) => id === 'ETH');
    assert.deepEqual(row?.cells, ['ETH', '0.06', '0.06', null, '0.05', null, null, null, '3', '0.01']);
    assert.deepEqual(row?.deed, { kind: 'supply', coin: 'ETH', term: null });
    assert.ok((status.ageMs ?? 0) >= 60_000);
  });

  it('says that coins are missing while they are read, and what stopped it', async () => {
    const view = { ...FIRST_VIEW, table: 'lend' } as const;
    let good = 1;
    table.exchange.beforeRead = (id) => {
      if (id === 'getFixedLendingMarket' && good-- <= 0) throw new Error('broken');
    };
    const flight = desk.market.refresh(lending);
    assert.equal(model(session, view).table, null);
    await table.clock.run(flight);
    const stopped = model(session, view);
    assert.equal(stopped.table?.rows.length, 1);
    assert.deepEqual([stopped.status.isPartial, stopped.status.failure !== null], [false, true]);
    table.exchange.beforeRead = undefined;
    const again = desk.market.refresh(lending);
    assert.equal(model(session, view).status.isPartial, true);
    await table.clock.run(again);
    const whole = model(session, view);
    assert.deepEqual(
      [whole.table?.rows.length, whole.status.isPartial, whole.status.failure],
      [4, false, null],
    );
  });

  it('shows the order book of one coin: the one chosen, else the most usual', async () => {
    const view = { ...FIRST_VIEW, table: 'fixed' } as const;
    const { quotes } = table.exchange.fixed;
    quotes.offers.push(quote('BTC', 30, '0.02', '1'));
    const none = model(session, view);
    assert.deepEqual([none.table, none.status.coin], [null, 'USDT']);
    assert.deepEqual(none.status.coins, ['BTC', 'ETH', 'USDT', 'USDC']);
    await table.clock.run(desk.market.refresh(fixedMarket('USDT')));
    await table.clock.run(desk.market.refresh(fixedMarket('BTC')));
    const { table: shown, status } = model(session, view);
    assertTaken({ of: 'fixed', table: shown, status });
    assert.deepEqual(
      shown?.rows.map(({ deed }) => deed),
      [{ kind: 'borrowFixed', coin: 'USDT', term: '30' }],
    );
    const chosen = model(session, { ...view, coin: 'BTC' });
    assert.deepEqual(
      chosen.table?.rows.map(({ deed }) => deed?.coin),
      ['BTC'],
    );
    const other = model(session, { ...view, coin: 'PEPE' });
    assert.deepEqual([other.table?.rows.length, other.status.coin], [0, 'PEPE']);
    assert.match(other.table?.empty ?? '', /does not lend PEPE/);
  });

  it('reads of the market only what the table rests on', () => {
    const keys = (change: Partial<View>) => {
      const view = { ...FIRST_VIEW, ...change };
      const look = lookAt(view);
      return TABLE_SOURCES[view.table].topics(look).map(({ key }) => key);
    };
    assert.deepEqual(keys({}), []);
    assert.deepEqual(keys({ tier: 'VIP5' }), ['coins VIP5']);
    assert.deepEqual(keys({ table: 'lend', tier: 'VIP5' }), ['lending']);
    assert.deepEqual(keys({ table: 'fixed', coin: 'ETH' }), ['fixed market ETH']);
    assert.deepEqual(keys({ table: 'fixed', coin: 'PEPE' }), [], 'nobody asks for what is not traded');
  });

  for (const of of TABLE_IDS) {
    it(`reads all that the table "${of}" rests on when asked to try again, and nothing else`, async () => {
      const source = TABLE_SOURCES[of];
      const view = { ...FIRST_VIEW, table: of };
      const look = lookAt(view);
      const failed = () => groundsOf(source, look).map(({ failure }) => failure !== undefined);
      table.exchange.beforeRead = () => {
        throw new Error('broken');
      };
      await table.clock.run(readAnew(source, look));
      assert.ok(failed().length > 0 && failed().every(Boolean));
      assert.notEqual(model(session, view).status.failure, null);
      table.exchange.beforeRead = undefined;
      const others = Object.entries(desk.snapshot.parts).filter(
        ([name]) => !source.parts(look).some((part) => part === name),
      );
      await table.clock.run(readAnew(source, look));
      assert.ok(failed().every((has) => !has));
      const { table: shown, status } = model(session, view);
      assert.deepEqual([status.failure, shown?.id], [null, of]);
      const now: Readonly<Record<string, unknown>> = desk.snapshot.parts;
      assert.ok(others.every(([name, part]) => now[name] === part));
    });
  }

  it('keeps the same basis until something was read anew', async () => {
    const { basis } = model(session);
    assert.equal(model(session).basis, basis);
    await table.clock.run(desk.refresh(['coins']));
    assert.notEqual(model(session).basis, basis);
  });

  it('keeps the figures with their age beside a failure', async () => {
    await table.clock.pass(5_000);
    table.exchange.beforeRead = () => {
      throw new Error('broken');
    };
    await table.clock.run(desk.refresh(['coins']));
    const { table: shown, status } = model(session);
    assert.notEqual(shown, null);
    assert.match(status.failure?.text ?? '', /unexpected/);
    assert.ok((status.ageMs ?? 0) >= 5_000);
    table.exchange.beforeRead = undefined;
  });
});
