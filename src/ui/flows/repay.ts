import { type Decimal, parseDecimal, places, ZERO } from '../../bybit/decimal';
import { words } from '../../bybit/words';
import { interestWords, ltvChange, usdWords } from '../../desk/effect';
import { formatCoin, formatLevel } from '../../desk/format';
import { COLLATERAL_PLACES, flexiblyOwed, largestRepayment } from '../../desk/limits';
import type { Operation } from '../../desk/operation';
import { repaymentProposals } from '../../desk/proposals';
import { flexibleRateLines } from '../../desk/terms';
import { coinName } from '../coin-name';
import type { DeedFlow } from './deed';
import { POOL } from './gate';
import type { Host } from './host';
import { type AmountQuestion, amountStep, judged, type Proposal, shares } from './steps/amount-step';
import { debtSteps, debtToBeginWith, flexibleDebts } from './steps/debt-step';

interface Answers {
  readonly coin: string | undefined;
  readonly amount: Decimal | undefined;
}

/** Repay a flexible loan out of the Funding wallet: which, how much. */
export const repay: DeedFlow<Answers> = {
  title: words('Repay'),
  needs: POOL,
  obstacle: ({ desk }) =>
    flexibleDebts(desk).length > 0
      ? undefined
      : [words('There is nothing to repay: no flexible loan runs on this account.')],
  start: ({ coin, amount }, { desk }) => ({
    coin: debtToBeginWith(desk, coin),
    amount: amount === undefined ? undefined : parseDecimal(amount),
  }),
  beginAt: ({ coin }) => (coin === undefined ? undefined : 'amount'),
  steps: (_, host) => [
    ...debtSteps<Answers>(
      host,
      ({ coin }) => [words('wallet {0}', inWallet(host, coin))],
      ({ coin }) => coin,
      (context, coin) => ({ coin, amount: context.coin === coin ? context.amount : undefined }),
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
  stepOf: (field) => (field === 'coin' || field === 'amount' ? field : undefined),
  terms: ({ coin = '' }, { desk, locale }) => flexibleRateLines(desk.snapshot, coin, locale),
};

function inWallet({ desk, locale }: Host, coin: string): string {
  const free = desk.book?.wallet.get(coin) ?? ZERO;
  return formatCoin(free, coinName(coin), { locale, maxPlaces: COLLATERAL_PLACES });
}

function operationOf({ coin = '', amount = ZERO }: Answers, { account }: Host): Operation {
  return { kind: 'flexible.repay', accountId: account.id, params: { coin, amount } };
}

function amountQuestion(host: Host, answers: Answers): AmountQuestion {
  const { desk, locale } = host;
  const { coin = '' } = answers;
  const { book } = desk;
  const owed = book === undefined ? ZERO : flexiblyOwed(book, coin);
  const most = () => (book === undefined ? ZERO : largestRepayment(book, coin));
  return {
    coin,
    placeholder: words(
      '{0} owed. How much to repay? An amount, max, or a share like 50 %',
      formatCoin(owed, coinName(coin), { locale, maxPlaces: COLLATERAL_PLACES, rounding: 'up' }),
    ),
    amount: answers.amount,
    // The whole debt may be sent with all the decimals that it is shown with.
    places: Math.max(COLLATERAL_PLACES, places(owed)),
    most,
    proposals: () => proposals(host, coin, most(), most() === owed),
    nothing: words(
      'The Funding wallet holds no {0}: move some there, or repay with collateral.',
      coinName(coin),
    ),
    judge: (amount) =>
      judged(
        host,
        operationOf({ coin, amount }, host),
        () => true,
        (review) => {
          const usd = book === undefined ? undefined : usdWords(book, coin, amount, locale);
          const interest = interestWords(review, locale);
          return {
            effect: [...(usd ? [usd] : []), ltvChange(review, locale)],
            more: interest ? [interest] : [],
          };
        },
      ),
  };
}

function proposals(
  { desk, locale }: Host,
  coin: string,
  most: Decimal,
  isWhole: boolean,
): readonly Proposal[] {
  const whole = isWhole ? words('All of it') : words('All that the wallet holds');
  const targets = desk.book === undefined ? [] : repaymentProposals(desk.book, coin);
  return [
    ...shares(most, COLLATERAL_PLACES, whole),
    ...targets.map(({ target, amount }) => ({
      label: words('To an LTV of {0}', formatLevel(target, locale)),
      amount,
    })),
  ];
}
