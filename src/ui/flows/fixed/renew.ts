import { ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import type { CoinAmount } from '../../../desk/book';
import { borrowTerms } from '../../../desk/fixed/quote-lines';
import { formatCoin, formatPercent } from '../../../desk/format';
import { type Renewable, renewables } from '../../../desk/loans/renewable';
import type { Desk, Operation } from '../../../desk/operation';
import { utcMinute } from '../../../desk/utc';
import { coinName } from '../../coin-name';
import type { Choice } from '../../flow/question';
import { pickStep } from '../../flow/steps';
import { type PledgeAnswers, pledgeOf, pledgeStepOf, pledgeSteps } from '../collateral-steps';
import type { DeedFlow } from '../deed';
import { POOL } from '../gate';
import type { Host } from '../host';

interface Answers extends PledgeAnswers {
  readonly loanId: string | undefined;
}

/** Borrow again what was repaid on a fixed loan: which contract, against what. */
export const renew: DeedFlow<Answers> = {
  title: words('Renew a Fixed Loan'),
  needs: [...POOL, 'fixedContracts', 'fixedRenewals'],
  obstacle: ({ desk }) => {
    if (renewables(desk.snapshot) === undefined) {
      return [words('What was renewed already could not be read, so nothing can be renewed yet: try again.')];
    }
    if (rows(desk).length > 0) return undefined;
    return [
      words('There is nothing to renew: renewing borrows again what was repaid on a fixed loan.'),
      words('To keep a loan past its due date, let it turn into a flexible one or borrow anew.'),
    ];
  },
  start: ({ record }, { desk }) => ({
    loanId: rows(desk).some(({ loanId }) => loanId === record) ? record : undefined,
    pledge: undefined,
    amounts: new Map(),
  }),
  beginAt: (context) => (context.loanId === undefined ? undefined : 'collateral'),
  steps: (answers, host) => [
    pickStep<Answers, string>(
      'loanId',
      ({ loanId }) => ({
        placeholder: words('Which contract to renew?'),
        choices: () => rows(host.desk).map((row) => contractRow(row, host.locale)),
        isCurrent: (value) => value === loanId,
      }),
      (context, loanId) => ({ ...context, loanId }),
    ),
    ...pledgeSteps(answers, host, (context, pledge) => operationWith(context, host, pledge)),
  ],
  operation: (answers, host) => operationWith(answers, host, pledgeOf(answers)),
  deed: (answers, host) => words('Renew {0}', amountText(meant(answers, host), host.locale)),
  stepOf: (field) => pledgeStepOf(field) ?? (field === 'loanId' || field === 'amount' ? 'loanId' : undefined),
  terms: (answers, host) => {
    const old = meant(answers, host);
    if (old === undefined) return [];
    const { coin, amount, annualRate, term } = old;
    const book = { term: String(term), side: 'offers' as const, levels: [{ annualRate, amount }] };
    const { locale, desk } = host;
    return borrowTerms({ coin: coinName(coin), amount, annualRate, book }, { locale, now: desk.serverNow });
  },
};

function rows({ snapshot }: Pick<Desk, 'snapshot'>): readonly Renewable[] {
  return renewables(snapshot) ?? [];
}

function meant({ loanId }: Answers, { desk }: Host): Renewable | undefined {
  return rows(desk).find((row) => row.loanId === loanId);
}

function amountText(old: Renewable | undefined, locale: string): string {
  return old === undefined ? '' : formatCoin(old.amount, coinName(old.coin), { locale, maxPlaces: 80 });
}

function contractRow(old: Renewable, locale: string): Choice<string> {
  return {
    value: old.loanId,
    label: words('{0} again', amountText(old, locale)),
    description: [
      words('{0} days', String(old.term)),
      words('{0} a year', formatPercent(old.annualRate, 2, locale)),
      words('was due {0}', utcMinute(old.due)),
    ],
  };
}

function operationWith(answers: Answers, host: Host, collateral: readonly CoinAmount[]): Operation {
  const { coin = '', amount = ZERO } = meant(answers, host) ?? {};
  const params = { loanId: answers.loanId ?? '', coin, amount, collateral };
  return { kind: 'fixed.renew', accountId: host.account.id, params };
}
