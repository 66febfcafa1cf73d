import assert from 'node:assert/strict';
import { type Decimal, decimal } from '../../../src/bybit/decimal';
import { plain } from '../../../src/bybit/words';
import {
  addedWords,
  interestWords,
  isAboveInitial,
  ltvChange,
  ltvWords,
  missingCollateral,
  usdWords,
} from '../../../src/desk/effect';
import type { Figures } from '../../../src/desk/operation';
import { THRESHOLDS } from './bench';
import { book } from './books';

const d = decimal;

function figures(change: Partial<Figures> = {}): Figures {
  const none = {
    initial: undefined,
    marginCall: undefined,
    delayedLiquidation: undefined,
    liquidation: undefined,
  };
  return {
    debtUsd: d('800'),
    collateralUsd: d('1000'),
    ltv: d('0.8'),
    uncovered: false,
    unpriced: [],
    liquidation: [],
    drop: none,
    interestUsd: { hour: d('0'), day: d('0'), year: d('0') },
    ...change,
  };
}

const perDay = (day: Decimal) => figures({ interestUsd: { hour: d('0'), day, year: d('0') } });

describe('what an answer would do', () => {
  it('is an LTV, or the reason why there is none', () => {
    const told = (change: Partial<Figures>) => plain(ltvWords(figures(change), 'en'));
    assert.equal(told({}), 'LTV 80.00 %');
    assert.equal(told({ ltv: undefined }), 'no loan left');
    assert.equal(told({ ltv: undefined, uncovered: true }), 'nothing counts as collateral');
    assert.equal(told({ unpriced: ['XYZ', 'ABC'] }), 'LTV 80.00 % without XYZ, which has no price');
  });

  it('is the LTV before and after, only after where one of them is none or lacks a price', () => {
    const told = (before: Partial<Figures>, after: Partial<Figures>) =>
      plain(ltvChange({ before: figures(before), after: figures(after) }, 'en'));
    const ltv = d('0.7512');
    assert.equal(told({}, { ltv }), 'LTV 80.00 % → 75.12 %');
    assert.equal(told({ ltv: undefined }, { ltv }), 'LTV 75.12 %');
    assert.equal(told({ ltv }, { ltv: undefined }), 'no loan left');
    assert.equal(told({ unpriced: ['XYZ'] }, { ltv }), 'LTV 75.12 %');
    assert.equal(told({}, { ltv, unpriced: ['XYZ'] }), 'LTV 75.12 % without XYZ, which has no price');
  });

  it('lacks D / L - C of collateral above the initial line, and nothing at it', () => {
    const missing = (debt: string) => missingCollateral(figures({ debtUsd: d(debt) }), THRESHOLDS);
    assert.equal(missing('800'), '0');
    assert.equal(missing('799'), '0');
    // 801 / 0.8 - 1000.
    assert.equal(missing('801'), '1.25');
    // 1000 / 0.7 does not end: what is missing is never told too small.
    const thirds = missingCollateral(figures({ debtUsd: d('1000') }), { ...THRESHOLDS, initial: d('0.7') });
    assert.equal(thirds, '428.5714285714285714285714285714285714285715');
    assert.equal(isAboveInitial(figures(), THRESHOLDS), false);
    assert.equal(isAboveInitial(figures({ debtUsd: d('800.01') }), THRESHOLDS), true);
  });

  it('is an amount in dollars where there is a price', () => {
    const prices = new Map([['BTC', d('60000')]]);
    const told = usdWords(book({ prices }), 'BTC', d('0.25'), 'en');
    assert.deepEqual(told, { text: '{0}', args: ['15,000.00 USD'] });
    assert.equal(usdWords(book({ prices }), 'XYZ', d('1'), 'en'), undefined);
  });

  it('is more interest a day, or less, or none of either', () => {
    const told = (before: string, after: string) => {
      const said = interestWords({ before: perDay(d(before)), after: perDay(d(after)) }, 'en');
      return said && plain(said);
    };
    assert.equal(told('1', '3.5'), '2.50 USD more interest a day');
    assert.equal(told('3.5', '1'), '2.50 USD less interest a day');
    assert.equal(told('2', '2'), undefined);
  });

  it('is what an amount counts as collateral by the tiers above what is pledged', () => {
    const one = book({
      collateral: [{ coin: 'USDT', amount: d('9000') }],
      prices: new Map([['USDT', d('1')]]),
    });
    // 1,000 at 80 % up to 10,000, then 500 at 70 %.
    assert.equal(plain(addedWords(one, 'USDT', d('1500'), 'en')), 'counts 1,150.00 USD');
  });
});
