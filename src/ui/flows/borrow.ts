import { type Decimal, parseDecimal, ZERO } from '../../bybit/decimal';
import { words } from '../../bybit/words';
import type { CoinAmount } from '../../desk/book';
import { interestWords, isAboveInitial, ltvChange, missingCollateral, usdWords } from '../../desk/effect';
import { formatCoin, formatUsd } from '../../desk/format';
import { largestLoan, pledgeable } from '../../desk/limits';
import type { Operation } from '../../desk/operation';
import { flexibleRateLines } from '../../desk/terms';
import { coinName } from '../coin-name';
import { type PledgeAnswers, pledgeOf, pledgeStepOf, pledgeSteps } from './collateral-steps';
import type { DeedFlow } from './deed';
import { POOL } from './gate';
import type { Host } from './host';
import { type AmountQuestion, amountStep, type Judgement, judged, shares } from './steps/amount-step';
import { borrowableCoinStep } from './steps/coin-step';

interface Answers extends PledgeAnswers {
  readonly coin: string | undefined;
  readonly amount: Decimal | undefined;
}

/** Borrow a coin flexibly: which, how much, against what. */
export const borrow: DeedFlow<Answers> = {
  title: words('Borrow'),
  needs: [...POOL, 'coins'],
  start: ({ coin, amount }, host) => ({
    coin: isOffered(host, coin) ? coin : undefined,
    amount: amount === undefined ? undefined : parseDecimal(amount),
    pledge: undefined,
    amounts: new Map(),
  }),
  beginAt: ({ coin }) => (coin === undefined ? undefined : 'amount'),
  steps: (answers, host) => [
    borrowableCoinStep<Answers>(
      'coin',
      host,
      words('Which coin to borrow?'),
      ({ flexibleBorrowable }) => flexibleBorrowable,
      ({ coin }) => coin,
      (context, coin) => ({ ...context, coin, amount: context.coin === coin ? context.amount : undefined }),
    ),
    amountStep<Answers>(
      'amount',
      host,
      (context) => amountQuestion(host, context),
      (context, amount) => ({ ...context, amount }),
    ),
    ...pledgeSteps(answers, host, (context, pledge) => operationWith(context, host, pledge)),
  ],
  operation: (answers, host) => operationWith(answers, host, pledgeOf(answers)),
  deed: ({ coin = '', amount = ZERO }, { locale }) =>
    words('Borrow {0}', formatCoin(amount, coinName(coin), { locale, maxPlaces: 80 })),
  stepOf: (field) => pledgeStepOf(field) ?? (field === 'coin' || field === 'amount' ? field : undefined),
  terms: ({ coin = '' }, { desk, locale }) => flexibleRateLines(desk.snapshot, coin, locale),
};

function isOffered({ desk }: Host, coin: string | undefined): boolean {
  const row = desk.snapshot.parts.coins.value?.find(({ currency }) => currency === coin);
  return row?.flexibleBorrowable === true;
}

function operationWith(
  { coin = '', amount = ZERO }: Answers,
  { account }: Host,
  collateral: readonly CoinAmount[],
): Operation {
  return { kind: 'flexible.borrow', accountId: account.id, params: { coin, amount, collateral } };
}

function amountQuestion(host: Host, answers: Answers): AmountQuestion {
  const { desk } = host;
  const { coin = '' } = answers;
  const { book, thresholds, snapshot } = desk;
  const row = snapshot.parts.coins.value?.find(({ currency }) => currency === coin);
  const places = row?.flexibleBorrowingAccuracy ?? 0;
  const largest = (pledge: readonly CoinAmount[]) =>
    book === undefined || row === undefined ? ZERO : largestLoan(book, coin, pledge, thresholds, row);
  const everything = book === undefined ? [] : pledgeable(book);
  const most = () => largest(everything);
  return {
    coin,
    placeholder: words('How much {0} to borrow? An amount, max, or a share like 50 %', coinName(coin)),
    amount: answers.amount,
    places,
    most,
    proposals: () => [
      // The least first: what a hasty Enter takes.
      { label: words('Minimum'), amount: row?.minFlexibleBorrowingAmount ?? ZERO },
      { label: words('Most without more collateral'), amount: largest([]) },
      ...shares(most(), places).toReversed(),
    ],
    nothing: words(
      'What is pledged and in the Funding wallet does not suffice for a loan in {0}.',
      coinName(coin),
    ),
    judge: (amount) => judge(host, { ...answers, amount }, everything),
  };
}

/**
 * Collateral is asked for later, so an amount passes when everything in the wallet would carry it; what it would do is
 * told with the collateral that was answered so far.
 */
function judge(host: Host, answers: Answers, everything: readonly CoinAmount[]): Judgement {
  const { desk, locale } = host;
  const { coin = '', amount = ZERO } = answers;
  return judged(
    host,
    operationWith(answers, host, everything),
    (field) => field === 'amount' || field === 'coin',
    () => {
      const review = desk.review(operationWith(answers, host, pledgeOf(answers)));
      const { after, thresholds } = review;
      const usd = desk.book === undefined ? undefined : usdWords(desk.book, coin, amount, locale);
      const interest = interestWords(review, locale);
      const missing = formatUsd(missingCollateral(after, thresholds), locale);
      const ltv = isAboveInitial(after, thresholds)
        ? words('needs {0} collateral', missing)
        : ltvChange(review, locale);
      return { effect: [...(usd ? [usd] : []), ltv], more: interest ? [interest] : [] };
    },
  );
}
