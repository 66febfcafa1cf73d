import assert from 'node:assert/strict';
import { coinName } from '../../../src/ui/coin-name';

describe('the name of a coin on screen', () => {
  it('is the name', () => {
    for (const name of ['BTC', '1INCH', '$BTC', 'Ω', '__proto__']) assert.equal(coinName(name), name);
  });

  it('shows a mark for what could hide or turn the digits beside it around', () => {
    assert.equal(coinName('A\u202eB'), 'A\uFFFDB');
    assert.equal(coinName('A\u200bB\nC\u0000'), 'A\uFFFDB\uFFFDC\uFFFD');
    assert.equal(coinName('\ud800'), '\uFFFD');
    assert.equal(coinName('\u2066\u2069\u061c'), '\uFFFD\uFFFD\uFFFD');
  });

  it('is cut where it would push the figures off the screen, between whole letters', () => {
    assert.equal(coinName('X'.repeat(300)), `${'X'.repeat(24)}…`);
    assert.equal(coinName('😀'.repeat(30)), `${'😀'.repeat(24)}…`);
  });
});
