import assert from 'node:assert/strict';
import { add, type Decimal, decimal, div, mul, sub, ZERO } from '../../../../../src/bybit/decimal';
import { RepayType } from '../../../../../src/bybit/fixed-borrow';
import { createBorrowOrder } from '../../../../../src/paper/ledger/fixed/borrowing';
import { createSupplyOrder } from '../../../../../src/paper/ledger/fixed/supplying';
import { genesis } from '../../../../../src/paper/ledger/genesis';
import { held, imbalances } from '../../../../../src/paper/ledger/money';
import { advance } from '../../../../../src/paper/ledger/timeline';
import type { Book } from '../../../../../src/paper/market/book';
import { createWorld } from '../../../../../src/paper/systems/systems';
import { type Bench, bench, PATHS, SEED, START } from '../../bench';
import {
  type ContractRow,
  contractsOf,
  DAY,
  FIXED,
  first,
  HOUR,
  MINUTE,
  type OrderRow,
  offered,
  orderIdOf,
  type QuoteRow,
  rowsOf,
  wanted,
} from '../../fixed-desk';

const PLEDGE = [{ currency: 'BTC', amount: '0.4' }];

async function borrow(desk: Bench, order: Record<string, unknown>): Promise<string> {
  const defaults = { orderCurrency: 'USDT', term: '7', collateralList: PLEDGE };
  return orderIdOf(await desk.post(FIXED.borrow, { ...defaults, ...order }));
}
async function orderOf(desk: Bench, id: string): Promise<OrderRow> {
  return first(rowsOf<OrderRow>(await desk.get(FIXED.borrowOrders, `orderId=${id}`)));
}
function totalOf(amounts: readonly Decimal[]): Decimal {
  return add(ZERO, ...amounts);
}
/** Rate and amount of an order that takes the two best offers of a coin and a thousand of the third. */
async function threeLevels(
  desk: Bench,
): Promise<{ rate: Decimal; amount: Decimal; quotes: readonly QuoteRow[] }> {
  const quotes = (await offered(desk, 'USDT')).slice(0, 3);
  const [a, b, c] = quotes;
  assert.ok(a && b && c);
  return { rate: c.annualRate, amount: totalOf([a.qty, b.qty, decimal('1000')]), quotes };
}

describe('matching fixed loans', () => {
  it('happens once a minute, always at the same second', async () => {
    const desk = bench();
    const [{ annualRate }] = [first(await offered(desk, 'USDT'))];
    const starts: number[] = [];
    for (let n = 0; n < 3; n++) {
      await borrow(desk, { orderAmount: '1000', annualRate, collateralList: n === 0 ? PLEDGE : [] });
      assert.equal((await contractsOf(desk)).length, n, 'not at once');
      desk.pass(MINUTE);
      starts.push(Number(first(await contractsOf(desk)).borrowTime));
      desk.pass(17_000);
    }
    assert.equal(new Set(starts.map((time) => time % MINUTE)).size, 1);
    assert.equal(new Set(starts).size, 3);
  });

  it('takes the cheapest offers first, one contract each, at the rate of the order', async () => {
    const desk = bench();
    const { rate, amount, quotes } = await threeLevels(desk);
    const id = await borrow(desk, { orderAmount: amount, annualRate: rate });
    desk.pass(MINUTE);
    const contracts = [...(await contractsOf(desk, `orderId=${id}`))].reverse();
    const taken = quotes.map(({ qty }, n) => (n === 2 ? '1000' : qty));
    assert.deepEqual(
      contracts.map((one) => one.residualPrincipal),
      taken,
    );
    assert.deepEqual([...new Set(contracts.map((one) => one.annualRate))], [rate]);
    const order = await orderOf(desk, id);
    assert.deepEqual([order.state, order.filledQty], [3, amount]);
  });

  it('pays out the amount less the interest of the whole term, rounded up at 18 decimals', async () => {
    const desk = bench();
    const { annualRate } = first(await offered(desk, 'USDT', '30'));
    await borrow(desk, { orderAmount: '1234.5', annualRate, term: '30' });
    desk.pass(MINUTE);
    const contract = first(await contractsOf(desk));
    const interest = div(mul(decimal('1234.5'), annualRate, decimal('30')), decimal('365'), 18, 'up');
    assert.equal(contract.interestPaid, interest);
    assert.equal(Number(contract.repaymentTime) - Number(contract.borrowTime), 30 * DAY);
    const { money } = await desk.state();
    assert.equal(held(money, 'wallet', 'USDT'), sub(decimal('51234.5'), interest));
    const share = div(
      mul(decimal('1234.5'), annualRate, decimal('30'), decimal('0.85')),
      decimal('365'),
      18,
      'up',
    );
    assert.equal(
      held(money, 'fees', 'USDT'),
      sub(interest, share),
      'the platform keeps what is not the lender’s',
    );
    assert.deepEqual(imbalances(money), []);
  });

  it('fills in parts as offers come, and cancels the rest as partly filled', async () => {
    const desk = bench();
    const { annualRate, qty } = first(await offered(desk, 'USDT'));
    const amount = add(qty, decimal('30000'));
    const collateralList = [
      { currency: 'BTC', amount: '0.5' },
      { currency: 'ETH', amount: '10' },
    ];
    const id = await borrow(desk, { orderAmount: amount, annualRate, collateralList });
    const before = (await desk.state()).money;
    assert.equal(held(before, 'reserved', 'BTC'), '0.5');
    desk.pass(MINUTE);
    const order = await orderOf(desk, id);
    assert.deepEqual([order.state, order.filledQty], [1, qty]);
    const { money } = await desk.state();
    const share = div(mul(decimal('0.5'), qty), amount, 8, 'up');
    assert.equal(held(money, 'pledged', 'BTC'), share, 'collateral goes with the part that was filled');
    assert.equal(held(money, 'reserved', 'BTC'), sub(decimal('0.5'), share));

    assert.equal((await desk.post(FIXED.cancelBorrow, { orderId: id })).retCode, 0);
    const after = (await desk.state()).money;
    assert.equal(held(after, 'reserved', 'BTC'), '0');
    assert.equal(held(after, 'wallet', 'BTC'), sub(decimal('0.5'), share), 'the rest comes back');
    assert.equal(held(after, 'pledged', 'BTC'), share, 'the filled part stays pledged');
    assert.equal((await orderOf(desk, id)).state, 2);
    assert.equal((await desk.post(FIXED.cancelBorrow, { orderId: id })).retCode, 148024);
  });

  it('gives all collateral back when nothing was filled', async () => {
    const desk = bench();
    const id = await borrow(desk, { orderAmount: '1000', annualRate: '0.0001' });
    desk.pass(HOUR);
    assert.equal((await desk.post(FIXED.cancelBorrow, { orderId: id })).retCode, 0);
    const { money } = await desk.state();
    assert.deepEqual([held(money, 'wallet', 'BTC'), held(money, 'pledged', 'BTC')], ['0.5', '0']);
    assert.equal((await orderOf(desk, id)).state, 4);
  });

  it('waits with FULL until offers suffice for all of it, then fills at once', async () => {
    const desk = bench();
    const quotes = await offered(desk, 'SOL');
    const { annualRate, qty } = first(quotes);
    const amount = add(qty, decimal('1'));
    const collateralList = [{ currency: 'USDT', amount: '30000' }];
    const full = {
      orderCurrency: 'SOL',
      orderAmount: amount,
      annualRate,
      strategyType: 'FULL',
      collateralList,
    };
    const id = await borrow(desk, full);
    desk.pass(MINUTE);
    assert.deepEqual([(await orderOf(desk, id)).state, (await orderOf(desk, id)).filledQty], [1, '0']);
    desk.pass(40 * DAY);
    const order = await orderOf(desk, id);
    assert.deepEqual([order.state, order.filledQty], [3, amount]);
    const contracts = await contractsOf(desk, `orderId=${id}`);
    assert.equal(new Set(contracts.map((one) => one.borrowTime)).size, 1);
  });

  it('lets nobody lend twice: what was taken is gone from the market until the offer ends', async () => {
    const desk = bench();
    const { annualRate, qty } = first(await offered(desk, 'USDT'));
    await borrow(desk, { orderAmount: '1000', annualRate });
    desk.pass(MINUTE);
    const again = first(await offered(desk, 'USDT'));
    assert.deepEqual([again.annualRate, again.qty], [annualRate, sub(qty, decimal('1000'))]);
    desk.pass(3 * DAY);
    await desk.state();
    await borrow(desk, { orderAmount: '1000', annualRate: '0.2', collateralList: [] });
    desk.pass(MINUTE);
    assert.equal((await desk.state()).fixed.taken.size, 1, 'what is past is forgotten');
  });

  it('gives the better rate the first choice, whoever came first', async () => {
    const desk = bench();
    const [a, b] = await offered(desk, 'USDT');
    assert.ok(a && b);
    const late = [{ currency: 'ETH', amount: '9' }];
    const low = await borrow(desk, { orderAmount: '1000', annualRate: a.annualRate });
    const high = await borrow(desk, { orderAmount: a.qty, annualRate: b.annualRate, collateralList: late });
    desk.pass(MINUTE);
    assert.equal((await orderOf(desk, high)).state, 3);
    assert.deepEqual([(await orderOf(desk, low)).state, (await orderOf(desk, low)).filledQty], [1, '0']);
  });

  it('shows the account’s own orders in the market, and matches them with each other', async () => {
    const desk = bench();
    const [ask, bid] = [first(await offered(desk, 'USDT')), first(await wanted(desk, 'USDT'))];
    const between = div(add(ask.annualRate, bid.annualRate), decimal('2'), 4, 'down');
    const supply = { orderCurrency: 'USDT', orderAmount: '3000', annualRate: between, term: '7' };
    await borrow(desk, { orderAmount: '2000', annualRate: between });
    assert.equal(first(await wanted(desk, 'USDT')).qty, '2000');
    desk.pass(MINUTE);
    assert.equal((await contractsOf(desk)).length, 0);
    orderIdOf(await desk.post(FIXED.supply, supply));
    assert.deepEqual(first(await offered(desk, 'USDT')), { ...ask, annualRate: between, qty: '3000' });
    desk.pass(MINUTE);
    assert.equal(first(await contractsOf(desk)).residualPrincipal, '2000');
    assert.equal(first(await offered(desk, 'USDT')).qty, '1000');
    assert.deepEqual(imbalances((await desk.state()).money), []);
  });

  it('fails an order (state 5) that would call for margin by the time it is matched', async () => {
    const desk = bench();
    const { annualRate } = first(await offered(desk, 'USDT'));
    await desk.price('BTC', '100000');
    const pledge = [{ currency: 'BTC', amount: '0.1' }];
    const id = await borrow(desk, { orderAmount: '7500', annualRate, collateralList: pledge });
    await desk.price('BTC', '90000');
    desk.pass(MINUTE);
    assert.equal((await orderOf(desk, id)).state, 5);
    const { money } = await desk.state();
    assert.deepEqual([held(money, 'wallet', 'BTC'), held(money, 'reserved', 'BTC')], ['0.5', '0']);
    assert.equal((await desk.get(FIXED.borrowOrders, 'state=5')).retCode, 10001, '5 is no filter');
  });

  it('does not lend while collateral is being sold', async () => {
    const desk = bench();
    await desk.price('ETH', '2000');
    const flexible = [{ currency: 'USDT', amount: '20000' }];
    await desk.post(PATHS.borrow, { loanCurrency: 'ETH', loanAmount: '7', collateralList: flexible });
    const { annualRate } = first(await offered(desk, 'USDT'));
    const id = await borrow(desk, { orderAmount: '1000', annualRate });
    // Five seconds before the next matching; a liquidation lasts half a minute.
    desk.pass(31_000 - (desk.now() % MINUTE));
    await desk.price('ETH', '3000');
    assert.equal((await desk.state()).risk.stage, 'liquidating');
    desk.pass(10_000);
    assert.deepEqual([(await desk.state()).risk.stage, (await orderOf(desk, id)).state], ['liquidating', 1]);
    desk.pass(MINUTE);
    assert.equal((await orderOf(desk, id)).state, 3);
  });

  it('gives the same however the time is advanced', async () => {
    const [slow, fast] = [bench(), bench()];
    for (const desk of [slow, fast]) {
      const quotes = await offered(desk, 'USDT');
      const low = mul(first(quotes).annualRate, decimal('0.94')).slice(0, 6);
      await borrow(desk, { orderAmount: '20000', annualRate: low });
      const supply = { orderCurrency: 'ETH', orderAmount: '5', annualRate: '0.0185', term: '14' };
      orderIdOf(await desk.post(FIXED.supply, supply));
    }
    for (let n = 0; n < 20 * 24; n++) {
      slow.pass(HOUR);
      await slow.state();
    }
    fast.pass(20 * DAY);
    const state = await fast.state();
    assert.deepEqual(state, await slow.state());
    assert.ok(state.fixed.contracts.length > 0 && state.fixed.supplies.length > 0);
  });

  it('looks at the book only when somebody new turns up, not every minute', function () {
    this.timeout(30_000);
    const { book, ...rest } = createWorld(SEED);
    let looks = 0;
    const counting: Book = {
      offers: (shelf, time) => {
        looks += 1;
        return book.offers(shelf, time);
      },
      best: book.best,
      arrival: book.arrival,
    };
    const world = { ...rest, book: counting };
    const order = { coin: 'USDT', amount: decimal('1000'), term: '90' };
    const begun = genesis(world, { time: START, keys: [] });
    const borrowing = createBorrowOrder(world, begun, {
      ...order,
      rate: decimal('0.0001'),
      repayType: RepayType.autoRepay,
      strategy: 'PARTIAL',
      collateral: [{ coin: 'BTC', amount: decimal('0.1') }],
    }).state;
    const sources = { funding: true, earn: false };
    const supplying = createSupplyOrder(world, borrowing, { ...order, rate: decimal('1'), sources }).state;
    const state = advance(world, supplying, START + 180 * DAY);
    assert.deepEqual([state.fixed.contracts, state.fixed.supplies], [[], []]);
    assert.ok(looks > 0 && looks < 50, `${looks} looks in half a year`);
  });
});

describe('the second contract of an order', () => {
  it('has an id, a start and a maturity of its own', async () => {
    const desk = bench();
    const { rate, amount } = await threeLevels(desk);
    await borrow(desk, { orderAmount: amount, annualRate: rate });
    desk.pass(MINUTE);
    const contracts: readonly ContractRow[] = await contractsOf(desk);
    assert.equal(new Set(contracts.map((one) => one.loanId)).size, 3);
    assert.equal(new Set(contracts.map((one) => one.orderId)).size, 1);
  });
});
