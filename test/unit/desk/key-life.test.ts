import assert from 'node:assert/strict';
import { daysUntil, isBound, keyEnd } from '../../../src/desk/key-life';

describe('the life of a key', () => {
  it('ends when the exchange says', () => {
    const expiredAt = '2027-01-18T11:00:00Z';
    assert.equal(keyEnd({ ips: ['*'], expiredAt }), Date.UTC(2027, 0, 18, 11));
    assert.equal(keyEnd({ ips: null, expiredAt }), Date.UTC(2027, 0, 18, 11));
  });

  it('has no end when it is bound to an address', () => {
    assert.equal(keyEnd({ ips: ['192.0.2.1'], expiredAt: '2027-01-18T11:00:00Z' }), undefined);
  });

  it('has no end where the exchange writes 1970, nothing, or what is no date', () => {
    for (const expiredAt of ['1970-01-01T00:00:00Z', '', 'soon']) {
      assert.equal(keyEnd({ ips: [], expiredAt }), undefined);
    }
    assert.equal(keyEnd({ ips: [] }), undefined);
  });

  it('is bound by an address, not by a star or nothing', () => {
    assert.equal(isBound({ ips: ['192.0.2.1'] }), true);
    assert.equal(isBound({ ips: ['*'] }), false);
    assert.equal(isBound({ ips: ['', ' '] }), false);
    assert.equal(isBound({ ips: null }), false);
  });

  it('is counted in whole days', () => {
    const now = Date.UTC(2027, 0, 15, 12);
    assert.equal(daysUntil(Date.UTC(2027, 0, 18, 11), now), 2);
    assert.equal(daysUntil(Date.UTC(2027, 0, 18, 12), now), 3);
    assert.equal(daysUntil(Date.UTC(2027, 0, 15, 11), now), -1);
  });
});
