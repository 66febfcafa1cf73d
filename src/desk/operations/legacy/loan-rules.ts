import type { LegacyLoan } from '../../../bybit/legacy';
import { words } from '../../../bybit/words';
import type { Finding } from '../../operation';
import { legacyLoan } from '../../pools/legacy';
import type { Situation } from '../definition';
import { error } from '../rules';

/** The loan that is meant, or why there is none; neither while the loans are not known. */
export function meantLoan(
  orderId: string,
  { snapshot }: Situation,
): { readonly loan?: LegacyLoan; readonly findings: readonly Finding[] } {
  const loan = legacyLoan(snapshot, orderId);
  if (loan !== undefined) return { loan, findings: [] };
  if (snapshot.parts.legacyLoans.value === undefined) return { findings: [] };
  return { findings: [error('orderId', words('Loan {0} is not open any more (177005).', orderId))] };
}
