import assert from 'node:assert/strict';
import { type Decimal, decimal } from '../../../../src/bybit/decimal';
import { held, imbalances } from '../../../../src/paper/ledger/money';
import { DELAY_LASTS, LIQUIDATION_LASTS } from '../../../../src/paper/ledger/risk';
import { type Bench, bench, PATHS } from '../bench';

/** Owes 10 ETH at 1000 USD each against 10,000 USDT (9,500 USD after the ladder) and 2 BTC at 2,000 USD each. */
async function owing(): Promise<Bench> {
  const wallet: ReadonlyMap<string, Decimal> = new Map([
    ['USDT', decimal('10000')],
    ['BTC', decimal('2')],
  ]);
  const desk = bench({ wallet });
  await desk.price('ETH', '1000');
  await desk.price('BTC', '2000');
  const answer = await desk.post(PATHS.borrow, {
    loanCurrency: 'ETH',
    loanAmount: '10',
    collateralList: [
      { currency: 'USDT', amount: '10000' },
      { currency: 'BTC', amount: '2' },
    ],
  });
  assert.equal(answer.retCode, 0, answer.retMsg);
  return desk;
}
// Collateral is 9,500 + 3,800 = 13,300 USD after the ladders, so an ETH price of 1330 x LTV.
const AT = { marginCall: '1131', delayed: '1240', liquidation: '1264' } as const;

async function ltvOf(desk: Bench): Promise<unknown> {
  return (await desk.get(PATHS.position)).result['ltv'];
}
async function stageOf(desk: Bench): Promise<string> {
  return (await desk.state()).risk.stage;
}
async function repayTypes(desk: Bench): Promise<readonly number[]> {
  const { result } = await desk.get(PATHS.repayments);
  return (result['list'] as { repayType: number }[]).map((row) => row.repayType);
}

describe('the LTV', () => {
  it('is debt over collateral after the ladders, 6 decimals, rounded up; "0" without a loan', async () => {
    assert.equal(await ltvOf(bench()), '0');
    const desk = await owing();
    assert.equal(await ltvOf(desk), '0.75188');
    await desk.price('ETH', '1063.9999');
    assert.equal(await ltvOf(desk), '0.8');
  });
});

describe('the risk watch', () => {
  it('calls for margin, and forgets it when the LTV falls', async () => {
    const desk = await owing();
    assert.equal(await stageOf(desk), 'normal');
    await desk.price('ETH', AT.marginCall);
    assert.equal(await stageOf(desk), 'margin-call');
    await desk.price('ETH', '900');
    assert.equal(await stageOf(desk), 'normal');
  });

  it('liquidates at the line: sells by liquidation order until debts are paid, refusing operations meanwhile', async () => {
    const desk = await owing();
    await desk.price('ETH', AT.liquidation);
    assert.equal(await stageOf(desk), 'liquidating');
    const refused = await desk.post(PATHS.adjust, { currency: 'USDT', amount: '1', direction: '0' });
    assert.equal(refused.retCode, 148031);
    desk.pass(LIQUIDATION_LASTS);
    const state = await desk.state();
    assert.equal(state.flexible.debts.size, 0);
    assert.equal(state.risk.stage, 'normal');
    // 12,640 USD and 2 percent: all BTC (4,000 USD) goes first, the rest out of USDT.
    assert.equal(held(state.money, 'wallet', 'BTC'), '0');
    const rest = held(state.money, 'wallet', 'USDT');
    assert.ok(/^11\d\d(\.|$)/.test(rest), rest);
    assert.deepEqual(await repayTypes(desk), [2]);
    assert.deepEqual(imbalances(state.money), []);
  });

  it('waits an hour at the delayed line, then sells as type 6', async () => {
    const desk = await owing();
    await desk.price('ETH', AT.delayed);
    assert.equal(await stageOf(desk), 'delayed');
    desk.pass(DELAY_LASTS - 5000);
    assert.equal(await stageOf(desk), 'delayed');
    desk.pass(5000 + LIQUIDATION_LASTS);
    assert.equal((await desk.state()).flexible.debts.size, 0);
    assert.deepEqual(await repayTypes(desk), [6]);
  });

  it('gives up the delayed sale when the LTV falls below its line in time', async () => {
    const desk = await owing();
    await desk.price('ETH', AT.delayed);
    desk.pass(DELAY_LASTS / 2);
    await desk.price('ETH', '1000');
    desk.pass(DELAY_LASTS);
    assert.equal(await stageOf(desk), 'normal');
    assert.deepEqual(await repayTypes(desk), []);
  });

  it('leaves nothing owed when the collateral does not suffice; the insurance pays', async () => {
    const desk = await owing();
    await desk.price('ETH', '3000');
    desk.pass(LIQUIDATION_LASTS);
    const state = await desk.state();
    assert.equal(state.flexible.debts.size, 0);
    assert.ok(held(state.money, 'insurance', 'ETH').startsWith('-'));
    assert.equal(held(state.money, 'wallet', 'USDT'), '0');
    assert.equal(held(state.money, 'wallet', 'ETH'), '10');
    assert.deepEqual(imbalances(state.money), []);
  });
});
