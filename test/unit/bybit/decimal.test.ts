import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  abs,
  add,
  compare,
  type Decimal,
  decimal,
  div,
  lt,
  max,
  min,
  mul,
  negate,
  ONE,
  parseDecimal,
  places,
  type Rounding,
  round,
  shift,
  sub,
  ZERO,
} from '../../../src/bybit/decimal';
import { order, product, quotient, rational, sum, written } from './rational';

const ROUNDINGS: readonly Rounding[] = ['down', 'up', 'half'];
const CANONICAL = /^(0|-?(0\.\d*[1-9]|[1-9]\d*(\.\d*[1-9])?))$/;

const digits = (most: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: most });
/** Numbers as the exchange writes them: signs, leading and trailing zeros, fractions, exponents. */
const texts = fc
  .tuple(
    fc.constantFrom('', '', '-'),
    digits(24),
    fc.option(digits(24)),
    fc.option(fc.integer({ min: -20, max: 20 })),
  )
  .map(
    ([sign, whole, fraction, exponent]) =>
      `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : `e${exponent}`}`,
  );
const decimals = texts.map((text) => decimal(text));
const RUNS = { numRuns: 3000 };

function agrees(ours: Decimal, theirs: string): void {
  assert.equal(ours, theirs);
  assert.match(ours, CANONICAL);
}

/** Against whole numbers of any size, which are exact by nature. */
describe('decimal', () => {
  it('reads and writes every number in its one form', () => {
    fc.assert(
      fc.property(texts, (text) => agrees(decimal(text), written(rational(text)))),
      RUNS,
    );
  });

  it('adds, subtracts and multiplies without losing a digit', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const [x, y] = [rational(a), rational(b)];
        agrees(add(decimal(a), decimal(b)), written(sum(x, y)));
        agrees(sub(decimal(a), decimal(b)), written(sum(x, { ...y, digits: -y.digits })));
        agrees(mul(decimal(a), decimal(b)), written(product(x, y)));
        assert.equal(compare(decimal(a), decimal(b)), order(x, y));
      }),
      RUNS,
    );
  });

  it('divides and rounds once, in the mode that was asked for', () => {
    fc.assert(
      fc.property(
        texts,
        texts,
        fc.integer({ min: 0, max: 45 }),
        fc.constantFrom(...ROUNDINGS),
        (a, b, at, mode) => {
          const [x, y] = [rational(a), rational(b)];
          if (y.digits !== 0n)
            agrees(div(decimal(a), decimal(b), at, mode), written(quotient(x, y, at, mode)));
          agrees(round(decimal(a), at, mode), written(quotient(x, rational('1'), at, mode)));
        },
      ),
      RUNS,
    );
  });

  it('divides to the nearest of 40 decimals unless it is told otherwise', () => {
    assert.equal(div(ONE, decimal('3')), `0.${'3'.repeat(40)}`);
    assert.equal(div(decimal('2'), decimal('3')), `0.${'6'.repeat(39)}7`);
    assert.throws(() => div(ONE, ZERO), RangeError);
  });

  it('counts the digits behind the point', () => {
    for (const [text, count] of [
      ['0', 0],
      ['12', 0],
      ['0.5', 1],
      ['-12.345', 3],
    ] as const) {
      assert.equal(places(decimal(text)), count, text);
    }
  });

  it('keeps the laws of arithmetic', () => {
    fc.assert(
      fc.property(decimals, decimals, decimals, (a, b, c) => {
        assert.equal(add(a, b), add(b, a));
        assert.equal(add(add(a, b), c), add(a, add(b, c)));
        assert.equal(mul(a, b), mul(b, a));
        assert.equal(mul(mul(a, b), c), mul(a, mul(b, c)));
        assert.equal(mul(a, add(b, c)), add(mul(a, b), mul(a, c)));
        assert.equal(sub(add(a, b), b), a);
        assert.equal(negate(negate(a)), a);
        assert.equal(add(a, negate(a)), ZERO);
        assert.equal(mul(a, ONE), a);
        assert.equal(add(a, ZERO, b, c), add(a, b, c));
        assert.equal(abs(a), lt(a, ZERO) ? negate(a) : a);
        assert.equal(min(a, b, c), [a, b, c].sort(compare)[0]);
        assert.equal(max(a, b, c), [a, b, c].sort(compare)[2]);
        assert.equal(a === b, compare(a, b) === 0);
      }),
      RUNS,
    );
  });

  it('shifts the point as multiplying by a power of ten does', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 30 }), (a, by) => {
        assert.equal(shift(decimal(a), by), mul(decimal(a), decimal(`1${'0'.repeat(by)}`)));
      }),
      RUNS,
    );
  });

  it('rounds toward zero, away from it, or to the nearer one', () => {
    fc.assert(
      fc.property(decimals, fc.integer({ min: 0, max: 30 }), (a, at) => {
        const [down, up, half] = [round(a, at, 'down'), round(a, at, 'up'), round(a, at, 'half')];
        assert.ok(compare(abs(down), abs(a)) <= 0 && compare(abs(up), abs(a)) >= 0);
        assert.ok(half === down || half === up);
        assert.ok(places(down) <= at && places(up) <= at);
        if (places(a) <= at) assert.deepEqual([down, up, half], [a, a, a]);
      }),
      RUNS,
    );
  });

  it('refuses whatever is no plain decimal number', () => {
    const odd = [
      '',
      ' ',
      ' 1',
      '1 ',
      '+1',
      '1.',
      '.5',
      '1,5',
      '1_000',
      '0x10',
      '0b1',
      'NaN',
      'Infinity',
      '-',
      '--1',
      '1e',
      '1e400',
      '1e1000000000',
      '１２',
      '٣',
      '1\u00002',
      '1n',
      'null',
      '1'.repeat(81),
      `0.${'1'.repeat(81)}`,
      '0'.repeat(400),
      '1\n',
    ];
    for (const text of odd) {
      assert.equal(parseDecimal(text), undefined, JSON.stringify(text));
      assert.throws(() => decimal(text), RangeError);
    }
    assert.throws(() => decimal(0.1), RangeError);
    assert.throws(() => decimal(Number.NaN), RangeError);
    assert.throws(() => decimal(2 ** 53), RangeError);
    assert.throws(() => div(ONE, ZERO), RangeError);
    assert.equal(decimal(-0), '0');
    assert.equal(decimal(12n ** 30n), (12n ** 30n).toString());
    assert.equal(decimal('-0.000'), '0');
    assert.equal(decimal('1E-9'), '0.000000001');
  });

  it('reads only texts that have a digit first, whatever else they hold', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789.-+eE ,_x１٣'), maxLength: 12 }),
        (text) => {
          const value = parseDecimal(text);
          assert.equal(
            value !== undefined,
            /^-?\d+(\.\d+)?([eE][+-]?\d{1,2})?$/.test(text) && !/[^\x20-\x7e]/.test(text),
          );
        },
      ),
      RUNS,
    );
  });

  it('is not disturbed by another user of big.js', async () => {
    const { default: Big } = await import('big.js');
    const kept = { DP: Big.DP, RM: Big.RM, NE: Big.NE, PE: Big.PE };
    Object.assign(Big, { DP: 0, RM: 0, NE: 0, PE: 0 });
    try {
      assert.equal(div(ONE, decimal('3'), 5, 'up'), '0.33334');
      assert.equal(mul(decimal('0.0000001'), decimal('0.1')), '0.00000001');
    } finally {
      Object.assign(Big, kept);
    }
  });
});
