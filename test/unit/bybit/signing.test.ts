import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, verify } from 'node:crypto';
import fc from 'fast-check';
import { getFundingBalances } from '../../../src/bybit/account';
import { adjustCollateral } from '../../../src/bybit/common';
import type { Credentials } from '../../../src/bybit/exchange';
import { borrowFlexible, getFlexibleBorrowHistory } from '../../../src/bybit/flexible';
import { bodyOf, checkCredentials, queryString, signatureOf } from '../../../src/bybit/signing';
import { HMAC, type Sent, wire } from './bench';

const TIMESTAMP = '1752628288472';
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const RSA: Credentials = { apiKey: 'RSAKEY0000001', secret: privateKey, type: 'rsa' };

describe('signing', () => {
  it('gives the signatures of API.md §2', () => {
    const sign = (payload: string) => signatureOf(HMAC, TIMESTAMP, '5000', payload);
    assert.equal(sign(''), 'bed839979c862eb77647c131fe1bf4793fa289f07288efe159ec72ed3607c6eb');
    assert.equal(
      sign(queryString({ limit: '2', collateralCurrency: 'BTC' })),
      '04e23ea43196f39d1f84db69f2f0dae484d304e5e87eed0e9296708db5bd84f4',
    );
    assert.equal(
      sign(queryString({ accountType: 'FUND', coin: 'USDT,BTC' })),
      'c93492d3a3171fa32864c9b3ddebd1e76809241632a53a6888dbe522cf2e7144',
    );
    assert.equal(
      sign(bodyOf({ loanCurrency: 'BTC', amount: '0.005' })),
      'a7a30645479845d9de06058e400f5ca2c005c743261eb8e256a4ae882473800c',
    );
  });

  it('signs with RSA as PKCS #1 v1.5 over SHA-256, in base64 on one line', () => {
    const payload = bodyOf({ loanCurrency: 'BTC', amount: '0.005' });
    const signature = signatureOf(RSA, TIMESTAMP, '5000', payload);
    assert.match(signature, /^[A-Za-z0-9+/]+=*$/);
    const text = Buffer.from(`${TIMESTAMP}${RSA.apiKey}5000${payload}`);
    assert.ok(verify('RSA-SHA256', text, publicKey, Buffer.from(signature, 'base64')));
    assert.ok(!verify('RSA-SHA256', Buffer.from('other'), publicKey, Buffer.from(signature, 'base64')));
  });

  it('leaves out undefined and null, keeps the order, and encodes so that nobody encodes again', () => {
    assert.equal(
      queryString({ b: '1', a: undefined, c: null, d: "x y,%&=+!'()*/é😀" }),
      'b=1&d=x%20y%2C%25%26%3D%2B%21%27%28%29%2A%2F%C3%A9%F0%9F%98%80',
    );
    assert.equal(queryString({}), '');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (key, value) => {
        const query = queryString({ [`k${key}`]: value });
        assert.match(query, /^[A-Za-z0-9._~%-]+=[A-Za-z0-9._~%-]*$/);
        const read = [...new URLSearchParams(query)];
        assert.deepEqual(read, [[`k${key}`, value]]);
      }),
    );
  });

  it('sends the very string it signed, whatever stands in it', async () => {
    const signedText = (sent: Sent, payload: string) =>
      `${sent.headers.get('x-bapi-timestamp')}${HMAC.apiKey}${sent.headers.get('x-bapi-recv-window')}${payload}`;
    const isSigned = (sent: Sent, payload: string) =>
      sent.headers.get('x-bapi-sign') ===
      createHmac('sha256', HMAC.secret).update(signedText(sent, payload)).digest('hex');
    const line = wire((sent, { envelope }) => {
      if (sent.path === getFundingBalances.path) return envelope({ accountType: 'FUND', balance: [] });
      if (sent.path === getFlexibleBorrowHistory.path) return envelope({ list: [], nextPageCursor: '' });
      return sent.method === 'POST' ? envelope({ orderId: '1', adjustId: 1 }) : undefined;
    });
    const strange = "a,b%25 ü'(*)!\u2028😀+/=&";
    const { exchange, clock } = line;
    await clock.run(exchange.call(getFundingBalances, { accountType: 'FUND', coin: strange }));
    await clock.run(exchange.call(getFlexibleBorrowHistory, { cursor: strange, limit: '50' }));
    await clock.run(
      exchange.call(borrowFlexible, { loanCurrency: strange, loanAmount: '0.1', collateralList: [] }),
    );
    await clock.run(exchange.call(adjustCollateral, { currency: strange, amount: '1', direction: '0' }));
    const signed = line.sent.filter(({ headers }) => headers.has('x-bapi-sign'));
    assert.equal(signed.length, 4);
    for (const sent of signed) {
      const payload = sent.method === 'GET' ? sent.target.slice(sent.path.length + 1) : sent.body;
      assert.ok(isSigned(sent, payload), sent.target);
      assert.equal(sent.headers.get('x-bapi-sign-type'), '2');
      assert.equal(sent.method === 'POST', sent.headers.get('content-type') === 'application/json');
      if (sent.method === 'GET') assert.equal(sent.body, '');
    }
    assert.deepEqual(JSON.parse(signed[2]?.body ?? ''), {
      loanCurrency: strange,
      loanAmount: '0.1',
      collateralList: [],
    });
    const [time] = line.sent.filter(({ path }) => path === '/v5/market/time');
    assert.ok(
      ![...(time?.headers.keys() ?? [])].some((name) => name.startsWith('x-bapi')),
      'public calls are unsigned',
    );
  });

  it('says what is wrong with the form of a key, before anything is sent', () => {
    assert.equal(checkCredentials(HMAC), undefined);
    assert.equal(checkCredentials(RSA), undefined);
    const { privateKey: ec } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const bad: readonly Credentials[] = [
      { ...HMAC, apiKey: '' },
      { ...HMAC, apiKey: 'with space' },
      { ...HMAC, apiKey: 'line\nbreak0' },
      { ...HMAC, secret: 'short' },
      { ...HMAC, secret: `${HMAC.secret} ` },
      { ...RSA, secret: 'no key at all' },
      { ...RSA, secret: ec },
      { ...RSA, secret: publicKey },
    ];
    for (const credentials of bad) {
      const fault = checkCredentials(credentials);
      assert.ok(fault, JSON.stringify(credentials));
      assert.ok(!fault.text.includes(credentials.secret) || credentials.secret === '');
    }
  });
});
