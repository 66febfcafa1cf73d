import { type Decimal, decimal } from '../../src/bybit/decimal';
import type { PositionState, RefinanceFacts, WireLoan, WirePool } from '../../src/webview/position-contract';

const d = decimal;
/** 2026-11-25 08:00 UTC. */
export const READ_AT = Date.UTC(2026, 10, 25, 8);
const DAY = 86_400_000;

const BANDS: WirePool['bands'][number]['bands'] = [
  { from: d('0'), to: d('10000'), ratio: d('0.9') },
  { from: d('10000'), to: d('50000'), ratio: d('0.8') },
  { from: d('50000'), to: null, ratio: d('0.5') },
];
const IN_FULL: WirePool['bands'][number]['bands'] = [{ from: d('0'), to: null, ratio: d('1') }];

const LINES: WirePool['lines'] = [
  {
    line: 'initial',
    name: 'Initial',
    past: 'above the initial line: no new loans',
    meaning: 'No loan above.',
  },
  { line: 'marginCall', name: 'Margin call', past: 'margin call', meaning: 'Bybit warns.' },
  { line: 'delayedLiquidation', name: 'Delayed liquidation', past: 'delayed liquidation', meaning: 'Later.' },
  { line: 'liquidation', name: 'Liquidation', past: 'liquidation', meaning: 'Sold.' },
];

function amounts(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([coin, amount]) => ({ coin, amount: d(amount) }));
}

function prices(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([coin, usd]) => ({ coin, usd: d(usd) }));
}

/** 8,000 USDT and 0.1 BTC (10,000 USD) owed against 3 ETH (12,000 USD) and 20,000 USDC: LTV 18,001 / 27,600. */
export function shared(change: Partial<WirePool> = {}): WirePool {
  return {
    id: 'shared',
    name: 'shared',
    title: 'Flexible and fixed loans',
    record: null,
    debts: [
      { coin: 'USDT', system: 'flexible', amount: d('8001'), interest: d('1'), hourlyRate: d('0.00001') },
      { coin: 'BTC', system: 'fixed', amount: d('0.1'), interest: null, hourlyRate: null },
    ],
    collateral: amounts({ ETH: '3', USDC: '20000' }),
    wallet: amounts({ USDT: '2500.5', ETH: '1.25', SOL: '40' }),
    prices: prices({ USDT: '1', USDC: '1', ETH: '4000', BTC: '100000', SOL: '150' }),
    bands: ['ETH', 'USDC', 'USDT', 'SOL'].map((coin) => ({ coin, bands: BANDS })),
    thresholds: {
      initial: d('0.8'),
      marginCall: d('0.85'),
      delayedLiquidation: d('0.93'),
      liquidation: d('0.95'),
    },
    lines: LINES,
    source: 'Lines: Bybit’s help page of January 2026, kept in the settings; no API tells them.',
    said: d('0.6523'),
    readAt: READ_AT,
    isStale: false,
    ...change,
  };
}

export function legacy(change: Partial<WirePool> = {}): WirePool {
  return {
    ...shared(),
    id: 'legacy 1792333444555',
    name: 'legacy',
    title: 'Legacy loan: SOL against BTC',
    record: '1792333444555',
    debts: [
      { coin: 'SOL', system: 'legacy', amount: d('30'), interest: d('0.2'), hourlyRate: d('0.000004') },
    ],
    collateral: amounts({ BTC: '0.05' }),
    prices: prices({ SOL: '150', BTC: '100000' }),
    bands: [{ coin: 'BTC', bands: IN_FULL }],
    thresholds: {
      initial: d('0.8'),
      marginCall: d('0.87'),
      delayedLiquidation: d('0.95'),
      liquidation: d('0.95'),
    },
    lines: LINES.filter(({ line }) => line !== 'delayedLiquidation'),
    source: 'Lines: from Bybit’s API, read 2026-11-25 08:00 UTC.',
    said: d('0.9'),
    ...change,
  };
}

export function loan(change: Partial<WireLoan> = {}): WireLoan {
  return {
    id: 'flexible USDT',
    pool: 'shared',
    system: 'flexible',
    record: null,
    coin: 'USDT',
    owed: d('8001'),
    principal: d('8000'),
    interest: d('1'),
    penalty: d('0'),
    annualRate: d('0.0876'),
    isFloating: true,
    prepaid: null,
    start: null,
    due: null,
    term: null,
    isOverdue: false,
    atMaturity: null,
    deeds: ['repay', 'repayWithCollateral'],
    ...change,
  };
}

export const FIXED = loan({
  id: 'fixed 7001',
  system: 'fixed',
  record: '7001',
  coin: 'BTC',
  owed: d('0.1'),
  principal: d('0.1'),
  interest: d('0'),
  prepaid: d('0.000205'),
  annualRate: d('0.025'),
  isFloating: false,
  start: READ_AT - 28 * DAY,
  due: READ_AT + 2 * DAY,
  term: 30,
  atMaturity: 'repay',
});

export const LEGACY = loan({
  id: 'legacy 1792333444555',
  pool: 'legacy 1792333444555',
  system: 'legacy',
  record: '1792333444555',
  coin: 'SOL',
  owed: d('30'),
  principal: d('29.8'),
  interest: d('0.2'),
  penalty: d('0.01'),
  annualRate: d('0.03504'),
  isFloating: false,
  due: READ_AT - 3_600_000,
  term: 30,
  isOverdue: true,
  deeds: ['repay', 'adjustCollateral'],
});

/** The USDT debt of {@link loan}: 8.76 % flexible, 30 days at 3.65 %, 7 days at 7.3 %. */
export function facts(change: Partial<RefinanceFacts> = {}): RefinanceFacts {
  const none = { least: null, most: null };
  return {
    loan: 'flexible USDT',
    flexible: d('0.0876'),
    offers: [
      { term: '7', annualRate: d('0.073') },
      { term: '30', annualRate: d('0.0365') },
      { term: '180', annualRate: d('0.03') },
    ],
    bounds: { flexible: none, fixed: { least: d('100'), most: d('9000') } },
    readAt: READ_AT,
    past: [
      { series: 'flexible', knownMs: 60 * DAY, averageRate: d('0.0912'), cost: d('119.95') },
      { series: '30', knownMs: 45.5 * DAY, averageRate: d('0.0411'), cost: d('40.99') },
    ],
    pastDays: 90,
    isRecording: true,
    isSimulated: false,
    ...change,
  };
}

export function position(change: Partial<PositionState> = {}): PositionState {
  return {
    source: 'Main · Paper (simulated)',
    obstacle: null,
    isReading: false,
    canWrite: true,
    areAmountsHidden: false,
    aheadMs: 0,
    pools: [shared(), legacy()],
    loans: [LEGACY, FIXED, loan()],
    areDuesKnown: true,
    ladder: [
      { loan: LEGACY.id, short: null },
      { loan: FIXED.id, short: d('0.1') as Decimal },
    ],
    names: [],
    remarks: [],
    failures: [],
    parts: [
      { name: 'Position', readAt: READ_AT, isStale: false },
      { name: 'Prices', readAt: READ_AT - 60_000, isStale: true },
      { name: 'Legacy loans', readAt: null, isStale: false },
    ],
    ...change,
  };
}
