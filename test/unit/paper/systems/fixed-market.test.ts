import assert from 'node:assert/strict';
import { TERMS, type Term } from '../../../../src/bybit/common';
import { add, compare, type Decimal, decimal, gt, lte, round, ZERO } from '../../../../src/bybit/decimal';
import { COINS } from '../../../../src/paper/market/coin';
import { type Bench, bench, PATHS } from '../bench';
import {
  DAY,
  FIXED,
  first,
  HOUR,
  MINUTE,
  offered,
  orderIdOf,
  type QuoteRow,
  rowsOf,
  wanted,
} from '../fixed-desk';

async function quotes(desk: Bench, path: string, query: string): Promise<readonly QuoteRow[]> {
  return rowsOf(await desk.get(path, `orderCurrency=USDT&${query}`));
}
async function inventory(desk: Bench, coin: string, annualRate: Decimal, term: Term = '7'): Promise<Decimal> {
  const answer = await desk.get(FIXED.inventory, `currency=${coin}&term=${term}&annualRate=${annualRate}`);
  assert.equal(answer.retCode, 0, answer.retMsg);
  return answer.result['availableInventory'] as Decimal;
}

describe('the market of fixed loans', () => {
  it('needs no signature and shows each side what the other wants', async () => {
    const desk = bench();
    const query = 'orderCurrency=USDT&orderBy=apy&term=7';
    const request = { method: 'GET', path: FIXED.borrowingMarket, query, headers: {}, body: '' };
    assert.equal((await desk.core.handle(request)).status, 200);
    const [asks, bids] = [await offered(desk, 'USDT'), await wanted(desk, 'USDT')];
    assert.ok(gt(first(asks).annualRate, first(bids).annualRate));
  });

  it('is sorted by rate, term or quantity, ascending or descending, and cut at the limit', async () => {
    const desk = bench();
    const keys = {
      apy: (row: QuoteRow) => row.annualRate,
      term: (row: QuoteRow) => decimal(row.term),
      quantity: (row: QuoteRow) => row.qty,
    } as const;
    for (const [orderBy, key] of Object.entries(keys)) {
      const up = await quotes(desk, FIXED.borrowingMarket, `orderBy=${orderBy}&limit=100`);
      const down = await quotes(desk, FIXED.borrowingMarket, `orderBy=${orderBy}&sort=1&limit=100`);
      assert.ok(up.length > 10);
      const sorted = up.map(key).sort(compare);
      assert.deepEqual(up.map(key), sorted, orderBy);
      assert.deepEqual(down.map(key), [...sorted].reverse(), orderBy);
    }
    assert.equal((await quotes(desk, FIXED.borrowingMarket, 'orderBy=apy')).length, 10);
    assert.equal((await quotes(desk, FIXED.borrowingMarket, 'orderBy=apy&limit=3')).length, 3);
  });

  it('adds up what stands at one rate of a term', async () => {
    const desk = bench();
    const { annualRate, qty } = first(await offered(desk, 'USDT'));
    for (const orderAmount of ['1000', '2000.5']) {
      orderIdOf(await desk.post(FIXED.supply, { orderCurrency: 'USDT', orderAmount, annualRate, term: '7' }));
    }
    assert.equal(first(await offered(desk, 'USDT')).qty, add(qty, decimal('3000.5')));
  });

  it('quotes 60 days, which cannot be ordered', async () => {
    const desk = bench();
    const rows: QuoteRow[] = [];
    for (let day = 0; day < 20; day++) {
      rows.push(...(await quotes(desk, FIXED.borrowingMarket, 'orderBy=apy&term=60&limit=100')));
      desk.pass(DAY);
    }
    assert.ok(rows.length > 0);
    assert.ok(rows.every((row) => row.term === 60));
  });

  it('refuses what it cannot sort or does not know', async () => {
    const desk = bench();
    const codeFor = async (query: string): Promise<number> =>
      (await desk.get(FIXED.lendingMarket, query)).retCode;
    assert.equal(await codeFor('orderCurrency=USDT'), 10001);
    assert.equal(await codeFor('orderCurrency=USDT&orderBy=annualRate'), 10001);
    assert.equal(await codeFor('orderCurrency=USDT&orderBy=apy&sort=2'), 10001);
    assert.equal(await codeFor('orderCurrency=USDT&orderBy=apy&limit=101'), 10001);
    assert.equal(await codeFor('orderCurrency=USDT&orderBy=apy&term=8'), 148015);
    assert.equal(await codeFor('orderCurrency=NOPE&orderBy=apy'), 148014);
    assert.equal(await codeFor('orderBy=apy'), 10001);
    assert.equal(await codeFor('orderCurrency=TURBO&orderBy=apy'), 0);
  });

  it('gives the term rates of the coin list: the lowest open supply, "" when there is none', async () => {
    const desk = bench();
    desk.pass(7 * HOUR);
    const rows = rowsOf<Record<string, unknown>>(await desk.get(PATHS.coins));
    let empty = 0;
    for (const row of rows.filter((_, n) => n % 6 === 0)) {
      for (const term of TERMS) {
        const [best] = await offered(desk, String(row['currency']), term);
        // A second passes with every call: an offer may come or go in between.
        const again = first(
          rowsOf<Record<string, unknown>>(await desk.get(PATHS.coins, `currency=${row['currency']}`)),
        );
        assert.equal(again[`annualizedInterestRate${term}D`], best?.annualRate ?? '');
        if (best === undefined) empty += 1;
      }
    }
    assert.ok(empty > 0);
  });
});

describe('the fixed inventory', () => {
  it('is the open supply at or under the rate', async () => {
    const desk = bench();
    const [a, b] = await offered(desk, 'USDT');
    assert.ok(a && b);
    assert.equal(await inventory(desk, 'USDT', decimal('0.0001')), '0');
    assert.equal(await inventory(desk, 'USDT', a.annualRate), a.qty);
    assert.equal(await inventory(desk, 'USDT', b.annualRate), add(a.qty, b.qty));
  });

  it('is at most what the account may still borrow, and no finer than an order', async () => {
    const desk = bench();
    for (const name of ['STORJ', 'SKL', 'ARB', 'USDT']) {
      const coin = COINS.get(name) ?? assert.fail();
      const open = add(ZERO, ...(await offered(desk, name)).map((row) => row.qty));
      const most = await inventory(desk, name, decimal('1'));
      assert.ok(lte(most, open) && lte(most, coin.maximum));
      assert.equal(round(most, coin.fixedPlaces, 'down'), most);
    }
  });

  it('shrinks by what the account takes', async () => {
    const desk = bench();
    const before = await inventory(desk, 'USDT', decimal('0.08'));
    const { annualRate } = first(await offered(desk, 'USDT'));
    const collateralList = [{ currency: 'BTC', amount: '0.2' }];
    const order = { orderCurrency: 'USDT', orderAmount: '1500', annualRate, term: '7', collateralList };
    orderIdOf(await desk.post(FIXED.borrow, order));
    desk.pass(MINUTE);
    assert.equal(add(await inventory(desk, 'USDT', decimal('0.08')), decimal('1500')), before);
  });
});

describe('lists of fixed loans', () => {
  it('page newest first to an empty page, and filter by coin, term, order and state', async () => {
    const desk = bench();
    const collateralList = [{ currency: 'BTC', amount: '0.4' }];
    const order = { orderAmount: '1000', annualRate: '0.0001', collateralList: [] };
    await desk.post(FIXED.borrow, { ...order, orderCurrency: 'USDT', term: '30', collateralList });
    for (const term of ['7', '7', '14', '90'])
      await desk.post(FIXED.borrow, { ...order, orderCurrency: 'USDC', term });
    const count = async (query: string): Promise<number> =>
      rowsOf(await desk.get(FIXED.borrowOrders, query)).length;
    assert.equal(await count('orderCurrency=USDC'), 4);
    assert.equal(await count('orderCurrency=USDC&term=7'), 2);
    assert.equal(await count('state=1'), 5);
    assert.equal(await count('state=3'), 0);
    const seen: number[] = [];
    let cursor = '';
    let pages = 0;
    do {
      const { result } = await desk.get(FIXED.borrowOrders, `limit=2${cursor && `&cursor=${cursor}`}`);
      pages += 1;
      seen.push(...(result['list'] as { orderId: number }[]).map((row) => row.orderId));
      cursor = String(result['nextPageCursor']);
    } while (cursor !== '');
    assert.equal(pages, 4, 'the last cursor leads to an empty page');
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => b - a),
    );
    assert.equal(new Set(seen).size, 5);
  });

  it('count orders, contracts, repayments and renewals in series of their own that grow', async () => {
    const desk = bench();
    const { annualRate } = first(await offered(desk, 'USDT'));
    const collateralList = [{ currency: 'BTC', amount: '0.2' }];
    const order = { orderCurrency: 'USDT', orderAmount: '1000', annualRate, term: '7', collateralList };
    for (let n = 0; n < 2; n++) {
      orderIdOf(await desk.post(FIXED.borrow, order));
      desk.pass(MINUTE);
      await desk.post(FIXED.repay, { loanCurrency: 'USDT' });
    }
    const { ids, fixed } = await desk.state();
    const names = [...ids.keys()].filter((name) => name.startsWith('fixed'));
    assert.deepEqual(names.sort(), ['fixed borrow order', 'fixed contract', 'fixed loan', 'fixed repay']);
    for (const rows of [fixed.borrowOrders, fixed.contracts, fixed.repayments]) {
      assert.ok((rows[0]?.id ?? 0) < (rows[1]?.id ?? 0));
    }
  });

  it('lag as the histories do', async () => {
    const desk = bench({ habits: { historyLagMs: 20_000 } });
    await desk.post(FIXED.supply, { orderCurrency: 'USDT', orderAmount: '1000', annualRate: '1', term: '7' });
    assert.deepEqual((await desk.get(FIXED.supplyOrders)).result, { list: [], nextPageCursor: '' });
    desk.pass(20_000);
    assert.equal(rowsOf(await desk.get(FIXED.supplyOrders)).length, 1);
  });
});
