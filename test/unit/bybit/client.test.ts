import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { getApiKeyInfo } from '../../../src/bybit/account';
import { calculateMaxLoan, getLoanableCoins } from '../../../src/bybit/common';
import { HeldError, RefusalError, TransportError, UnreadableError } from '../../../src/bybit/errors';
import { getFlexibleLoans, repayFlexible } from '../../../src/bybit/flexible';
import { HMAC, type Reply, rejection, type Sent, TIME_PATH, type Wire, wire } from './bench';

const REPAY = { loanCurrency: 'BTC', amount: '0.1' };

/** Answers everything but the time with what `script` says; the last line stays. */
function scripted(...script: readonly (Reply | ((self: Wire) => Reply))[]) {
  return (sent: Sent, self: Wire): Reply | undefined => {
    if (sent.path === TIME_PATH) return undefined;
    const reply = script[Math.min(sent.count, script.length) - 1];
    return typeof reply === 'function' ? reply(self) : reply;
  };
}

const good = (self: Wire) =>
  self.envelope({
    list: [],
    repayId: '7',
    currency: 'BTC',
    maxLoan: '1',
    notionalUsd: '',
    remainingQuota: '',
  });
const coded = (retCode: number) => (self: Wire) => self.envelope({}, { retCode });

/** Faults after which a read is asked again, and after which a write may have taken effect. */
const BREAKS: readonly (Reply | ((self: Wire) => Reply))[] = [
  { code: 'ECONNRESET' },
  { code: 'EPIPE' },
  { code: 'ECONNABORTED' },
  { code: 'ERR_BAD_RESPONSE' },
  { code: 'Z_DATA_ERROR' },
  { code: 'HPE_INVALID_CONSTANT' },
  // The way of a connection that stood was lost: the request may be there, the answer is not.
  { code: 'EHOSTUNREACH', syscalls: ['read'] },
  { code: 'ENETUNREACH', syscalls: ['write'] },
  { code: 'ECONNREFUSED', syscalls: ['read'] },
  { code: 'EHOSTUNREACH' },
  { code: 'ECONNREFUSED', syscalls: ['connect', 'read'] },
  { silence: true },
  { status: 500 },
  { status: 502, body: '<html>' },
  { status: 503 },
  { status: 504 },
  { status: 200, body: '' },
  { status: 200, body: '<html>' },
  { status: 200, body: '{"retCode":0,"res' },
  coded(10016),
  coded(148019),
];

describe('a read', () => {
  for (const [n, fault] of BREAKS.entries()) {
    it(`is asked at most three times after fault ${n}, and comes through when it ends`, async () => {
      const line = wire(scripted(fault, fault, good));
      await line.clock.run(line.exchange.call(getFlexibleLoans, {}));
      assert.equal(line.count(getFlexibleLoans.path), 3);
      const lost = wire(scripted(fault));
      await rejection(lost.clock.run(lost.exchange.call(getFlexibleLoans, {})));
      assert.equal(lost.count(getFlexibleLoans.path), 3);
    });
  }

  it('is asked again when it happens to be a POST', async () => {
    const line = wire(scripted({ code: 'ECONNRESET' }, good));
    await line.clock.run(line.exchange.call(calculateMaxLoan, { currency: 'BTC' }));
    assert.equal(line.count(calculateMaxLoan.path), 2);
  });

  it('waits longer before each repeat, and never exactly as long', async () => {
    const gaps = async (random: number) => {
      const line = wire(scripted({ code: 'ECONNRESET' }), { random: () => random });
      await rejection(line.clock.run(line.exchange.call(getFlexibleLoans, {})));
      const at = line.sent.filter(({ path }) => path === getFlexibleLoans.path).map((sent) => sent.at);
      return at.slice(1).map((time, n) => time - (at[n] ?? 0));
    };
    const [few = [], many = []] = [await gaps(0), await gaps(0.999)];
    assert.ok((few[1] ?? 0) > (few[0] ?? 0) * 1.5);
    assert.ok((many[0] ?? 0) > (few[0] ?? 0) * 1.5);
  });

  it('is not asked again after a clean no, a 4xx, a redirect, or an answer with a wrong field', async () => {
    const noes: readonly (Reply | ((self: Wire) => Reply))[] = [
      coded(10001),
      coded(10003),
      coded(10004),
      coded(10005),
      coded(33004),
      coded(148001),
      coded(999_999),
      ...[400, 401, 403, 404, 405, 407, 408, 410, 418, 422, 425, 428, 429, 451, 499].map((status) => ({
        status,
      })),
      { status: 301 },
      { status: 308 },
      (self) => self.envelope({ list: [{}] }),
    ];
    for (const no of noes) {
      const line = wire(scripted(no));
      await rejection(line.clock.run(line.exchange.call(getFlexibleLoans, {})));
      assert.equal(line.count(getFlexibleLoans.path), 1, JSON.stringify(no));
    }
  });

  it('has a budget of repeats, which good answers fill again', async () => {
    let broken = true;
    const line = wire((sent, self) =>
      sent.path === TIME_PATH ? undefined : broken ? { code: 'ECONNRESET' } : good(self),
    );
    for (let n = 0; n < 50; n += 1) await rejection(line.clock.run(line.exchange.call(getFlexibleLoans, {})));
    assert.equal(line.count(getFlexibleLoans.path), 50 + 10);
    broken = false;
    for (let n = 0; n < 20; n += 1) await line.clock.run(line.exchange.call(getFlexibleLoans, {}));
    broken = true;
    const before = line.sent.length;
    for (let n = 0; n < 10; n += 1) await rejection(line.clock.run(line.exchange.call(getFlexibleLoans, {})));
    assert.equal(line.sent.length - before, 10 + 2);
  });
});

describe('a write', () => {
  for (const [n, fault] of [...BREAKS, { status: 429 }].entries()) {
    it(`leaves once whatever fault ${n} does to it, and its effect is unknown`, async () => {
      const line = wire(scripted(fault, good));
      const error = await rejection(line.clock.run(line.exchange.call(repayFlexible, REPAY)));
      assert.ok(
        error instanceof TransportError || error instanceof UnreadableError || error instanceof RefusalError,
      );
      assert.equal(error.effect, 'unknown');
      assert.match(error.advice?.text ?? '', /histories/);
      assert.equal(line.count(repayFlexible.path), 1);
    });
  }

  it('is unknown after a code nobody documented, a redirect, or an answer without its id', async () => {
    for (const odd of [coded(123_456), { status: 302 }, { status: 307 }, (self: Wire) => self.envelope({})]) {
      const line = wire(scripted(odd));
      const error = await rejection(line.clock.run(line.exchange.call(repayFlexible, REPAY)));
      assert.equal((error as RefusalError).effect, 'unknown');
      assert.equal(line.count(repayFlexible.path), 1);
    }
  });

  it('has done nothing when it never connected or was cleanly refused', async () => {
    const refusals: readonly (Reply | ((self: Wire) => Reply))[] = [
      { code: 'ENOTFOUND' },
      { code: 'ECONNREFUSED', syscalls: ['connect'] },
      { code: 'ENETUNREACH', syscalls: ['connect', 'connect'] },
      { code: 'EHOSTUNREACH', syscalls: ['connect'] },
      { code: 'EAI_AGAIN' },
      { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
      { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      { status: 401 },
      { status: 403 },
      { status: 404 },
      coded(10001),
      coded(10003),
      coded(148009),
      coded(148032),
    ];
    for (const refusal of refusals) {
      const line = wire(scripted(refusal));
      const error = await rejection(line.clock.run(line.exchange.call(repayFlexible, REPAY)));
      assert.equal((error as RefusalError).effect, 'none', JSON.stringify(refusal));
      assert.equal(line.count(repayFlexible.path), 1);
    }
  });

  it('is noted before it leaves, with the time that is signed; when that fails nothing leaves', async () => {
    const line = wire(scripted(good));
    let noted = 0;
    const beforeSend = async (t: number) => {
      assert.equal(line.count(repayFlexible.path), 0);
      await line.clock.sleep(50);
      noted = t;
    };
    const { result } = await line.clock.run(line.exchange.call(repayFlexible, REPAY, { beforeSend }));
    assert.equal(result.repayId, '7');
    assert.equal(line.sent.at(-1)?.headers.get('x-bapi-timestamp'), String(noted));
    const full = new Error('disk full');
    const failing = () => Promise.reject(full);
    assert.equal(
      await rejection(line.clock.run(line.exchange.call(repayFlexible, REPAY, { beforeSend: failing }))),
      full,
    );
    assert.equal(line.count(repayFlexible.path), 1);
  });
});

describe('the client', () => {
  it('asks nothing before the first call, and without a key only what is public', async () => {
    const line = wire(scripted((self) => self.envelope({ list: [] })));
    assert.equal(line.sent.length, 0);
    const noKey = wire(
      scripted((self) => self.envelope({ list: [] })),
      { credentials: undefined } as never,
    );
    await noKey.clock.run(noKey.exchange.call(getLoanableCoins, {}));
    const error = await rejection(noKey.exchange.call(getApiKeyInfo, {}));
    assert.ok(error instanceof HeldError);
    assert.equal(noKey.sent.length, 1);
    assert.ok(![...(noKey.sent[0]?.headers.keys() ?? [])].some((name) => name.startsWith('x-bapi')));
  });

  it('sends nothing with a private key that cannot sign, and says so', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    for (const secret of ['no key', pem]) {
      const line = wire(scripted(good), { credentials: { apiKey: HMAC.apiKey, secret, type: 'rsa' } });
      const notes: number[] = [];
      const error = await rejection(
        line.clock.run(line.exchange.call(repayFlexible, REPAY, { beforeSend: (t) => void notes.push(t) })),
      );
      assert.ok(error instanceof HeldError && error.effect === 'none', String(error));
      assert.equal(line.count(repayFlexible.path) + notes.length, 0);
    }
  });

  it('stops what waits and what is under way when it is disposed, and refuses what comes after', async () => {
    const line = wire((sent) => (sent.path === TIME_PATH ? undefined : { silence: true }));
    const underWay = rejection(line.exchange.call(repayFlexible, REPAY));
    const waiting = rejection(line.exchange.call(repayFlexible, REPAY));
    await line.clock.pass(500);
    line.exchange.dispose();
    const sent = await underWay;
    assert.ok(sent instanceof TransportError && sent.effect === 'unknown');
    assert.ok((await waiting) instanceof HeldError);
    const after = await rejection(line.exchange.call(getFlexibleLoans, {}));
    assert.ok(after instanceof HeldError);
    assert.match(after.message, /closed/);
    assert.equal(line.count(repayFlexible.path), 1);
    await line.clock.pass(0);
    assert.equal(line.clock.sleepers, 0, 'no timer is left');
  });

  it('stops a read between two tries', async () => {
    const line = wire(scripted({ code: 'ECONNRESET' }));
    const stop = new AbortController();
    const call = rejection(line.exchange.call(getFlexibleLoans, {}, { signal: stop.signal }));
    await line.clock.pass(100);
    stop.abort();
    const error = await call;
    assert.ok(error instanceof HeldError);
    assert.equal(line.count(getFlexibleLoans.path), 1);
    assert.equal(line.clock.sleepers, 0, 'no timer is left');
  });

  it('ends a call that gets no answer after 15 s', async () => {
    const line = wire((sent) => (sent.path === TIME_PATH ? undefined : { silence: true }));
    const from = line.clock.monotonic();
    const error = await rejection(line.clock.run(line.exchange.call(repayFlexible, REPAY)));
    assert.ok(error instanceof TransportError && error.code === 'ETIMEDOUT');
    assert.ok(line.clock.monotonic() - from < 16_000);
  });

  it('leaves one line a request, with nothing secret in it', async () => {
    const line = wire(scripted({ code: 'ECONNRESET' }, { status: 502 }, good));
    await line.clock.run(line.exchange.call(getFlexibleLoans, { loanCurrency: 'BTC' }));
    assert.deepEqual(
      line.lines.map(({ endpoint, method, path, httpStatus, retCode, note }) => ({
        endpoint,
        method,
        path,
        httpStatus,
        retCode,
        note,
      })),
      [
        {
          endpoint: 'getServerTime',
          method: 'GET',
          path: TIME_PATH,
          httpStatus: 200,
          retCode: 0,
          note: undefined,
        },
        ...[
          { httpStatus: undefined, retCode: undefined, note: 'ECONNRESET' },
          { httpStatus: 502, retCode: undefined, note: undefined },
          { httpStatus: 200, retCode: 0, note: undefined },
        ].map((facts) => ({
          endpoint: 'getFlexibleLoans',
          method: 'GET',
          path: getFlexibleLoans.path,
          ...facts,
        })),
      ],
    );
    assert.deepEqual(
      line.lines.map(({ id }) => id),
      [1, 2, 3, 4],
    );
    assert.ok(!JSON.stringify(line.lines).includes(HMAC.apiKey));
  });

  it('asks in its line that a code in no table be reported, and says nothing more of others', async () => {
    for (const [retCode, note] of [
      [999_999, 'a code this version does not know, please report it'],
      [148_009, undefined],
    ] as const) {
      const line = wire(scripted(coded(retCode)));
      await rejection(line.clock.run(line.exchange.call(repayFlexible, REPAY)));
      const last = line.lines.at(-1);
      assert.deepEqual([last?.retCode, last?.note], [retCode, note]);
    }
  });
});
