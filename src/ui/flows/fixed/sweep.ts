import { gt, parseDecimal, ZERO } from '../../../bybit/decimal';
import { byCount, words } from '../../../bybit/words';
import type { CoinAmount } from '../../../desk/book';
import { isAboveInitial, ltvChange, missingCollateral } from '../../../desk/effect';
import { sweepTerms } from '../../../desk/fixed/quote-lines';
import { planSweep, type SweepPlan, sharesOfPledge } from '../../../desk/fixed/sweep';
import { formatCoin, formatUsd } from '../../../desk/format';
import { fixedBounds, largestWithin, pledgeable } from '../../../desk/limits';
import type { OperationOf, OperationParams } from '../../../desk/operation';
import { takenAtStart } from '../../../desk/operations/fixed/borrow';
import { coinName } from '../../coin-name';
import { type PledgeAnswers, pledgeOf, pledgeStepOf, pledgeSteps } from '../collateral-steps';
import type { DeedFlow } from '../deed';
import { POOL } from '../gate';
import type { Host } from '../host';
import { type AmountQuestion, amountStep, judged, shares } from '../steps/amount-step';
import { fixedCoinStep, isOffered, maturityStep } from './borrow-fixed';
import { MarketBooks, waiting } from './market-books';
import { type MarketAnswers, termStep } from './market-steps';

interface Answers extends MarketAnswers, PledgeAnswers {
  readonly atMaturity: OperationParams['fixed.borrow']['atMaturity'] | undefined;
}

const FIELDS: ReadonlySet<string> = new Set(['coin', 'term', 'amount', 'atMaturity']);

/** Borrow more than the best offer covers: one order a price level, confirmed in one review, sent one after the other. */
export const sweep: DeedFlow<Answers> = {
  title: words('Borrow Across Price Levels'),
  needs: [...POOL, 'coins'],
  start: ({ coin, amount }, host) => ({
    coin: isOffered(host, coin) ? coin : undefined,
    term: undefined,
    annualRate: undefined,
    amount: amount === undefined ? undefined : parseDecimal(amount),
    market: new MarketBooks(host.desk, 'offers'),
    atMaturity: undefined,
    pledge: undefined,
    amounts: new Map(),
  }),
  beginAt: ({ coin }) => (coin === undefined ? undefined : 'term'),
  steps: (answers, host) => [
    fixedCoinStep(host),
    termStep<Answers>(host),
    amountStep<Answers>(
      'amount',
      host,
      (context) => amountQuestion(host, context),
      (context, amount) => ({ ...context, amount }),
    ),
    maturityStep(),
    ...pledgeSteps(answers, host, (context, pledge) => wholeOf(context, host, pledge)),
  ],
  operation: (answers, host) => wholeOf(answers, host, pledgeOf(answers)),
  parts: (answers, host) => {
    const orders = planOf(answers, host)?.orders ?? [];
    const whole = wholeOf(answers, host, pledgeOf(answers));
    const pledges = sharesOfPledge(orders, whole.params.collateral);
    return orders.map(({ amount, annualRate }, index) => ({
      ...whole,
      params: { ...whole.params, amount, annualRate, collateral: pledges[index] ?? [] },
    }));
  },
  deed: (answers, host) => {
    const plan = planOf(answers, host);
    const ordered = formatCoin(plan?.amount ?? ZERO, coinName(answers.coin ?? ''), {
      locale: host.locale,
      maxPlaces: 80,
    });
    const count = plan?.orders.length ?? 0;
    return byCount(
      count,
      words('Send One Order for {0}', ordered),
      words('Send {0} Orders for {1}', String(count), ordered),
    );
  },
  stepOf: (field) => pledgeStepOf(field) ?? (FIELDS.has(field) ? field : undefined),
  told: (answers, host, review) => {
    const plan = planOf(answers, host);
    if (plan === undefined || plan.orders.length < 2) return review;
    const taken = takenAtStart(plan.interest, coinName(answers.coin ?? ''), host.locale);
    return {
      ...review,
      title: words('{0} orders: {1}', String(plan.orders.length), host.say(review.title)),
      findings: review.findings.map((finding) => (finding.field === taken.field ? taken : finding)),
    };
  },
  terms: (answers, host) => {
    const { coin = '', term = '7', atMaturity = 'repay' } = answers;
    const { desk, locale } = host;
    const plan = planOf(answers, host);
    if (plan === undefined) return [];
    return sweepTerms(plan, { coin: coinName(coin), term, atMaturity }, { locale, now: desk.serverNow });
  },
};

function planOf(
  { coin = '', term = '7', amount = ZERO, market }: Answers,
  { desk }: Host,
): SweepPlan | undefined {
  const row = desk.snapshot.parts.coins.value?.find(({ currency }) => currency === coin);
  if (row === undefined) return undefined;
  const { least = ZERO, places } = fixedBounds(row);
  return planSweep(market.book(coin, term), amount, { least, places });
}

/** All orders together as one at the dearest rate: what the review rests on can only turn out better. */
function wholeOf(
  answers: Answers,
  host: Host,
  collateral: readonly CoinAmount[],
): OperationOf<'fixed.borrow'> {
  const { coin = '', term = '7', atMaturity = 'repay', amount = ZERO } = answers;
  const plan = planOf(answers, host);
  const annualRate = plan?.orders.at(-1)?.annualRate ?? ZERO;
  const params = {
    coin,
    amount: plan?.amount ?? amount,
    annualRate,
    term,
    atMaturity,
    allOrNothing: false,
    collateral,
  };
  return { kind: 'fixed.borrow', accountId: host.account.id, params };
}

function amountQuestion(host: Host, answers: Answers): AmountQuestion {
  const { desk, locale } = host;
  const { coin = '', term = '7', market } = answers;
  const { book, thresholds, snapshot } = desk;
  const row = snapshot.parts.coins.value?.find(({ currency }) => currency === coin);
  const bounds = row === undefined ? undefined : fixedBounds(row);
  const everything = book === undefined ? [] : pledgeable(book);
  const offered = waiting(market.book(coin, term).levels);
  const largest = () =>
    book === undefined || bounds === undefined
      ? ZERO
      : largestWithin(book, coin, everything, thresholds, bounds);
  const most = () => (gt(largest(), offered) ? offered : largest());
  return {
    coin,
    placeholder: words(
      'How much {0} to borrow in all? {1} is offered',
      coinName(coin),
      formatCoin(offered, coinName(coin), { locale }),
    ),
    amount: answers.amount,
    places: bounds?.places ?? 0,
    most,
    proposals: () => shares(most(), bounds?.places ?? 0),
    nothing: words('Nobody offers {0} for this term now, or nothing can be pledged for it.', coinName(coin)),
    judge: (amount) => {
      const asked = { ...answers, amount };
      const plan = planOf(asked, host);
      return judged(
        host,
        wholeOf(asked, host, everything),
        (field) => field === 'amount' || field === 'coin' || field === 'term',
        () => {
          const review = desk.review(wholeOf(asked, host, pledgeOf(answers)));
          const missing = formatUsd(missingCollateral(review.after, review.thresholds), locale);
          const ltv = isAboveInitial(review.after, review.thresholds)
            ? words('needs {0} collateral', missing)
            : ltvChange(review, locale);
          const saved = formatCoin(plan?.saved ?? ZERO, coinName(coin), {
            locale,
            maxPlaces: 8,
            rounding: 'down',
          });
          const costs = plan && takenAtStart(plan.interest, coinName(coin), locale).words;
          const count = plan?.orders.length ?? 0;
          const orders = byCount(
            count,
            words('one order: nothing to save'),
            words('{0} orders save {1}', String(count), saved),
          );
          return {
            effect: [orders, ltv],
            ...(costs && { more: [costs] }),
            ...(plan === undefined && { problem: words('The offers do not cover even one order.') }),
          };
        },
      );
    },
  };
}
