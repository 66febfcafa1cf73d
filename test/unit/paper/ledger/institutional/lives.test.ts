import assert from 'node:assert/strict';
import {
  add,
  type Decimal,
  decimal,
  div,
  gt,
  lt,
  lte,
  mul,
  round,
  sub,
  ZERO,
} from '../../../../../src/bybit/decimal';
import type { InsOrder } from '../../../../../src/paper/ledger/institutional/state';
import { assetsOf, standingOfUnit } from '../../../../../src/paper/ledger/institutional/unit';
import { held, imbalances, purse, withCoin } from '../../../../../src/paper/ledger/money';
import type { State } from '../../../../../src/paper/ledger/state';
import { DAY, HOUR, MINUTE } from '../../../../../src/paper/market/market';
import { createWorld } from '../../../../../src/paper/systems/systems';
import { type Bench, bench, INS, SEED, START } from '../../bench';

const world = createWorld(SEED);
type Row = Readonly<Record<string, unknown>>;

async function unit(desk: Bench): Promise<Row> {
  const [row] = (await desk.get(INS.ltv)).result['ltvInfo'] as readonly Row[];
  assert.ok(row);
  return row;
}

async function records(desk: Bench, query = ''): Promise<readonly Row[]> {
  return (await desk.get(INS.repayments, query)).result['repayInfo'] as readonly Row[];
}

async function orders(desk: Bench, query = ''): Promise<readonly Row[]> {
  return (await desk.get(INS.orders, query)).result['loanInfo'] as readonly Row[];
}

function orderIn(state: State, coin: string): InsOrder {
  const order = state.institutional.orders.findLast((one) => one.coin === coin);
  assert.ok(order);
  return order;
}

/** Lets the Unified wallet hold that much of a coin; the rest comes from or goes to the world outside. */
async function hold(desk: Bench, coin: string, amount: Decimal): Promise<void> {
  await desk.core.steer((state) => {
    const less = sub(held(state.money, 'unified', coin), amount);
    const money = new Map(state.money);
    money.set('unified', withCoin(purse(money, 'unified'), coin, amount));
    money.set('market', withCoin(purse(money, 'market'), coin, add(held(money, 'market', coin), less)));
    return { ...state, money };
  });
}

/** Takes so much out of the Unified wallet, USDT last, that the unit's LTV becomes about `share`. */
async function strain(desk: Bench, share: string): Promise<void> {
  for (const coin of ['ETH', 'XRP']) await hold(desk, coin, ZERO);
  const state = await desk.state();
  const { debt } = standingOfUnit(world, state);
  const others = assetsOf(world, state).filter(({ coin }) => coin.name !== 'USDT');
  const missing = sub(div(debt, decimal(share)), add(ZERO, ...others.map((asset) => asset.converted)));
  await hold(desk, 'USDT', div(missing, decimal('0.95'), 2));
}

describe('the risk unit of a fresh paper account', () => {
  it('has loans of which two run, a Unified wallet, and an LTV that follows from both', async () => {
    const desk = bench();
    const list = await orders(desk);
    assert.deepEqual(
      list.map((row) => [row['loanCoin'], row['status']]),
      [
        ['BTC', '1'],
        ['USDT', '1'],
        ['USDC', '2'],
      ],
    );
    for (const row of list) {
      assert.equal(
        add(row['unpaidAmount'] as Decimal, row['repaidAmount'] as Decimal),
        row['loanAmount'],
        'as in the documented example',
      );
      assert.match(String(row['orderId']), /^\d{19}$/);
    }
    const row = await unit(desk);
    const assets = row['balanceInfo'] as readonly Row[];
    const sum = add(ZERO, ...assets.map((asset) => asset['convertedAmount'] as Decimal));
    assert.equal(sum, row['balance']);
    assert.equal(row['ltv'], div(row['unpaidAmount'] as Decimal, sum, 4, 'half'));
    assert.deepEqual(imbalances((await desk.state()).money), []);
  });

  it('tells a true story: what the records say was paid is what the orders say', async () => {
    const { institutional } = await bench().state();
    for (const coin of ['USDT', 'USDC', 'BTC']) {
      const of = institutional.orders.filter((order) => order.coin === coin);
      const rows = institutional.repayments.filter((row) => row.coin === coin);
      assert.equal(
        add(ZERO, ...of.map((order) => order.repaid)),
        add(ZERO, ...rows.map((row) => row.quantity)),
      );
      assert.equal(
        add(ZERO, ...of.map((order) => order.repaidInterest)),
        add(ZERO, ...rows.map((row) => row.interest)),
      );
    }
  });

  it('posts interest once a day at the daily rate, and takes it on the first of a month', async () => {
    const desk = bench();
    const before = orderIn(await desk.state(), 'USDT');
    desk.pass(13 * HOUR);
    assert.equal(orderIn(await desk.state(), 'USDT').interest, before.interest, 'the day is not over');
    desk.pass(HOUR);
    const after = orderIn(await desk.state(), 'USDT');
    const day = round(mul(before.unpaid, before.rate), 8, 'up');
    assert.equal(sub(after.interest, before.interest), day);
    const wallet = held((await desk.state()).money, 'unified', 'USDT');
    desk.pass(Date.UTC(2026, 3, 1) - desk.now());
    const settled = orderIn(await desk.state(), 'USDT');
    assert.equal(settled.interest, '0');
    assert.equal(settled.unpaid, before.unpaid);
    const march = add(before.interest, mul(day, decimal('30')));
    assert.equal(held((await desk.state()).money, 'unified', 'USDT'), sub(wallet, march));
    const [row] = (await records(desk)).filter((one) => one['token'] === 'USDT');
    assert.deepEqual([row?.['quantity'], row?.['interest'], row?.['businessType']], ['0', march, '1']);
  });
});

describe('an institutional repayment', () => {
  it('is answered with P, shows empty values meanwhile, and has its record after 120 to 180 s', async () => {
    const desk = bench();
    const before = await desk.state();
    const count = (await records(desk)).length;
    const answer = await desk.post(INS.repay, { token: 'USDT', quantity: '5000' });
    assert.deepEqual(
      [answer.retCode, answer.retMsg, answer.result],
      [0, 'success', { repayOrderStatus: 'P' }],
    );
    const sent = desk.now();

    const busy = (await desk.get(INS.ltv)).result;
    assert.equal(busy['liqStatus'], 2);
    const row = (busy['ltvInfo'] as readonly Row[])[0];
    assert.deepEqual(
      [row?.['ltv'], row?.['unpaidAmount'], row?.['unpaidInfo'], row?.['balance'], row?.['balanceInfo']],
      ['', '', [], '', []],
    );
    const second = await desk.post(INS.repay, { token: 'USDT', quantity: '1' });
    assert.equal(second.retCode, 3777043);
    const bound = await desk.post(INS.bind, { uid: String(before.uid + 3), operate: '0' });
    assert.equal(bound.retCode, 3777012);

    desk.pass(sent + 119_000 - desk.now() - 1000);
    assert.equal((await records(desk)).length, count, 'no record yet');
    desk.pass(sent + 180_000 - desk.now());
    const rows = await records(desk);
    assert.equal(rows.length, count + 1);
    assert.deepEqual(
      ['token', 'quantity', 'interest', 'businessType', 'status'].map((name) => rows[0]?.[name]),
      ['USDT', '5000', '0', '1', '1'],
    );
    const took = Number(rows[0]?.['repaidTime']) - sent;
    assert.ok(took >= 120_000 && took <= 180_000, String(took));
    const after = await desk.state();
    assert.equal(orderIn(after, 'USDT').unpaid, '250000');
    assert.equal(orderIn(after, 'USDT').interest, orderIn(before, 'USDT').interest, 'principal alone');
    assert.equal(
      held(after.money, 'unified', 'USDT'),
      sub(held(before.money, 'unified', 'USDT'), decimal('5000')),
    );
    assert.equal((await unit(desk))['liqStatus'], 0);
    assert.deepEqual(imbalances(after.money), []);
  });

  it('that fails has a record saying so and gives the money back', async () => {
    const desk = bench({ habits: { settleFails: true } });
    const before = await desk.state();
    await desk.post(INS.repay, { token: 'BTC', quantity: '1' });
    desk.pass(3 * MINUTE);
    const [row] = await records(desk);
    assert.deepEqual([row?.['token'], row?.['quantity'], row?.['status']], ['BTC', '1', '2']);
    const after = await desk.state();
    assert.equal(held(after.money, 'unified', 'BTC'), held(before.money, 'unified', 'BTC'));
    assert.equal(orderIn(after, 'BTC').unpaid, '2');
  });

  it('of all principal leaves the interest, until it is taken with the month', async () => {
    const desk = bench();
    await desk.post(INS.repay, { token: 'BTC', quantity: '2' });
    desk.pass(3 * MINUTE);
    const state = async (): Promise<readonly unknown[]> => {
      const row = (await orders(desk)).find((one) => one['loanCoin'] === 'BTC');
      return [row?.['unpaidAmount'], row?.['status']];
    };
    assert.deepEqual(await state(), ['0', '1']);
    desk.pass(31 * DAY);
    assert.deepEqual(await state(), ['0', '2']);
  });

  const refusals: readonly (readonly [why: string, body: Record<string, unknown>, code: number])[] = [
    ['more than the debt', { token: 'USDT', quantity: '255000.01' }, 3777039],
    ['a coin that is not owed', { token: 'ETH', quantity: '1' }, 3777039],
    ['more than the wallet holds', { token: 'BTC', quantity: '2' }, 3777040],
    ['nothing', { token: 'USDT', quantity: '0' }, 10001],
    ['no number', { token: 'USDT', quantity: 'all' }, 10001],
    ['no coin', { quantity: '5' }, 10001],
  ];
  for (const [why, body, code] of refusals) {
    it(`is refused with ${code} for ${why}`, async () => {
      const desk = bench();
      await hold(desk, 'BTC', decimal('1.5'));
      const answer = await desk.post(INS.repay, body);
      assert.equal(answer.retCode, code, answer.retMsg);
      assert.deepEqual(answer.result, {});
      assert.equal((await desk.state()).institutional.pending.length, 0);
    });
  }
});

describe('the lines of the risk unit', () => {
  it('announce a deferred liquidation, and it comes when the grace time is over', async () => {
    const desk = bench();
    await strain(desk, '0.87');
    const ltv = (await unit(desk))['ltv'] as Decimal;
    assert.ok(gt(ltv, decimal('0.86')) && lt(ltv, decimal('0.88')), ltv);
    const status = (await desk.get(INS.delay)).result;
    assert.equal(status['liquidationStatus'], 3);
    assert.ok(Number(status['delayLiqStartTime']) >= START);
    const left = Number(status['delayLiqRemainingSec']);
    assert.ok(left > 3580 && left <= 3600, String(left));
    assert.ok(Number((await unit(desk))['rst']) <= left);

    desk.pass(HOUR);
    assert.equal((await desk.get(INS.ltv)).result['liqStatus'], 1);
    assert.equal((await desk.get(INS.delay)).result['liquidationStatus'], 2, 'called back');
    assert.equal((await desk.post(INS.repay, { token: 'USDT', quantity: '1' })).retCode, 3777012);
    desk.pass(2 * MINUTE);
    const [row] = await records(desk);
    assert.deepEqual([row?.['businessType'], row?.['status']], ['2', '1']);
    assert.ok(lte((await unit(desk))['ltv'] as Decimal, decimal('0.6')), 'down to the stop line');
    assert.deepEqual(imbalances((await desk.state()).money), []);
  });

  it('withdraw the announcement when the LTV recovers', async () => {
    const desk = bench();
    await strain(desk, '0.87');
    await strain(desk, '0.8');
    assert.equal((await desk.get(INS.delay)).result['liquidationStatus'], 0);
    desk.pass(2 * HOUR);
    assert.equal((await desk.state()).institutional.orders.filter(({ unpaid }) => unpaid !== '0').length, 2);
  });

  it('liquidate at once where the liquidation line itself is reached', async () => {
    const desk = bench();
    await strain(desk, '0.95');
    assert.equal((await desk.get(INS.delay)).result['liquidationStatus'], 1);
    desk.pass(2 * MINUTE);
    assert.ok(lte((await unit(desk))['ltv'] as Decimal, decimal('0.6')));
  });

  it('let the insurance pay what the margin does not cover', async () => {
    const desk = bench();
    for (const coin of ['USDC', 'BTC', 'ETH', 'SOL', 'XRP']) await hold(desk, coin, ZERO);
    await hold(desk, 'USDT', decimal('1000'));
    desk.pass(2 * MINUTE);
    const state = await desk.state();
    assert.ok(state.institutional.orders.every(({ unpaid, interest }) => unpaid === '0' && interest === '0'));
    assert.ok(lt(held(state.money, 'insurance', 'BTC'), ZERO));
    assert.deepEqual(imbalances(state.money), []);
  });
});

describe('lists of the risk unit', () => {
  it('reach two years back, within the span and number asked for', async () => {
    const desk = bench();
    const state = await desk.state();
    assert.equal(state.institutional.orders.length, 4);
    assert.equal((await orders(desk)).length, 3, 'the oldest lies further back');
    assert.equal((await orders(desk, 'limit=1'))[0]?.['loanCoin'], 'BTC');
    const cut = orderIn(state, 'BTC').time;
    assert.deepEqual(
      (await orders(desk, `endTime=${cut - 1}`)).map((row) => row['loanCoin']),
      ['USDT', 'USDC'],
    );
    assert.deepEqual(
      (await orders(desk, `startTime=${cut}`)).map((row) => row['loanCoin']),
      ['BTC'],
    );
    assert.equal((await orders(desk, `orderId=${orderIn(state, 'USDT').id}`)).length, 1);
    assert.equal((await desk.get(INS.orders, `startTime=${cut}&endTime=${cut - 1}`)).retCode, 10001);
    assert.equal((await desk.get(INS.orders, 'limit=0')).retCode, 10001);
    assert.equal((await desk.get(INS.repayments, 'endTime=soon')).retCode, 10001);
    const times = (await records(desk)).map((row) => Number(row['repaidTime']));
    assert.deepEqual(
      times,
      [...times].sort((a, b) => b - a),
    );
  });

  it('show the delta of each coin, net of what is owed in it', async () => {
    const desk = bench();
    await desk.price('BTC', '100000');
    const answer = (await desk.get(INS.delta, 'coin=BTC')).result;
    const [btc] = answer['list'] as readonly Row[];
    const state = await desk.state();
    const order = orderIn(state, 'BTC');
    const size = sub(held(state.money, 'unified', 'BTC'), add(order.unpaid, order.interest));
    assert.equal(btc?.['coinDeltaSize'], size);
    assert.equal(
      btc?.['coinDeltaAvailableAmount'],
      round(sub(decimal('300000'), mul(size, decimal('100000'))), 2, 'half'),
    );
    assert.equal((answer['list'] as readonly Row[]).length, 1);
  });
});
