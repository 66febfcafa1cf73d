import { type Decimal, decimal, negate, sub } from '../../../../src/bybit/decimal';
import { amount, type FakeSystem, type FakeWorld, move, type Processing, type Request, text } from './world';

/** How long a repayment takes (API.md §13 point 8). */
export const REPAYMENT_MS = 150_000;

interface Repayment {
  readonly id: string;
  readonly due: number;
  readonly coin: string;
  readonly amount: Decimal;
  readonly succeeds: boolean;
  settled: boolean;
}

/** A risk unit with one loan of USDT; its designated UID is the account's own, 1. */
export class FakeInstitutional implements FakeSystem {
  unpaid = decimal('5000');
  /** What else runs on the unit. */
  liqStatus = 0;
  readonly #members = new Map([
    ['1', 0],
    ['2', 0],
  ]);
  readonly #left = new Map<string, number>();
  readonly #repayments: Repayment[] = [];
  readonly #world: FakeWorld;

  constructor(world: FakeWorld) {
    this.#world = world;
  }

  read(id: string, _body: Request): unknown {
    this.#settle();
    switch (id) {
      case 'getInsLtv':
        return { ltvInfo: [this.#unit()], liqStatus: this.#status() };
      case 'getInsLoanOrders':
        return { loanInfo: [this.#order()] };
      case 'getInsProductInfo':
        return { marginProductInfo: [] };
      case 'getInsMarginCoins':
        return { marginToken: [] };
      case 'getInsRepaymentOrders':
        return { repayInfo: this.#repayments.filter((row) => row.settled).map(rowOf) };
      default:
        return undefined;
    }
  }

  commit(id: string, body: Request, processing: Processing): object | undefined {
    if (id === 'bindInsUid') return this.#bind(text(body, 'uid'), text(body, 'operate'), processing);
    if (id !== 'repayInsLoan') return undefined;
    const [coin, paid] = [text(body, 'token'), amount(body, 'quantity')];
    move(this.#world.unified, coin, negate(paid));
    this.#repayments.unshift({
      id: this.#world.nextId(),
      due: this.#world.now() + REPAYMENT_MS,
      coin,
      amount: paid,
      succeeds: processing?.end !== 3,
      settled: false,
    });
    return { repayOrderStatus: 'P' };
  }

  #settle(): void {
    for (const one of this.#repayments) {
      if (one.settled || this.#world.now() < one.due) continue;
      one.settled = true;
      if (one.succeeds) this.unpaid = sub(this.unpaid, one.amount);
      else move(this.#world.unified, one.coin, one.amount);
    }
  }

  #bind(uid: string, operate: string, processing: Processing): object {
    const at = this.#world.now() + (processing?.ms ?? 0);
    if (operate === '0') this.#members.set(uid, at);
    else this.#left.set(uid, at);
    return { uid, operate };
  }

  #isVisible(since: number): boolean {
    return this.#world.now() >= since + this.#world.lag();
  }

  #uids(): readonly string[] {
    return [...this.#members]
      .filter(([uid, since]) => {
        const left = this.#left.get(uid);
        return this.#isVisible(since) && (left === undefined || !this.#isVisible(left));
      })
      .map(([uid]) => uid);
  }

  #status(): number {
    return this.#repayments.some((row) => !row.settled) ? 2 : this.liqStatus;
  }

  #unit() {
    const busy = this.#status() !== 0;
    return {
      ltv: busy ? undefined : decimal('0.5'),
      rst: '',
      parentUid: '1',
      subAccountUids: this.#uids(),
      unpaidAmount: busy ? undefined : this.unpaid,
      unpaidInfo: busy ? [] : [{ token: 'USDT', unpaidQty: this.unpaid, unpaidInterest: undefined }],
      balance: busy ? undefined : decimal('10000'),
      balanceInfo: busy
        ? []
        : [
            {
              token: 'USDT',
              price: decimal('1'),
              qty: decimal('10000'),
              convertedAmount: decimal('10000'),
            },
          ],
      liqStatus: this.#status(),
    };
  }

  #order() {
    return {
      orderId: '1468005106166530304',
      orderProductId: '96',
      parentUid: '1',
      loanTime: 1_790_000_000_000,
      loanCoin: 'USDT',
      loanAmount: decimal('5000'),
      unpaidAmount: this.unpaid,
      unpaidInterest: decimal('1'),
      repaidAmount: sub(decimal('5000'), this.unpaid),
      repaidInterest: decimal('0'),
      interestRate: decimal('0.00019178'),
      status: 1,
      liquidationLine: decimal('0.75'),
    };
  }
}

function rowOf({ id, due, coin, amount: quantity, succeeds }: Repayment) {
  return {
    repayOrderId: id,
    repaidTime: due,
    token: coin,
    quantity,
    interest: decimal('0'),
    businessType: 1,
    status: succeeds ? 1 : 2,
  };
}
