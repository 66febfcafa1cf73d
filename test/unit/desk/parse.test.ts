import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decimal } from '../../../src/bybit/decimal';
import { plain } from '../../../src/bybit/words';
import { formatAmount } from '../../../src/desk/format';
import { parseAmountInput } from '../../../src/desk/parse';

function read(text: string, locale: string, maxPlaces = 8): string {
  const result = parseAmountInput(text, { locale, maxPlaces });
  return 'value' in result ? result.value : `! ${plain(result.problem)}`;
}

describe('parseAmountInput', () => {
  const understood: readonly (readonly [locale: string, text: string, value: string])[] = [
    ['en', '1000.5', '1000.5'],
    ['en', '1,000.5', '1000.5'],
    ['en', '1,000', '1000'],
    ['en', ' 0.001 ', '0.001'],
    ['en', '0.500', '0.5'],
    ['en', '1.234', '1.234'],
    ['en', '1234.500', '1234.5'],
    ['en', '.5', '0.5'],
    ['en', '5.', '5'],
    ['en', '1 000 000', '1000000'],
    ['de', '1.000,5', '1000.5'],
    ['de', '1.000', '1000'],
    ['de', '0,001', '0.001'],
    ['de', '1,5', '1.5'],
    ['fr', '1\u202f000,5', '1000.5'],
    ['fr', '1\u00a0000,5', '1000.5'],
    ['de-CH', "1'000.5", '1000.5'],
    ['de-CH', '1’000.5', '1000.5'],
    ['en-IN', '12,34,567.8', '1234567.8'],
    ['es', '1000,5', '1000.5'],
    ['pt-BR', '1.234,56', '1234.56'],
    ['no-such-locale!', '1,000.5', '1000.5'],
  ];
  for (const [locale, text, value] of understood) {
    it(`understands ${JSON.stringify(text)} in ${locale} as ${value}`, () => {
      assert.equal(read(text, locale), value);
    });
  }

  const refused: readonly (readonly [locale: string, text: string, part: RegExp])[] = [
    ['en', '1,5', /decimal mark here is “\.”, for example 1,234\.5$/],
    ['en', '1.000', /could mean 1 or 1,000/],
    ['en', '10.500', /could mean 10\.5 or 10,500/],
    ['en', '1.000,5', /decimal mark/],
    ['en', '1,00', /decimal mark/],
    ['en', '0,500', /decimal mark/],
    ['en', '1,000,00', /decimal mark/],
    ['en', '1.2.3', /decimal mark/],
    ['en', '1 5', /decimal mark/],
    ['de', '1.5', /decimal mark here is “,”/],
    ['de', '1,000', /could mean 1 or 1\.000/],
    ['de', '0.001', /decimal mark/],
    ['fr', '1.5', /decimal mark/],
    ['en', '', /Type an amount/],
    ['en', '-1', /more than 0/],
    ['en', '−1', /more than 0/],
    ['en', '１２', /digits 0 to 9 and the decimal mark “\.”: 1,234\.5$/],
    ['en', '١٢', /digits 0 to 9/],
    ['en', '1e5', /digits 0 to 9/],
    ['en', '0x10', /digits 0 to 9/],
    ['en', '1 BTC', /digits 0 to 9/],
    ['en', 'Infinity', /digits 0 to 9/],
    ['en', '50%', /digits 0 to 9/],
    ['en', '+1', /digits 0 to 9/],
    ['en', '.', /digits 0 to 9/],
    ['en', '9'.repeat(81), /too long/],
    ['en', '0.123456789', /At most 8 decimals: 0\.12345678 would pass/],
    ['de', '0,123456789', /At most 8 decimals: 0,12345678 would pass/],
    ['en', '0.000000001', /At most 8 decimals: 0\.00000001 is the least\.$/],
    ['de', '0,000000001', /At most 8 decimals: 0,00000001 is the least\.$/],
  ];
  for (const [locale, text, part] of refused) {
    it(`refuses ${JSON.stringify(text.slice(0, 20))} in ${locale} and says why`, () => {
      const result = read(text, locale);
      assert.ok(result.startsWith('! '), result);
      assert.match(result, part);
    });
  }

  it('reads back what is written, in every locale', () => {
    const locales = [
      'en',
      'de',
      'fr',
      'es',
      'it',
      'pl',
      'cs',
      'sv',
      'ru',
      'de-CH',
      'en-IN',
      'hi',
      'ja',
      'tr',
      'pt-BR',
    ];
    const amounts = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.integer({ min: 0, max: 12 }))
      .map(([digits, places]) => {
        const text = digits.toString().padStart(places + 1, '0');
        return decimal(places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`);
      });
    fc.assert(
      fc.property(fc.constantFrom(...locales), amounts, (locale, value) => {
        const result = parseAmountInput(formatAmount(value, { locale }), { locale, maxPlaces: 12 });
        // Some values look like thousands elsewhere (1.230 never is written, so none of those).
        assert.deepEqual(result, { value });
      }),
      { numRuns: 5_000 },
    );
  });

  it('never reads a number that another locale writes as a different one without being it in this one', () => {
    const others = ['en', 'de', 'fr', 'de-CH', 'en-IN'];
    const value = fc.integer({ min: 1, max: 99_999_999 }).map((n) => decimal((BigInt(n) * 10n).toString()));
    fc.assert(
      fc.property(fc.constantFrom(...others), fc.constantFrom(...others), value, (from, to, hundredths) => {
        // Grouped whole numbers: understood as what they are or refused.
        const written = formatAmount(hundredths, { locale: from });
        const result = parseAmountInput(written, { locale: to, maxPlaces: 18 });
        if ('value' in result)
          assert.equal(result.value, hundredths, `${written} from ${from} read in ${to}`);
      }),
      { numRuns: 5_000 },
    );
  });
});
