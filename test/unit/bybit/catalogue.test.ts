import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getApiKeyInfo, getFundingBalances } from '../../../src/bybit/account';
import {
  adjustCollateral,
  calculateMaxLoan,
  getCollateralAdjustmentHistory,
  getCollateralCoins,
  getLoanableCoins,
  getLoanPosition,
  getMaxCollateralReduction,
} from '../../../src/bybit/common';
import type { Endpoint } from '../../../src/bybit/endpoint';
import { readEnvelope, readResult } from '../../../src/bybit/envelope';
import {
  cancelFixedBorrowOrder,
  createFixedBorrowOrder,
  getFixedBorrowContracts,
  getFixedBorrowOrders,
  getFixedRenewOrders,
  renewFixedLoan,
} from '../../../src/bybit/fixed-borrow';
import {
  getFixedAvailableInventory,
  getFixedBorrowingMarket,
  getFixedLendingMarket,
} from '../../../src/bybit/fixed-market';
import {
  getFixedRepaymentHistory,
  repayFixedLoan,
  repayFixedWithCollateral,
} from '../../../src/bybit/fixed-repay';
import {
  cancelFixedSupplyOrder,
  createFixedSupplyOrder,
  getFixedSupplyContracts,
  getFixedSupplyOrders,
} from '../../../src/bybit/fixed-supply';
import {
  borrowFlexible,
  getFlexibleAvailableInventory,
  getFlexibleBorrowHistory,
  getFlexibleLoans,
  getFlexibleRepaymentHistory,
  repayFlexible,
  repayFlexibleWithCollateral,
} from '../../../src/bybit/flexible';
import {
  bindInsUid,
  getInsCoinDelta,
  getInsDelayLiquidationStatus,
  getInsLoanOrders,
  getInsLtv,
  getInsLtvOld,
  getInsRepaymentOrders,
  repayInsLoan,
} from '../../../src/bybit/institutional';
import {
  getInsMarginCoins,
  getInsMarginCoinsOld,
  getInsProductInfo,
} from '../../../src/bybit/institutional-products';
import {
  borrowLegacyLoan,
  getLegacyCompletedLoans,
  getLegacyRepaymentHistory,
  getLegacyUnpaidLoans,
  repayLegacyLoan,
} from '../../../src/bybit/legacy';
import {
  getLegacyAccountLimits,
  getLegacyCollateralCoins,
  getLegacyLoanableCoins,
} from '../../../src/bybit/legacy-coins';
import {
  adjustLegacyCollateral,
  getLegacyCollateralAdjustmentHistory,
  getLegacyMaxCollateralReduction,
} from '../../../src/bybit/legacy-collateral';
import { getServerTime, getSpotTickers } from '../../../src/bybit/market';
import { sampleOf } from './answers';

/** One row of `test/data/catalogue.json`: what the owner's catalogue says of an endpoint. */
interface Fact {
  readonly id: string;
  readonly system: string;
  readonly method: string;
  readonly path: string;
  readonly auth: boolean;
  readonly mutates: boolean;
  readonly perSecond: number | null;
  /** Names of the parameters, and whether each is required. */
  readonly request: Readonly<Record<string, boolean>>;
  /** The documented example, as corrected by API.md §12. */
  readonly example: object;
}

const DATA = join(process.cwd(), 'test/data');
const FACTS = JSON.parse(readFileSync(join(DATA, 'catalogue.json'), 'utf8')) as readonly Fact[];
const VARIANTS = new Map([['getInsLtv', ['getInsLtv.busy']]]);

interface Typed {
  readonly endpoint: Endpoint<unknown, unknown>;
  readonly example: object;
}

/** The call with the documented example; that it compiles shows that the request's type takes it. */
function typed<Req extends object, Res>(endpoint: Endpoint<Req, Res>, example: Req): Typed {
  return { endpoint, example };
}

const CALLS: readonly Typed[] = [
  typed(getLoanableCoins, { currency: 'ETH', vipLevel: 'VIP5' }),
  typed(getCollateralCoins, { currency: 'BTC' }),
  typed(getMaxCollateralReduction, { currency: 'BTC' }),
  typed(calculateMaxLoan, {
    currency: 'BTC',
    collateralList: [
      { ccy: 'XRP', amount: '1000' },
      { ccy: 'USDT', amount: '1000' },
    ],
  }),
  typed(adjustCollateral, { currency: 'BTC', amount: '0.08', direction: '1' }),
  typed(getCollateralAdjustmentHistory, { limit: '2', collateralCurrency: 'BTC' }),
  typed(getLoanPosition, {}),
  typed(getFlexibleAvailableInventory, { currency: 'USDT' }),
  typed(borrowFlexible, {
    loanCurrency: 'BTC',
    loanAmount: '0.1',
    collateralList: [
      { currency: 'USDT', amount: '1000' },
      { currency: 'ETH', amount: '1' },
    ],
  }),
  typed(repayFlexible, { loanCurrency: 'BTC', amount: '0.005' }),
  typed(repayFlexibleWithCollateral, { loanCurrency: 'USDT', amount: '500', collateralCoin: 'BTC' }),
  typed(getFlexibleLoans, { loanCurrency: 'BTC' }),
  typed(getFlexibleBorrowHistory, { limit: '2' }),
  typed(getFlexibleRepaymentHistory, { loanCurrency: 'BTC' }),
  typed(getFixedLendingMarket, { orderCurrency: 'USDT', orderBy: 'apy' }),
  typed(getFixedBorrowingMarket, { orderCurrency: 'USDT', orderBy: 'apy' }),
  typed(getFixedAvailableInventory, { currency: 'USDT', term: '7', annualRate: '0.02' }),
  typed(createFixedBorrowOrder, {
    orderCurrency: 'ETH',
    orderAmount: '1.5',
    annualRate: '0.022',
    term: '30',
    repayType: '1',
    collateralList: [{ currency: 'BTC', amount: '0.1' }],
  }),
  typed(renewFixedLoan, { loanId: '2364', collateralList: [{ currency: 'ETH', amount: '1' }] }),
  typed(createFixedSupplyOrder, {
    orderCurrency: 'USDT',
    orderAmount: '2002.21',
    annualRate: '0.35',
    term: '7',
  }),
  typed(cancelFixedBorrowOrder, { orderId: '13009' }),
  typed(cancelFixedSupplyOrder, { orderId: '13577' }),
  typed(getFixedBorrowContracts, { orderCurrency: 'ETH' }),
  typed(getFixedSupplyContracts, { supplyCurrency: 'USDT' }),
  typed(getFixedBorrowOrders, { orderId: '13010' }),
  typed(getFixedRenewOrders, {}),
  typed(getFixedSupplyOrders, { orderId: '13564' }),
  typed(repayFixedLoan, { loanId: '570' }),
  typed(repayFixedWithCollateral, { loanCurrency: 'ETH', amount: '0.1', collateralCoin: 'USDT' }),
  typed(getFixedRepaymentHistory, { repayId: '1780' }),
  typed(getLegacyCollateralCoins, { currency: 'ETH', vipLevel: 'PRO1' }),
  typed(getLegacyLoanableCoins, { currency: 'USDT', vipLevel: 'VIP0' }),
  typed(getLegacyAccountLimits, { loanCurrency: 'USDT', collateralCurrency: 'BTC' }),
  typed(borrowLegacyLoan, {
    loanCurrency: 'USDT',
    loanAmount: '550',
    collateralCurrency: 'BTC',
    loanTerm: null,
    collateralAmount: null,
  }),
  typed(repayLegacyLoan, { orderId: '1794267532472646144', amount: '100' }),
  typed(getLegacyUnpaidLoans, { orderId: '1793683005081680384' }),
  typed(getLegacyRepaymentHistory, { repayId: '1794271131730737664' }),
  typed(getLegacyCompletedLoans, { orderId: '1793683005081680384' }),
  typed(getLegacyMaxCollateralReduction, { orderId: '1794267532472646144' }),
  typed(adjustLegacyCollateral, { orderId: '1794267532472646144', amount: '0.001', direction: '1' }),
  typed(getLegacyCollateralAdjustmentHistory, { adjustId: '1794318409405331968' }),
  typed(getInsProductInfo, { productId: '91' }),
  typed(getInsMarginCoins, {}),
  typed(getInsLoanOrders, {}),
  typed(getInsRepaymentOrders, {}),
  typed(getInsLtv, {}),
  typed(bindInsUid, { uid: '592324', operate: '0' }),
  typed(repayInsLoan, { token: 'USDT', quantity: '500000' }),
  typed(getInsCoinDelta, { coin: 'BTC' }),
  typed(getInsDelayLiquidationStatus, {}),
  typed(getInsMarginCoinsOld, { productId: '70' }),
  typed(getInsLtvOld, {}),
  typed(getApiKeyInfo, {}),
  typed(getFundingBalances, { accountType: 'FUND', coin: 'USDC' }),
  typed(getServerTime, {}),
  typed(getSpotTickers, { category: 'spot', symbol: 'BTCUSDT' }),
];

describe('the calls of the client', () => {
  it('are those of the catalogue, all 56, each once', () => {
    assert.equal(FACTS.length, 56);
    assert.deepEqual(
      CALLS.map(({ endpoint }) => endpoint.id),
      FACTS.map(({ id }) => id),
    );
    assert.equal(new Set(CALLS.map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`)).size, 56);
  });

  for (const fact of FACTS) {
    const call = CALLS.find(({ endpoint }) => endpoint.id === fact.id);

    it(`${fact.id} goes where the catalogue says, signed and paced as it says`, () => {
      assert.ok(call);
      const { id, system, method, path, auth, mutates, perSecond } = call.endpoint;
      assert.deepEqual(
        { id, system, method, path, auth, mutates, perSecond },
        {
          id: fact.id,
          system: fact.system,
          method: fact.method,
          path: fact.path,
          auth: fact.auth,
          mutates: fact.mutates,
          perSecond: fact.perSecond,
        },
      );
    });

    it(`${fact.id} takes the documented request`, () => {
      assert.deepEqual(call?.example, fact.example);
      for (const name of Object.keys(fact.example)) assert.ok(name in fact.request, name);
    });

    for (const name of [fact.id, ...(VARIANTS.get(fact.id) ?? [])]) {
      it(`${fact.id} reads ${name}.json`, () => {
        assert.ok(call);
        const envelope = readEnvelope(call.endpoint, sampleOf(name));
        assert.equal(envelope.retCode, 0);
        assert.ok(readResult(call.endpoint, envelope.result));
      });
    }
  }
});
