import { type Decimal, decimal, mul, negate, sub, ZERO } from '../../../src/bybit/decimal';
import type { Endpoint } from '../../../src/bybit/endpoint';
import { RefusalError, TransportError } from '../../../src/bybit/errors';
import type { Answer, CallOptions, Exchange } from '../../../src/bybit/exchange';
import { words } from '../../../src/bybit/words';
import { FakeFixed } from './fake/fixed';
import { FakeInstitutional } from './fake/institutional';
import { FakeLegacy } from './fake/legacy';
import { fakeMarket, PRICES } from './fake/market';
import { type FakeSystem, type FakeWorld, move, type Processing, type Request, statusOf } from './fake/world';
import type { FakeClock } from './fake-clock';

/** What happens to the next write. */
export type Fault =
  | { readonly kind: 'none' }
  /** The connection breaks before the exchange reads it. */
  | { readonly kind: 'lost-before' }
  /** It takes effect, the answer is lost. */
  | { readonly kind: 'lost-after' }
  /** The answer is lost; it is let in `after` ms later, still inside the window. */
  | { readonly kind: 'late'; readonly after: number }
  | { readonly kind: 'refused'; readonly retCode: number }
  /** Never left: no connection. */
  | { readonly kind: 'no-connection' }
  /** Refused once for the rate, then sent again and `next`. */
  | { readonly kind: 'again'; readonly next: Fault };

export interface Behaviour {
  readonly fault: Fault;
  /** How long histories lag behind, ms. */
  readonly lag: number;
  /** Status 2 for so long, then the end; undefined is status 1 at once. */
  readonly processing: Processing;
  /** Reads fail from the write on for so long, ms. */
  readonly blind: number;
  /** The server's clock against the local one, ms. */
  readonly offset: number;
}

export const PLAIN: Behaviour = {
  fault: { kind: 'none' },
  lag: 0,
  processing: undefined,
  blind: 0,
  offset: 0,
};

interface HistoryRow {
  readonly id: string;
  readonly time: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly processing: Behaviour['processing'];
  /** Whether another client did it: its rows are listed at once. */
  isOthers?: true;
}

/** A small scripted exchange behind the `Exchange` interface: enough truth to be wrong about. */
export class FakeExchange implements Exchange {
  behaviour: Behaviour = PLAIN;
  readonly wallet = new Map<string, Decimal>([
    ['USDT', decimal('50000')],
    ['ETH', decimal('10')],
    ['BTC', decimal('0.5')],
  ]);
  readonly debts = new Map<string, Decimal>([['BTC', decimal('0.1')]]);
  readonly collateral = new Map<string, Decimal>([
    ['USDT', decimal('20000')],
    ['ETH', decimal('2')],
  ]);
  /** Writes that reached the server and took (or will take) effect. */
  commits = 0;
  /** Writes that were sent at all. */
  sends = 0;
  /** Signed time of the last sending. */
  signed = 0;
  /** Calls by endpoint. */
  readonly calls = new Map<string, number>();
  /** Extra effect next to a commit: a total moves that no row explains. */
  beforeRead: ((endpointId: string) => void) | undefined;

  /** From now on reads of that endpoint, and of no other, are lost on the way or answered with that HTTP status. */
  loses(endpoint: string | undefined, httpStatus?: number): void {
    this.beforeRead = (id) => {
      if (id !== endpoint) return;
      const code = httpStatus === undefined ? 'ECONNRESET' : 'ERR_BAD_REQUEST';
      throw new TransportError({
        endpoint: id,
        effect: 'none',
        words: words('gone'),
        code,
        httpStatus,
      } as never);
    };
  }
  keyReadOnly = 0;
  vipLevel = 'No VIP';
  readonly unified = new Map<string, Decimal>([['USDT', decimal('10000')]]);
  readonly fixed: FakeFixed;
  readonly legacy: FakeLegacy;
  readonly institutional: FakeInstitutional;
  readonly #systems: readonly FakeSystem[];
  readonly #clock: FakeClock;
  readonly #rows: {
    readonly borrow: HistoryRow[];
    readonly repay: HistoryRow[];
    readonly adjust: HistoryRow[];
  } = {
    borrow: [],
    repay: [],
    adjust: [],
  };
  #nextId = 100;
  #blindUntil = 0;
  readonly #pending: { readonly at: number; run(): void }[] = [];

  constructor(clock: FakeClock) {
    this.#clock = clock;
    const world: FakeWorld = {
      now: () => this.now(),
      lag: () => this.behaviour.lag,
      nextId: () => String(this.#nextId++),
      wallet: this.wallet,
      unified: this.unified,
      collateral: this.collateral,
    };
    this.fixed = new FakeFixed(world);
    this.legacy = new FakeLegacy(world);
    this.institutional = new FakeInstitutional(world);
    this.#systems = [fakeMarket, this.fixed, this.legacy, this.institutional];
  }

  now(): number {
    return this.#clock.now() + this.behaviour.offset;
  }

  dispose(): void {
    this.calls.clear();
  }

  async call<Req extends object, Res>(
    endpoint: Endpoint<Req, Res>,
    request: Req,
    options: CallOptions = {},
  ): Promise<Answer<Res>> {
    this.calls.set(endpoint.id, (this.calls.get(endpoint.id) ?? 0) + 1);
    await this.#clock.sleep(20);
    this.#settleLate();
    const body = request as Request;
    if (endpoint.mutates) {
      const result = await this.#write(endpoint.id, body, options);
      return { result: result as Res, time: this.now() };
    }
    this.beforeRead?.(endpoint.id);
    if (this.#clock.monotonic() < this.#blindUntil) throw transport(endpoint.id, 'ECONNRESET', 'none');
    const result = this.#read(endpoint.id, body) as Res;
    const time = this.now();
    await this.#clock.sleep(20);
    return { result, time };
  }

  /** Another client of the same account does the same. */
  actElsewhere(id: string, body: Request, processing?: Processing): void {
    this.#commit(id, body, processing);
  }

  /** It fails to; of a new loan its record is listed at once, whatever the lag of others. */
  failElsewhere(id: string, body: Request, ms = 0): void {
    const known = this.#allRows();
    this.#commit(id, body, { ms, end: 3 });
    for (const row of this.#allRows()) if (!known.includes(row)) row.isOthers = true;
  }

  #allRows(): readonly HistoryRow[] {
    return Object.values(this.#rows).flat();
  }

  async #write(id: string, body: Request, options: CallOptions): Promise<unknown> {
    let { fault } = this.behaviour;
    if (fault.kind === 'no-connection') throw transport(id, 'ECONNREFUSED', 'none');
    this.signed = this.now();
    await options.beforeSend?.(this.signed);
    this.sends += 1;
    if (fault.kind === 'again') {
      await this.#clock.sleep(1100);
      this.signed = this.now();
      await options.beforeSend?.(this.signed);
      fault = fault.next;
    }
    this.#blindUntil = this.#clock.monotonic() + this.behaviour.blind;
    switch (fault.kind) {
      case 'lost-before':
        throw transport(id, 'ECONNRESET', 'unknown');
      case 'refused':
        throw new RefusalError({
          endpoint: id,
          effect: 'none',
          words: words('Refused.'),
          retCode: fault.retCode,
          retMsg: '',
        });
      case 'late':
        this.#pending.push({
          at: this.#clock.monotonic() + fault.after,
          run: () => this.#commit(id, body, this.behaviour.processing),
        });
        this.commits += 1;
        throw transport(id, 'ETIMEDOUT', 'unknown');
      default: {
        const answer = this.#commit(id, body, this.behaviour.processing);
        this.commits += 1;
        if (fault.kind === 'lost-after') throw transport(id, 'ECONNRESET', 'unknown');
        return answer;
      }
    }
  }

  #settleLate(): void {
    for (const late of this.#pending.filter(({ at }) => at <= this.#clock.monotonic())) {
      this.#pending.splice(this.#pending.indexOf(late), 1);
      late.run();
    }
  }

  #commit(id: string, body: Request, processing: Processing): object {
    for (const system of this.#systems) {
      const answer = system.commit(id, body, processing);
      if (answer !== undefined) return answer;
    }
    return this.#commitFlexible(id, body, processing);
  }

  #commitFlexible(id: string, body: Request, processing: Processing): object {
    const recordId = String(this.#nextId++);
    // What ends in failure moves nothing; what is processed moves at its end, here at once.
    const effective = processing?.end !== 3;
    const coin = String(body['loanCurrency'] ?? body['currency']);
    const amount = decimal(String(body['loanAmount'] ?? body['amount']));
    const row = (fields: Request): HistoryRow => ({ id: recordId, time: this.now(), fields, processing });
    if (id === 'borrowFlexible') {
      this.#rows.borrow.unshift(row({ loanCurrency: coin, initialLoanAmount: amount }));
      if (effective) this.#borrow(coin, amount, body);
    } else if (id === 'adjustCollateral') {
      const direction = Number(body['direction']);
      this.#rows.adjust.unshift(row({ collateralCurrency: coin, amount, direction }));
      const sign = direction === 0 ? amount : negate(amount);
      if (effective) {
        move(this.collateral, coin, sign);
        move(this.wallet, coin, negate(sign));
      }
    } else {
      const repayType = id === 'repayFlexible' ? 1 : 7;
      this.#rows.repay.unshift(row({ loanCurrency: coin, repayAmount: amount, repayType }));
      if (effective) this.#repay(coin, amount, body);
    }
    if (id === 'borrowFlexible') return { orderId: recordId };
    if (id === 'repayFlexible') return { repayId: recordId };
    return id === 'adjustCollateral' ? { adjustId: recordId } : {};
  }

  #borrow(coin: string, amount: Decimal, body: Request): void {
    move(this.debts, coin, amount);
    move(this.wallet, coin, amount);
    for (const held of (body['collateralList'] ?? []) as { currency: string; amount: string }[]) {
      move(this.collateral, held.currency, decimal(held.amount));
      move(this.wallet, held.currency, negate(decimal(held.amount)));
    }
  }

  #repay(coin: string, amount: Decimal, body: Request): void {
    move(this.debts, coin, negate(amount));
    const sold = body['collateralCoin'];
    if (sold === undefined) {
      move(this.wallet, coin, negate(amount));
      return;
    }
    const usd = mul(amount, PRICES.get(coin) ?? ZERO);
    // All test prices divide evenly enough for a stable coin.
    move(this.collateral, String(sold).split(',')[0] ?? '', negate(usd));
  }

  #read(id: string, body: Request): unknown {
    for (const system of this.#systems) {
      const answer = system.read(id, body);
      if (answer !== undefined) return answer;
    }
    switch (id) {
      case 'getFlexibleBorrowHistory':
        return this.#page(this.#rows.borrow, 'orderId', 'borrowTime', 'status', body);
      case 'getFlexibleRepaymentHistory':
        return this.#page(this.#rows.repay, 'repayId', 'repayTime', 'repayStatus', body);
      case 'getCollateralAdjustmentHistory':
        return this.#page(this.#rows.adjust, 'adjustId', 'adjustTime', 'status', body);
      case 'getFlexibleLoans':
        return { list: [...this.debts].map(([coin, amount]) => loan(coin, amount)) };
      case 'getLoanPosition':
        return this.#position();
      case 'getFundingBalances':
        return {
          accountType: body['accountType'],
          balance: [...(body['accountType'] === 'UNIFIED' ? this.unified : this.wallet)].map(
            ([coin, amount]) => ({
              coin,
              walletBalance: amount,
              transferBalance: amount,
            }),
          ),
        };
      default:
        return this.#key(id);
    }
  }

  #key(id: string): unknown {
    if (id !== 'getApiKeyInfo') throw new Error(`The fake exchange does not know ${id}.`);
    return {
      id: '1',
      note: '',
      readOnly: this.keyReadOnly,
      permissions: { Spot: ['SpotTrade'] },
      ips: null,
      userID: '1',
      vipLevel: this.vipLevel,
    };
  }

  #position(): unknown {
    return {
      borrowList: [...this.debts].map(([coin, amount]) => ({
        loanCurrency: coin,
        fixedTotalDebt: ZERO,
        fixedTotalDebtUSD: ZERO,
        flexibleHourlyInterestRate: decimal('0.000001'),
        flexibleTotalDebt: amount,
        flexibleTotalDebtUSD: mul(amount, PRICES.get(coin) ?? ZERO),
      })),
      collateralList: [...this.collateral].map(([coin, amount]) => ({
        currency: coin,
        amount,
        amountUSD: undefined,
      })),
      supplyList: [],
      ltv: undefined,
      totalCollateral: undefined,
      totalDebt: undefined,
      totalSupply: undefined,
      colRes: '0',
    };
  }

  #page(
    rows: readonly HistoryRow[],
    idName: string,
    timeName: string,
    statusName: string,
    body: Request,
  ): unknown {
    const filter = body['loanCurrency'] ?? body['collateralCurrency'];
    const visible = rows.filter(
      (row) =>
        this.now() >= row.time + (row.isOthers ? 0 : this.behaviour.lag) &&
        (filter === undefined || filter === (row.fields['loanCurrency'] ?? row.fields['collateralCurrency'])),
    );
    const start = Number(body['cursor'] ?? 0);
    const size = Number(body['limit'] ?? 10);
    const list = visible.slice(start, start + size).map((row) => ({
      ...row.fields,
      [idName]: row.id,
      [timeName]: row.time,
      [statusName]: statusOf(row.processing, row.time, this.now()),
    }));
    return { list, nextPageCursor: start + size < visible.length ? String(start + size) : undefined };
  }
}

function loan(coin: string, amount: Decimal) {
  return {
    loanCurrency: coin,
    hourlyInterestRate: decimal('0.000001'),
    totalDebt: amount,
    unpaidAmount: sub(amount, ZERO),
    unpaidInterest: ZERO,
  };
}

function transport(endpoint: string, code: string, effect: 'none' | 'unknown'): TransportError {
  return new TransportError({ endpoint, effect, words: words('No answer.'), code });
}
