import {
  compare,
  type Decimal,
  decimal,
  div,
  gt,
  lte,
  mul,
  ONE,
  places,
  round,
  ZERO,
} from '../../bybit/decimal';
import { COIN_ROWS, type CoinClass, type CoinRow } from './coins';
import { LADDERS, type Ladder } from './ladders';

/** What the paper exchange knows of a coin apart from its moving price and rate. Amounts are in the coin. */
export interface Coin {
  readonly name: string;
  readonly class: CoinClass;
  /** Price around which it moves, USD. */
  readonly base: Decimal;
  readonly pricePlaces: number;
  /** Annual fraction around which the flexible rate moves. */
  readonly baseRate: Decimal;
  readonly flexible: boolean;
  readonly fixed: boolean;
  readonly collateral: boolean;
  readonly flexiblePlaces: number;
  readonly fixedPlaces: number;
  readonly flexibleMinimum: Decimal;
  readonly fixedMinimum: Decimal;
  /** Largest debt of one account at VIP0. */
  readonly maximum: Decimal;
  /** What the platform holds to lend at the beginning. */
  readonly pool: Decimal;
  /** What the platform lends at most, all accounts together. */
  readonly platformQuota: Decimal;
  /** What one account may pledge. */
  readonly pledgeCap: Decimal;
  /** What the platform still takes as collateral. */
  readonly pledgeRoom: Decimal;
  readonly ladder: Ladder;
  /** Lower is sold earlier. */
  readonly liquidationOrder: number;
  /** Fee of a repayment out of collateral, fraction; the larger one of both coins is charged. */
  readonly conversionFee: Decimal;
}

const LOAN_USD: Readonly<Record<CoinClass, string>> = {
  S: '8000000',
  A: '5000000',
  B: '1000000',
  C: '300000',
  D: '80000',
  M: '100000',
};
const PLEDGE_USD: Readonly<Record<CoinClass, string>> = {
  S: '40000000',
  A: '40000000',
  B: '5000000',
  C: '1000000',
  D: '200000',
  M: '300000',
};
const FEE: Readonly<Record<CoinClass, string>> = {
  S: '0.0005',
  A: '0.001',
  B: '0.0015',
  C: '0.003',
  D: '0.005',
  M: '0.005',
};

const TEN = decimal('10');
const TENTH = decimal('0.1');

/** The largest power of ten that is not above a positive value. */
function powerBelow(value: Decimal): Decimal {
  let power = ONE;
  while (gt(power, value)) power = mul(power, TENTH);
  while (lte(mul(power, TEN), value)) power = mul(power, TEN);
  return power;
}

/** The value cut to its first digit. */
function firstDigit(value: Decimal): Decimal {
  const power = powerBelow(value);
  return mul(round(div(value, power), 0, 'down'), power);
}

function build([name, usd, percent, kind, traits = []]: CoinRow, index: number): Coin {
  const base = decimal(usd);
  const units = (value: string): Decimal => firstDigit(div(decimal(value), base));
  const has = (trait: (typeof traits)[number]): boolean => traits.includes(trait);
  const step = powerBelow(div(TENTH, base));
  const flexiblePlaces = kind === 'S' ? 2 : places(step);
  const minimum = powerBelow(div(TEN, base));
  const maximum = units(LOAN_USD[kind]);
  const lots = (factor: string): Decimal => mul(maximum, decimal(factor));
  const cap = units(PLEDGE_USD[kind]);
  return {
    name,
    class: kind,
    base,
    pricePlaces: Math.max(2, places(powerBelow(base)) + (compare(base, TEN) < 0 ? 5 : 3)),
    baseRate: mul(decimal(percent), decimal('0.01')),
    flexible: !has('pledgeOnly') && !has('noFlexible'),
    fixed: !has('pledgeOnly') && !has('noFixed'),
    collateral: !has('loanOnly'),
    flexiblePlaces,
    fixedPlaces: Math.min(8, flexiblePlaces + 2),
    flexibleMinimum: minimum,
    fixedMinimum: mul(minimum, decimal('100')),
    maximum,
    pool: has('pledgeOnly') ? ZERO : lots(has('poolShort') ? '0.25' : '30'),
    platformQuota: has('pledgeOnly') ? ZERO : lots(has('quotaShort') ? '0.25' : '25'),
    pledgeCap: cap,
    pledgeRoom: has('pledgeFull') ? ZERO : mul(cap, decimal('5')),
    ladder: LADDERS[kind],
    liquidationOrder: index + 1,
    conversionFee: decimal(FEE[kind]),
  };
}

/** All coins by name, in the order of liquidation. */
export const COINS: ReadonlyMap<string, Coin> = new Map(
  COIN_ROWS.map((row, index) => [row[0], build(row, index)]),
);
