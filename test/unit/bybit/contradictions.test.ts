import assert from 'node:assert/strict';
import { vipLevelOf } from '../../../src/bybit/account';
import {
  calculateMaxLoan,
  Direction,
  getCollateralAdjustmentHistory,
  getMaxCollateralReduction,
} from '../../../src/bybit/common';
import { lt } from '../../../src/bybit/decimal';
import type { Endpoint } from '../../../src/bybit/endpoint';
import { UnreadableError } from '../../../src/bybit/errors';
import {
  createFixedBorrowOrder,
  getFixedBorrowContracts,
  getFixedBorrowOrders,
  getFixedRenewOrders,
  renewFixedLoan,
} from '../../../src/bybit/fixed-borrow';
import { getFixedBorrowingMarket, getFixedLendingMarket } from '../../../src/bybit/fixed-market';
import {
  getFixedRepaymentHistory,
  repayFixedLoan,
  repayFixedWithCollateral,
} from '../../../src/bybit/fixed-repay';
import { getFixedSupplyContracts } from '../../../src/bybit/fixed-supply';
import { borrowFlexible, repayFlexible, repayFlexibleWithCollateral } from '../../../src/bybit/flexible';
import { getInsLoanOrders, getInsLtv } from '../../../src/bybit/institutional';
import { getInsMarginCoins, getInsProductInfo, signed } from '../../../src/bybit/institutional-products';
import { borrowLegacyLoan, getLegacyUnpaidLoans } from '../../../src/bybit/legacy';
import { getLegacyCollateralCoins } from '../../../src/bybit/legacy-coins';
import {
  adjustLegacyCollateral,
  getLegacyCollateralAdjustmentHistory,
} from '../../../src/bybit/legacy-collateral';
import { read } from './answers';

/** Checks only that it compiles: the request's type takes the value. */
function takes<Req extends object>(_endpoint: Endpoint<Req, unknown>, _request: Req): void {}

/** The contradictions of API.md §12, resolved as its last column says. Topics are named as there. */
describe('contradictions of the documents', () => {
  it('repay amount name (flexible): amount, of the debt coin', () => {
    takes(repayFlexible, { loanCurrency: 'BTC', amount: '1' });
    // @ts-expect-error the name of one documented example
    takes(repayFlexible, { loanCurrency: 'BTC', loanAmount: '1' });
    // @ts-expect-error the names of the exchange's skill
    takes(repayFlexible, { loanCoin: 'BTC', repayAmount: '1' });
  });

  it('max reduction filter: currency', () => {
    takes(getMaxCollateralReduction, { currency: 'BTC' });
    // @ts-expect-error the filter of one documented example
    takes(getMaxCollateralReduction, { collateralCurrency: 'BTC' });
  });

  it('collateral key: ccy in max-loan, currency in borrows; the list is optional', () => {
    takes(calculateMaxLoan, { currency: 'BTC', collateralList: [{ ccy: 'XRP', amount: '1' }] });
    takes(borrowFlexible, { loanCurrency: 'BTC', loanAmount: '1' });
    // @ts-expect-error one key is not the other
    takes(calculateMaxLoan, { currency: 'BTC', collateralList: [{ currency: 'XRP', amount: '1' }] });
  });

  it('direction: 0 adds, 1 reduces', () => {
    assert.deepEqual(Direction, { add: '0', reduce: '1' });
    const [row] = read(getCollateralAdjustmentHistory).list;
    assert.ok(row?.preLTV !== undefined && row.afterLTV !== undefined);
    assert.equal(row.direction, 1);
    assert.ok(lt(row.preLTV, row.afterLTV), 'the documented reduction raised the LTV');
  });

  it('VIP spelling: two alphabets', () => {
    assert.deepEqual(vipLevelOf('VIP-Supreme'), { level: 'VIP99', known: true });
    assert.deepEqual(vipLevelOf('PRO-6'), { level: 'PRO6', known: true });
    assert.deepEqual(vipLevelOf('VIP-9'), { level: 'VIP0', known: false });
  });

  it('fixed borrow names: orderCurrency and orderAmount', () => {
    const rest = { annualRate: '0.022', term: '30' } as const;
    takes(createFixedBorrowOrder, { orderCurrency: 'ETH', orderAmount: '1.5', ...rest });
    // @ts-expect-error the names of one documented example
    takes(createFixedBorrowOrder, { loanCurrency: 'ETH', loanAmount: '1.5', ...rest });
  });

  it('contract filter: orderCurrency', () => {
    takes(getFixedBorrowContracts, { orderCurrency: 'ETH' });
    // @ts-expect-error the filter of one documented example
    takes(getFixedBorrowContracts, { collateralCurrency: 'ETH' });
  });

  it('collateralList: a list, also of one', () => {
    takes(renewFixedLoan, { loanId: '1', collateralList: [{ currency: 'ETH', amount: '1' }] });
    // @ts-expect-error the object of two documented examples
    takes(renewFixedLoan, { loanId: '1', collateralList: { currency: 'ETH', amount: '1' } });
    // @ts-expect-error `ccy` is the key of calculateMaxLoan
    takes(renewFixedLoan, { loanId: '1', collateralList: [{ ccy: 'ETH', amount: '1' }] });
  });

  it('60-day term: shown where quoted, and may be sent', () => {
    assert.equal(read(getFixedLendingMarket).list[0]?.term, 60);
    takes(createFixedBorrowOrder, {
      orderCurrency: 'ETH',
      orderAmount: '1',
      annualRate: '0.01',
      term: '60',
    });
  });

  it('market orderBy and sort: apy, term, quantity and 0, 1', () => {
    takes(getFixedBorrowingMarket, { orderCurrency: 'USDT', orderBy: 'apy', sort: 1 });
    // @ts-expect-error the exchange's own tool says annualRate
    takes(getFixedBorrowingMarket, { orderCurrency: 'USDT', orderBy: 'annualRate' });
    // @ts-expect-error … and 2 for descending
    takes(getFixedBorrowingMarket, { orderCurrency: 'USDT', orderBy: 'apy', sort: 2 });
  });

  it('autoRepay: never sent, repayType in its place', () => {
    const order = { orderCurrency: 'ETH', orderAmount: '1', annualRate: '0.01', term: '7' } as const;
    takes(createFixedBorrowOrder, { ...order, repayType: '2' });
    // @ts-expect-error deprecated, with two spellings of its values
    takes(createFixedBorrowOrder, { ...order, autoRepay: 'true' });
    assert.equal(read(getFixedRenewOrders).list[0]?.autoRepay, 2);
  });

  it('strategyType: only FULL is worth sending, and rows may lack it', () => {
    const order = { orderCurrency: 'ETH', orderAmount: '1', annualRate: '0.01', term: '7' } as const;
    takes(createFixedBorrowOrder, { ...order, strategyType: 'FULL' });
    // @ts-expect-error the default stays unsaid
    takes(createFixedBorrowOrder, { ...order, strategyType: 'PARTIAL' });
    assert.equal(read(getFixedBorrowOrders).list[0]?.strategyType, undefined);
  });

  it('fixed repay-collateral path: its own', () => {
    assert.equal(repayFixedWithCollateral.path, '/v5/crypto-loan-fixed/repay-collateral');
    assert.notEqual(repayFixedWithCollateral.path, repayFlexibleWithCollateral.path);
    takes(repayFixedWithCollateral, {
      loanId: '570',
      loanCurrency: 'ETH',
      amount: '1',
      collateralCoin: 'USDT',
    });
  });

  it('fully-repay ids: exactly one', () => {
    takes(repayFixedLoan, { loanId: '570' });
    takes(repayFixedLoan, { loanCurrency: 'ETH' });
    // @ts-expect-error both, as one example sends
    takes(repayFixedLoan, { loanId: '570', loanCurrency: 'ETH' });
    // @ts-expect-error neither
    takes(repayFixedLoan, {});
  });

  it('legacy adjust-ltv: a POST with orderId', () => {
    assert.equal(adjustLegacyCollateral.method, 'POST');
    takes(adjustLegacyCollateral, { orderId: '1', amount: '1', direction: '0' });
    // @ts-expect-error pybit's coin in place of the order
    takes(adjustLegacyCollateral, { currency: 'BTC', amount: '1', direction: '0' });
  });

  it('legacy borrow: callable', () => {
    takes(borrowLegacyLoan, { loanCurrency: 'USDT', loanAmount: '550', collateralCurrency: 'BTC' });
  });

  it('public calls: unsigned, and product calls signed for private data', () => {
    for (const call of [getFixedBorrowingMarket, getFixedLendingMarket, getLegacyCollateralCoins]) {
      assert.equal(call.auth, false);
    }
    assert.equal(getInsProductInfo.auth, false);
    assert.deepEqual(signed(getInsProductInfo), { ...getInsProductInfo, auth: true });
  });

  it('types table vs example: both are read', () => {
    const asNumber = read(getFixedRepaymentHistory, (text) => text.replaceAll('"1.5"', '2'));
    assert.equal(asNumber.list[0]?.repayAmount, '2');
    assert.equal(read(renewFixedLoan).orderId, '49');
    assert.equal(read(renewFixedLoan, (text) => text.replace('49', '"49"')).orderId, '49');
    const flags = read(getInsLoanOrders, (text) => text.replace('"supportSpot": "1"', '"supportSpot": 0'));
    assert.equal(flags.loanInfo[0]?.supportSpot, false);
    assert.equal(read(getInsLoanOrders).loanInfo[0]?.supportSpot, true);
  });

  it('supply interest field: interest, else interestPaid', () => {
    assert.equal(read(getFixedSupplyContracts).list[0]?.interest, '0.13041095890410959');
    const table = read(getFixedSupplyContracts, (text) => text.replace('"interest"', '"interestPaid"'));
    assert.equal(table.list[0]?.interest, '0.13041095890410959');
    assert.throws(
      () => read(getFixedSupplyContracts, (text) => text.replace('"interest"', '"profit"')),
      UnreadableError,
    );
  });

  it('fields only in examples: may be missing', () => {
    const coins = read(getLegacyCollateralCoins, (text) => text.replace('"currency"', '"coin"'));
    assert.equal(coins.vipCoinList[0]?.list[0]?.currency, undefined);
    const rows = read(getLegacyCollateralAdjustmentHistory, (text) => text.replace('"amount"', '"size"'));
    assert.equal(rows.list[0]?.amount, undefined);
  });

  it('fields only in tables: may be missing, and are read', () => {
    assert.equal(read(getInsProductInfo).marginProductInfo[0]?.supportMarginTrading, undefined);
    const table = read(getInsProductInfo, (text) =>
      text.replace('"supportSpot"', '"supportMarginTrading": 1, "supportSpot"'),
    );
    assert.equal(table.marginProductInfo[0]?.supportMarginTrading, true);
    assert.equal(read(getInsLtv).ltvInfo[0]?.liqStatus, undefined);
    assert.equal(read(getInsLtv, undefined, 'getInsLtv.busy').ltvInfo[0]?.liqStatus, 3);
    assert.equal(read(getInsLtv, undefined, 'getInsLtv.busy').ltvInfo[0]?.ltv, undefined);
  });

  it('legacy totalDebt: principal, with interest beside it', () => {
    const [loan] = read(getLegacyUnpaidLoans).list;
    assert.equal(loan?.totalDebt, '1888.005198');
    assert.equal(loan?.residualInterest, '0.04016');
  });
});

describe('answers with values of their own kind', () => {
  it('ids beyond 2^53 keep every digit', () => {
    const [renewal] = read(getFixedRenewOrders).list;
    assert.equal(renewal?.contractNo, '2092164378648656896');
    const number = read(getLegacyUnpaidLoans, (text) =>
      text.replace('"1793683005081680384"', '1793683005081680384'),
    );
    assert.equal(number.list[0]?.orderId, '1793683005081680384');
  });

  it('the id of an order is text, whether it comes as a number or not', () => {
    assert.equal(read(getFixedBorrowOrders).list[0]?.orderId, '13010');
    assert.equal(read(createFixedBorrowOrder).orderId, '13007');
  });

  it('a flexible legacy loan has neither term nor due date', () => {
    const flexible = read(getLegacyUnpaidLoans, (text) =>
      text.replace('"30"', '""').replace('"1731149999000"', '""'),
    );
    assert.equal(flexible.list[0]?.loanTerm, undefined);
    assert.equal(flexible.list[0]?.expirationTime, undefined);
    assert.equal(read(getLegacyUnpaidLoans).list[0]?.expirationTime, 1731149999000);
  });

  it('a line that a product does not use is none, not zero', () => {
    const [product] = read(getInsProductInfo).marginProductInfo;
    assert.equal(product?.withdrawLine, undefined);
    assert.equal(product?.stopLiquidationLine, '0.35');
  });

  it('a margin band is split at its dash', () => {
    const bands = read(getInsMarginCoins).marginToken[0]?.tokenInfo[0]?.convertRatioList;
    assert.deepEqual(bands?.[1]?.ladder, { from: '500', to: '1000' });
    assert.throws(() => read(getInsMarginCoins, (text) => text.replace('0-500', '500')), UnreadableError);
  });
});
