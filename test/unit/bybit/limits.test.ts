import assert from 'node:assert/strict';
import { getApiKeyInfo } from '../../../src/bybit/account';
import { getLoanableCoins } from '../../../src/bybit/common';
import { HeldError, RefusalError } from '../../../src/bybit/errors';
import { borrowFlexible, getFlexibleLoans, repayFlexible } from '../../../src/bybit/flexible';
import { type Reply, rejection, type Sent, TIME_PATH, type Wire, wire } from './bench';

const REPAY = { loanCurrency: 'BTC', amount: '0.1' };

function answers(sent: Sent, { envelope }: Wire): Reply | undefined {
  if (sent.path === TIME_PATH) return undefined;
  return envelope({ list: [], repayId: '1', orderId: '1' });
}

/** Times at which requests of a path left, ms. */
const times = (line: Wire, path: string) =>
  line.sent.filter((sent) => sent.path === path).map(({ at }) => at);

/** The most that left within a rolling span. */
function most(all: readonly number[], span: number): number {
  return Math.max(...all.map((from) => all.filter((at) => at >= from && at < from + span).length));
}

function calls(line: Wire, count: number) {
  return Array.from({ length: count }, () => line.exchange.call(getFlexibleLoans, {}));
}

describe('the limits of the exchange', () => {
  it('are kept by one queue for each endpoint', async () => {
    const line = wire(answers);
    const writes = Array.from({ length: 5 }, () => line.exchange.call(repayFlexible, REPAY));
    const borrowing = line.exchange.call(borrowFlexible, { loanCurrency: 'BTC', loanAmount: '1' });
    await line.clock.run(Promise.all([...calls(line, 23), ...writes, borrowing]));
    assert.equal(most(times(line, getFlexibleLoans.path), 1000), 5);
    assert.equal(most(times(line, repayFlexible.path), 1000), 1);
    assert.ok((times(line, borrowFlexible.path)[0] ?? Infinity) < 500, 'another endpoint does not wait');
  });

  it('are kept also by calls that waited for the clock to be measured', async () => {
    const line = wire((sent, self) =>
      sent.path === TIME_PATH
        ? { ...self.envelope({ timeSecond: '1', timeNano: '1' }), takes: 4000 }
        : answers(sent, self),
    );
    await line.clock.run(Promise.all(calls(line, 12)));
    assert.equal(most(times(line, getFlexibleLoans.path), 1000), 5);
  });

  it('are kept for the address over all endpoints, with room for other windows', async () => {
    const line = wire(answers);
    const many = Array.from({ length: 32 }, () =>
      Array.from({ length: 12 }, (_, n) =>
        line.exchange.call({ ...getLoanableCoins, path: `/v5/x${n}`, perSecond: 50 }, {}),
      ),
    ).flat();
    await line.clock.run(Promise.all(many));
    assert.equal(
      most(
        line.sent.map(({ at }) => at),
        5000,
      ),
      300,
    );
  });

  it('let calls leave in the order in which they asked; who gives up keeps nobody waiting', async () => {
    const line = wire(answers);
    const stop = new AbortController();
    const order: number[] = [];
    const all = [0, 1, 2, 3, 4].map((n) =>
      line.exchange
        .call(
          repayFlexible,
          { loanCurrency: `C${n}`, amount: '1' },
          n === 2 || n === 3 ? { signal: stop.signal } : {},
        )
        .then(() => order.push(n)),
    );
    const given = Promise.all([all[2], all[3]].map((one) => rejection(one ?? Promise.resolve())));
    await line.clock.pass(500);
    stop.abort();
    for (const error of await given) assert.ok(error instanceof HeldError && error.effect === 'none');
    await line.clock.run(Promise.all([all[0], all[1], all[4]]));
    assert.deepEqual(order, [0, 1, 4]);
    const [first = 0, , last = 0] = times(line, repayFlexible.path);
    assert.ok(last - first < 3000);
  });

  it('are heeded as the headers state them, also by calls that wait already', async () => {
    const line = wire((sent, self) => {
      const reset = String(self.serverTime() + 700);
      const left = sent.count === 2 ? '0' : '3';
      const headers = {
        'X-Bapi-Limit': '5',
        'X-Bapi-Limit-Status': left,
        'X-Bapi-Limit-Reset-Timestamp': reset,
      };
      const reply = answers(sent, self);
      return reply && { ...reply, headers };
    });
    await line.clock.run(Promise.all(calls(line, 6)));
    const [, second = 0, third = 0, fourth = 0] = times(line, getFlexibleLoans.path);
    assert.ok(third - second >= 700, `left ${third - second} ms later`);
    assert.ok(fourth - third >= 200);
  });

  it('take no header at its word that makes no sense', async () => {
    const odd = ['', 'soon', '-1', '99999999999999999999', '1e99', String(Date.UTC(3000, 0))];
    const line = wire((sent, self) => {
      const headers = {
        'X-Bapi-Limit-Status': '0',
        'X-Bapi-Limit-Reset-Timestamp': odd[sent.count % odd.length] ?? '',
      };
      const reply = answers(sent, self);
      return reply && { ...reply, headers };
    });
    await line.clock.run(Promise.all(calls(line, 12)));
    const all = times(line, getFlexibleLoans.path);
    assert.ok((all.at(-1) ?? 0) < 15_000, 'nothing holds a call longer than a second');
  });

  it('repeat a 10006 at most three times, with jitter, a write too, and tell the journal each time', async () => {
    for (const endpoint of [repayFlexible, getFlexibleLoans]) {
      for (const random of [0, 0.999]) {
        const line = wire(
          (sent, self) => (sent.path === TIME_PATH ? undefined : self.envelope({}, { retCode: 10006 })),
          {
            random: () => random,
          },
        );
        const noted: number[] = [];
        const error = await rejection(
          line.clock.run(
            line.exchange.call<object, unknown>(endpoint, REPAY, { beforeSend: (t) => void noted.push(t) }),
          ),
        );
        assert.ok(
          error instanceof RefusalError && error.retCode === 10006 && error.effect === 'none',
          String(error),
        );
        const all = times(line, endpoint.path);
        assert.equal(all.length, 4);
        assert.equal(noted.length, 4);
        const gaps = all.slice(1).map((at, n) => at - (all[n] ?? 0));
        for (const gap of gaps) assert.ok(random === 0 ? gap <= 1100 : gap > 1400, `gap ${gap}`);
      }
    }
  });

  it('hold everybody in the queue after a 10006', async () => {
    const line = wire((sent, self) =>
      sent.path === getFlexibleLoans.path && sent.count === 1
        ? self.envelope({}, { retCode: 10006 })
        : answers(sent, self),
    );
    await line.clock.run(Promise.all(calls(line, 8)));
    const [first = 0, second = 0] = times(line, getFlexibleLoans.path);
    assert.ok(second - first >= 1000, `next after ${second - first} ms`);
    assert.equal(most(times(line, getFlexibleLoans.path), 1000), 5);
  });

  for (const said of ['HTTP 403', '10018'] as const) {
    it(`are silence for ten minutes after ${said}, for every client of that host, and say so`, async () => {
      let barred = true;
      const line = wire((sent, self) => {
        if (sent.path !== getFlexibleLoans.path || !barred) return answers(sent, self);
        return said === '10018'
          ? self.envelope({}, { retCode: 10018 })
          : { status: 403, body: '<html>access too frequent</html>' };
      });
      await line.clock.run(line.exchange.call(getApiKeyInfo, {}).catch(() => undefined));
      await rejection(line.clock.run(line.exchange.call(getFlexibleLoans, {})));
      const sent = line.sent.length;
      barred = false;
      const sentences = new Set<string>();
      for (let minute = 0; minute < 10; minute += 1) {
        for (const endpoint of [getFlexibleLoans, getLoanableCoins, repayFlexible]) {
          const error = await rejection(line.clock.run(line.exchange.call<object, unknown>(endpoint, REPAY)));
          assert.ok(error instanceof HeldError && error.effect === 'none');
          sentences.add(error.words.text + error.words.args.join());
          assert.match(error.message, /before \d\d:\d\d:\d\d UTC/);
          const left = (error.until ?? 0) - line.clock.now();
          assert.ok(left > 0 && left <= 601_000);
        }
        await line.clock.pass(59_500);
      }
      assert.equal(line.sent.length, sent, 'nothing was sent meanwhile');
      assert.equal(sentences.size, 1, 'one sentence for all that meet it, however long it stands');
      await line.clock.pass(6_000);
      await line.clock.run(line.exchange.call(getFlexibleLoans, {}));
    });
  }

  it('stop also what waits for its turn when the silence begins', async () => {
    const line = wire((sent, self) =>
      sent.path === TIME_PATH
        ? undefined
        : {
            status: 403,
            body: '',
            takes: sent.count === 1 ? 20 : 1,
            headers: { time: String(self.serverTime()) },
          },
    );
    const errors = await line.clock.run(Promise.all(calls(line, 20).map(rejection)));
    assert.equal(line.count(getFlexibleLoans.path), 1);
    assert.equal(errors.filter((error) => error instanceof HeldError).length, 19);
  });
});
