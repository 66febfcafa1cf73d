import { Direction } from '../../bybit/common';
import {
  borrowLegacyLoan,
  getLegacyCompletedLoans,
  getLegacyRepaymentHistory,
  getLegacyUnpaidLoans,
  repayLegacyLoan,
} from '../../bybit/legacy';
import {
  adjustLegacyCollateral,
  getLegacyCollateralAdjustmentHistory,
  getLegacyMaxCollateralReduction,
} from '../../bybit/legacy-collateral';
import { type HistoryRow, pageOf, visibleRows } from '../exchange/paging';
import type { Page, Params } from '../exchange/params';
import type { Call, Route } from '../exchange/route';
import { adjustLegacy } from '../ledger/legacy/adjusting';
import { largestLegacyReduction } from '../ledger/legacy/limits';
import { legacyLtv, loanOf, rateOf } from '../ledger/legacy/loan';
import { repayLegacy } from '../ledger/legacy/repaying';
import type { LegacyLoan } from '../ledger/legacy/state';
import { refuse } from '../ledger/refusal';
import type { State } from '../ledger/state';
import { LEGACY_TERMS } from '../market/legacy';
import { DAY } from '../market/market';
import { LEGACY_OK } from './legacy-coins';

/** How far the histories reach back: six months (API.md §5). */
const WINDOW = 183 * DAY;

interface History<Row> {
  readonly list: readonly Row[];
  readonly nextPageCursor: string;
}

/**
 * A page of a legacy history. Other than in the new system a page that is not full carries no cursor, as the
 * documentation's examples do; a full one does, also when nothing follows.
 */
function history<Row extends HistoryRow, Shown>(
  rows: readonly Row[],
  page: Page,
  shown: (row: Row) => Shown,
): History<Shown> {
  const { rows: some, nextPageCursor } = pageOf(rows, page);
  return { list: some.map(shown), nextPageCursor: some.length < page.limit ? '' : nextPageCursor };
}

/** Rows of the last six months that are old enough to show. */
function recent<Row extends HistoryRow>(
  state: State,
  rows: readonly Row[],
  id: string | undefined,
): readonly Row[] {
  const shown = visibleRows(rows, id, state.time - state.habits.historyLagMs);
  return shown.filter((row) => row.time > state.time - WINDOW);
}

/** What a row must have where a parameter names it. */
function asks(params: Params, name: string): (value: string) => boolean {
  const wanted = params.optional(name);
  return (value) => wanted === undefined || value === wanted;
}

/** Which loans `loanTermType` and `loanTerm` ask for; a fixed type needs its term (177019). */
function termFilter(params: Params): (loan: LegacyLoan) => boolean {
  const type = params.optional('loanTermType');
  const term = params.optional('loanTerm');
  if (type !== undefined && type !== '1' && type !== '2') return refuse(10001, 'loanTermType');
  if (term !== undefined && !(LEGACY_TERMS as readonly string[]).includes(term)) {
    return refuse(10001, 'loanTerm');
  }
  if (type === '1' && term === undefined) return refuse(177019, 'loanTerm');
  if (type === '2' && term !== undefined) return refuse(177019, 'loanTerm');
  if (type === '2') return (loan) => loan.fixed === undefined;
  return (loan) => term === undefined || loan.fixed?.term === term;
}

function unpaidRow({ world, state }: Call, loan: LegacyLoan): Record<string, string> {
  return {
    collateralAmount: loan.pledged,
    collateralCurrency: loan.collateral,
    currentLTV: legacyLtv(world, state, loan),
    expirationTime: loan.fixed === undefined ? '' : String(loan.fixed.expires),
    hourlyInterestRate: rateOf(world, state, loan),
    loanCurrency: loan.coin,
    loanTerm: loan.fixed?.term ?? '',
    orderId: loan.id,
    residualInterest: loan.interest,
    residualPenaltyInterest: loan.penalty,
    // The unpaid principal, in spite of its name (API.md §12).
    totalDebt: loan.principal,
  };
}

/** Running legacy loans and their histories (API.md §9). */
export const legacyRoutes: readonly Route[] = [
  {
    endpoint: borrowLegacyLoan,
    documented: false,
    spotTrade: true,
    handle({ params }) {
      params.text('loanCurrency');
      params.text('collateralCurrency');
      return refuse(177008, 'legacy borrowing was withdrawn on 2025-11-17');
    },
  },
  {
    endpoint: repayLegacyLoan,
    spotTrade: true,
    handle({ world, state, params }) {
      const accepted = repayLegacy(world, state, {
        order: params.text('orderId'),
        amount: params.amount('amount'),
      });
      return { state: accepted.state, retMsg: LEGACY_OK, result: { repayId: accepted.id } };
    },
  },
  {
    endpoint: getLegacyUnpaidLoans,
    spotTrade: true,
    handle(call) {
      const { state, params } = call;
      const [coin, collateral] = [asks(params, 'loanCurrency'), asks(params, 'collateralCurrency')];
      const ofTerm = termFilter(params);
      const loans = visibleRows(state.legacy.loans, params.optional('orderId'), state.time).filter(
        (loan) => coin(loan.coin) && collateral(loan.collateral) && ofTerm(loan),
      );
      const result = history(loans, params.page(), (loan) => unpaidRow(call, loan));
      return { retMsg: LEGACY_OK, result };
    },
  },
  {
    endpoint: getLegacyRepaymentHistory,
    spotTrade: true,
    handle({ state, params }) {
      const [order, coin] = [asks(params, 'orderId'), asks(params, 'loanCurrency')];
      const rows = recent(state, state.legacy.repayments, params.optional('repayId')).filter(
        (row) => order(row.order) && coin(row.coin),
      );
      const result = history(rows, params.page(), (row) => ({
        collateralCurrency: row.collateral,
        collateralReturn: row.returned,
        loanCurrency: row.coin,
        loanTerm: row.term ?? '',
        orderId: row.order,
        repayAmount: row.amount,
        repayId: row.id,
        repayStatus: row.status,
        repayTime: String(row.time),
        repayType: String(row.cause),
      }));
      return { retMsg: LEGACY_OK, result };
    },
  },
  {
    endpoint: getLegacyCompletedLoans,
    spotTrade: true,
    handle({ state, params }) {
      const [coin, collateral] = [asks(params, 'loanCurrency'), asks(params, 'collateralCurrency')];
      const rows = recent(state, state.legacy.ended, params.optional('orderId')).filter(
        ({ loan }) => coin(loan.coin) && collateral(loan.collateral),
      );
      const result = history(rows, params.page(), ({ loan, rate, cause }) => ({
        borrowTime: String(loan.time),
        collateralCurrency: loan.collateral,
        expirationTime: loan.fixed === undefined ? '' : String(loan.fixed.expires),
        hourlyInterestRate: rate,
        initialCollateralAmount: loan.initialPledge,
        initialLoanAmount: loan.initialLoan,
        loanCurrency: loan.coin,
        loanTerm: loan.fixed?.term ?? '',
        orderId: loan.id,
        repaidInterest: loan.repaidInterest,
        repaidPenaltyInterest: loan.repaidPenalty,
        status: cause,
      }));
      return { retMsg: LEGACY_OK, result };
    },
  },
  {
    endpoint: getLegacyMaxCollateralReduction,
    spotTrade: true,
    handle({ world, state, params }) {
      const loan = loanOf(state, params.text('orderId'));
      const result = { maxCollateralAmount: largestLegacyReduction(world, state, loan) };
      return { retMsg: LEGACY_OK, result };
    },
  },
  {
    endpoint: adjustLegacyCollateral,
    spotTrade: true,
    handle({ world, state, params }) {
      const order = params.text('orderId');
      const amount = params.amount('amount');
      const direction = params.text('direction');
      if (direction !== Direction.add && direction !== Direction.reduce) return refuse(10001, 'direction');
      const accepted = adjustLegacy(world, state, { order, amount, direction });
      return { state: accepted.state, retMsg: LEGACY_OK, result: { adjustId: accepted.id } };
    },
  },
  {
    endpoint: getLegacyCollateralAdjustmentHistory,
    spotTrade: true,
    handle({ state, params }) {
      const [order, coin] = [asks(params, 'orderId'), asks(params, 'collateralCurrency')];
      const rows = recent(state, state.legacy.adjustments, params.optional('adjustId')).filter(
        (row) => order(row.order) && coin(row.coin),
      );
      // The one legacy history whose last page carries a cursor too: it leads to an empty page (API.md §5).
      const { rows: some, nextPageCursor } = pageOf(rows, params.page());
      const list = some.map((row) => ({
        adjustId: row.id,
        adjustTime: String(row.time),
        afterLTV: row.after,
        amount: row.amount,
        collateralCurrency: row.coin,
        direction: Number(row.direction),
        orderId: row.order,
        preLTV: row.before,
      }));
      return { retMsg: LEGACY_OK, result: { list, nextPageCursor } };
    },
  },
];
