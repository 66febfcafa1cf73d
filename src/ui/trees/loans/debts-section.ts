import type { System } from '../../../bybit/endpoint';
import { type Words, words } from '../../../bybit/words';
import { formatCoin, formatLevel, formatPercent, formatUsd } from '../../../desk/format';
import { type DebtLine, debtLines } from '../../../desk/holdings';
import type { LoanSystem } from '../../../desk/loans/loan';
import { allLoans } from '../../../desk/loans/loans';
import { coinName } from '../../coin-name';
import { type Row, type Text, texts, verbatim } from '../../tree/row';
import { asOf, type Parts, readingRow } from '../read-rows';
import type { LoansView, Section } from './section';

/** What is owed, a row a coin and system; without a debt the way to one. */
export const debtsSection: Section = (view) => {
  const { book, figures, snapshot } = view.desk;
  if (book === undefined || figures === undefined) {
    return snapshot.parts.position.failure === undefined ? [readingRow('debts', words('Debts'))] : [];
  }
  const lines = debtLines(book);
  if (lines.length === 0) return [nothingOwed(view)];
  return [
    {
      id: 'debts',
      label: words('Debts'),
      description: texts(
        verbatim(formatUsd(figures.debtUsd, view.locale)),
        doOthersOwe(view.desk) ? words('flexible and fixed') : undefined,
        shownAs(snapshot.parts, view.now),
      ),
      tooltip: [
        words('What the flexible and fixed loans owe: they share collateral and one LTV.'),
        ...(doOthersOwe(view.desk)
          ? [words('Other loans of the account stand in groups of their own, below.')]
          : []),
      ],
      icon: { id: 'arrow-circle-down' },
      expanded: true,
      children: lines.map((line) => debtRow(line, view.locale)),
    },
  ];
};

const shownAs = (parts: Parts, now: number) => asOf(parts, ['position', 'flexibleLoans'], now);

/** Whether other systems owe; they stand in groups of their own. */
function doOthersOwe({ snapshot, serverNow }: LoansView['desk']): boolean {
  return allLoans(snapshot, serverNow).some(({ system }) => !POOLED.has(system));
}

/** Whether it is known what other systems owe. */
function areOthersRead({ snapshot: { parts } }: LoansView['desk']): boolean {
  return [parts.legacyLoans, parts.insOrders].every(({ value, absent }) => value !== undefined || absent);
}

function nothingOwed({ desk, now }: LoansView): Row {
  const others = doOthersOwe(desk) || !areOthersRead(desk);
  const stale = shownAs(desk.snapshot.parts, now);
  const row = {
    id: 'debts',
    label: others ? words('No flexible or fixed loan') : words('Nothing borrowed'),
    icon: { id: 'pass' },
  };
  if (desk.canWrite === false) {
    return { ...row, description: texts(stale, words('this key cannot borrow')) };
  }
  return {
    ...row,
    description: texts(
      stale,
      others ? words('click to borrow') : words('click to borrow, or choose a coin under Coins'),
    ),
    tooltip: [
      words(
        'A click starts a loan step by step: coin, amount, collateral, then what it does to the account.',
      ),
      words('Nothing is sent before you confirm the last step.'),
    ],
    icon: { id: 'add' },
    command: 'loanDesk.borrow',
  };
}

/** Their debts are the ones of the position, with one LTV. */
const POOLED: ReadonlySet<LoanSystem> = new Set(['flexible', 'fixed']);

const SYSTEMS: { readonly [S in System]?: Words } = {
  flexible: words('flexible'),
  fixed: words('fixed term'),
};

function debtRow(line: DebtLine, locale: string): Row {
  const { coin, amount, system, usd, annualRate } = line;
  const name = coinName(coin);
  const isFlexible = system === 'flexible';
  return {
    id: `${system}:${coin}`,
    label: verbatim(owed(amount, name, locale)),
    description: texts(
      usd === undefined ? words('no price') : verbatim(formatUsd(usd, locale)),
      annualRate === undefined ? undefined : words('{0} a year', formatPercent(annualRate, 2, locale)),
      isFlexible ? undefined : SYSTEMS[system],
    ),
    tooltip: debtTooltip(line, locale),
    icon: { id: 'arrow-small-down' },
    tokens: isFlexible ? ['debt'] : ['owed'],
    about: { coin },
    children: detailRows(line, locale),
  };
}

function debtTooltip(line: DebtLine, locale: string): readonly Text[] {
  const name = coinName(line.coin);
  return texts<Text>(
    texts(words('{0} owed', formatCoin(line.amount, name, { locale })), SYSTEMS[line.system]),
    ...detailRows(line, locale).map(({ label, description }) => texts<Text>(label, description).flat()),
    line.system === 'flexible'
      ? words('Interest is added at each full hour; the rate may change every hour.')
      : undefined,
  );
}

function detailRows(line: DebtLine, locale: string): readonly Row[] {
  const name = coinName(line.coin);
  const { principal, interest, annualRate, hourlyRate, perHour, perDayUsd } = line;
  const rows: (Row | undefined)[] = [
    principal === undefined
      ? undefined
      : { id: 'principal', label: words('Principal'), description: verbatim(owed(principal, name, locale)) },
    {
      id: 'interest',
      label: words('Interest owed'),
      description:
        interest === undefined
          ? words('not told apart from the principal')
          : verbatim(owed(interest, name, locale)),
    },
    hourlyRate === undefined || annualRate === undefined
      ? undefined
      : {
          id: 'rate',
          label: words('Rate'),
          description: [
            words('{0} an hour', formatLevel(hourlyRate, locale, 8)),
            words('{0} a year', formatLevel(annualRate, locale, 4)),
          ],
        },
    perHour === undefined
      ? undefined
      : {
          id: 'cost',
          label: words('Interest at this rate'),
          description: texts(
            words('{0} an hour', owed(perHour, name, locale)),
            perDayUsd === undefined ? undefined : words('{0} a day', formatUsd(perDayUsd, locale)),
          ),
        },
  ];
  return rows.filter((row) => row !== undefined);
}

const PLACES = 10;

/** What is owed is rounded up. */
function owed(amount: DebtLine['amount'], name: string, locale: string): string {
  return formatCoin(amount, name, { locale, maxPlaces: PLACES, rounding: 'up' });
}
