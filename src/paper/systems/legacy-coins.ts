import { VIP_LEVELS, type VipLevel } from '../../bybit/common';
import {
  getLegacyAccountLimits,
  getLegacyCollateralCoins,
  getLegacyLoanableCoins,
} from '../../bybit/legacy-coins';
import type { Call, Route } from '../exchange/route';
import { legacyLimits } from '../ledger/legacy/limits';
import { refuse, require_ } from '../ledger/refusal';
import type { Coin } from '../market/coin';
import {
  LEGACY_PLEDGE_PLACES,
  LEGACY_TERMS,
  legacyFloatingRate,
  legacyLines,
  legacyPledgeLimit,
  legacyTermRate,
} from '../market/legacy';
import { maximumFor } from '../market/market';
import { isVipLevel } from '../market/vip';

export const LEGACY_OK = 'request.success';

/** One list of coins for each tier asked for: all of them when none is named. */
function tiers(
  { world, params }: Call,
  takes: (coin: Coin) => boolean,
  row: (coin: Coin, level: VipLevel) => Record<string, unknown>,
): Record<string, unknown> {
  const asked = params.optional('vipLevel');
  if (asked !== undefined && !isVipLevel(asked)) return refuse(10001, 'vipLevel');
  const only = params.optional('currency');
  const coins = [...world.market.coins.values()].filter(
    (coin) => takes(coin) && (only === undefined || coin.name === only),
  );
  const levels = asked === undefined ? VIP_LEVELS : [asked];
  return {
    vipCoinList: levels.map((vipLevel) => ({ list: coins.map((coin) => row(coin, vipLevel)), vipLevel })),
  };
}

function loanableRow({ world, state }: Call, coin: Coin, level: VipLevel): Record<string, unknown> {
  const floating = legacyFloatingRate(world.market, coin, state.time, level);
  const fixed = LEGACY_TERMS.map((term) => [
    `hourlyInterestRate${term}D`,
    legacyTermRate(coin, floating, term) ?? '',
  ]);
  return {
    borrowingAccuracy: coin.fixedPlaces,
    currency: coin.name,
    flexibleHourlyInterestRate: coin.flexible ? floating : '',
    ...(Object.fromEntries(fixed) as Record<string, string>),
    maxBorrowingAmount: maximumFor(coin, level),
    minBorrowingAmount: coin.flexibleMinimum,
  };
}

/** Coins and limits of legacy loans (API.md §9). */
export const legacyCoinRoutes: readonly Route[] = [
  {
    endpoint: getLegacyCollateralCoins,
    spotTrade: false,
    handle: (call) => ({
      retMsg: LEGACY_OK,
      result: tiers(
        call,
        (coin) => coin.collateral,
        (coin, level) => {
          const { initial, marginCall, liquidation } = legacyLines(coin, level);
          return {
            collateralAccuracy: LEGACY_PLEDGE_PLACES,
            currency: coin.name,
            initialLTV: initial,
            marginCallLTV: marginCall,
            liquidationLTV: liquidation,
            maxLimit: legacyPledgeLimit(coin, level),
          };
        },
      ),
    }),
  },
  {
    endpoint: getLegacyLoanableCoins,
    spotTrade: false,
    handle: (call) => ({
      retMsg: LEGACY_OK,
      result: tiers(
        call,
        (coin) => coin.flexible || coin.fixed,
        (coin, level) => loanableRow(call, coin, level),
      ),
    }),
  },
  {
    endpoint: getLegacyAccountLimits,
    spotTrade: true,
    handle({ world, state, params }) {
      const named = (name: string): Coin => world.market.coins.get(params.text(name)) ?? refuse(177006, name);
      const coin = named('loanCurrency');
      const collateral = named('collateralCurrency');
      require_(coin.flexible || coin.fixed, 177008);
      require_(collateral.collateral, 177017);
      const limits = legacyLimits(world, state, coin, collateral);
      return {
        retMsg: LEGACY_OK,
        result: {
          collateralCurrency: collateral.name,
          loanCurrency: coin.name,
          maxCollateralAmount: limits.maxPledge,
          maxLoanAmount: limits.maxLoan,
          minCollateralAmount: limits.minPledge,
          minLoanAmount: limits.minLoan,
        },
      };
    },
  },
];
