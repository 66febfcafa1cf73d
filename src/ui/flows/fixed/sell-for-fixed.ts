import { type Decimal, parseDecimal, places, ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import { ltvChange, usdWords } from '../../../desk/effect';
import { formatCoin } from '../../../desk/format';
import { COLLATERAL_PLACES, largestSale } from '../../../desk/limits';
import type { Operation } from '../../../desk/operation';
import { saleFeeLine } from '../../../desk/terms';
import { coinName } from '../../coin-name';
import { pickStep } from '../../flow/steps';
import type { DeedFlow } from '../deed';
import { POOL } from '../gate';
import type { Host } from '../host';
import { type AmountQuestion, amountStep, judged, shares } from '../steps/amount-step';
import { SOLD, type SoldAnswers, soldStep, soldStepOf, soldToBeginWith } from '../steps/sold-step';
import { contractChoice, contracts, owedText } from './contract-step';

interface Answers extends SoldAnswers {
  readonly loanId: string | undefined;
  readonly amount: Decimal | undefined;
}

/** Repay a fixed loan by selling pledged coins, in part or in full: which contract, which coins, how much. */
export const sellForFixed: DeedFlow<Answers> = {
  title: words('Repay a Fixed Loan with Collateral'),
  needs: [...POOL, 'fixedContracts'],
  obstacle: ({ desk }) => {
    if (contracts(desk).length === 0) {
      return [words('There is nothing to repay: no fixed loan runs on this account.')];
    }
    return desk.book === undefined || desk.book.collateral.length > 0
      ? undefined
      : [words('Nothing is pledged that could be sold. Repay out of the Funding wallet instead.')];
  },
  start: ({ record, amount, sold }, { desk }) => {
    const all = contracts(desk);
    const loan = all.find(({ id }) => id === record) ?? (all.length === 1 ? all[0] : undefined);
    return {
      loanId: loan?.id,
      coin: loan?.coin,
      sold: soldToBeginWith(desk, sold),
      amount: amount === undefined ? undefined : parseDecimal(amount),
    };
  },
  beginAt: ({ loanId }) => (loanId === undefined ? undefined : SOLD),
  steps: (_, host) => [
    pickStep<Answers, string>(
      'loanId',
      ({ loanId }) => ({
        placeholder: words('Which contract to repay?'),
        choices: () => contracts(host.desk).map((loan) => contractChoice(loan, host.locale)),
        isCurrent: (value) => value === loanId,
      }),
      (context, loanId) => ({
        ...context,
        loanId,
        coin: contracts(host.desk).find(({ id }) => id === loanId)?.coin,
        amount: context.loanId === loanId ? context.amount : undefined,
      }),
    ),
    soldStep<Answers>(host, (context, picked) => most(host, context, picked)),
    amountStep<Answers>(
      'amount',
      host,
      (context) => amountQuestion(host, context),
      (context, amount) => ({ ...context, amount }),
    ),
  ],
  operation: operationOf,
  deed: ({ coin = '', amount = ZERO }, { locale }) =>
    words('Repay {0}', formatCoin(amount, coinName(coin), { locale, maxPlaces: 80 })),
  stepOf: (field) =>
    soldStepOf(field) ??
    (field === 'amount' ? field : field === 'coin' || field === 'loanId' ? 'loanId' : undefined),
  terms: () => [saleFeeLine()],
};

function owedOf({ desk }: Host, { loanId }: Answers): Decimal {
  return contracts(desk).find(({ id }) => id === loanId)?.owed ?? ZERO;
}

function most(host: Host, answers: Answers, picked: readonly string[]): Decimal {
  const { book } = host.desk;
  return book === undefined ? ZERO : largestSale(book, answers.coin ?? '', picked, owedOf(host, answers));
}

function operationOf({ coin = '', loanId, amount = ZERO, sold = [] }: Answers, { account }: Host): Operation {
  const params = { coin, amount, collateralCoins: sold, loanId };
  return { kind: 'fixed.repayWithCollateral', accountId: account.id, params };
}

function amountQuestion(host: Host, answers: Answers): AmountQuestion {
  const { desk, locale } = host;
  const { coin = '', sold = [] } = answers;
  const owed = owedOf(host, answers);
  const largest = () => most(host, answers, sold);
  return {
    coin,
    placeholder: words(
      '{0} owed. How much to repay? An amount, max, or a share like 50 %',
      owedText({ coin, owed }, locale),
    ),
    amount: answers.amount,
    places: Math.max(COLLATERAL_PLACES, places(owed)),
    most: largest,
    proposals: () =>
      shares(largest(), COLLATERAL_PLACES, largest() === owed ? words('All of it') : words('Maximum')),
    nothing: words('The coins to sell are worth nothing that could be told.'),
    judge: (amount) =>
      judged(
        host,
        operationOf({ ...answers, amount }, host),
        (field) => field === 'amount',
        (review) => {
          const usd = desk.book === undefined ? undefined : usdWords(desk.book, coin, amount, locale);
          return { effect: [...(usd ? [usd] : []), ltvChange(review, locale)] };
        },
      ),
  };
}
