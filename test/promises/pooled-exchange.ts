import { decimal, ZERO } from '../../src/bybit/decimal';
import type { Endpoint } from '../../src/bybit/endpoint';
import type { Answer, CallOptions } from '../../src/bybit/exchange';
import type { FakeClock } from '../unit/desk/fake-clock';
import { FakeExchange } from '../unit/desk/fake-exchange';
import { FIRST_PRICES, fraction, type PathPool, type PoolPrices, poolLtv } from './pool-path';
import { noAnswer } from './watched';

/** What can be out of reach. */
export const POOL_CALLS = {
  legacy: 'getLegacyUnpaidLoans',
  legacyRules: 'getLegacyCollateralCoins',
  institutional: 'getInsLtv',
  insOrders: 'getInsLoanOrders',
} as const;
export type PoolCall = keyof typeof POOL_CALLS;

/** The fake exchange with legacy loans and a risk unit at prices of its own. */
export class PooledExchange extends FakeExchange {
  prices: PoolPrices = FIRST_PRICES;
  broken: readonly PoolCall[] = [];
  /** Whether something runs on the unit, so that its figures are hidden (API.md §9). */
  isHidden = false;

  constructor(
    clock: FakeClock,
    private readonly pools: readonly PathPool[],
  ) {
    super(clock);
  }

  override async call<Req extends object, Res>(
    endpoint: Endpoint<Req, Res>,
    request: Req,
    options: CallOptions = {},
  ): Promise<Answer<Res>> {
    const answer = await super.call(endpoint, request, options);
    if (this.broken.some((part) => POOL_CALLS[part] === endpoint.id)) {
      throw noAnswer(endpoint.id);
    }
    const result = this.#result(endpoint.id);
    return result === undefined ? answer : { ...answer, result: result as Res };
  }

  #result(id: string): unknown {
    const legacy = this.pools.filter(({ system }) => system === 'legacy');
    const [unit] = this.pools.filter(({ system }) => system === 'institutional');
    switch (id) {
      case POOL_CALLS.legacy:
        return { list: legacy.map((pool) => this.#loan(pool)), nextPageCursor: undefined };
      case POOL_CALLS.legacyRules:
        return { vipCoinList: [{ vipLevel: 'VIP0', list: legacy.map(rulesOf) }] };
      case POOL_CALLS.institutional:
        return unit && { ltvInfo: [this.#unit(unit)], liqStatus: this.isHidden ? 2 : 0 };
      case POOL_CALLS.insOrders:
        return unit && { loanInfo: ordersOf(unit) };
      default:
        return undefined;
    }
  }

  #loan(pool: PathPool) {
    return {
      orderId: pool.key,
      loanCurrency: 'USDT',
      collateralCurrency: pool.coin,
      collateralAmount: fraction(pool.held),
      totalDebt: fraction(pool.owed),
      residualInterest: ZERO,
      residualPenaltyInterest: ZERO,
      hourlyInterestRate: decimal('0.000009'),
      currentLTV: fraction(poolLtv(pool, this.prices)),
      loanTerm: undefined,
      expirationTime: undefined,
    };
  }

  #unit(pool: PathPool) {
    const shown = <T>(value: T) => (this.isHidden ? undefined : value);
    return {
      ltv: shown(fraction(poolLtv(pool, this.prices))),
      rst: '',
      parentUid: pool.key,
      subAccountUids: [pool.key],
      unpaidAmount: shown(fraction(pool.owed)),
      unpaidInfo: shown([{ token: 'USDT', unpaidQty: fraction(pool.owed), unpaidInterest: undefined }]) ?? [],
      balance: undefined,
      balanceInfo:
        shown([
          {
            token: pool.coin,
            price: fraction(this.prices[pool.coin]),
            qty: fraction(pool.held),
            convertedAmount: undefined,
          },
        ]) ?? [],
      liqStatus: this.isHidden ? 2 : 0,
    };
  }
}

function rulesOf({ coin, lines: [marginCall, liquidation] }: PathPool) {
  return {
    currency: coin,
    collateralAccuracy: 8,
    initialLTV: decimal('0.7'),
    marginCallLTV: fraction(marginCall),
    liquidationLTV: fraction(liquidation),
    maxLimit: decimal('32000'),
  };
}

/** Two loans of two products: the lower line is met first. A line of 90 % no product names; it is the documentation's. */
function ordersOf({ owed, lines: [, liquidation] }: PathPool) {
  const isNamed = liquidation !== 9_000n;
  return [liquidation + 300n, liquidation].map((line, n) => ({
    orderId: `146800510616653032${n}`,
    orderProductId: String(96 + n),
    parentUid: '1',
    loanTime: 1_790_000_000_000,
    loanCoin: 'USDT',
    loanAmount: fraction(owed),
    unpaidAmount: fraction(owed),
    unpaidInterest: ZERO,
    repaidAmount: ZERO,
    repaidInterest: ZERO,
    interestRate: decimal('0.00019178'),
    status: 1,
    liquidationLine: isNamed ? fraction(line) : undefined,
  }));
}
