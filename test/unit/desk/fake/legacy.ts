import { add, type Decimal, decimal, negate, sub, ZERO } from '../../../../src/bybit/decimal';
import type { LegacyLoan } from '../../../../src/bybit/legacy';
import {
  amount,
  type FakeSystem,
  type FakeWorld,
  move,
  type Processing,
  pageOf,
  type Request,
  text,
} from './world';

export const LEGACY_ORDER = '1794267532472646144';

interface Row {
  readonly time: number;
  readonly fields: Request;
  readonly processing: Processing;
}

/** One old loan. Its histories show only what succeeded. */
export class FakeLegacy implements FakeSystem {
  loan: LegacyLoan | undefined = {
    orderId: LEGACY_ORDER,
    loanCurrency: 'USDT',
    collateralCurrency: 'ETH',
    collateralAmount: decimal('1'),
    totalDebt: decimal('1000'),
    residualInterest: decimal('0.5'),
    residualPenaltyInterest: ZERO,
    hourlyInterestRate: decimal('0.000009'),
    currentLTV: decimal('0.3335'),
    loanTerm: undefined,
    expirationTime: undefined,
  };
  readonly #repayments: Row[] = [];
  readonly #adjustments: Row[] = [];
  readonly #world: FakeWorld;

  constructor(world: FakeWorld) {
    this.#world = world;
  }

  read(id: string, body: Request): unknown {
    switch (id) {
      case 'getLegacyUnpaidLoans':
        return pageOf(this.loan === undefined ? [] : [this.loan], body, ['orderId']);
      case 'getLegacyLoanableCoins':
        return { vipCoinList: [] };
      case 'getLegacyCollateralCoins':
        return { vipCoinList: [{ vipLevel: 'VIP0', list: ['BTC', 'ETH', 'USDT'].map(rules) }] };
      case 'getLegacyRepaymentHistory': {
        const rows = this.#seen(this.#repayments).filter((row) => this.#isDone(row) !== false);
        const list = rows.map((row) => ({ ...row.fields, repayStatus: this.#isDone(row) ? 1 : 2 }));
        return pageOf(list, body, ['orderId', 'repayId']);
      }
      case 'getLegacyCollateralAdjustmentHistory': {
        const rows = this.#seen(this.#adjustments).filter((row) => this.#isDone(row) === true);
        return pageOf(
          rows.map(({ fields }) => fields),
          body,
          ['orderId', 'adjustId'],
        );
      }
      default:
        return undefined;
    }
  }

  commit(id: string, body: Request, processing: Processing): object | undefined {
    if (id === 'repayLegacyLoan') return this.#repay(amount(body, 'amount'), processing);
    return id === 'adjustLegacyCollateral' ? this.#adjust(body, processing) : undefined;
  }

  #seen(rows: readonly Row[]): readonly Row[] {
    return rows.filter(({ time }) => this.#world.now() >= time + this.#world.lag());
  }

  /** True when it succeeded, false when it failed, undefined while it is under way. */
  #isDone({ time, processing }: Row): boolean | undefined {
    if (processing === undefined) return true;
    return this.#world.now() >= time + processing.ms ? processing.end === 1 : undefined;
  }

  #repay(paid: Decimal, processing: Processing): object {
    const repayId = this.#world.nextId();
    const time = this.#world.now();
    const fields = {
      repayId,
      repayTime: time,
      orderId: LEGACY_ORDER,
      loanCurrency: 'USDT',
      repayAmount: paid,
      collateralCurrency: 'ETH',
      collateralReturn: ZERO,
      loanTerm: undefined,
      repayType: 1,
    };
    this.#repayments.unshift({ time, fields, processing });
    if (processing?.end !== 3 && this.loan !== undefined) {
      const owed = sub(add(this.loan.totalDebt, this.loan.residualInterest), paid);
      this.loan = owed === ZERO ? undefined : { ...this.loan, totalDebt: owed, residualInterest: ZERO };
      move(this.#world.wallet, 'USDT', negate(paid));
    }
    return { repayId };
  }

  #adjust(body: Request, processing: Processing): object {
    const adjustId = this.#world.nextId();
    const time = this.#world.now();
    const direction = Number(text(body, 'direction'));
    const moved = direction === 0 ? amount(body, 'amount') : negate(amount(body, 'amount'));
    const fields = {
      adjustId,
      adjustTime: time,
      orderId: LEGACY_ORDER,
      collateralCurrency: 'ETH',
      amount: amount(body, 'amount'),
      direction,
      preLTV: undefined,
      afterLTV: undefined,
    };
    this.#adjustments.unshift({ time, fields, processing });
    if (processing?.end !== 3 && this.loan !== undefined) {
      this.loan = { ...this.loan, collateralAmount: add(this.loan.collateralAmount, moved) };
      move(this.#world.wallet, 'ETH', negate(moved));
    }
    return { adjustId };
  }
}

function rules(currency: string) {
  return {
    currency,
    collateralAccuracy: 8,
    initialLTV: decimal('0.8'),
    marginCallLTV: decimal('0.87'),
    liquidationLTV: decimal('0.95'),
    maxLimit: decimal('32000'),
  };
}
