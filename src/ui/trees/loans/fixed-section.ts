import { gt, ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import type { Loan } from '../../../desk/loans/loan';
import { loansOf } from '../../../desk/loans/loans';
import { AT_MATURITY } from '../../../desk/loans/maturity-words';
import { borrowOrders } from '../../../desk/loans/orders';
import { type Row, type Text, texts, verbatim } from '../../tree/row';
import { asOf } from '../read-rows';
import {
  amountRow,
  dateRow,
  groupWords,
  hadText,
  isDueSoon,
  lines as lineTexts,
  loanDueWords,
  owedLine,
  owedText,
  rateRow,
  rateWords,
  worthWords,
} from './figure-words';
import { orderRow } from './order-row';
import type { LoansView, Section } from './section';

/** Fixed loans, overdue first, then the next due; and the borrow orders that wait. */
export const fixedSection: Section = (view) => {
  const { snapshot } = view.desk;
  const loans = loansOf('fixed', snapshot, view.desk.serverNow) ?? [];
  const orders = borrowOrders(snapshot) ?? [];
  if (loans.length === 0 && orders.length === 0) return [];
  return [
    {
      id: 'fixed',
      label: words('Fixed loans ({0})', String(loans.length)),
      description: texts(
        ...groupWords(view, loans),
        orders.length === 0 ? undefined : words('{0} waiting', String(orders.length)),
        asOf(snapshot.parts, ['fixedContracts', 'fixedOrders'], view.now),
      ),
      tooltip: [
        ...owedLine(loans, view.locale),
        words(
          'Loans for a term at a rate that does not change. The interest of the term was paid in advance.',
        ),
        words('They share collateral and LTV with the flexible loans and stand among the debts above.'),
      ],
      icon: { id: 'calendar' },
      expanded: true,
      children: [
        ...loans.map((loan) => contractRow(loan, view)),
        ...orders.map((order) => orderRow(order, view)),
      ],
    },
  ];
};

function contractRow(loan: Loan, view: LoansView): Row {
  const { locale } = view;
  const now = view.desk.serverNow;
  const { id, coin, owed, due, annualRate, status } = loan;
  const isLate = status === 'overdue';
  return {
    id: `contract:${id}`,
    label: verbatim(owedText(owed, coin, locale)),
    description: texts(
      loanDueWords(loan, now),
      annualRate === undefined ? undefined : rateWords(annualRate, locale),
      worthWords(view, [{ coin, amount: owed }]),
    ),
    tooltip: contractTooltip(loan, view),
    icon: isLate
      ? { id: 'error', color: 'charts.red' }
      : isDueSoon(due, now)
        ? { id: 'warning', color: 'charts.orange' }
        : { id: 'arrow-small-down' },
    tokens: ['fixedContract'],
    about: { coin, record: id },
    children: contractDetails(loan, locale),
  };
}

function contractTooltip(loan: Loan, { locale }: LoansView): readonly Text[] {
  return texts<Text>(
    words('Contract {0}', loan.id),
    ...lineTexts(contractDetails(loan, locale)),
    loan.status === 'overdue'
      ? words('Unpaid after its due date: interest triples, and after 24 hours collateral is sold.')
      : undefined,
    words('Interest paid in advance is not given back when it is repaid early.'),
  );
}

function contractDetails(loan: Loan, locale: string): readonly Row[] {
  const { coin, annualRate, principal, penalty, prepaid, term, due, start, atMaturity } = loan;
  return [
    ...rateRow(annualRate, locale),
    ...amountRow('principal', words('Principal'), principal && owedText(principal, coin, locale)),
    ...amountRow(
      'penalty',
      words('Penalty'),
      gt(penalty, ZERO) ? owedText(penalty, coin, locale) : undefined,
    ),
    ...amountRow('prepaid', words('Interest paid in advance'), prepaid && hadText(prepaid, coin, locale)),
    ...(term === undefined
      ? []
      : [{ id: 'term', label: words('Term'), description: words('{0} days', String(term)) }]),
    ...dateRow('start', words('Began'), start),
    ...dateRow('due', words('Due'), due),
    ...(atMaturity === undefined
      ? []
      : [{ id: 'maturity', label: words('At its due date'), description: AT_MATURITY[atMaturity] }]),
  ];
}
