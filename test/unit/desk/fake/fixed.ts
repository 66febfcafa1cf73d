import { add, compare, type Decimal, decimal, mul, negate, sub, ZERO } from '../../../../src/bybit/decimal';
import type { FixedBorrowContract } from '../../../../src/bybit/fixed-borrow';
import type { FixedQuote } from '../../../../src/bybit/fixed-market';
import {
  amount,
  type FakeSystem,
  type FakeWorld,
  move,
  type Processing,
  pageOf,
  type Request,
  statusOf,
  text,
} from './world';

interface Order {
  readonly orderId: string;
  readonly orderTime: number;
  readonly orderCurrency: string;
  readonly orderQty: Decimal;
  readonly annualRate: Decimal;
  readonly term: number;
  readonly repayType: number;
  readonly filledQty: Decimal;
  readonly state: number;
  /** Since when the list shows another state. */
  ended?: { readonly at: number; readonly state: number };
}

interface Repayment {
  readonly repayId: string;
  readonly repayTime: number;
  readonly loanCurrency: string;
  readonly repayAmount: Decimal;
  readonly repayType: number;
  readonly details: readonly object[];
  readonly processing: Processing;
}

const PRICE = decimal('3000');
const MONTH_MS = 30 * 86_400_000;

/** Fixed terms: nobody takes an order, so orders wait until they are cancelled. */
export class FakeFixed implements FakeSystem {
  readonly borrows: Order[];
  readonly supplies: Order[];
  readonly contracts: FixedBorrowContract[];
  readonly renewals: { readonly visibleAt: number; readonly row: object }[] = [];
  readonly repayments: Repayment[] = [];
  /** What others offer and ask for; the same for whoever asks. */
  readonly quotes: { readonly offers: FixedQuote[]; readonly demand: FixedQuote[] } = {
    offers: [quote('USDT', 30, '0.04', '50000')],
    demand: [],
  };
  readonly #world: FakeWorld;

  constructor(world: FakeWorld) {
    this.#world = world;
    this.borrows = [order('900', 'USDT', '1000')];
    this.supplies = [order('901', 'USDT', '500')];
    this.contracts = [contract('571', '0.4'), contract('570', '1'), repaid(contract('560', '0.5'))];
  }

  /** An order is filled by somebody. */
  fill(orderId: string): void {
    const found = [...this.borrows, ...this.supplies].find((one) => one.orderId === orderId);
    if (found !== undefined) found.ended = { at: this.#world.now(), state: 3 };
  }

  read(id: string, body: Request): unknown {
    switch (id) {
      case 'getFixedBorrowOrders':
        return pageOf(this.#shown(this.borrows), body, ['orderId', 'orderCurrency', 'state']);
      case 'getFixedSupplyOrders':
        return pageOf(this.#shown(this.supplies), body, ['orderId', 'orderCurrency', 'state']);
      case 'getFixedBorrowContracts':
        return pageOf(this.contracts, body, ['loanId', 'orderId']);
      case 'getFixedSupplyContracts':
        return { list: [], nextPageCursor: undefined };
      case 'getFixedRenewOrders': {
        const seen = this.renewals.filter(({ visibleAt }) => this.#isVisible(visibleAt));
        return pageOf(
          seen.map(({ row }) => row),
          body,
          ['orderId'],
        );
      }
      case 'getFixedRepaymentHistory': {
        const seen = this.repayments.filter(({ repayTime }) => this.#isVisible(repayTime));
        const rows = seen.map(({ processing, ...row }) => ({
          ...row,
          repayStatus: statusOf(processing, row.repayTime, this.#world.now()),
        }));
        return pageOf(rows, body, ['repayId', 'loanCurrency']);
      }
      case 'getFixedBorrowingMarket':
        return { list: quoted(this.quotes.offers, body, 1) };
      case 'getFixedLendingMarket':
        return { list: quoted(this.quotes.demand, body, -1) };
      default:
        return undefined;
    }
  }

  commit(id: string, body: Request, processing: Processing): object | undefined {
    switch (id) {
      case 'createFixedBorrowOrder':
        return this.#borrow(body, processing);
      case 'createFixedSupplyOrder':
        return this.#supply(body, processing);
      case 'cancelFixedBorrowOrder':
        return this.#cancel(this.borrows, body, processing);
      case 'cancelFixedSupplyOrder': {
        move(this.#world.wallet, 'USDT', decimal('500'));
        return this.#cancel(this.supplies, body, processing);
      }
      case 'repayFixedLoan':
        return this.#repay(body, processing);
      case 'repayFixedWithCollateral':
        return this.#convert(body, processing);
      case 'renewFixedLoan':
        return this.#renew(body, processing);
      default:
        return undefined;
    }
  }

  #isVisible(since: number): boolean {
    return this.#world.now() >= since + this.#world.lag();
  }

  #shown(orders: readonly Order[]): readonly object[] {
    return orders
      .filter(({ orderTime }) => this.#isVisible(orderTime))
      .map(({ ended, ...row }) =>
        ended !== undefined && this.#isVisible(ended.at) ? { ...row, state: ended.state } : row,
      );
  }

  #placed(orders: Order[], body: Request, processing: Processing): { readonly orderId: string } {
    const orderId = this.#world.nextId();
    orders.unshift({
      ...order(orderId, text(body, 'orderCurrency'), text(body, 'orderAmount')),
      orderTime: this.#world.now(),
      annualRate: amount(body, 'annualRate'),
      term: Number(body['term']),
      repayType: Number(body['repayType'] ?? 1),
      state: processing?.end === 3 ? 5 : 1,
    });
    return { orderId };
  }

  #borrow(body: Request, processing: Processing): object {
    if (processing?.end !== 3) {
      for (const held of (body['collateralList'] ?? []) as { currency: string; amount: string }[]) {
        move(this.#world.wallet, held.currency, negate(decimal(held.amount)));
      }
    }
    return this.#placed(this.borrows, body, processing);
  }

  #supply(body: Request, processing: Processing): object {
    if (processing?.end !== 3) {
      move(this.#world.wallet, text(body, 'orderCurrency'), negate(amount(body, 'orderAmount')));
    }
    return this.#placed(this.supplies, body, processing);
  }

  #cancel(orders: readonly Order[], body: Request, processing: Processing): object {
    const found = orders.find(({ orderId }) => orderId === text(body, 'orderId'));
    if (found !== undefined) found.ended = { at: this.#world.now() + (processing?.ms ?? 0), state: 4 };
    return {};
  }

  #repay(body: Request, processing: Processing): object {
    const meant = this.contracts.filter(
      (row) =>
        row.status !== 2 &&
        (body['loanId'] === undefined
          ? row.borrowCurrency === body['loanCurrency']
          : row.loanId === body['loanId']),
    );
    const total = add(...meant.map((row) => row.residualPrincipal));
    const repayId = this.#world.nextId();
    this.repayments.unshift({
      repayId,
      repayTime: this.#world.now(),
      loanCurrency: meant[0]?.borrowCurrency ?? '',
      repayAmount: total,
      repayType: 1,
      details: meant.map((row) => detail(row, row.residualPrincipal)),
      processing,
    });
    if (processing?.end !== 3) {
      for (const row of meant) this.#lower(row, row.residualPrincipal);
      move(this.#world.wallet, 'ETH', negate(total));
    }
    return { repayId };
  }

  #convert(body: Request, processing: Processing): object {
    const paid = amount(body, 'amount');
    const row = this.contracts.find(({ loanId }) => loanId === body['loanId']);
    if (row === undefined) throw new Error('The fake exchange wants a contract.');
    this.repayments.unshift({
      repayId: this.#world.nextId(),
      repayTime: this.#world.now(),
      loanCurrency: row.borrowCurrency,
      repayAmount: paid,
      repayType: 7,
      details: [detail(row, paid)],
      processing,
    });
    if (processing?.end !== 3) {
      this.#lower(row, paid);
      move(this.#world.collateral, text(body, 'collateralCoin'), negate(mul(paid, PRICE)));
    }
    return {};
  }

  #renew(body: Request, processing: Processing): object {
    const orderId = this.#world.nextId();
    if (processing?.end === 3) return { orderId };
    const [time, again] = [this.#world.now(), decimal('0.5')];
    const row = {
      orderId,
      borrowCurrency: 'ETH',
      amount: again,
      autoRepay: 1,
      loanId: text(body, 'loanId'),
      contractNo: '1',
      renewLoanNo: '2',
      time,
      dueTime: time + MONTH_MS,
    };
    this.renewals.unshift({ visibleAt: time + (processing?.ms ?? 0), row });
    move(this.#world.wallet, 'ETH', again);
    return { orderId };
  }

  #lower(row: FixedBorrowContract, by: Decimal): void {
    const rest = sub(row.residualPrincipal, by);
    const at = this.contracts.indexOf(row);
    this.contracts[at] = { ...row, residualPrincipal: rest, status: rest === ZERO ? 2 : row.status };
  }
}

/** The best quotes of a coin, and of a term where one is asked for; `sign` is 1 where low rates are best. */
function quoted(quotes: readonly FixedQuote[], body: Request, sign: 1 | -1): readonly FixedQuote[] {
  const { orderCurrency, term, limit } = body;
  return quotes
    .filter((one) => one.orderCurrency === orderCurrency)
    .filter((one) => term === undefined || String(one.term) === term)
    .sort((a, b) => sign * compare(a.annualRate, b.annualRate))
    .slice(0, Number(limit));
}

/** Waits on the fixed market. */
export function quote(orderCurrency: string, term: number, annualRate: string, qty: string): FixedQuote {
  return { orderCurrency, term, annualRate: decimal(annualRate), qty: decimal(qty) };
}

function order(orderId: string, coin: string, qty: string): Order {
  return {
    orderId,
    orderTime: 0,
    orderCurrency: coin,
    orderQty: decimal(qty),
    annualRate: decimal('0.03'),
    term: 30,
    repayType: 1,
    filledQty: ZERO,
    state: 1,
  };
}

/** A loan of ETH for 30 days at 7.3 % a year: prepaid interest is 0.006 of the principal. */
function contract(loanId: string, principal: string): FixedBorrowContract {
  return {
    loanId,
    orderId: '890',
    borrowCurrency: 'ETH',
    borrowTime: 1_799_000_000_000,
    repaymentTime: 1_799_000_000_000 + MONTH_MS,
    term: 30,
    annualRate: decimal('0.073'),
    interestPaid: mul(decimal(principal), decimal('0.006')),
    residualPrincipal: decimal(principal),
    residualPenaltyInterest: ZERO,
    status: 1,
    repayType: 1,
  };
}

function repaid(row: FixedBorrowContract): FixedBorrowContract {
  return { ...row, residualPrincipal: ZERO, status: 2 };
}

function detail({ borrowCurrency, loanId }: FixedBorrowContract, repayAmount: Decimal): object {
  return { loanCurrency: borrowCurrency, loanId, repayAmount };
}
