import assert from 'node:assert/strict';
import { decimal } from '../../../src/bybit/decimal';
import { annualToHourly, hourlyToAnnual } from '../../../src/desk/interest';
import { rateRows } from '../../../src/desk/rates';
import { loanable } from './fake/market';

describe('rates', () => {
  it('turns hourly into annual rates and back', () => {
    assert.equal(hourlyToAnnual(decimal('0.0000018847396')), '0.016510318896');
    assert.equal(annualToHourly(decimal('0.0876')), '0.00001');
    assert.equal(hourlyToAnnual(decimal('-0.00001')), '-0.0876');
  });

  it('makes a row of a coin, the best term being the shorter of the cheapest', () => {
    const [row] = rateRows([loanable('BTC')]);
    assert.deepEqual(row, {
      coin: 'BTC',
      flexible: '0.0876',
      terms: { '7': '0.05', '14': '0.04', '30': '0.04', '60': undefined, '90': '0.09', '180': undefined },
      best: { term: '14', rate: '0.04' },
      minimum: '0.001',
      maximum: '1000000',
      fixedMinimum: '0.01',
      flexibleBorrowable: true,
      fixedAccuracy: 4,
      fixedBorrowable: true,
      accuracy: 4,
    });
  });

  it('has no best term where nobody offers one, and takes any coin name', () => {
    const none = {
      annualizedInterestRate7D: undefined,
      annualizedInterestRate14D: undefined,
      annualizedInterestRate30D: undefined,
      annualizedInterestRate90D: undefined,
    };
    const [row] = rateRows([{ ...loanable('__proto__'), ...none }]);
    assert.equal(row?.best, undefined);
    assert.equal(row?.coin, '__proto__');
  });
});
