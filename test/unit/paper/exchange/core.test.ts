import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import type { PaperRequest } from '../../../../src/paper/exchange/wire';
import type { Key } from '../../../../src/paper/ledger/state';
import { type Bench, bench, keyOf, MAIN, PATHS, READER, START } from '../bench';
import { envelopeOf, type Signer, signed } from '../signed';

async function codeOf(desk: Bench, request: PaperRequest): Promise<number> {
  const response = await desk.core.handle(request);
  return response.status === 200 ? envelopeOf(response).retCode : response.status;
}

/** A bench with one more key than usual. */
async function withKey(key: Key): Promise<Bench> {
  const desk = bench();
  await desk.core.steer((state) => ({ ...state, keys: [...state.keys, key] }));
  return desk;
}

describe('the signature check', () => {
  const position = (time: number, signer: Signer = MAIN, window?: string): PaperRequest =>
    signed(signer, time, 'GET', PATHS.position, '', window);

  it('wants the headers of a signed call (HTTP 401)', async () => {
    const { headers, ...rest } = position(START);
    for (const name of ['X-BAPI-API-KEY', 'X-BAPI-TIMESTAMP', 'X-BAPI-SIGN']) {
      const fewer = Object.fromEntries(Object.entries(headers).filter(([one]) => one !== name));
      assert.equal(await codeOf(bench(), { ...rest, headers: fewer }), 401, name);
    }
  });

  it('names the first failure: key, time, signature, address, expiry, permission', async () => {
    const stranger = { apiKey: 'NOBODY', secret: MAIN.secret };
    const forged = { apiKey: MAIN.apiKey, secret: 'wrong' };
    assert.equal(await codeOf(bench(), position(START - 60_000, stranger)), 10003);
    assert.equal(await codeOf(bench(), position(START - 60_000, forged)), 10002);
    assert.equal(await codeOf(bench(), position(START, forged)), 10004);
    const bound = { apiKey: 'BOUND', secret: 's' };
    const faraway = await withKey(keyOf(bound, { ips: ['10.0.0.1'], expiresAt: START - 1 }));
    assert.equal(await codeOf(faraway, position(START, bound)), 10010);
    assert.equal(await codeOf(faraway, { ...position(START, bound), remote: '10.0.0.1' }), 33004);
    const weak = await withKey(keyOf(bound, { spotTrade: false }));
    assert.equal(await codeOf(weak, position(START, bound)), 10005);
    assert.equal(await codeOf(weak, signed(bound, START, 'GET', PATHS.key)), 0);
  });

  it('lets a read-only key read, and refuses its writes before parameters are looked at', async () => {
    const desk = bench();
    assert.equal(await codeOf(desk, position(START, READER)), 0);
    assert.equal(await codeOf(desk, signed(READER, START, 'POST', PATHS.borrow, 'not even json')), 10005);
  });

  it('takes timestamps from recvWindow behind, inclusive, to a second ahead, exclusive', async () => {
    const cases = [
      [-5000, 0],
      [-5001, 10002],
      [999, 0],
      [1000, 10002],
      [1002, 10002],
    ] as const;
    for (const [shift, code] of cases) {
      assert.equal(await codeOf(bench(), position(START + shift)), code, `${shift} ms`);
    }
    assert.equal(await codeOf(bench(), position(START - 8000, MAIN, '9000')), 0);
    assert.equal(await codeOf(bench(), position(START + 2000, MAIN, '60000')), 10002);
  });

  it('signs the very string received: order and encoding are the client’s', async () => {
    for (const query of [
      'limit=2&loanCurrency=BTC',
      'loanCurrency=BTC&limit=2',
      'loanCurrency=B%54C&limit=2',
    ]) {
      assert.equal(await codeOf(bench(), signed(MAIN, START, 'GET', PATHS.borrows, query)), 0, query);
    }
    const sent = signed(MAIN, START, 'GET', PATHS.borrows, 'limit=2&loanCurrency=BTC');
    assert.equal(await codeOf(bench(), { ...sent, query: 'loanCurrency=BTC&limit=2' }), 10004);
    const body = signed(MAIN, START, 'POST', PATHS.maxLoan, '{"currency": "BTC"}');
    assert.equal(await codeOf(bench(), body), 0);
    assert.equal(await codeOf(bench(), { ...body, body: '{"currency":"BTC"}' }), 10004);
  });

  it('checks RSA keys: PKCS#1 v1.5 over SHA-256 in base64', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const signer = { apiKey: 'RSAKEY', secret: '' };
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const desk = await withKey(keyOf(signer, { proof: { kind: 'rsa', publicKey: pem } }));
    const request = signed(signer, START, 'GET', PATHS.position);
    const text = `${START}RSAKEY5000`;
    const signature = sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64');
    assert.equal(
      await codeOf(desk, { ...request, headers: { ...request.headers, 'X-BAPI-SIGN': signature } }),
      0,
    );
    assert.equal(await codeOf(desk, request), 10004);
  });

  it('agrees with the test vectors of the documentation', async () => {
    const signer = { apiKey: 'TESTKEY00000000001', secret: 'TESTSECRET000000000000000000000000001' };
    const request = signed(signer, 1752628288472, 'GET', PATHS.balances, 'accountType=FUND&coin=USDT%2CBTC');
    assert.equal(
      request.headers['X-BAPI-SIGN'],
      'c93492d3a3171fa32864c9b3ddebd1e76809241632a53a6888dbe522cf2e7144',
    );
  });
});

describe('routes', () => {
  it('answer an unknown path with 404, a wrong method with 10017 or 400', async () => {
    const desk = bench();
    assert.equal(await codeOf(desk, signed(MAIN, START, 'GET', '/v5/nowhere')), 404);
    assert.equal(await codeOf(desk, signed(MAIN, START, 'POST', PATHS.position, '{}')), 10017);
    assert.equal(await codeOf(desk, { ...signed(MAIN, START, 'GET', PATHS.position), method: 'get' }), 400);
  });

  it('refuse a GET with a body (HTTP 403)', async () => {
    const request = { ...signed(MAIN, START, 'GET', PATHS.position), body: '{}' };
    assert.equal(await codeOf(bench(), request), 403);
  });

  it('answer public calls unsigned and without limit headers', async () => {
    const request = { method: 'GET', path: PATHS.coins, query: 'currency=BTC', headers: {}, body: '' };
    const response = await bench().core.handle(request);
    assert.equal(envelopeOf(response).retCode, 0);
    assert.equal(response.headers['X-Bapi-Limit'], undefined);
  });

  it('refuse bodies that are no JSON object with 10001', async () => {
    for (const body of ['', '[]', 'null', '"x"', '{', '12']) {
      assert.equal(await codeOf(bench(), signed(MAIN, START, 'POST', PATHS.borrow, body)), 10001, body);
    }
  });
});

describe('the rate limits', () => {
  it('count a rolling second for each key and path, and tell in three headers', async () => {
    const desk = bench();
    for (let n = 0; n < 5; n++) {
      const { headers } = await desk.core.handle(signed(MAIN, desk.now(), 'GET', PATHS.position));
      assert.equal(headers['X-Bapi-Limit'], '5');
      assert.equal(headers['X-Bapi-Limit-Status'], String(4 - n));
      assert.equal(headers['X-Bapi-Limit-Reset-Timestamp'], String(START + n * 100));
      desk.pass(100);
    }
    const refused = await desk.core.handle(signed(MAIN, desk.now(), 'GET', PATHS.position));
    assert.equal(envelopeOf(refused).retCode, 10006);
    assert.equal(refused.headers['X-Bapi-Limit-Status'], '0');
    assert.equal(refused.headers['X-Bapi-Limit-Reset-Timestamp'], String(START + 1000));
    assert.equal(await codeOf(desk, signed(MAIN, desk.now(), 'GET', PATHS.loans)), 0, 'another path');
    assert.equal(await codeOf(desk, signed(READER, desk.now(), 'GET', PATHS.position)), 0, 'another key');
    desk.pass(500);
    assert.equal(await codeOf(desk, signed(MAIN, desk.now(), 'GET', PATHS.position)), 0, 'a second later');
  });

  it('refuse a second borrow in the same second, with no effect', async () => {
    const desk = bench();
    const body = JSON.stringify({
      loanCurrency: 'SOL',
      loanAmount: '1',
      collateralList: [{ currency: 'USDT', amount: '1000' }],
    });
    assert.equal(await codeOf(desk, signed(MAIN, START, 'POST', PATHS.borrow, body)), 0);
    assert.equal(await codeOf(desk, signed(MAIN, START, 'POST', PATHS.borrow, body)), 10006);
    assert.equal((await desk.state()).flexible.borrows.length, 1);
  });

  it('shut an address out for ten minutes after 600 calls in five seconds (HTTP 403)', async () => {
    const desk = bench();
    const request = { method: 'GET', path: PATHS.time, query: '', headers: {}, body: '' };
    for (let n = 0; n < 600; n++) assert.equal(await codeOf(desk, request), 0);
    assert.equal(await codeOf(desk, request), 403);
    assert.equal(await codeOf(desk, { ...request, remote: '127.0.0.9' }), 0);
    desk.pass(599_999);
    assert.equal(await codeOf(desk, request), 403);
    desk.pass(1);
    assert.equal(await codeOf(desk, request), 0);
  });
});
