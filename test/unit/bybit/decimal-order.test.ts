import assert from 'node:assert/strict';
import Big from 'big.js';
import fc from 'fast-check';
import {
  compare,
  type Decimal,
  decimal,
  gt,
  gte,
  isDecimal,
  lt,
  lte,
  parseDecimal,
} from '../../../src/bybit/decimal';

const digits = (longest: number) => fc.stringMatching(new RegExp(`^\\d{1,${longest}}$`));
// Short and alike more often than chance has it: equal lengths, one a prefix of the other, signs.
const decimals = fc
  .tuple(fc.constantFrom('', '-'), digits(3), fc.option(digits(4)))
  .map(([sign, whole, fraction]) => decimal(`${sign}${whole}${fraction === null ? '' : `.${fraction}`}`));
const long = fc
  .tuple(fc.constantFrom('', '-'), digits(60), digits(60))
  .map(([sign, whole, fraction]) => decimal(`${sign}${whole}.${fraction}`));

describe('the order of decimals', () => {
  for (const [name, arbitrary] of Object.entries({ short: decimals, long })) {
    it(`is that of big.js, ${name} ones`, () => {
      fc.assert(
        fc.property(arbitrary, arbitrary, (a, b) => compare(a, b) === new Big(a).cmp(b)),
        { numRuns: 5000 },
      );
    });
  }

  it('is what the four comparisons say, equal numbers included', () => {
    const pairs = fc.oneof(
      fc.tuple(decimals, decimals),
      decimals.map((value) => [value, value] as const),
    );
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const order = new Big(a).cmp(b);
        assert.deepEqual(
          [lt(a, b), lte(a, b), gt(a, b), gte(a, b)],
          [order < 0, order <= 0, order > 0, order >= 0],
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('knows the canonical form', () => {
    fc.assert(fc.property(fc.oneof(decimals, long), (value) => isDecimal(value)));
    for (const text of ['', '-', '-0', '00', '01', '1.', '1.0', '.5', '1e3', '+1', ' 1', '1,5', 'NaN', '١']) {
      assert.equal(isDecimal(text), false, text);
      const read = parseDecimal(text);
      if (read !== undefined) assert.ok(isDecimal(read), text);
    }
    assert.ok(isDecimal(`-${'9'.repeat(80)}.${'1'.repeat(80)}` as Decimal));
  });
});
