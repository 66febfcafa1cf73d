import { type Decimal, gt, gte, ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import { formatLevel, formatPercent } from '../../../desk/format';
import type { Loan } from '../../../desk/loans/loan';
import { loansOf } from '../../../desk/loans/loans';
import { legacyLines, legacyLoan } from '../../../desk/pools/legacy';
import { type Row, type RowIcon, type Text, texts, verbatim } from '../../tree/row';
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
} from './figure-words';
import type { LoansView, Section } from './section';

interface Lines {
  readonly initial: Decimal;
  readonly marginCall: Decimal;
  readonly liquidation: Decimal;
}

/** Loans of the old system that still run, each with a collateral and an LTV of its own. */
export const legacySection: Section = (view) => {
  const { snapshot } = view.desk;
  const loans = loansOf('legacy', snapshot, view.desk.serverNow) ?? [];
  if (loans.length === 0) return [];
  return [
    {
      id: 'legacy',
      label: words('Legacy loans ({0})', String(loans.length)),
      description: texts(...groupWords(view, loans), asOf(snapshot.parts, ['legacyLoans'], view.now)),
      tooltip: [
        ...owedLine(loans, view.locale),
        words('Loans of Bybit’s old system: no new ones are given, those that run go on to their end.'),
        words('Each has its own collateral and LTV, apart from the account’s.'),
      ],
      icon: worstIcon(loans, view),
      children: loans.map((loan) => loanRow(loan, view)),
    },
  ];
};

/** Folded, the group shows what is worst under it. */
function worstIcon(loans: readonly Loan[], view: LoansView): RowIcon {
  const icons = loans.map((loan) => iconOf(loan, linesOf(view, loan.id), view.desk.serverNow));
  return (
    ['flame', 'error', 'warning'].flatMap((id) => icons.find((icon) => icon.id === id) ?? [])[0] ?? {
      id: 'archive',
    }
  );
}

function loanRow(loan: Loan, view: LoansView): Row {
  const { locale } = view;
  const now = view.desk.serverNow;
  const { id, coin, owed, ltv, annualRate, status } = loan;
  const lines = linesOf(view, id);
  const due = loanDueWords(loan, now);
  const told = ltv === undefined ? undefined : words('LTV {0}', formatPercent(ltv, 2, locale));
  return {
    id: `legacy:${id}`,
    label: verbatim(owedText(owed, coin, locale)),
    description: texts(
      ...(isPastLine(loan, lines) && status !== 'overdue' ? [told, due] : [due, told]),
      annualRate === undefined ? undefined : rateWords(annualRate, locale),
    ),
    tooltip: texts<Text>(
      words('Legacy loan {0}', id),
      ...lineTexts(detailRows(loan, lines, locale)),
      status === 'overdue'
        ? words('Unpaid after its due date: interest triples, and after 48 hours collateral is sold.')
        : undefined,
    ),
    icon: iconOf(loan, lines, now),
    tokens: ['legacyLoan'],
    about: { coin, record: id },
    children: detailRows(loan, lines, locale),
  };
}

function iconOf({ ltv, due, status }: Loan, lines: Lines | undefined, now: number): RowIcon {
  if (status === 'overdue') return { id: 'error', color: 'charts.red' };
  if (ltv !== undefined && lines !== undefined && isPastLine({ ltv }, lines)) {
    return gte(ltv, lines.liquidation)
      ? { id: 'flame', color: 'charts.red' }
      : { id: 'warning', color: 'charts.orange' };
  }
  return isDueSoon(due, now) ? { id: 'warning', color: 'charts.orange' } : { id: 'arrow-small-down' };
}

/** Whether the LTV presses more than a date: it is past the margin call. */
function isPastLine({ ltv }: Pick<Loan, 'ltv'>, lines: Lines | undefined): boolean {
  return ltv !== undefined && lines !== undefined && gte(ltv, lines.marginCall);
}

/** The lines of the loan's collateral coin, as the API gives them. */
function linesOf({ desk }: LoansView, orderId: string): Lines | undefined {
  const loan = legacyLoan(desk.snapshot, orderId);
  const rules = loan === undefined ? undefined : legacyLines(desk.snapshot, loan);
  if (rules === undefined) return undefined;
  const { initialLTV: initial, marginCallLTV: marginCall, liquidationLTV: liquidation } = rules;
  return { initial, marginCall, liquidation };
}

function detailRows(loan: Loan, lines: Lines | undefined, locale: string): readonly Row[] {
  const { coin, ltv, annualRate, principal, interest, penalty, collateral, due, term, isFloating } = loan;
  return [
    ...amountRow('ltv', words('LTV'), ltv && formatPercent(ltv, 2, locale)),
    ...rateRow(annualRate, locale),
    ...amountRow(
      'collateral',
      words('Collateral'),
      collateral && hadText(collateral.amount, collateral.coin, locale),
    ),
    ...amountRow('principal', words('Principal'), principal && owedText(principal, coin, locale)),
    ...amountRow('interest', words('Interest owed'), interest && owedText(interest, coin, locale)),
    ...amountRow(
      'penalty',
      words('Penalty'),
      gt(penalty, ZERO) ? owedText(penalty, coin, locale) : undefined,
    ),
    {
      id: 'term',
      label: words('Term'),
      description:
        isFloating || term === undefined ? words('flexible, no due date') : words('{0} days', String(term)),
    },
    ...dateRow('due', words('Due'), due),
    ...(lines === undefined
      ? []
      : [
          {
            id: 'lines',
            label: words('Lines of its LTV'),
            description: [
              words('initial {0}', formatLevel(lines.initial, locale)),
              words('margin call {0}', formatLevel(lines.marginCall, locale)),
              words('liquidation {0}', formatLevel(lines.liquidation, locale)),
            ],
          },
        ]),
  ];
}
