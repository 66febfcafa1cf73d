import { decimal } from '../../../src/bybit/decimal';
import { type Core, createCore } from '../../../src/paper/exchange/core';
import { type Genesis, genesis } from '../../../src/paper/ledger/genesis';
import type { Key, State } from '../../../src/paper/ledger/state';
import { memoryStore } from '../../../src/paper/store/memory';
import { createWorld, ROUTES } from '../../../src/paper/systems/systems';
import { type Envelope, envelopeOf, type Signer, signed } from './signed';

/** 2026-03-02 10:20:00 UTC: twenty minutes into an hour. */
export const START = Date.UTC(2026, 2, 2, 10, 20);
export const SEED = 7;

export const MAIN: Signer = { apiKey: 'MAINKEY', secret: 'main-secret' };
export const READER: Signer = { apiKey: 'READKEY', secret: 'read-secret' };

export function keyOf(signer: Signer, change: Partial<Key> = {}): Key {
  return {
    apiKey: signer.apiKey,
    proof: { kind: 'hmac', secret: signer.secret },
    note: 'test',
    readOnly: false,
    spotTrade: true,
    ips: ['*'],
    ...change,
  };
}

/** A paper exchange in memory on a clock that only moves when told. */
export interface Bench {
  readonly core: Core;
  now(): number;
  pass(ms: number): void;
  /** A signed GET; a second passes first, so that no rate limit is met. */
  get(path: string, query?: string): Promise<Envelope>;
  /** A signed POST, as above. */
  post(path: string, body: unknown): Promise<Envelope>;
  state(): Promise<State>;
  price(coin: string, usd: string): Promise<void>;
}

/** Rows of an answer's list. */
export function rowsOf(answer: Envelope): readonly Readonly<Record<string, unknown>>[] {
  return answer.result['list'] as readonly Readonly<Record<string, unknown>>[];
}

export function bench(options: Partial<Genesis> = {}): Bench {
  let now = START;
  const world = createWorld(SEED);
  const keys = [keyOf(MAIN), keyOf(READER, { readOnly: true })];
  const core = createCore({
    worldOf: createWorld,
    routes: ROUTES,
    store: memoryStore(genesis(world, { time: START, keys, ...options })),
    clock: () => now,
  });
  const send = async (method: 'GET' | 'POST', path: string, payload: string): Promise<Envelope> => {
    now += 1000;
    const { state } = await core.look();
    return envelopeOf(await core.handle(signed(MAIN, state.time, method, path, payload)));
  };
  return {
    core,
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
    get: (path, query = '') => send('GET', path, query),
    post: (path, body) => send('POST', path, JSON.stringify(body)),
    state: async () => (await core.look()).state,
    async price(coin, usd) {
      await core.steer((state) => ({ ...state, prices: new Map(state.prices).set(coin, decimal(usd)) }));
    },
  };
}

export const PATHS = {
  borrow: '/v5/crypto-loan-flexible/borrow',
  repay: '/v5/crypto-loan-flexible/repay',
  convert: '/v5/crypto-loan-flexible/repay-collateral',
  loans: '/v5/crypto-loan-flexible/ongoing-coin',
  borrows: '/v5/crypto-loan-flexible/borrow-history',
  repayments: '/v5/crypto-loan-flexible/repayment-history',
  inventory: '/v5/crypto-loan-flexible/available-inventory',
  coins: '/v5/crypto-loan-common/loanable-data',
  collateral: '/v5/crypto-loan-common/collateral-data',
  position: '/v5/crypto-loan-common/position',
  maxLoan: '/v5/crypto-loan-common/max-loan',
  maxReduction: '/v5/crypto-loan-common/max-collateral-amount',
  adjust: '/v5/crypto-loan-common/adjust-ltv',
  adjustments: '/v5/crypto-loan-common/adjustment-history',
  key: '/v5/user/query-api',
  balances: '/v5/asset/transfer/query-account-coins-balance',
  time: '/v5/market/time',
  tickers: '/v5/market/tickers',
} as const;

export const LEGACY = {
  collateral: '/v5/crypto-loan/collateral-data',
  coins: '/v5/crypto-loan/loanable-data',
  limits: '/v5/crypto-loan/borrowable-collateralisable-number',
  borrow: '/v5/crypto-loan/borrow',
  repay: '/v5/crypto-loan/repay',
  loans: '/v5/crypto-loan/ongoing-orders',
  repayments: '/v5/crypto-loan/repayment-history',
  completed: '/v5/crypto-loan/borrow-history',
  maxReduction: '/v5/crypto-loan/max-collateral-amount',
  adjust: '/v5/crypto-loan/adjust-ltv',
  adjustments: '/v5/crypto-loan/adjustment-history',
} as const;

export const INS = {
  products: '/v5/ins-loan/product-infos',
  margin: '/v5/ins-loan/ensure-tokens-convert',
  marginOld: '/v5/ins-loan/ensure-tokens',
  orders: '/v5/ins-loan/loan-order',
  repayments: '/v5/ins-loan/repaid-history',
  ltv: '/v5/ins-loan/ltv-convert',
  ltvOld: '/v5/ins-loan/ltv',
  bind: '/v5/ins-loan/association-uid',
  repay: '/v5/ins-loan/repay-loan',
  delta: '/v5/ins-loan/coin-delta-amount',
  delay: '/v5/ins-loan/delay-liq-status',
} as const;
