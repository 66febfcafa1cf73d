import assert from 'node:assert/strict';
import BigNumber from 'bignumber.js';
import { Decimal as Precise } from 'decimal.js';
import fc from 'fast-check';
import {
  add,
  compare,
  decimal,
  div,
  mul,
  parseDecimal,
  type Rounding,
  round,
  sub,
} from '../../src/bybit/decimal';
import { formatAmount } from '../../src/desk/format';
import { marksOf } from '../../src/desk/locale';
import { parseAmountInput } from '../../src/desk/parse';
import { order, product, quotient, rational, sum, written } from '../unit/bybit/rational';
import { pick, report, scaled, seeded } from './scale';

type Random = () => number;

function digits(random: Random, most: number): string {
  const length = 1 + Math.floor(random() * most);
  return Array.from({ length }, () => Math.floor(random() * 10)).join('');
}

/** A number as the exchange writes them: signs, needless zeros, fractions, exponents. */
function wire(random: Random): string {
  const sign = random() < 0.3 ? '-' : '';
  const fraction = random() < 0.7 ? `.${digits(random, pick(random, [2, 8, 30]))}` : '';
  const exponent = random() < 0.1 ? `e${Math.floor(random() * 40) - 20}` : '';
  return `${sign}${digits(random, pick(random, [1, 6, 25]))}${fraction}${exponent}`;
}

const LAWS: {
  readonly [law: string]: (a: string, b: string, at: number, mode: Rounding) => readonly [string, string];
} = {
  parse: (a) => [decimal(a), written(rational(a))],
  add: (a, b) => [add(decimal(a), decimal(b)), written(sum(rational(a), rational(b)))],
  subtract: (a, b) => {
    const y = rational(b);
    return [sub(decimal(a), decimal(b)), written(sum(rational(a), { ...y, digits: -y.digits }))];
  },
  multiply: (a, b) => [mul(decimal(a), decimal(b)), written(product(rational(a), rational(b)))],
  divide: (a, b, at, mode) => {
    const y = rational(b);
    if (y.digits === 0n) return ['', ''];
    return [div(decimal(a), decimal(b), at, mode), written(quotient(rational(a), y, at, mode))];
  },
  round: (a, _b, at, mode) => [
    round(decimal(a), at, mode),
    written(quotient(rational(a), rational('1'), at, mode)),
  ],
  compare: (a, b) => [String(compare(decimal(a), decimal(b))), String(order(rational(a), rational(b)))],
  distribute: (a, b) => {
    const [x, y] = [decimal(a), decimal(b)];
    return [mul(x, add(x, y)), add(mul(x, x), mul(x, y))];
  },
};

/** How the other libraries number the ways to round. */
const MODES = { up: 0, down: 1, half: 4 } as const;

/** The decimal as the others write it, without the minus of a zero. */
const plainText = (value: { toFixed(): string }) => value.toFixed().replace(/^-0$/, '0');

/** One law as ours, bignumber.js and decimal.js (200 digits) see it. */
type Witnessed = (a: string, b: string, at: number, mode: Rounding) => readonly [string, string, string];

/** Libraries of their own for a case: places and rounding are theirs as a whole. */
function libraries(at: number, mode: Rounding) {
  const Big = BigNumber.clone({ DECIMAL_PLACES: at, ROUNDING_MODE: MODES[mode], EXPONENTIAL_AT: 1e9 });
  const Exact = Precise.clone({ precision: 200, rounding: MODES[mode], toExpNeg: -1e9, toExpPos: 1e9 });
  return { Big, Exact };
}

const WITNESSED: { readonly [law: string]: Witnessed } = {
  parse: (a) => [decimal(a), plainText(new BigNumber(a)), plainText(new Precise(a))],
  add: (a, b, at, mode) => {
    const { Big, Exact } = libraries(at, mode);
    return [add(decimal(a), decimal(b)), plainText(new Big(a).plus(b)), plainText(new Exact(a).plus(b))];
  },
  subtract: (a, b, at, mode) => {
    const { Big, Exact } = libraries(at, mode);
    return [sub(decimal(a), decimal(b)), plainText(new Big(a).minus(b)), plainText(new Exact(a).minus(b))];
  },
  multiply: (a, b, at, mode) => {
    const { Big, Exact } = libraries(at, mode);
    return [mul(decimal(a), decimal(b)), plainText(new Big(a).times(b)), plainText(new Exact(a).times(b))];
  },
  divide: (a, b, at, mode) => {
    if (decimal(b) === '0') return ['', '', ''];
    const { Big, Exact } = libraries(at, mode);
    return [
      div(decimal(a), decimal(b), at, mode),
      plainText(new Big(a).div(b)),
      plainText(new Exact(a).div(b).toDecimalPlaces(at)),
    ];
  },
  round: (a, _b, at, mode) => {
    const { Big, Exact } = libraries(at, mode);
    return [
      round(decimal(a), at, mode),
      plainText(new Big(a).decimalPlaces(at)),
      plainText(new Exact(a).toDecimalPlaces(at)),
    ];
  },
  compare: (a, b) => [
    String(compare(decimal(a), decimal(b))),
    String(new BigNumber(a).comparedTo(b)),
    String(new Precise(a).comparedTo(b)),
  ],
};

const digitText = (most: number) => fc.stringMatching(new RegExp(`^\\d{1,${most}}$`));
/** As {@link wire}, but made by fast-check, which makes what fails small. */
const wireText = fc
  .record({
    sign: fc.constantFrom('', '', '-'),
    whole: digitText(25),
    fraction: fc.option(digitText(30), { nil: undefined }),
    exponent: fc.option(fc.integer({ min: -20, max: 20 }), { nil: undefined, freq: 9 }),
  })
  .map(
    ({ sign, whole, fraction, exponent }) =>
      `${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}${exponent === undefined ? '' : `e${exponent}`}`,
  );

const LOCALES = [
  'en',
  'en-IN',
  'de',
  'de-CH',
  'de-AT',
  'fr',
  'fr-CH',
  'es',
  'it',
  'pt-BR',
  'pl',
  'ru',
  'tr',
  'ja',
  'zh-CN',
  'ko',
  'ar',
  'fa',
  'hi',
  'bn',
  'sv',
  'nb',
  'cs',
  'hu',
  'uk',
  'vi',
  'nl',
  'id',
  'he',
  'th',
];

describe('money is exact', function () {
  this.timeout(3_600_000);

  it('every law, against whole numbers of any size', () => {
    const runs = scaled(100_000);
    const failures: string[] = [];
    for (const [n, [law, pair]] of Object.entries(LAWS).entries()) {
      const random = seeded(1200 + n);
      for (let run = 0; run < runs; run += 1) {
        const [a, b] = [wire(random), wire(random)];
        const at = Math.floor(random() * 45);
        const mode = pick<Rounding>(random, ['down', 'up', 'half']);
        const [ours, theirs] = pair(a, b, at, mode);
        if (ours !== theirs) failures.push(`${law} ${a} ${b} ${at} ${mode}: ${ours}, not ${theirs}`);
      }
    }
    report(
      12,
      `${runs} cases for each of ${Object.keys(LAWS).length} laws`,
      `${failures.length} differences`,
    );
    assert.deepEqual(failures.slice(0, 5), []);
  });

  it('every law, by fast-check, against bignumber.js and decimal.js', () => {
    const runs = scaled(100_000);
    let cases = 0;
    for (const [law, witnessed] of Object.entries(WITNESSED)) {
      fc.assert(
        fc.property(
          wireText,
          wireText,
          fc.integer({ min: 0, max: 44 }),
          fc.constantFrom<Rounding>('down', 'up', 'half'),
          (a, b, at, mode) => {
            cases += 1;
            const [ours, ...others] = witnessed(a, b, at, mode);
            for (const theirs of others) assert.equal(ours, theirs, `${law} ${a} ${b} ${at} ${mode}`);
          },
        ),
        { numRuns: runs, seed: 12 },
      );
    }
    report(
      12,
      `${cases} cases of ${Object.keys(WITNESSED).length} laws by fast-check, against bignumber.js and decimal.js (precision 200)`,
      '0 differences',
    );
    assert.equal(cases, runs * Object.keys(WITNESSED).length);
  });

  it('what a person types in their locale is understood or refused, never another number', () => {
    const random = seeded(1299);
    const runs = scaled(100_000);
    const counts = { understood: 0, refused: 0 };
    const failures: string[] = [];
    for (let run = 0; run < runs; run += 1) {
      const locale = pick(random, LOCALES);
      const value = parseDecimal(`${digits(random, 7)}${random() < 0.7 ? `.${digits(random, 8)}` : ''}`);
      assert.ok(value !== undefined);
      const typed = asTyped(value, locale, random);
      const parsed = parseAmountInput(typed, { locale, maxPlaces: 20 });
      if ('problem' in parsed) counts.refused += 1;
      else if (parsed.value === value) counts.understood += 1;
      else failures.push(`${JSON.stringify(typed)} in ${locale}: ${parsed.value}, not ${value}`);
    }
    report(
      12,
      `${runs} amounts typed in ${LOCALES.length} locales`,
      `${counts.understood} understood`,
      `${counts.refused} refused`,
      `${failures.length} misread`,
    );
    assert.deepEqual(failures.slice(0, 5), []);
    assert.ok(counts.refused < runs / 20, 'too much is refused');
  });

  it('what could be meant with other marks is refused', () => {
    let cases = 0;
    for (const locale of LOCALES) {
      const { decimal: mark } = marksOf(locale);
      const other = mark === '.' ? ',' : '.';
      for (const typed of [
        `1${other}5`,
        `0${other}25`,
        `12${other}3456`,
        `1${mark}000`,
        `12${mark}500`,
        `1${mark}2${mark}3`,
        `1${other}00`,
        '1e5',
        '0x1f',
        '１２',
        '-1',
        '1 5',
        '+1',
        '5%',
      ]) {
        cases += 1;
        const parsed = parseAmountInput(typed, { locale, maxPlaces: 20 });
        assert.ok('problem' in parsed, `${typed} in ${locale}`);
      }
      const thousand = parseAmountInput(formatAmount(decimal('1000'), { locale }), { locale, maxPlaces: 8 });
      assert.deepEqual(thousand, { value: '1000' }, locale);
    }
    report(12, `${cases} unclear amounts in ${LOCALES.length} locales, all refused`);
  });
});

/** The value as the locale writes it, grouped or not, with spaces and zeros that people add. */
function asTyped(value: string, locale: string, random: Random): string {
  const text =
    random() < 0.5 ? formatAmount(decimal(value), { locale }) : value.replace('.', marksOf(locale).decimal);
  const padded = random() < 0.2 ? ` ${text} ` : text;
  return random() < 0.2 && /[.,\u066b]/.test(padded.trim().slice(-9)) && value.includes('.')
    ? `${padded.trim()}0`
    : padded;
}
