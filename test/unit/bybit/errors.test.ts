import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { BybitError } from '../../../src/bybit/errors';
import { getFlexibleLoans, repayFlexible } from '../../../src/bybit/flexible';
import { redact } from '../../../src/bybit/redact';
import { HMAC, type Reply, rejection, TIME_PATH, type Wire, wire } from './bench';

const BODY = { loanCurrency: 'CANARYCOIN', amount: '0.123456789' };

/** Every way in which an error may end up before somebody's eyes. */
function printed(error: unknown): string {
  assert.ok(error instanceof Error);
  return [
    String(error),
    error.message,
    error.stack,
    JSON.stringify(error),
    JSON.stringify(error, Object.getOwnPropertyNames(error)),
    inspect(error, { depth: 20, showHidden: true, getters: true }),
    inspect({ deep: { error } }, { depth: 20, showHidden: true, getters: true }),
    String(error.cause),
    `${Object.values(error)}`,
  ].join('\n');
}

function quoting(self: Wire, retCode: number): Reply {
  const { apiKey, secret } = HMAC;
  const { headers, body } = self.sent.at(-1) ?? { headers: new Map<string, string>(), body: '' };
  const [time, sign] = [headers.get('x-bapi-timestamp'), headers.get('x-bapi-sign')];
  return self.envelope(
    {},
    {
      retCode,
      retMsg: `error sign! origin_string[${time}${apiKey}5000${body}] sign=${sign} key ${apiKey} ${secret}`,
    },
  );
}

describe('errors', () => {
  const causes: readonly (readonly [string, (self: Wire) => Reply])[] = [
    ...[
      'ECONNRESET',
      'ENOTFOUND',
      'ERR_BAD_RESPONSE',
      'ERR_INVALID_CHAR',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ].map((code): [string, () => Reply] => [code, () => ({ code })]),
    ...[302, 401, 403, 404, 429, 500, 502].map((status): [string, (self: Wire) => Reply] => [
      `HTTP ${status}`,
      (self) => ({ status, body: `<html>${HMAC.apiKey} ${self.sent.at(-1)?.headers.get('x-bapi-sign')}` }),
    ]),
    ['no answer', () => ({ silence: true })],
    ['html', (self) => ({ body: `<html>${self.sent.at(-1)?.body}${HMAC.apiKey}` })],
    ['a wrong field', (self) => self.envelope({ repayId: { [HMAC.apiKey]: HMAC.secret } })],
    ...[10001, 10003, 10004, 10006, 148009, 987_654].map((code): [string, (self: Wire) => Reply] => [
      `retCode ${code}`,
      (self) => quoting(self, code),
    ]),
  ];

  for (const [name, answer] of causes) {
    it(`hold no key, secret, signature or body after ${name}, however they are printed`, async () => {
      for (const endpoint of [repayFlexible, getFlexibleLoans]) {
        const line = wire((sent, self) => (sent.path === TIME_PATH ? undefined : answer(self)));
        const error = await rejection(line.clock.run(line.exchange.call<object, unknown>(endpoint, BODY)));
        assert.ok(error instanceof BybitError, String(error));
        const text = printed(error) + JSON.stringify(line.lines);
        const signatures = line.sent.map(({ headers }) => headers.get('x-bapi-sign') ?? '-');
        for (const secret of [
          HMAC.apiKey,
          HMAC.secret,
          BODY.loanCurrency,
          BODY.amount,
          ...signatures.filter((one) => one !== '-'),
        ]) {
          assert.ok(!text.includes(secret), `${secret} in ${text}`);
        }
        assert.equal(error.endpoint, endpoint.id);
        assert.match(error.message, /^[A-Z].*[.)]$/);
        assert.equal(error.cause, undefined);
      }
    });
  }

  it('end with the code of the exchange, and show its own words only where ours are missing', async () => {
    const line = wire((sent, self) =>
      sent.path === TIME_PATH
        ? undefined
        : self.envelope({}, { retCode: 987_654, retMsg: 'NEW_RULE: \u202eno\u0000 loans\n today' }),
    );
    const error = await rejection(line.clock.run(line.exchange.call(repayFlexible, BODY)));
    assert.match(
      String(error),
      /NEW_RULE: {2}no {2}loans {2}today \(987654\)$|NEW_RULE: {1,2}no {1,2}loans {1,2}today \(987654\)$/,
    );
  });
});

describe('redact', () => {
  it('cuts out keys, signatures and the signed string, keeps words and amounts', () => {
    assert.equal(
      redact('error sign! origin_string[1752628288472KEY5000{"a":1}]'),
      'error sign! origin_string[…]',
    );
    assert.equal(
      redact('at most 100.25 USDT for LTV_EXCEEDS_THRESHOLD'),
      'at most 100.25 USDT for LTV_EXCEEDS_THRESHOLD',
    );
    assert.equal(redact('x bed839979c862eb77647c131fe1bf4793fa289f07288efe159ec72ed3607c6eb y'), 'x … y');
    assert.equal(redact('my secret word', ['secret', '']), 'my … word');
  });

  it('shows nothing that hides or reorders text, and nothing long', () => {
    const text = redact(`a\u202eb\u0007c\u200bd\ufeffe\u2066f\u001b[31m${'x '.repeat(500)}`);
    assert.match(text, /^[\x20-\x7e…]+$/);
    assert.ok(text.length <= 200);
  });

  it('cuts before it shortens, so that half a secret never stays', () => {
    const secret = 'onlyletters_onlyletters_onlyletters';
    const text = redact(`${'. '.repeat(95)}${secret}`, [secret]);
    assert.ok(!text.includes('only'));
  });
});
