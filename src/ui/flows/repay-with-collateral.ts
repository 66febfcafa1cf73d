import { type Decimal, parseDecimal, places, ZERO } from '../../bybit/decimal';
import { words } from '../../bybit/words';
import { ltvChange, usdWords } from '../../desk/effect';
import { formatCoin } from '../../desk/format';
import { COLLATERAL_PLACES, flexiblyOwed, largestSale } from '../../desk/limits';
import type { Operation } from '../../desk/operation';
import { flexibleRateLines, saleFeeLine } from '../../desk/terms';
import { coinName } from '../coin-name';
import type { DeedFlow } from './deed';
import { POOL } from './gate';
import type { Host } from './host';
import { type AmountQuestion, amountStep, judged, shares } from './steps/amount-step';
import { debtSteps, debtToBeginWith, flexibleDebts } from './steps/debt-step';
import { SOLD, type SoldAnswers, soldStep, soldStepOf, soldToBeginWith } from './steps/sold-step';

interface Answers extends SoldAnswers {
  readonly amount: Decimal | undefined;
}

/** Repay a flexible loan by selling pledged coins: which debt, which coins, how much. */
export const repayWithCollateral: DeedFlow<Answers> = {
  title: words('Repay with Collateral'),
  needs: POOL,
  obstacle: ({ desk }) => {
    if (flexibleDebts(desk).length === 0) {
      return [words('There is nothing to repay: no flexible loan runs on this account.')];
    }
    return desk.book === undefined || desk.book.collateral.length > 0
      ? undefined
      : [words('Nothing is pledged that could be sold. Repay out of the Funding wallet instead.')];
  },
  start: ({ coin, amount, sold }, { desk }) => ({
    coin: debtToBeginWith(desk, coin),
    sold: soldToBeginWith(desk, sold),
    amount: amount === undefined ? undefined : parseDecimal(amount),
  }),
  beginAt: ({ coin }) => (coin === undefined ? undefined : SOLD),
  steps: (_, host) => [
    ...debtSteps<Answers>(
      host,
      () => [],
      ({ coin }) => coin,
      (context, coin) => ({
        ...context,
        coin,
        amount: context.coin === coin ? context.amount : undefined,
      }),
    ),
    soldStep<Answers>(host, (context, picked) =>
      host.desk.book === undefined ? ZERO : largestSale(host.desk.book, context.coin ?? '', picked),
    ),
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
  stepOf: (field) => soldStepOf(field) ?? (field === 'coin' || field === 'amount' ? field : undefined),
  terms: ({ coin = '' }, { desk, locale }) => [
    ...flexibleRateLines(desk.snapshot, coin, locale),
    saleFeeLine(),
  ],
};

function operationOf({ coin = '', amount = ZERO, sold = [] }: Answers, { account }: Host): Operation {
  const params = { coin, amount, collateralCoins: sold };
  return { kind: 'flexible.repayWithCollateral', accountId: account.id, params };
}

function amountQuestion(host: Host, answers: Answers): AmountQuestion {
  const { desk, locale } = host;
  const { coin = '', sold = [] } = answers;
  const { book } = desk;
  const owed = book === undefined ? ZERO : flexiblyOwed(book, coin);
  const most = () => (book === undefined ? ZERO : largestSale(book, coin, sold));
  return {
    coin,
    placeholder: words(
      '{0} owed. How much to repay? An amount, max, or a share like 50 %',
      formatCoin(owed, coinName(coin), { locale, maxPlaces: COLLATERAL_PLACES, rounding: 'up' }),
    ),
    amount: answers.amount,
    places: Math.max(COLLATERAL_PLACES, places(owed)),
    most,
    proposals: () =>
      shares(most(), COLLATERAL_PLACES, most() === owed ? words('All of it') : words('Maximum')),
    nothing: words('The coins to sell are worth nothing that could be told.'),
    judge: (amount) =>
      judged(
        host,
        operationOf({ ...answers, amount }, host),
        (field) => field === 'amount',
        (review) => {
          const usd = book === undefined ? undefined : usdWords(book, coin, amount, locale);
          return { effect: [...(usd ? [usd] : []), ltvChange(review, locale)] };
        },
      ),
  };
}
