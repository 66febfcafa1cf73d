import type { Decimal } from '../../bybit/decimal';
import { TERMS } from '../../bybit/terms';
import { pastCost } from '../../desk/history/past-cost';
import { SERIES } from '../../desk/history/series';
import { knownDebts } from '../../desk/loans/known-debts';
import type { Loan } from '../../desk/loans/loan';
import type { Desk } from '../../desk/operation';
import { rateRows } from '../../desk/rates';
import { flexibleRate } from '../../desk/terms';
import type { RefinanceFacts } from '../../webview/position-contract';
import type { HistoryService, ShownHistory } from '../history/history-service';
import { historyIntervalOf } from '../history/history-settings';
import type { Log } from '../log';
import type { ReadSetting } from '../settings';
import { idOf } from './position-model';

export interface RefinanceFeedOptions {
  readonly history: Pick<HistoryService, 'shown' | 'onDidChange'>;
  readonly readSetting: ReadSetting;
  readonly send: (facts: RefinanceFacts) => void;
  readonly log: Log;
  /** Local epoch milliseconds. */
  readonly now: () => number;
}

const DAY_MS = 86_400_000;
/** Days of the recorded past that are looked at. */
export const PAST_DAYS = 90;

/** Tells the page what is known for the comparison of one loan: at once, and again when rates or records change. */
export class RefinanceFeed {
  readonly #given: RefinanceFeedOptions;
  readonly #listener: { dispose(): void };
  #loan: string | undefined;
  #turn = 0;
  /** Grows with every change of the records. */
  #edition = 0;
  /** What was told last was made of these. */
  #basis: readonly unknown[] = [];

  constructor(options: RefinanceFeedOptions) {
    this.#given = options;
    this.#listener = options.history.onDidChange(() => {
      this.#edition += 1;
      this.update();
    });
  }

  /** Which loan is compared from now on; undefined for none. */
  look(loan: string | undefined): void {
    this.#loan = loan;
    this.#basis = [];
    this.update();
  }

  /** Tells again where anything that it is made of has changed. Calls may come as often as they like. */
  update(): void {
    const { shown } = this.#given.history;
    if (this.#loan === undefined || shown === undefined) return;
    const { desk, store } = shown;
    const loan = loanOf(desk, this.#loan);
    if (loan === undefined) return;
    const { coins } = desk.snapshot.parts;
    const basis = [
      this.#loan,
      loan.owed,
      flexibleRate(desk.snapshot, loan.coin),
      store,
      this.#edition,
      coins.value,
    ];
    if (basis.length === this.#basis.length && basis.every((one, index) => one === this.#basis[index]))
      return;
    this.#basis = basis;
    this.#turn += 1;
    const facts = this.#facts(loan, shown);
    void this.#tell(loan, facts, shown, this.#turn).catch((error: unknown) => {
      this.#given.log.warn(`history: not read: ${String(error).slice(0, 200)}`);
    });
  }

  dispose(): void {
    this.#listener.dispose();
    this.#loan = undefined;
    this.#turn += 1;
  }

  /** Rates at once: what lies in files follows. */
  async #tell(loan: Loan, facts: RefinanceFacts, { store }: ShownHistory, turn: number): Promise<void> {
    const { send, now } = this.#given;
    send(facts);
    const window = { from: now() - PAST_DAYS * DAY_MS, to: now() };
    const coverage = await store.coverage();
    const history = await store.read(loan.coin, window.from);
    if (turn !== this.#turn) return;
    const past = SERIES.flatMap((series) => {
      const found = pastCost(loan.owed, history.get(series) ?? [], coverage, window);
      return found === undefined ? [] : [{ series, ...found }];
    });
    send({ ...facts, past });
  }

  #facts(loan: Loan, { desk, source }: ShownHistory): RefinanceFacts {
    const { snapshot } = desk;
    const { coins } = snapshot.parts;
    const row = rateRows((coins.value ?? []).filter(({ currency }) => currency === loan.coin))[0];
    const isFlexibleGiven = row?.flexibleBorrowable === true || loan.system === 'flexible';
    const flexible = isFlexibleGiven ? flexibleRate(snapshot, loan.coin) : undefined;
    return {
      loan: idOf(loan),
      flexible: flexible ?? null,
      offers:
        row === undefined || !row.fixedBorrowable
          ? []
          : TERMS.flatMap((term) => {
              const annualRate = row.terms[term];
              return annualRate === undefined ? [] : [{ term, annualRate }];
            }),
      bounds: {
        flexible: boundsOf(row?.minimum, row?.maximum),
        fixed: boundsOf(row?.fixedMinimum, row?.maximum),
      },
      readAt: coins.readAt ?? null,
      past: null,
      pastDays: PAST_DAYS,
      isRecording: historyIntervalOf(this.#given.readSetting) !== undefined,
      isSimulated: source.environment === 'paper',
    };
  }
}

function loanOf({ snapshot, book, serverNow }: Desk, id: string): Loan | undefined {
  return knownDebts(snapshot, book, serverNow).find((loan) => idOf(loan) === id);
}

function boundsOf(least: Decimal | undefined, most: Decimal | undefined) {
  return { least: least ?? null, most: most ?? null };
}
