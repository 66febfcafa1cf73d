import assert from 'node:assert/strict';
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
