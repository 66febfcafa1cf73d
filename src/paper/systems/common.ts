import {
  adjustCollateral,
  calculateMaxLoan,
  Direction,
  getCollateralAdjustmentHistory,
  getCollateralCoins,
  getLoanableCoins,
  getLoanPosition,
  getMaxCollateralReduction,
  TERMS,
  type VipLevel,
} from '../../bybit/common';
import { type Decimal, decimal, mul, round } from '../../bybit/decimal';
import { pageOf, visibleRows } from '../exchange/paging';
import type { Route } from '../exchange/route';
import { adjust, type DirectionCode } from '../ledger/adjusting';
import { flexibleCoin, largestLoan } from '../ledger/borrowing';
import { largestReduction } from '../ledger/collateral';
import { lowestSupply } from '../ledger/fixed/quotes';
import { checkPledges, roomOf } from '../ledger/guards';
import { refuse } from '../ledger/refusal';
import type { State } from '../ledger/state';
import { coinOf, priceOf, type World } from '../ledger/world';
import type { Coin } from '../market/coin';
import { maximumFor } from '../market/market';
import { isVipLevel } from '../market/vip';
import { positionOf } from './position';

const HOURS_A_YEAR = decimal('8760');

function loanableRow(world: World, state: State, coin: Coin, level: VipLevel): Record<string, unknown> {
  const rates = new Map<string, Decimal | ''>(
    TERMS.map((term) => [`annualizedInterestRate${term}D`, lowestSupply(world, state, coin, term) ?? '']),
  );
  return {
    currency: coin.name,
    fixedBorrowable: coin.fixed,
    fixedBorrowingAccuracy: coin.fixedPlaces,
    flexibleBorrowable: coin.flexible,
    flexibleBorrowingAccuracy: coin.flexiblePlaces,
    maxBorrowingAmount: maximumFor(coin, level),
    minFixedBorrowingAmount: coin.fixed ? coin.fixedMinimum : '',
    minFlexibleBorrowingAmount: coin.flexible ? coin.flexibleMinimum : '',
    vipLevel: level,
    ...Object.fromEntries(rates),
    flexibleAnnualizedInterestRate: coin.flexible
      ? mul(world.market.hourlyRate(coin, state.time, level), HOURS_A_YEAR)
      : '',
  };
}

/** Coins that share a ladder, in the order of liquidation. */
function ladderGroups(coins: readonly Coin[]): readonly (readonly Coin[])[] {
  const groups = new Map<Coin['ladder'], Coin[]>();
  for (const coin of coins) groups.set(coin.ladder, [...(groups.get(coin.ladder) ?? []), coin]);
  return [...groups.values()];
}

function directionOf(text: string): DirectionCode {
  if (text === Direction.add || text === Direction.reduce) return text;
  return refuse(10001, 'direction');
}

/** What flexible and fixed loans share: coins, collateral, LTV (API.md §9). */
export const commonRoutes: readonly Route[] = [
  {
    endpoint: getLoanableCoins,
    spotTrade: false,
    handle({ world, state, params }) {
      const level = params.optional('vipLevel') ?? 'VIP0';
      if (!isVipLevel(level)) return refuse(10001, 'vipLevel');
      const only = params.optional('currency');
      const list = [...world.market.coins.values()]
        .filter((coin) => (coin.flexible || coin.fixed) && (only === undefined || coin.name === only))
        .map((coin) => loanableRow(world, state, coin, level));
      return { result: { list } };
    },
  },
  {
    endpoint: getCollateralCoins,
    spotTrade: false,
    handle({ world, params }) {
      const only = params.optional('currency');
      const coins = [...world.market.coins.values()].filter((coin) => coin.collateral);
      const wanted = (coin: Coin): boolean => only === undefined || coin.name === only;
      return {
        result: {
          // With a currency its group still lists the other coins; only the liquidation list is narrowed.
          collateralRatioConfigList: ladderGroups(coins)
            .filter((group) => group.some(wanted))
            .map((group) => ({
              collateralRatioList: (group[0]?.ladder ?? []).map((band) => ({
                collateralRatio: band.ratio,
                maxValue: band.max,
                minValue: band.min,
              })),
              currencies: group.map((coin) => coin.name).join(','),
            })),
          currencyLiquidationList: coins
            .filter(wanted)
            .map((coin) => ({ currency: coin.name, liquidationOrder: coin.liquidationOrder })),
        },
      };
    },
  },
  {
    endpoint: getMaxCollateralReduction,
    spotTrade: true,
    handle({ world, state, params }) {
      const coin = coinOf(world, params.text('currency'), 148004);
      return { result: { maxCollateralAmount: largestReduction(world, state, coin) } };
    },
  },
  {
    endpoint: calculateMaxLoan,
    spotTrade: true,
    handle({ world, state, params }) {
      const coin = flexibleCoin(world, params.text('currency'));
      const list = params
        .list('collateralList')
        .map((item) => ({ coin: item.text('ccy'), amount: item.amount('amount') }));
      const loan = largestLoan(world, state, coin, checkPledges(world, state, list));
      return {
        result: {
          currency: coin.name,
          maxLoan: loan,
          notionalUsd: round(mul(loan, priceOf(world, state, coin)), 2, 'half'),
          remainingQuota: roomOf(world, state, coin).personal,
        },
      };
    },
  },
  {
    endpoint: adjustCollateral,
    spotTrade: true,
    handle({ world, state, params }) {
      const coin = params.text('currency');
      const amount = params.amount('amount');
      const direction = directionOf(params.text('direction'));
      const accepted = adjust(world, state, { coin, amount, direction });
      return { state: accepted.state, result: { adjustId: accepted.id } };
    },
  },
  {
    endpoint: getCollateralAdjustmentHistory,
    spotTrade: true,
    handle({ state, params }) {
      const coin = params.optional('collateralCurrency');
      const until = state.time - state.habits.historyLagMs;
      const rows = visibleRows(state.common.adjustments, params.optional('adjustId'), until).filter(
        (row) => coin === undefined || row.coin === coin,
      );
      const page = pageOf(rows, params.page());
      const list = page.rows.map((row) => ({
        adjustId: row.id,
        adjustTime: row.time,
        afterLTV: row.after,
        amount: row.amount,
        collateralCurrency: row.coin,
        direction: Number(row.direction),
        preLTV: row.before,
        status: row.status,
      }));
      return { result: { list, nextPageCursor: page.nextPageCursor } };
    },
  },
  {
    endpoint: getLoanPosition,
    spotTrade: true,
    handle: ({ world, state }) => ({ result: positionOf(world, state) }),
  },
];
