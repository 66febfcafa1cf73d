import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decimal } from '../../../src/bybit/decimal';
import { plain } from '../../../src/bybit/words';
import {
  formatAge,
  formatAmount,
  formatCoin,
  formatLevel,
  formatPercent,
  formatPoints,
  formatPrice,
  formatUsd,
} from '../../../src/desk/format';

describe('format', () => {
  it('writes amounts in the marks of the locale with the digits 0 to 9', () => {
    const value = decimal('1234567.891');
    assert.equal(formatAmount(value), '1,234,567.891');
    assert.equal(formatAmount(value, { locale: 'de' }), '1.234.567,891');
    assert.equal(formatAmount(value, { locale: 'fr' }), '1\u202f234\u202f567,891');
    assert.equal(formatAmount(value, { locale: 'en-IN' }), '12,34,567.891');
    assert.equal(formatAmount(value, { locale: 'ar-EG' }), '1,234,567.891');
    assert.equal(formatAmount(value, { locale: 'not a locale' }), '1,234,567.891');
  });

  it('rounds down unless told otherwise', () => {
    const value = decimal('0.99999');
    assert.equal(formatAmount(value, { maxPlaces: 2 }), '0.99');
    assert.equal(formatAmount(value, { maxPlaces: 2, rounding: 'up' }), '1');
    assert.equal(formatAmount(decimal('1.005'), { maxPlaces: 2, rounding: 'half' }), '1.01');
    assert.equal(formatAmount(decimal('2'), { minPlaces: 2 }), '2.00');
  });

  it('is exact far beyond what a float holds', () => {
    assert.equal(formatAmount(decimal('9007199254740993.1')), '9,007,199,254,740,993.1');
    assert.equal(formatAmount(decimal('0.100000000000000001')), '0.100000000000000001');
    const long = `0.${'1234567890'.repeat(4)}1`;
    assert.equal(formatAmount(decimal(long), { maxPlaces: 80 }), long);
    assert.equal(formatAmount(decimal(`-${long}`), { maxPlaces: 80 }), `-${long}`);
    const tiny = `-0.${'0'.repeat(30)}5`;
    assert.equal(formatAmount(decimal(tiny), { maxPlaces: 80 }), tiny);
  });

  it('writes what Intl writes in every locale, as far as that goes', () => {
    const locale = fc.constantFrom(
      'en',
      'de',
      'fr',
      'de-CH',
      'en-IN',
      'ar-EG',
      'fa',
      'he',
      'pl',
      'es',
      'ja',
      'sv',
      'bn',
      'pt-PT',
      'bg',
      'it',
      'nb',
      'lt',
      'hu',
      'ne',
      'ta',
      'ru',
      'tr',
      'ko',
      'zh-TW',
      'et',
      'ka',
      'es-MX',
      'ur',
    );
    const text = fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{0,12}[1-9])?$/);
    fc.assert(
      fc.property(locale, text, fc.integer({ min: 0, max: 20 }), (name, written, minPlaces) => {
        const value = decimal(written);
        const format = new Intl.NumberFormat(name, {
          numberingSystem: 'latn',
          minimumFractionDigits: minPlaces,
          maximumFractionDigits: 20,
        });
        const expected = format.format(value as string as Intl.StringNumericLiteral);
        assert.equal(formatAmount(value, { locale: name, minPlaces, maxPlaces: 20 }), expected);
      }),
      {
        numRuns: 5_000,
        examples: [
          ['en', '-0.5', 2],
          ['fa', '-1234.5', 0],
          ['es', '1234.5', 0],
        ],
      },
    );
  });

  it('never loses a digit in English', () => {
    const text = fc.stringMatching(/^-?(0|[1-9]\d{0,25})(\.\d{0,40}[1-9])?$/);
    fc.assert(
      fc.property(text, (written) => {
        const value = decimal(written);
        assert.equal(formatAmount(value, { maxPlaces: 80 }).replace(/,/g, ''), value);
      }),
      { numRuns: 3_000 },
    );
  });

  it('writes coins, dollars and percents', () => {
    assert.equal(formatCoin(decimal('0.1'), 'BTC'), '0.1 BTC');
    assert.equal(formatUsd(decimal('9638.17')), '9,638.17 USD');
    assert.equal(formatUsd(decimal('9638.17'), 'de'), '9.638,17 USD');
    assert.equal(formatUsd(decimal('0')), '0.00 USD');
    assert.equal(formatUsd(decimal('0.00012345')), '0.00012 USD');
    assert.equal(formatUsd(decimal('0.0099999')), '0.01 USD');
    assert.equal(formatPercent(decimal('0.524344')), '52.43 %');
    assert.equal(formatPercent(decimal('0.524344'), 4, 'de'), '52,4344 %');
    assert.equal(formatPercent(decimal('1.5'), 0), '150 %');
  });

  it('tells an age in the largest unit that fits', () => {
    const told = [-5, 0, 4_999, 5_000, 59_999, 60_000, 3_599_999, 3_600_000, 86_400_000, 200_000_000];
    assert.deepEqual(
      told.map((ms) => plain(formatAge(ms))),
      [
        'just now',
        'just now',
        'just now',
        '5 s ago',
        '59 s ago',
        '1 min ago',
        '59 min ago',
        '1 h ago',
        '1 d ago',
        '2 d ago',
      ],
    );
  });

  it('writes levels without idle zeros and differences in points', () => {
    assert.equal(formatLevel(decimal('0.8')), '80 %');
    assert.equal(formatLevel(decimal('0.825'), 'de'), '82,5 %');
    assert.equal(formatLevel(decimal('0.00000013614'), 'en', 6), '0.000014 %');
    assert.equal(formatPoints(decimal('0.275656')), '27.57');
    assert.equal(formatPoints(decimal('0.05'), 'de'), '5,00');
  });

  it('gives prices the digits that tell two of them apart', () => {
    assert.equal(formatPrice(decimal('60000')), '60,000.00 USD');
    assert.equal(formatPrice(decimal('123.456789')), '123.46 USD');
    assert.equal(formatPrice(decimal('2.3456789')), '2.3457 USD');
    assert.equal(formatPrice(decimal('0.72193456')), '0.72193 USD');
    assert.equal(formatPrice(decimal('0.0000123456789')), '0.000012346 USD');
    assert.equal(formatPrice(decimal('0.0000123451'), 'en', 'up'), '0.000012346 USD');
    assert.equal(formatPrice(decimal('123.459'), 'en', 'down'), '123.45 USD');
    assert.equal(formatPrice(decimal('0')), '0.00 USD');
  });
});
