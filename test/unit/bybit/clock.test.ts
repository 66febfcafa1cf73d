import assert from 'node:assert/strict';
import { getApiKeyInfo } from '../../../src/bybit/account';
import { HeldError, RefusalError, TransportError } from '../../../src/bybit/errors';
import { repayFlexible } from '../../../src/bybit/flexible';
import { type Reply, rejection, type Sent, TIME_PATH, type Wire, wire } from './bench';

const HOUR = 3_600_000;
const KEY = { id: '1', note: '', readOnly: 0, permissions: {}, ips: null, userID: 1, vipLevel: 'No VIP' };
const REPAY = { loanCurrency: 'BTC', amount: '0.1' };

function answers(sent: Sent, { envelope }: Wire): Reply | undefined {
  if (sent.path === getApiKeyInfo.path) return envelope(KEY);
  return sent.path === repayFlexible.path ? envelope({ repayId: '1' }) : undefined;
}

const read = (line: Wire) => line.clock.run(line.exchange.call(getApiKeyInfo, {}));
const refusals = (line: Wire) => line.lines.filter(({ retCode }) => retCode === 10002).length;

describe('the clock of the server', () => {
  for (const skew of [0, 3000, -3000, 50_000, -50_000, 600_000, -600_000, 24 * HOUR, -24 * HOUR]) {
    it(`is followed when the local one is ${-skew / 1000} s off`, async () => {
      const line = wire(answers);
      line.skew = skew;
      await read(line);
      await line.clock.run(line.exchange.call(repayFlexible, REPAY));
      assert.equal(refusals(line), 0);
      // More than a minute off is believed when a second answer says so, too.
      assert.equal(line.count(TIME_PATH), Math.abs(skew) > 60_000 ? 2 : 1);
      const late = line.serverTime() - line.exchange.now();
      assert.ok(late >= 0 && late < 1000, `late by ${late}`);
    });
  }

  it('is never widened by the window', async () => {
    const line = wire(answers);
    line.skew = -60_000;
    await read(line);
    for (const { headers } of line.sent)
      assert.ok([undefined, '5000'].includes(headers.get('x-bapi-recv-window')));
  });

  it('is measured again after a 10002, with one clean repeat', async () => {
    const line = wire(answers);
    await read(line);
    // The server's clock jumps; ours does not notice.
    line.skew += 2 * HOUR;
    await read(line);
    assert.equal(refusals(line), 1);
    assert.equal(line.count(getApiKeyInfo.path), 3);
    line.skew -= 5 * HOUR;
    await line.clock.run(line.exchange.call(repayFlexible, REPAY));
    assert.equal(refusals(line), 2);
    assert.equal(line.count(repayFlexible.path), 2, 'a clean refusal is repeated once, a write too');
    assert.equal(line.count(TIME_PATH), 5, 'twice a jump, since one answer alone is not believed');
  });

  it('gives up after two repeats', async () => {
    const always = (sent: Sent, { envelope }: Wire) =>
      sent.path === TIME_PATH ? undefined : envelope({}, { retCode: 10002 });
    for (const endpoint of [repayFlexible, getApiKeyInfo]) {
      const line = wire(always);
      const error = await rejection(line.clock.run(line.exchange.call<object, unknown>(endpoint, REPAY)));
      assert.ok(error instanceof RefusalError && error.retCode === 10002 && error.effect === 'none');
      assert.equal(line.count(endpoint.path), 3);
    }
  });

  it('is measured again when the machine slept or its clock was set, before anything is signed', async () => {
    const line = wire(answers);
    await read(line);
    for (const jump of [HOUR, -2 * HOUR, 2000]) {
      // Asleep, the monotonic clock stands still and the server's goes on.
      line.clock.jump(jump);
      line.skew += jump;
      await read(line);
    }
    assert.equal(refusals(line), 0);
    assert.equal(line.count(TIME_PATH), 4);
    await read(line);
    assert.equal(line.count(TIME_PATH), 4);
  });

  it('is shared by calls that need it at the same time', async () => {
    const line = wire(answers);
    await line.clock.run(Promise.all([1, 2, 3, 4].map(() => line.exchange.call(getApiKeyInfo, {}))));
    assert.equal(line.count(TIME_PATH), 1);
  });

  it('takes the quickest of five trips when the network is slow', async () => {
    const trips = [4000, 900, 2500, 500, 3000];
    const slow = (sent: Sent, { serverTime, envelope }: Wire): Reply | undefined => {
      if (sent.path !== TIME_PATH) return undefined;
      const now = serverTime();
      return {
        ...envelope({ timeSecond: '1', timeNano: '1' }, { time: now }),
        takes: trips[sent.count - 1] ?? 0,
      };
    };
    const line = wire((sent, self) => slow(sent, self) ?? answers(sent, self));
    await read(line);
    assert.equal(line.count(TIME_PATH), 5);
    assert.equal(refusals(line), 0);
  });

  it('is corrected by every signed answer', async () => {
    const line = wire(answers);
    await read(line);
    // It drifts by less than the window, so that nobody refuses.
    for (let drift = 0; drift < 40; drift += 1) {
      line.skew += 400;
      await read(line);
    }
    assert.equal(refusals(line), 0);
    assert.equal(line.count(TIME_PATH), 1);
  });

  it('is not believed when it makes no sense: the next call measures and goes on', async () => {
    let odd: number | undefined = Date.UTC(3000, 0);
    const line = wire((sent, self) => {
      if (sent.path !== getApiKeyInfo.path || odd === undefined) return answers(sent, self);
      return self.envelope(KEY, { time: odd });
    });
    await read(line);
    odd = 0;
    await read(line);
    odd = undefined;
    await read(line);
    await line.clock.run(line.exchange.call(repayFlexible, REPAY));
    assert.equal(line.count(repayFlexible.path), 1);
  });

  for (const [kind, odd] of [
    ['the year 3000', Date.UTC(3000, 0)],
    ['ten minutes ahead', undefined],
    ['seconds', 1_772_400_000],
    ['zero', 0],
  ] as const)
    it(`signs no write for a time that one answer alone tells (${kind})`, async () => {
      let lies = false;
      const lie = (self: Wire) => odd ?? self.serverTime() + 600_000;
      const line = wire((sent, self) => {
        if (lies && sent.path === TIME_PATH && sent.count % 2 === 0)
          return self.envelope({ timeSecond: '1', timeNano: '1' }, { time: lie(self) });
        if (lies && sent.path === getApiKeyInfo.path) return self.envelope(KEY, { time: lie(self) });
        return answers(sent, self);
      });
      await read(line);
      for (let round = 0; round < 4; round += 1) {
        lies = true;
        await read(line);
        await line.clock.run(line.exchange.call(repayFlexible, REPAY));
        lies = false;
        await line.clock.run(line.exchange.call(repayFlexible, REPAY));
      }
      assert.equal(refusals(line), 0);
      const stamps = line.sent.filter(({ path }) => path === repayFlexible.path);
      assert.equal(stamps.length, 8);
      for (const { headers, at } of stamps) {
        const signed = Number(headers.get('x-bapi-timestamp'));
        assert.ok(Math.abs(signed - (line.serverTime() - (line.clock.monotonic() - at))) < 1_000);
      }
    });

  it('that no two answers agree in signs nothing', async () => {
    const line = wire((sent, self) =>
      sent.path === TIME_PATH
        ? self.envelope({ timeSecond: '1', timeNano: '1' }, { time: sent.count * 3_600_000 })
        : answers(sent, self),
    );
    const error = await rejection(line.clock.run(line.exchange.call(repayFlexible, REPAY)));
    assert.ok(error instanceof HeldError && error.effect === 'none');
    assert.match(error.words.text, /times that do not agree/);
    assert.equal(line.count(repayFlexible.path), 0);
    assert.equal(line.count(TIME_PATH), 5);
  });

  it('that cannot be measured is the failure of the call, and a write has done nothing', async () => {
    const line = wire((sent) => (sent.path === TIME_PATH ? { code: 'ECONNRESET' } : undefined));
    const error = await rejection(line.clock.run(line.exchange.call(repayFlexible, REPAY)));
    assert.ok(error instanceof TransportError && error.effect === 'none');
    assert.equal(line.count(repayFlexible.path), 0);
  });
});
