import {
  borrowFlexible,
  getFlexibleAvailableInventory,
  getFlexibleBorrowHistory,
  getFlexibleLoans,
  getFlexibleRepaymentHistory,
  repayFlexible,
  repayFlexibleWithCollateral,
} from '../../bybit/flexible';
import { pageOf, visibleRows } from '../exchange/paging';
import type { Route } from '../exchange/route';
import { borrow } from '../ledger/borrowing';
import { owed } from '../ledger/flexible';
import { inventoryOf } from '../ledger/guards';
import { repay, repayWithCollateral } from '../ledger/repaying';
import { coinOf, tierOfAccount } from '../ledger/world';

/** Flexible loans (API.md §9). */
export const flexibleRoutes: readonly Route[] = [
  {
    endpoint: getFlexibleAvailableInventory,
    spotTrade: true,
    handle({ world, state, params }) {
      const coin = coinOf(world, params.text('currency'));
      return {
        retMsg: 'OK',
        result: {
          currency: coin.name,
          availableInventory: coin.flexible ? inventoryOf(world, state, coin) : '0',
          updateTime: String(Math.floor(state.time / 1000)),
        },
      };
    },
  },
  {
    endpoint: borrowFlexible,
    spotTrade: true,
    handle({ world, state, params }) {
      const accepted = borrow(world, state, {
        coin: params.text('loanCurrency'),
        amount: params.amount('loanAmount'),
        collateral: params
          .list('collateralList')
          .map((item) => ({ coin: item.text('currency'), amount: item.amount('amount') })),
      });
      return { state: accepted.state, result: { orderId: String(accepted.id) } };
    },
  },
  {
    endpoint: repayFlexible,
    spotTrade: true,
    handle({ world, state, params }) {
      const accepted = repay(world, state, {
        coin: params.text('loanCurrency'),
        amount: params.amount('amount'),
      });
      return { state: accepted.state, result: { repayId: String(accepted.id) } };
    },
  },
  {
    endpoint: repayFlexibleWithCollateral,
    spotTrade: true,
    handle({ world, state, params }) {
      const coin = params.text('loanCurrency');
      const amount = params.amount('amount');
      const collateral = params
        .text('collateralCoin')
        .split(',')
        .map((name) => name.trim());
      return { state: repayWithCollateral(world, state, { coin, amount, collateral }), result: {} };
    },
  },
  {
    endpoint: getFlexibleLoans,
    spotTrade: true,
    handle({ world, state, params }) {
      const only = params.optional('loanCurrency');
      const list = [...state.flexible.debts]
        .filter(([name]) => only === undefined || name === only)
        .map(([name, debt]) => ({
          hourlyInterestRate: world.market.hourlyRate(coinOf(world, name), state.time, tierOfAccount(state)),
          loanCurrency: name,
          totalDebt: owed(debt),
          unpaidAmount: debt.principal,
          unpaidInterest: debt.interest,
        }));
      return { result: { list } };
    },
  },
  {
    endpoint: getFlexibleBorrowHistory,
    spotTrade: true,
    handle({ state, params }) {
      const coin = params.optional('loanCurrency');
      const until = state.time - state.habits.historyLagMs;
      const rows = visibleRows(state.flexible.borrows, params.optional('orderId'), until).filter(
        (row) => coin === undefined || row.coin === coin,
      );
      const page = pageOf(rows, params.page());
      const list = page.rows.map((row) => ({
        borrowTime: row.time,
        initialLoanAmount: row.amount,
        loanCurrency: row.coin,
        orderId: String(row.id),
        status: row.status,
      }));
      return { result: { list, nextPageCursor: page.nextPageCursor } };
    },
  },
  {
    endpoint: getFlexibleRepaymentHistory,
    spotTrade: true,
    handle({ state, params }) {
      const coin = params.optional('loanCurrency');
      const until = state.time - state.habits.historyLagMs;
      const rows = visibleRows(state.flexible.repayments, params.optional('repayId'), until).filter(
        (row) => coin === undefined || row.coin === coin,
      );
      const page = pageOf(rows, params.page());
      const list = page.rows.map((row) => ({
        loanCurrency: row.coin,
        repayAmount: row.amount,
        repayId: String(row.id),
        repayStatus: row.status,
        repayTime: row.time,
        repayType: row.type,
      }));
      return { result: { list, nextPageCursor: page.nextPageCursor } };
    },
  },
];
