import { gt, parseDecimal, ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import type { CoinAmount } from '../../../desk/book';
import { isAboveInitial, ltvChange, missingCollateral } from '../../../desk/effect';
import { fillAtOnce } from '../../../desk/fixed/order-book';
import { borrowTerms, fillWords, type Quoted, sweepHint } from '../../../desk/fixed/quote-lines';
import { planSweep } from '../../../desk/fixed/sweep';
import { formatCoin, formatUsd } from '../../../desk/format';
import { fixedBounds, largestWithin, pledgeable } from '../../../desk/limits';
import type { Operation, OperationParams } from '../../../desk/operation';
import { coinName } from '../../coin-name';
import { pickStep } from '../../flow/steps';
import type { Step } from '../../flow/walk';
import { type PledgeAnswers, pledgeOf, pledgeStepOf, pledgeSteps } from '../collateral-steps';
import type { DeedFlow } from '../deed';
import { POOL } from '../gate';
import type { Host } from '../host';
import { type AmountQuestion, amountStep, type Judgement, judged, shares } from '../steps/amount-step';
import { borrowableCoinStep } from '../steps/coin-step';
import { MarketBooks, waiting } from './market-books';
import { type MarketAnswers, marketStart, rateStep, termStep } from './market-steps';

type AtMaturity = OperationParams['fixed.borrow']['atMaturity'];

export interface BorrowAnswers extends MarketAnswers, PledgeAnswers {
  readonly atMaturity: AtMaturity | undefined;
  readonly allOrNothing: boolean;
}

/** Borrow a coin for a term: which, how long, at most which rate, how much, what happens at the end, against what. */
export const borrowFixed: DeedFlow<BorrowAnswers> = {
  title: words('Borrow at a Fixed Rate'),
  needs: [...POOL, 'coins'],
  start: ({ coin, term, amount }, host) => ({
    coin: isOffered(host, coin) ? coin : undefined,
    term,
    annualRate: undefined,
    amount: amount === undefined ? undefined : parseDecimal(amount),
    market: new MarketBooks(host.desk, 'offers'),
    atMaturity: undefined,
    allOrNothing: false,
    pledge: undefined,
    amounts: new Map(),
  }),
  beginAt: marketStart,
  steps: (answers, host) => [
    fixedCoinStep(host),
    termStep<BorrowAnswers>(host),
    rateStep<BorrowAnswers>(host),
    amountStep<BorrowAnswers>(
      'amount',
      host,
      (context) => amountQuestion(host, context),
      (context, amount) => ({ ...context, amount }),
    ),
    ...waitSteps(answers),
    maturityStep(),
    ...pledgeSteps(answers, host, (context, pledge) => operationWith(context, host, pledge)),
  ],
  operation: (answers, host) => operationWith(answers, host, pledgeOf(answers)),
  deed: ({ coin = '', amount = ZERO }, { locale }) =>
    words('Borrow {0}', formatCoin(amount, coinName(coin), { locale, maxPlaces: 80 })),
  stepOf: (field) => pledgeStepOf(field) ?? (FIELDS.has(field) ? field : undefined),
  terms: (answers, host) => {
    const { coin = '', amount = ZERO, market, term = '7' } = answers;
    const { desk, locale } = host;
    const row = desk.snapshot.parts.coins.value?.find(({ currency }) => currency === coin);
    const bounds = row === undefined ? undefined : fixedBounds(row);
    const rules = { least: bounds?.least ?? ZERO, places: bounds?.places ?? 0 };
    return [
      ...borrowTerms(
        { ...quotedOf(answers), ...(answers.atMaturity && { atMaturity: answers.atMaturity }) },
        { locale, now: desk.serverNow },
      ),
      ...sweepHint(planSweep(market.book(coin, term), amount, rules), coinName(coin), locale),
    ];
  },
};

const FIELDS: ReadonlySet<string> = new Set(['coin', 'term', 'annualRate', 'amount', 'atMaturity']);

/** Which coin, of those with fixed terms. */
export function fixedCoinStep<C extends MarketAnswers>(host: Host): Step<C> {
  return borrowableCoinStep<C>(
    'coin',
    host,
    words('Which coin?'),
    ({ fixedBorrowable }) => fixedBorrowable,
    ({ coin }) => coin,
    withCoin,
    'fixed',
  );
}

/** The answers with that coin: what was answered of another coin's market does not count for it. */
export function withCoin<C extends MarketAnswers>(context: C, coin: string): C {
  return context.coin === coin
    ? context
    : { ...context, coin, term: undefined, annualRate: undefined, amount: undefined };
}

/** What happens at the due date. */
export function maturityStep<C extends { readonly atMaturity: AtMaturity | undefined }>(): Step<C> {
  return pickStep<C, AtMaturity>(
    'atMaturity',
    ({ atMaturity }) => ({
      placeholder: words('What happens at the due date?'),
      choices: () => [
        {
          value: 'repay',
          label: words('Repay from the Funding wallet'),
          description: words('overdue when it holds too little: interest triples'),
        },
        {
          value: 'toFlexible',
          label: words('Turn into a flexible loan'),
          description: words('at the flexible rate of that day'),
        },
      ],
      isCurrent: (value) => value === atMaturity,
    }),
    (context, atMaturity) => ({ ...context, atMaturity }),
  );
}

/** Whether the offers do not cover the order. */
function waits({ coin, term, amount, annualRate, market }: BorrowAnswers): boolean {
  if (coin === undefined || term === undefined || amount === undefined || annualRate === undefined) {
    return false;
  }
  return fillAtOnce(market.book(coin, term), amount, annualRate).rest !== ZERO;
}

/** The answer counts only where it is asked for. */
function isWhole(answers: BorrowAnswers): boolean {
  return answers.allOrNothing && waits(answers);
}

function waitSteps(answers: BorrowAnswers): readonly Step<BorrowAnswers>[] {
  if (!waits(answers)) return [];
  return [
    pickStep<BorrowAnswers, 'part' | 'whole'>(
      'allOrNothing',
      ({ allOrNothing }) => ({
        placeholder: words('The offers do not cover it at this rate. How to fill it?'),
        choices: () => [
          {
            value: 'part',
            label: words('Take what there is, wait for the rest'),
            description: words('several contracts may come of it'),
          },
          {
            value: 'whole',
            label: words('Whole or not at all'),
            description: words('waits until one match covers it'),
          },
        ],
        isCurrent: (value) => (value === 'whole') === allOrNothing,
      }),
      (context, value) => ({ ...context, allOrNothing: value === 'whole' }),
    ),
  ];
}

export function isOffered({ desk }: Host, coin: string | undefined): boolean {
  const row = desk.snapshot.parts.coins.value?.find(({ currency }) => currency === coin);
  return row?.fixedBorrowable === true;
}

function quotedOf(answers: BorrowAnswers): Quoted {
  const { coin = '', term = '7', annualRate = ZERO, amount = ZERO, market } = answers;
  const book = market.book(coin, term);
  return { coin: coinName(coin), amount, annualRate, book, isWhole: isWhole(answers) };
}

function operationWith(
  answers: BorrowAnswers,
  { account }: Host,
  collateral: readonly CoinAmount[],
): Operation {
  const { coin = '', term = '7', annualRate = ZERO, amount = ZERO, atMaturity = 'repay' } = answers;
  const allOrNothing = isWhole(answers);
  const params = { coin, amount, annualRate, term, atMaturity, allOrNothing, collateral };
  return { kind: 'fixed.borrow', accountId: account.id, params };
}

function amountQuestion(host: Host, answers: BorrowAnswers): AmountQuestion {
  const { desk } = host;
  const { coin = '', term = '7', annualRate, market } = answers;
  const { book, thresholds, snapshot } = desk;
  const row = snapshot.parts.coins.value?.find(({ currency }) => currency === coin);
  const bounds = row === undefined ? undefined : fixedBounds(row);
  const largest = (pledge: readonly CoinAmount[]) =>
    book === undefined || bounds === undefined ? ZERO : largestWithin(book, coin, pledge, thresholds, bounds);
  const everything = book === undefined ? [] : pledgeable(book);
  const most = () => largest(everything);
  const offers = market.book(coin, term);
  const fitting = fillAtOnce(offers, waiting(offers.levels), annualRate).filled;
  const places = bounds?.places ?? 0;
  return {
    coin,
    placeholder: words('How much {0} to borrow? An amount, max, or a share like 50 %', coinName(coin)),
    amount: answers.amount,
    places,
    most,
    proposals: () => [
      { label: words('Minimum'), amount: bounds?.least ?? ZERO },
      ...(gt(fitting, most())
        ? []
        : [{ label: words('All offers at this rate or better'), amount: fitting }]),
      ...shares(most(), places).toReversed(),
    ],
    nothing: words(
      'What is pledged and in the Funding wallet does not suffice for a loan in {0}.',
      coinName(coin),
    ),
    judge: (amount) => judge(host, { ...answers, amount }, everything),
  };
}

function judge(host: Host, answers: BorrowAnswers, everything: readonly CoinAmount[]): Judgement {
  const { desk, locale } = host;
  return judged(
    host,
    operationWith(answers, host, everything),
    (field) => field === 'amount' || field === 'coin' || field === 'term' || field === 'interest',
    () => {
      const review = desk.review(operationWith(answers, host, pledgeOf(answers)));
      const { after, thresholds } = review;
      const missing = formatUsd(missingCollateral(after, thresholds), locale);
      const ltv = isAboveInitial(after, thresholds)
        ? words('needs {0} collateral', missing)
        : ltvChange(review, locale);
      return { effect: [fillWords(quotedOf(answers), locale), ltv] };
    },
  );
}
