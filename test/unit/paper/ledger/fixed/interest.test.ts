import assert from 'node:assert/strict';
import { decimal } from '../../../../../src/bybit/decimal';
import { hourlyPenalty, lenderInterest, termInterest } from '../../../../../src/paper/ledger/fixed/interest';

/** The contracts in the documentation's examples (API.md §6). */
describe('interest of fixed loans', () => {
  const loan = (amount: string, rate: string, term: string) => ({
    amount: decimal(amount),
    rate: decimal(rate),
    term,
  });

  it('is that of the documented borrow contracts, rounded up at 18 decimals', () => {
    assert.equal(termInterest(loan('1.4', '0.022', '30')), '0.002531506849315069');
    assert.equal(termInterest(loan('0.1', '0.022', '30')), '0.00018082191780822');
  });

  it('brings the lender 85 percent, as in the documented supply contract', () => {
    assert.equal(lenderInterest(loan('800', '0.01', '7')), '0.13041095890410959');
  });

  it('is three times the hourly rate when overdue', () => {
    assert.equal(hourlyPenalty(decimal('8760'), decimal('0.1')), '0.3');
  });
});
