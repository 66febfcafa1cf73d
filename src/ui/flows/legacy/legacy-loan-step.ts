import { type Words, words } from '../../../bybit/words';
import { formatPercent } from '../../../desk/format';
import type { Loan } from '../../../desk/loans/loan';
import { loansOf } from '../../../desk/loans/loans';
import type { Desk } from '../../../desk/operation';
import type { PartName } from '../../../desk/snapshot';
import { utcMinute } from '../../../desk/utc';
import { pickStep } from '../../flow/steps';
import type { Step } from '../../flow/walk';
import { verbatim } from '../../tree/row';
import { owedText } from '../fixed/contract-step';
import type { Host } from '../host';
import type { Candidate } from '../which-debt';

/** What the flows on legacy loans rest on. */
export const LEGACY: readonly PartName[] = ['key', 'legacyLoans', 'legacyRules', 'prices', 'wallet'];

/** Legacy loans that run, overdue first, then the next due. */
export function legacyLoansOf({
  snapshot,
  serverNow,
}: Pick<Desk, 'snapshot' | 'serverNow'>): readonly Loan[] {
  return loansOf('legacy', snapshot, serverNow) ?? [];
}

export function legacyLoanOf(desk: Desk, orderId: string | undefined): Loan | undefined {
  return legacyLoansOf(desk).find(({ id }) => id === orderId);
}

/** The loan that a flow begins with: the one it was started from, or the only one. */
export function legacyLoanToBeginWith(desk: Desk, record: string | undefined): Loan | undefined {
  const all = legacyLoansOf(desk);
  return (
    all.find(({ id }) => id === record) ?? (all.length === 1 && record === undefined ? all[0] : undefined)
  );
}

/** Every legacy loan for the commands that all systems share. */
export function legacyCandidates(desk: Desk, locale: string): readonly Candidate[] {
  return legacyLoansOf(desk).map((loan) => ({
    subject: { coin: loan.coin, record: loan.id },
    label: verbatim(owedText(loan, locale)),
    description: loanWords(loan, locale),
  }));
}

/** A step that picks the legacy loan. */
export function legacyLoanStep<C extends { readonly orderId: string | undefined }>(
  host: Host,
  placeholder: Words,
  take: (context: C, orderId: string) => C,
): Step<C> {
  return pickStep<C, string>(
    'orderId',
    ({ orderId }) => ({
      placeholder,
      choices: () =>
        legacyCandidates(host.desk, host.locale).map(({ subject, label, description }) => ({
          value: subject.record,
          label,
          description,
        })),
      isCurrent: (value) => value === orderId,
    }),
    take,
  );
}

function loanWords({ id, status, due, ltv, annualRate }: Loan, locale: string): readonly Words[] {
  return [
    ...(status === 'overdue' ? [words('overdue')] : []),
    ...(due === undefined ? [] : [words('due {0}', utcMinute(due))]),
    ...(ltv === undefined ? [] : [words('LTV {0}', formatPercent(ltv, 2, locale))]),
    ...(annualRate === undefined ? [] : [words('{0} a year', formatPercent(annualRate, 2, locale))]),
    words('loan {0}', id),
  ];
}
