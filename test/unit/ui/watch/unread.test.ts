import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { plain, type Words } from '../../../../src/bybit/words';
import { createDesk } from '../../../../src/desk/desk';
import type { Desk } from '../../../../src/desk/operation';
import type { Session, Sessions } from '../../../../src/ui/session';
import { Signal } from '../../../../src/ui/signal';
import { WatchService } from '../../../../src/ui/watch/watch-service';
import { ACCOUNT, type Bench, bench, THRESHOLDS } from '../../desk/bench';
import { FakeLog } from '../fake-log';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('the watch of an account of which something is not read', function () {
  this.timeout(60_000);
  let on: Bench;
  let told: string[];
  let leave: () => void;

  beforeEach(() => {
    on = bench();
    told = [];
  });
  afterEach(async () => {
    leave();
    await on.close();
  });

  /** A window on the account, with its watch. */
  async function start(): Promise<void> {
    const signal = new Signal();
    const desk: Desk = await createDesk({
      account: ACCOUNT,
      exchange: on.exchange,
      folder: on.folder,
      thresholds: () => THRESHOLDS,
      intervalMs: () => 15_000,
      log: () => undefined,
      clock: on.clock,
    });
    desk.onDidChange(() => signal.fire());
    const current: Session = { kind: 'account', account: ACCOUNT, desk };
    const sessions = { current, onDidChange: signal.event, hold: () => () => undefined };
    const say = async ({ words: said }: { readonly words: readonly Words[] }) => {
      told.push(said.map(plain).join(' '));
    };
    const service = new WatchService({
      sessions: sessions as unknown as Sessions,
      folder: on.folder,
      locale: 'en',
      clock: on.clock,
      log: new FakeLog(),
      asker: { say } as never,
      readSetting: () => undefined,
      privacy: { show: (said) => said },
      start: () => undefined,
      askSnooze: () => undefined,
      showList: () => undefined,
    });
    leave = () => {
      service.dispose();
      desk.dispose();
    };
  }

  /** Answers of one endpoint come so much later, or changed. */
  function answers(endpoint: string, change: object | undefined, lateMs = 0): void {
    const call = on.exchange.call.bind(on.exchange);
    on.exchange.call = (async (asked: { id: string }, ...rest: [never, never]) => {
      if (asked.id === endpoint && lateMs > 0) await on.clock.sleep(lateMs);
      const answer = (await call(asked as never, ...rest)) as { result: object };
      return asked.id === endpoint ? { ...answer, result: { ...answer.result, ...change } } : answer;
    }) as never;
  }

  /** A debt of 6,000 USD against so much USDT. */
  function pledges(amount: string): void {
    on.exchange.collateral.clear();
    on.exchange.collateral.set('USDT', decimal(amount));
  }

  it('is not silent where the collateral rules could never be read', async () => {
    pledges('6500');
    on.exchange.loses('getCollateralCoins');
    await start();
    await on.clock.pass(1_800_000);
    assert.match(told.join('\n'), /The LTV cannot be read/);
  });

  it('goes by the LTV of the exchange where prices could never be read', async () => {
    pledges('6500');
    answers('getLoanPosition', { ltv: decimal('0.94') });
    on.exchange.loses('getSpotTickers');
    await start();
    await on.clock.pass(1_800_000);
    assert.match(told.join('\n'), /LTV 94\.00 %/);
  });

  it('tells the end of a key once over a restart', async () => {
    answers('getApiKeyInfo', { expiredAt: new Date(on.clock.now() + 5 * DAY).toISOString() });
    await start();
    await on.clock.pass(300_000);
    leave();
    await on.clock.pass(60_000);
    await start();
    await on.clock.pass(300_000);
    assert.equal(told.filter((one) => one.includes('API key ends')).length, 1, told.join('\n'));
  });

  it('tells no liquidation as news that came before it ever watched', async () => {
    const row = {
      repayId: '77',
      repayTime: on.clock.now() - 90 * DAY,
      loanCurrency: 'BTC',
      repayAmount: decimal('1'),
      repayType: 2,
      repayStatus: 1,
    };
    answers('getFlexibleRepaymentHistory', { list: [row, { ...row, repayId: '78', repayType: 3 }] });
    await start();
    await on.clock.pass(300_000);
    assert.deepEqual(
      told.filter((one) => /Liquidation:|filled/.test(one)),
      [],
    );
  });

  it('does not put a wallet of now beside a loan that was repaid out of it', async () => {
    for (const row of on.exchange.fixed.contracts) {
      const [repaymentTime, borrowTime] = [on.clock.now() + 10 * HOUR, on.clock.now() - 20 * DAY];
      Object.assign(row, { repayType: 1, repaymentTime, borrowTime });
    }
    on.exchange.wallet.set('ETH', decimal('1.5'));
    await start();
    await on.clock.pass(200_000);
    const before = told.length;
    on.exchange.actElsewhere('repayFixedLoan', { loanId: '570' });
    await on.clock.pass(300_000);
    assert.deepEqual(told.slice(before), []);
  });

  it('does not put a debt of before beside collateral that was sold for it', async () => {
    pledges('10000');
    answers('getFlexibleLoans', undefined, 300);
    await start();
    await on.clock.pass(200_000);
    const before = told.length;
    on.exchange.collateral.set('USDT', decimal('6000'));
    on.exchange.debts.set('BTC', decimal('0.0333'));
    await on.clock.pass(300_000);
    assert.deepEqual(told.slice(before), []);
  });
});
