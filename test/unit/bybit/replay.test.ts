import assert from 'node:assert/strict';
import { BybitError, RefusalError } from '../../../src/bybit/errors';
import type { Exchange } from '../../../src/bybit/exchange';
import { borrowFlexible, getFlexibleBorrowHistory, getFlexibleLoans } from '../../../src/bybit/flexible';
import { rowsOf } from '../../../src/bybit/pages';
import { keeping, NotKept, replaying } from '../../../src/bybit/replay';
import { HMAC, type Reply, TIME_PATH, wire } from './bench';

const row = (orderId: string) => ({
  orderId,
  borrowTime: 1,
  initialLoanAmount: '0.000000000000000000000000000001',
  loanCurrency: 'BTC',
  status: 1,
});

async function ids(exchange: Exchange): Promise<string[]> {
  const found: string[] = [];
  for await (const { orderId } of rowsOf(exchange, getFlexibleBorrowHistory, {})) found.push(orderId);
  return found;
}

describe('answers that are kept', () => {
  it('give the same again, page by page, without a request', async () => {
    const line = wire((sent, self) => {
      if (sent.path === TIME_PATH) return undefined;
      const isFirst = !sent.target.includes('cursor=');
      return self.envelope({
        list: [row(isFirst ? '2091991237922142464' : '2091991237922142465')],
        nextPageCursor: isFirst ? 'next' : '',
      });
    });
    const { exchange, bodies } = keeping(line.exchange);
    const first = await line.clock.run(ids(exchange));
    const requests = line.sent.length;
    assert.deepEqual(await ids(replaying(bodies, () => 7)), first);
    assert.deepEqual(first, ['2091991237922142464', '2091991237922142465']);
    assert.equal(line.sent.length, requests);
    assert.equal(replaying(bodies, () => 7).now(), 7);
  });

  for (const retCode of [0, 10004]) {
    it(`hold neither key nor secret nor signature, whatever the exchange quotes (${retCode}), and else say the same`, async () => {
      const list = [{ loanCurrency: 'BTC', totalDebt: '1.50', hourlyInterestRate: '0', note: HMAC.apiKey }];
      let signature = '';
      const line = wire((sent, self) => {
        if (sent.path === TIME_PATH) return undefined;
        signature = sent.headers.get('x-bapi-sign') ?? '';
        const quoted = JSON.stringify([...sent.headers]);
        const result = { list, more: `a${HMAC.secret}b`, id: '2091991237922142464', quoted };
        return self.envelope(result, { retCode, retMsg: `${quoted} ${HMAC.secret}` });
      });
      const { exchange, bodies } = keeping(line.exchange);
      await line.clock.run(exchange.call(getFlexibleLoans, {}).catch(() => undefined));
      const [body = ''] = bodies.values();
      assert.ok(signature.length > 10);
      for (const secret of [HMAC.apiKey, HMAC.secret, signature]) assert.ok(!body.includes(secret));
      for (const said of ['"1.50"', '"a…b"', '"2091991237922142464"', `"retCode":${retCode}`])
        assert.ok(body.includes(said), said);
    });
  }

  it('refuse again what was refused', async () => {
    const line = wire((sent): Reply | undefined =>
      sent.path === TIME_PATH
        ? undefined
        : { body: JSON.stringify({ retCode: 148002, retMsg: 'No.', result: {}, time: 1_800_000_000_000 }) },
    );
    const { exchange, bodies } = keeping(line.exchange);
    const refused = (error: unknown) => error instanceof RefusalError && error.retCode === 148002;
    await assert.rejects(line.clock.run(exchange.call(getFlexibleLoans, {})), refused);
    await assert.rejects(replaying(bodies, () => 0).call(getFlexibleLoans, {}), refused);
  });

  it('are of one question each: another one is no error of the exchange, and a write is never answered', async () => {
    const write = { collateralList: [], loanAmount: '1', loanCurrency: 'BTC' };
    const line = wire((sent, self) =>
      sent.path === TIME_PATH ? undefined : self.envelope({ list: [], orderId: '1' }),
    );
    const { exchange, bodies } = keeping(line.exchange);
    await line.clock.run(exchange.call(getFlexibleLoans, { loanCurrency: 'BTC' }));
    await line.clock.run(exchange.call(borrowFlexible, write));
    const replay = replaying(bodies, () => 0);
    const isNotKept = (error: unknown) => error instanceof NotKept && !(error instanceof BybitError);
    await assert.rejects(replay.call(getFlexibleLoans, {}), isNotKept);
    await assert.rejects(replay.call(getFlexibleLoans, { loanCurrency: 'ETH' }), isNotKept);
    await assert.rejects(replay.call(borrowFlexible, write), isNotKept);
    await replay.call(getFlexibleLoans, { loanCurrency: 'BTC' });
  });

  it('are those of the last try', async () => {
    const line = wire((sent, self) => {
      if (sent.path === TIME_PATH) return undefined;
      if (sent.count === 1)
        return { body: JSON.stringify({ retCode: 10006, retMsg: '', result: {}, time: self.serverTime() }) };
      return self.envelope({ list: [] });
    });
    const { exchange, bodies } = keeping(line.exchange);
    await line.clock.run(exchange.call(getFlexibleLoans, {}));
    assert.deepEqual((await replaying(bodies, () => 0).call(getFlexibleLoans, {})).result.list, []);
  });
});
