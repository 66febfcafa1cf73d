import type { LoanableCoin, VipLevel } from '../../../../src/bybit/common';
import { decimal } from '../../../../src/bybit/decimal';
import type { Account } from '../../../../src/desk/account';
import type { Desk } from '../../../../src/desk/operation';
import type { Failure, Part } from '../../../../src/desk/snapshot';
import type { Session } from '../../../../src/ui/session';
import { Signal } from '../../../../src/ui/signal';
import type { FakeClock } from '../../desk/fake-clock';

/** A desk of which only the rates are looked at; it reads what `rates` says at the moment. */
export class RatesDesk {
  rates: Readonly<Record<string, string>> = { BTC: '0.05', ETH: '0.03' };
  vipLevel: VipLevel = 'VIP0';
  failure: Failure | undefined;
  reads = 0;
  readonly #clock: FakeClock;
  readonly #signal: Signal;
  #coins: Part<readonly LoanableCoin[]> = {
    value: undefined,
    readAt: undefined,
    failure: undefined,
    loading: false,
  };

  constructor(clock: FakeClock, signal: Signal) {
    this.#clock = clock;
    this.#signal = signal;
  }

  get snapshot() {
    return { parts: { coins: this.#coins }, vipLevel: this.vipLevel };
  }

  async refresh(): Promise<void> {
    this.reads += 1;
    const { value, readAt } = this.#coins;
    this.#coins =
      this.failure === undefined
        ? { value: this.#rows(), readAt: this.#clock.now(), failure: undefined, loading: false }
        : { value, readAt, failure: this.failure, loading: false };
    this.#signal.fire();
  }

  get desk(): Desk {
    return this as unknown as Desk;
  }

  #rows(): readonly LoanableCoin[] {
    return Object.entries(this.rates).map(
      ([currency, rate]) =>
        ({
          currency,
          flexibleBorrowable: true,
          fixedBorrowable: true,
          flexibleAnnualizedInterestRate: decimal(rate),
          annualizedInterestRate30D: decimal('0.04'),
          flexibleBorrowingAccuracy: 8,
          vipLevel: this.vipLevel,
        }) as LoanableCoin,
    );
  }
}

export const MAINNET: Account = { id: 'm', label: 'Main', environment: 'mainnet', host: 'api.bybit.com' };
export const TESTNET: Account = {
  id: 't',
  label: 'Try',
  environment: 'testnet',
  host: 'api-testnet.bybit.com',
};
export const PAPER: Account = { id: 'paper', label: 'Paper', environment: 'paper', host: 'paper' };

/** A window's session that a test replaces. */
export class ShownSession {
  readonly signal = new Signal();
  readonly onDidChange = this.signal.event;
  current: Session = { kind: 'loading' };

  show(desk: RatesDesk, account?: Account): void {
    this.current =
      account === undefined
        ? { kind: 'none', desk: desk.desk }
        : { kind: 'account', account, desk: desk.desk };
    this.signal.fire();
  }
}

/** Lets time pass until something holds. */
export async function until(clock: FakeClock, isTrue: () => boolean): Promise<void> {
  const looked = async () => {
    while (!isTrue()) await clock.sleep(1_000);
  };
  await clock.run(looked());
}
