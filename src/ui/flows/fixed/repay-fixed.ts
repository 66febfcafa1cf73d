import { add, ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import { formatCoin } from '../../../desk/format';
import type { Loan } from '../../../desk/loans/loan';
import type { Desk, Operation } from '../../../desk/operation';
import { coinName } from '../../coin-name';
import type { Choice } from '../../flow/question';
import { pickStep } from '../../flow/steps';
import type { DeedFlow } from '../deed';
import { POOL } from '../gate';
import type { Host } from '../host';
import { REVIEW } from '../steps/review-step';
import { contractChoice, contracts, owedText } from './contract-step';

/** One contract by its number, or all of a coin. */
type Meant = { readonly kind: 'one'; readonly id: string } | { readonly kind: 'all'; readonly coin: string };

interface Answers {
  readonly meant: Meant | undefined;
}

/** Repay fixed loans out of the Funding wallet, always in full: one contract, or all of a coin. */
export const repayFixed: DeedFlow<Answers> = {
  title: words('Repay a Fixed Loan'),
  needs: [...POOL, 'fixedContracts'],
  obstacle: ({ desk }) =>
    contracts(desk).length > 0
      ? undefined
      : [words('There is nothing to repay: no fixed loan runs on this account.')],
  start: ({ record, coin }, { desk }) => ({ meant: named(desk, record, coin) }),
  beginAt: ({ meant }) => (meant === undefined ? undefined : REVIEW),
  steps: (_, host) => [
    pickStep<Answers, string>(
      'loanIds',
      ({ meant }) => ({
        placeholder: words('Which contract to repay? It is repaid in full'),
        choices: () => choices(host),
        isCurrent: (value) => value === keyOf(meant),
      }),
      (_context, key) => ({ meant: meantBy(key) }),
    ),
  ],
  operation: operationOf,
  deed: (answers, host) => {
    const loans = meantLoans(answers, host.desk);
    const [first] = loans;
    const owed = add(...loans.map((loan) => loan.owed), ZERO);
    return words('Repay {0}', first === undefined ? '' : owedText({ coin: first.coin, owed }, host.locale));
  },
  stepOf: (field) => (field === 'loanIds' || field === 'coin' || field === 'amount' ? 'loanIds' : undefined),
};

const ALL = 'all ';

function keyOf(meant: Meant | undefined): string | undefined {
  if (meant === undefined) return undefined;
  return meant.kind === 'one' ? meant.id : `${ALL}${meant.coin}`;
}

function meantBy(key: string): Meant {
  return key.startsWith(ALL) ? { kind: 'all', coin: key.slice(ALL.length) } : { kind: 'one', id: key };
}

/** The contract that a row named, or the only one. */
function named(desk: Desk, record: string | undefined, coin: string | undefined): Meant | undefined {
  const all = contracts(desk);
  const byNumber = all.find(({ id }) => id === record);
  const ofCoin = all.filter((loan) => loan.coin === coin);
  const only = all.length === 1 ? all[0] : ofCoin.length === 1 ? ofCoin[0] : undefined;
  const found = byNumber ?? (record === undefined ? only : undefined);
  return found === undefined ? undefined : { kind: 'one', id: found.id };
}

function choices({ desk, locale }: Host): Choice<string>[] {
  const all = contracts(desk);
  const coins = [...new Set(all.map(({ coin }) => coin))];
  const groups = coins.flatMap((coin): Choice<string>[] => {
    const own = all.filter((loan) => loan.coin === coin);
    if (own.length < 2) return [];
    const owed = formatCoin(add(...own.map((loan) => loan.owed)), coinName(coin), { locale });
    return [
      {
        value: `${ALL}${coin}`,
        label: words('All in {0}: {1}', coinName(coin), owed),
        description: [words('{0} contracts in one request', String(own.length))],
      },
    ];
  });
  return [...all.map((loan) => contractChoice(loan, locale)), ...groups];
}

function meantLoans({ meant }: Answers, desk: Desk): readonly Loan[] {
  if (meant === undefined) return [];
  return contracts(desk).filter((loan) =>
    meant.kind === 'one' ? loan.id === meant.id : loan.coin === meant.coin,
  );
}

function operationOf(answers: Answers, { account, desk }: Host): Operation {
  const loans = meantLoans(answers, desk);
  const params = {
    coin: loans[0]?.coin ?? '',
    loanIds: loans.map(({ id }) => id),
    all: answers.meant?.kind === 'all',
    amount: add(...loans.map(({ owed }) => owed), ZERO),
  };
  return { kind: 'fixed.repay', accountId: account.id, params };
}
