import { type Words, words } from '../../../bybit/words';
import { formatCoin, formatPercent } from '../../../desk/format';
import { COLLATERAL_PLACES } from '../../../desk/limits';
import type { Loan } from '../../../desk/loans/loan';
import { loansOf } from '../../../desk/loans/loans';
import type { Desk } from '../../../desk/operation';
import { utcMinute } from '../../../desk/utc';
import { coinName } from '../../coin-name';
import type { Choice } from '../../flow/question';
import { verbatim } from '../../tree/row';

/** Fixed loans that are not repaid, overdue first, then the next due. */
export function contracts({ snapshot, serverNow }: Pick<Desk, 'snapshot' | 'serverNow'>): readonly Loan[] {
  return loansOf('fixed', snapshot, serverNow) ?? [];
}

/** One contract as a row to choose. */
export function contractChoice(loan: Loan, locale: string): Choice<string> {
  return {
    value: loan.id,
    label: verbatim(owedText(loan, locale)),
    description: contractWords(loan, locale),
  };
}

export function contractWords({ id, status, due, annualRate }: Loan, locale: string): readonly Words[] {
  return [
    ...(status === 'overdue' ? [words('overdue')] : []),
    ...(due === undefined ? [] : [words('due {0}', utcMinute(due))]),
    ...(annualRate === undefined ? [] : [words('{0} a year', formatPercent(annualRate, 2, locale))]),
    words('contract {0}', id),
  ];
}

/** What is owed on a loan, rounded up. */
export function owedText({ coin, owed }: Pick<Loan, 'coin' | 'owed'>, locale: string): string {
  return formatCoin(owed, coinName(coin), { locale, maxPlaces: COLLATERAL_PLACES, rounding: 'up' });
}
