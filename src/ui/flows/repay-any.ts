import { gt, ZERO } from '../../bybit/decimal';
import { byCount, words } from '../../bybit/words';
import { largestAddition } from '../../desk/limits';
import type { Desk } from '../../desk/operation';
import { type RowSubject, verbatim } from '../tree/row';
import { adjustCollateral } from './adjust-collateral';
import { runDeed } from './deed';
import { contracts, contractWords, owedText } from './fixed/contract-step';
import { repayFixed } from './fixed/repay-fixed';
import { sellForFixed } from './fixed/sell-for-fixed';
import type { FlowOptions } from './host';
import { repayUnit, unitCandidates } from './institutional/repay-unit';
import { adjustLegacy } from './legacy/adjust-legacy';
import { legacyCandidates } from './legacy/legacy-loan-step';
import { repayLegacy } from './legacy/repay-legacy';
import { repay } from './repay';
import { repayWithCollateral } from './repay-with-collateral';
import { debtWords, flexibleDebts } from './steps/debt-step';
import { type Candidate, runWhich, SYSTEM_WORDS, type SystemFlow } from './which-debt';

/** The commands that are one for all loan systems. A system adds a line to the lists below. */

const REPAYMENTS: readonly [SystemFlow, ...SystemFlow[]] = [
  {
    system: SYSTEM_WORDS.flexible,
    candidates: flexibleCandidates,
    run: (options, subject) => runDeed(repay, options, subject),
  },
  {
    system: SYSTEM_WORDS.fixed,
    candidates: fixedCandidates,
    run: (options, subject) => runDeed(repayFixed, options, subject),
  },
  {
    system: SYSTEM_WORDS.legacy,
    candidates: legacyCandidates,
    run: (options, subject) => runDeed(repayLegacy, options, subject),
  },
  {
    system: SYSTEM_WORDS.institutional,
    candidates: unitCandidates,
    run: (options, subject) => runDeed(repayUnit, options, subject),
  },
];

const SALES: readonly [SystemFlow, ...SystemFlow[]] = [
  {
    system: SYSTEM_WORDS.flexible,
    candidates: flexibleCandidates,
    run: (options, subject) => runDeed(repayWithCollateral, options, subject),
  },
  {
    system: SYSTEM_WORDS.fixed,
    candidates: fixedCandidates,
    run: (options, subject) => runDeed(sellForFixed, options, subject),
  },
];

const ADJUSTMENTS: readonly [SystemFlow, ...SystemFlow[]] = [
  {
    system: words('Flexible and fixed loans'),
    candidates: sharedCandidates,
    run: (options, subject) => runDeed(adjustCollateral, options, subject),
  },
  {
    system: SYSTEM_WORDS.legacy,
    candidates: legacyCandidates,
    run: (options, subject) => runDeed(adjustLegacy, options, subject),
  },
];

/** Repay a loan of any system out of a wallet. */
export function repayAny(options: FlowOptions, subject: RowSubject): Promise<void> {
  return runWhich(words('Repay'), words('Which debt to repay?'), REPAYMENTS, options, subject);
}

/** Repay a loan by selling pledged coins. */
export function repayAnyWithCollateral(options: FlowOptions, subject: RowSubject): Promise<void> {
  return runWhich(words('Repay with Collateral'), words('Which debt to repay?'), SALES, options, subject);
}

/** Move collateral, of the account's pool or of one legacy loan. */
export function adjustAnyCollateral(options: FlowOptions, subject: RowSubject): Promise<void> {
  const title = words('Add or Release Collateral');
  // A coin without a number is one of the pool.
  if (subject.record === undefined && (subject.coin !== undefined || subject.direction !== undefined)) {
    return ADJUSTMENTS[0].run(options, subject);
  }
  return runWhich(title, words('Which collateral?'), ADJUSTMENTS, options, subject);
}

function flexibleCandidates(desk: Desk, locale: string): readonly Candidate[] {
  return flexibleDebts(desk).map((debt) => ({
    subject: { coin: debt.coin },
    label: verbatim(owedText({ coin: debt.coin, owed: debt.amount }, locale)),
    description: debtWords(debt, desk, locale),
  }));
}

function fixedCandidates(desk: Desk, locale: string): readonly Candidate[] {
  return contracts(desk).map((loan) => ({
    subject: { coin: loan.coin, record: loan.id },
    label: verbatim(owedText(loan, locale)),
    description: contractWords(loan, locale),
  }));
}

/** The pool is one thing to choose, when there is anything to move. */
function sharedCandidates(desk: Desk): readonly Candidate[] {
  const { book } = desk;
  if (book === undefined) return [];
  const isNothing = book.collateral.length === 0 && book.debts.length === 0;
  const hasFree = [...book.wallet.keys()].some((coin) => gt(largestAddition(book, coin), ZERO));
  if (isNothing || (book.collateral.length === 0 && !hasFree)) return [];
  return [
    {
      subject: {},
      label: words('Collateral of the flexible and fixed loans'),
      description: [
        byCount(
          book.collateral.length,
          words('1 coin pledged'),
          words('{0} coins pledged', String(book.collateral.length)),
        ),
      ],
    },
  ];
}
