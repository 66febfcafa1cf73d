import { type Decimal, decimal } from '../../../../src/bybit/decimal';
import type { Endpoint } from '../../../../src/bybit/endpoint';
import type { Answer, Exchange } from '../../../../src/bybit/exchange';
import type { LocalClock } from '../../../../src/bybit/local-clock';

/** Server time at which the operations of these tests were signed. */
export const SIGNED = 1_800_000_000_000;

export interface SeenRow {
  readonly id: string;
  readonly status: 1 | 2 | 3;
  /** After the signing, ms. */
  readonly after?: number;
  readonly time?: number;
  readonly amount?: string;
}

/** An exchange that answers in no time with what a test lays before it: repayments of BTC, its debt and its wallet. */
export class SeenExchange implements Exchange {
  rows: readonly SeenRow[] = [];
  debt: Decimal = decimal('0.1');
  wallet: Decimal = decimal('0.5');
  /** Since the signing, ms: of our clock, and of the server's. */
  passed = 0;
  serverPassed: number | undefined;
  /** How long amounts are on their way, ms. */
  takes = 0;
  /** Reads of amounts so far. */
  gauged = 0;
  /** Answers to other calls, by endpoint. */
  readonly others = new Map<string, unknown>();
  readonly clock: LocalClock = {
    now: () => SIGNED + this.passed,
    monotonic: () => this.passed,
    sleep: () => Promise.resolve(),
  };

  now(): number {
    return SIGNED + (this.serverPassed ?? this.passed);
  }

  dispose(): void {
    this.rows = [];
  }

  async call<Req extends object, Res>(endpoint: Endpoint<Req, Res>): Promise<Answer<Res>> {
    return { result: this.#result(endpoint.id) as Res, time: this.now() };
  }

  #result(id: string): unknown {
    switch (id) {
      case 'getFlexibleRepaymentHistory':
        return { list: this.rows.map(rowOf), nextPageCursor: undefined };
      case 'getFlexibleLoans': {
        this.gauged += 1;
        this.passed += this.takes;
        const rate = { hourlyInterestRate: decimal('0.000001') };
        return { list: [{ loanCurrency: 'BTC', totalDebt: this.debt, ...rate }] };
      }
      case 'getFundingBalances':
        return { balance: [{ coin: 'BTC', walletBalance: this.wallet, transferBalance: this.wallet }] };
      default:
        if (this.others.has(id)) return this.others.get(id);
        throw new Error(`no answer to ${id}`);
    }
  }
}

function rowOf({ id, status, after = 500, time = SIGNED + after, amount = '0.05' }: SeenRow) {
  return {
    repayId: id,
    repayTime: time,
    repayStatus: status,
    loanCurrency: 'BTC',
    repayAmount: decimal(amount),
    repayType: 1,
  };
}
