import assert from 'node:assert/strict';
import { utcIso, utcText, utcTime } from '../../../src/desk/utc';

const NOW = Date.UTC(2027, 0, 15, 12);

describe('moments in UTC', () => {
  it('are written with their zone', () => {
    assert.equal(utcIso(NOW), '2027-01-15T12:00:00.000Z');
    assert.equal(utcText(NOW), '2027-01-15 12:00:00.000 UTC');
  });

  it('name the day only when it is another than today', () => {
    assert.equal(utcTime(NOW - 3_723_000, NOW), '10:57:57 UTC');
    assert.equal(utcTime(NOW - 13 * 3_600_000, NOW), '2027-01-14 23:00:00 UTC');
    assert.equal(utcTime(NOW + 13 * 3_600_000, NOW), '2027-01-16 01:00:00 UTC');
  });

  it('stay a number when they are no moment', () => {
    assert.equal(utcTime(1e17, NOW), '100000000000000000');
  });
});
