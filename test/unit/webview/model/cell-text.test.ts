import assert from 'node:assert/strict';
import type { Kind } from '../../../../src/webview/contract';
import { cellText } from '../../../../src/webview/model/cell-text';

describe('the text of a cell', () => {
  const EN = { locale: 'en', period: 'year' } as const;

  it('writes each kind in its unit, exactly', () => {
    const cases: readonly [Kind, string, string][] = [
      ['name', '<b>BTC</b>', '<b>BTC</b>'],
      ['rate', '0.0138', '1.38'],
      ['rate', '0.000001', '0.00'],
      ['rate', '1234.5', '123,450.00'],
      ['ratio', '0.805', '80.50'],
      ['amount', '1234567.000000000000000001', '1,234,567.000000000000000001'],
      ['usd', '1234567.895', '1,234,567.90'],
      ['count', '3', '3'],
      ['spark', 'M0 10H100;0.02;0.05;0.03', '2.00 – 5.00'],
    ];
    for (const [kind, cell, text] of cases) assert.equal(cellText(cell, kind, EN), text, kind);
  });

  it('writes rates by the hour where that is wanted, and in the marks of the locale', () => {
    assert.equal(cellText('0.0876', 'rate', { locale: 'en', period: 'hour' }), '0.001000');
    assert.equal(cellText('0.0138', 'rate', { locale: 'de', period: 'year' }), '1,38');
    assert.equal(cellText('0.8', 'ratio', { locale: 'en', period: 'hour' }), '80.00');
  });
});
