import { type Decimal, decimal } from '../../src/bybit/decimal';
import type { Credentials } from '../../src/bybit/exchange';
import type { OperationKind, OperationParams } from '../../src/desk/operation';
import { createCore } from '../../src/paper/exchange/core';
import { genesis } from '../../src/paper/ledger/genesis';
import type { State } from '../../src/paper/ledger/state';
import type { World } from '../../src/paper/ledger/world';
import { memoryStore } from '../../src/paper/store/memory';
import { ROUTES } from '../../src/paper/systems/systems';
import { FIXED } from '../unit/paper/fixed-desk';
import { envelopeOf, signed } from '../unit/paper/signed';

/** What an operation asks for, by kind. */
export type Asks = { readonly [Kind in OperationKind]: OperationParams[Kind] };

export interface Prepared {
  readonly state: State;
  /** One of each kind that the ledger takes, each as the first thing that happens to it. */
  readonly asks: Asks;
}

type Rows = readonly Readonly<Record<string, string>>[];

/**
 * A ledger with everything that an operation can be about: a flexible debt of 0.1 BTC against USDT and ETH, an open fixed
 * loan and a repaid one, an order waiting on either side, the legacy loans and the risk unit a ledger begins with.
 */
export async function prepare(key: Credentials, world: World, time: number): Promise<Prepared> {
  const proof = { kind: 'hmac' as const, secret: key.secret };
  const own = { apiKey: key.apiKey, proof, note: '', readOnly: false, spotTrade: true, ips: ['*'] };
  const store = memoryStore(genesis(world, { time, keys: [own] }));
  let now = time;
  const core = createCore({ worldOf: () => world, routes: ROUTES, store, clock: () => now });
  const ask = async (method: 'GET' | 'POST', path: string, payload: string) => {
    now += 1000;
    const answer = envelopeOf(await core.handle(signed(key, now, method, path, payload)));
    if (answer.retCode !== 0) throw new Error(`${path}: ${answer.retMsg}`);
    return answer.result;
  };
  const post = (path: string, body: object) => ask('POST', path, JSON.stringify(body));
  const rows = async (path: string, query: string) => (await ask('GET', path, query))['list'] as Rows;
  const cell = (list: Rows, name: string, at = 0): string => list[at]?.[name] ?? '';

  await post('/v5/crypto-loan-flexible/borrow', {
    loanCurrency: 'BTC',
    loanAmount: '0.1',
    collateralList: [
      { currency: 'USDT', amount: '20000' },
      { currency: 'ETH', amount: '2' },
    ],
  });
  const offers = await rows(FIXED.borrowingMarket, 'orderCurrency=USDT&term=7&orderBy=apy&limit=10');
  const annualRate = cell(offers, 'annualRate');
  const loan = { orderCurrency: 'USDT', annualRate, term: '7' };
  const pledge = { collateralList: [{ currency: 'BTC', amount: '0.05' }] };
  await post(FIXED.borrow, { ...loan, orderAmount: '1500.25', ...pledge });
  await post(FIXED.borrow, { ...loan, orderAmount: '1200', ...pledge });
  // Orders are matched once a minute.
  now += 60_000;
  const contracts = await rows(FIXED.contracts, 'limit=100');
  const repaid = contracts.find(({ residualPrincipal }) => residualPrincipal === '1200')?.['loanId'] ?? '';
  const open = contracts.find(({ residualPrincipal }) => residualPrincipal === '1500.25')?.['loanId'] ?? '';
  await post(FIXED.repay, { loanId: repaid });
  const hopeless = await post(FIXED.borrow, {
    ...loan,
    orderAmount: '1000',
    annualRate: '0.0001',
    collateralList: [],
  });
  const dear = await post(FIXED.supply, { ...loan, orderAmount: '1100', annualRate: '1' });
  const [legacy] = await rows('/v5/crypto-loan/ongoing-orders', '');
  const { state } = await core.look();
  const usdt = decimal('1000');
  const asks: Asks = {
    'flexible.borrow': {
      coin: 'BTC',
      amount: decimal('0.01'),
      collateral: [held('USDT', '1000'), held('ETH', '0.5')],
    },
    'flexible.repay': { coin: 'BTC', amount: decimal('0.02') },
    'flexible.repayWithCollateral': { coin: 'BTC', amount: decimal('0.01'), collateralCoins: ['USDT'] },
    'common.adjustCollateral': { ...held('ETH', '0.25'), direction: 'add' },
    'fixed.borrow': {
      coin: 'USDT',
      amount: usdt,
      annualRate: decimal(annualRate),
      term: '7',
      atMaturity: 'repay',
      allOrNothing: false,
      collateral: [held('ETH', '1')],
    },
    'fixed.cancelBorrow': { orderId: String(hopeless['orderId']), coin: 'USDT', rest: usdt },
    'fixed.repay': { coin: 'USDT', loanIds: [open], all: false, amount: decimal('1500.25') },
    'fixed.repayWithCollateral': {
      coin: 'USDT',
      amount: decimal('100'),
      collateralCoins: ['ETH'],
      loanId: open,
    },
    'fixed.renew': { loanId: repaid, coin: 'USDT', amount: decimal('1200'), collateral: [] },
    'fixed.supply': { coin: 'USDT', amount: usdt, annualRate: decimal('1'), term: '7', source: 'funding' },
    'fixed.cancelSupply': {
      orderId: String(dear['orderId']),
      coin: 'USDT',
      rest: decimal('1100'),
      refundTo: 'funding',
    },
    'legacy.repay': {
      orderId: legacy?.['orderId'] ?? '',
      coin: legacy?.['loanCurrency'] ?? '',
      amount: decimal('100'),
    },
    'legacy.adjustCollateral': {
      orderId: legacy?.['orderId'] ?? '',
      coin: legacy?.['collateralCurrency'] ?? '',
      amount: decimal('0.001'),
      direction: 'reduce',
    },
    'institutional.repay': { coin: 'USDT', amount: usdt },
    'institutional.bind': { uid: String(state.uid + 3) },
    'institutional.unbind': { uid: String(state.uid + 2) },
  };
  return { state, asks };
}

function held(coin: string, amount: string): { readonly coin: string; readonly amount: Decimal } {
  return { coin, amount: decimal(amount) };
}
