import assert from 'node:assert/strict';
import { inLanguage, plain, withCode, words } from '../../../src/bybit/words';

describe('a sentence with a code of the exchange', () => {
  it('has it at its end, before the mark that ends it', () => {
    assert.equal(
      plain(withCode(words('The LTV would be above the allowed line.'), '148009')),
      'The LTV would be above the allowed line (148009).',
    );
    assert.equal(
      plain(withCode(words('Nothing is owed in {0}', 'BTC'), '148032')),
      'Nothing is owed in BTC (148032)',
    );
    assert.equal(
      inLanguage(withCode(words('Refused.'), '10001'), () => '拒否されました。'),
      '拒否されました (10001)。',
    );
    assert.equal(plain(words('Refused.')), 'Refused.');
  });
});
