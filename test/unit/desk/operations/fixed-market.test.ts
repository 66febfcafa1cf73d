import assert from 'node:assert/strict';
import { book } from '../books';
import { BOOK, check, d, map, titled, told } from './situations';

describe('the check of lending', () => {
  it('holds nobody to what may be borrowed', () => {
    const rich = book({
      ...BOOK,
      debts: [{ coin: 'BTC', amount: d('999999.95') }],
      wallet: map({ BTC: '2000000' }),
    });
    const lend = (amount: string) => {
      const asked = { coin: 'BTC', amount: d(amount), annualRate: d('0.05'), term: '30' as const };
      return told(check('fixed.supply', { ...asked, source: 'funding' }, { book: rich })).join('\n');
    };
    assert.doesNotMatch(lend('0.1'), /148010/);
    assert.doesNotMatch(lend('1000001'), /148010|^error/m);
    assert.match(lend('0.001'), /^error amount: At least 0\.01 BTC \(148002\)\.$/);
  });
});

describe('the title of an order on the fixed market', () => {
  it('names the rate that is sent, to its last digit', () => {
    const order = { coin: 'BTC', amount: d('1'), term: '30' as const };
    const rates = ['0.08124', '0.081255', '0.08'] as const;
    assert.deepEqual(
      rates.map((rate) => {
        const params = {
          ...order,
          annualRate: d(rate),
          atMaturity: 'repay' as const,
          allOrNothing: false,
          collateral: [],
        };
        return titled('fixed.borrow', params).replace(/.*up to (.*) against.*/, '$1');
      }),
      ['8.124 % a year', '8.1255 % a year', '8.00 % a year'],
    );
    const supplied = { ...order, annualRate: d('0.08125'), source: 'funding' as const };
    assert.equal(titled('fixed.supply', supplied), 'Supply 1 BTC for 30 days at 8.125 % a year or more');
  });
});
