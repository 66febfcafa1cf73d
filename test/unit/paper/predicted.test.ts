import assert from 'node:assert/strict';
import { add, type Decimal, decimal, lt, mul, sub } from '../../../src/bybit/decimal';
import { type Bench, bench } from '../ui/flows/bench';

interface Loan {
  readonly coin: string;
  readonly amount: string;
  readonly collateral: Readonly<Record<string, string>>;
}

/** Danger below, above, and on both sides of the market; over one and over several tiers. */
const LOANS: readonly Loan[] = [
  { coin: 'USDT', amount: '12000', collateral: { BTC: '0.3' } },
  { coin: 'BTC', amount: '0.1', collateral: { USDT: '12000' } },
  { coin: 'BTC', amount: '0.1', collateral: { USDT: '5000', ETH: '2' } },
  { coin: 'ETH', amount: '3', collateral: { BTC: '0.2', USDT: '2000' } },
  { coin: 'USDT', amount: '20000', collateral: { ETH: '9', BTC: '0.1' } },
];
/** To the safe side of the price: more than the six decimals of an LTV show. */
const HAIR = decimal('0.00001');
/** To the other side: the price itself has an end of its decimals. */
const TRACE = decimal('0.000000000001');

async function stageOf(on: Bench): Promise<unknown> {
  const state = (await on.door.control.state()) as { readonly risk: { readonly stage: string } };
  return state.risk.stage;
}

describe('the paper exchange against the prices that the desk predicts', function () {
  this.timeout(60_000);

  for (const loan of LOANS) {
    const pledged = Object.keys(loan.collateral).join(' and ');
    it(`liquidates ${loan.amount} ${loan.coin} against ${pledged} where it was said, and not before`, async () => {
      let sides = 0;
      for (const coin of [loan.coin, ...Object.keys(loan.collateral)]) {
        if (coin === 'USDT') continue;
        for (const side of ['below', 'above'] as const) {
          sides += Number(await isTrue(loan, coin, side));
        }
      }
      assert.ok(sides > 0, 'no price was predicted');
    });
  }

  /** Whether there is such a price; on an account of its own, since a liquidation leaves nothing to try again. */
  async function isTrue(loan: Loan, coin: string, side: 'below' | 'above'): Promise<boolean> {
    const on = await bench();
    try {
      await on.owe(loan.coin, loan.amount, loan.collateral);
      await on.run(on.desk.refresh());
      const at = predicted(on, coin, side);
      if (at === undefined) return false;
      const step = mul(at, HAIR);
      await on.door.control.price(coin, side === 'below' ? add(at, step) : sub(at, step));
      await on.run(on.desk.refresh());
      assert.notEqual(await stageOf(on), 'liquidating', `${coin} ${side} ${at}: too soon`);
      assert.ok(lt(on.desk.figures?.ltv ?? decimal('1'), decimal('0.95')));
      const past = mul(at, TRACE);
      await on.door.control.price(coin, side === 'below' ? sub(at, past) : add(at, past));
      assert.equal(await stageOf(on), 'liquidating', `${coin} ${side} ${at}: not yet`);
      return true;
    } finally {
      await on.close();
    }
  }

  function predicted(on: Bench, coin: string, side: 'below' | 'above'): Decimal | undefined {
    return on.desk.figures?.liquidation.find((one) => one.coin === coin)?.[side];
  }
});
