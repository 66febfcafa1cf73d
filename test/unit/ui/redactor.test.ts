import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Redactor } from '../../../src/ui/redactor';

describe('the redactor', () => {
  it('cuts out what it was told of, wherever it stands', () => {
    const redactor = new Redactor();
    redactor.add('s3cretValue');
    const text = redactor.redact('x=s3cretValue&y, again s3cretValue.');
    assert.equal(text, 'x=…&y, again ….');
  });

  it('cuts out whatever stands behind a telling name, in any case', () => {
    const redactor = new Redactor();
    for (const text of [
      'X-BAPI-API-KEY: abcdef123',
      'x-bapi-sign=abcdef123',
      '{"apiSecret":"abcdef123"}',
      "'api_key': 'abcdef123'",
      'Secret = abcdef123',
      'signature=abcdef123;',
    ]) {
      assert.ok(!redactor.redact(text).includes('abcdef123'), text);
    }
  });

  it('cuts out private keys, also ones that were cut off', () => {
    const redactor = new Redactor();
    const whole = 'a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- b';
    assert.equal(redactor.redact(whole), 'a … b');
    assert.equal(redactor.redact('a -----BEGIN PRIVATE KEY-----\nMIIE'), 'a …');
  });

  it('leaves ordinary lines alone', () => {
    const line = '#4 getLoanPosition GET /v5/crypto-loan-common/position, HTTP 200, retCode 0, 31 ms';
    assert.equal(new Redactor().redact(line), line);
  });

  it('lets no secret of a usual length through', () => {
    const secret = fc.string({ minLength: 6, maxLength: 40 });
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (known, before, after) => {
        const redactor = new Redactor();
        redactor.add(known);
        assert.ok(!redactor.redact(`${before} ${known} ${after}`).includes(known));
      }),
    );
  });
});
