import { type Decimal, lt, parseDecimal, places, round, ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import { ltvChange, usdWords } from '../../../desk/effect';
import { formatCoin } from '../../../desk/format';
import { COLLATERAL_PLACES } from '../../../desk/limits';
import type { Operation } from '../../../desk/operation';
import { legacyBook } from '../../../desk/pools/legacy';
import { coinName } from '../../coin-name';
import type { DeedFlow } from '../deed';
import { owedText } from '../fixed/contract-step';
import type { Host } from '../host';
import { type AmountQuestion, amountStep, judged, shares } from '../steps/amount-step';
import {
  LEGACY,
  legacyLoanOf,
  legacyLoanStep,
  legacyLoansOf,
  legacyLoanToBeginWith,
} from './legacy-loan-step';

interface Answers {
  readonly orderId: string | undefined;
  readonly amount: Decimal | undefined;
}

/** Repay a legacy loan out of the Funding wallet: which, how much. */
export const repayLegacy: DeedFlow<Answers> = {
  title: words('Repay a Legacy Loan'),
  needs: LEGACY,
  obstacle: ({ desk }) =>
    legacyLoansOf(desk).length > 0
      ? undefined
      : [words('There is nothing to repay: no legacy loan runs on this account.')],
  start: ({ record, amount }, { desk }) => ({
    orderId: legacyLoanToBeginWith(desk, record)?.id,
    amount: amount === undefined ? undefined : parseDecimal(amount),
  }),
  beginAt: ({ orderId }) => (orderId === undefined ? undefined : 'amount'),
  steps: (_, host) => [
    legacyLoanStep<Answers>(host, words('Which legacy loan to repay?'), (context, orderId) => ({
      orderId,
      amount: context.orderId === orderId ? context.amount : undefined,
    })),
    amountStep<Answers>(
      'amount',
      host,
      (context) => amountQuestion(host, context),
      (context, amount) => ({ ...context, amount }),
    ),
  ],
  operation: operationOf,
  deed: ({ orderId, amount = ZERO }, { desk, locale }) =>
    words(
      'Repay {0}',
      formatCoin(amount, coinName(legacyLoanOf(desk, orderId)?.coin ?? ''), { locale, maxPlaces: 80 }),
    ),
  stepOf: (field) => (field === 'orderId' || field === 'amount' ? field : undefined),
};

function operationOf({ orderId = '', amount = ZERO }: Answers, { account, desk }: Host): Operation {
  const coin = legacyLoanOf(desk, orderId)?.coin ?? '';
  return { kind: 'legacy.repay', accountId: account.id, params: { orderId, coin, amount } };
}

/**
 * How many decimals a repayment may have is not published: those that the exchange writes of the debt itself, or lends a
 * coin with (`borrowingAccuracy` of the example), are proposed. More can be typed.
 */
const SURE_PLACES = 4;

function amountQuestion(host: Host, answers: Answers): AmountQuestion {
  const { desk, locale } = host;
  const { coin = '', owed = ZERO } = legacyLoanOf(desk, answers.orderId) ?? {};
  const free = desk.snapshot.parts.wallet.value?.get(coin) ?? ZERO;
  const isWhole = !lt(free, owed);
  const sure = Math.max(SURE_PLACES, places(owed));
  const most = () => (isWhole ? owed : round(free, sure, 'down'));
  return {
    coin,
    placeholder: words(
      '{0} owed. How much to repay? An amount, max, or a share like 50 %',
      owedText({ coin, owed }, locale),
    ),
    amount: answers.amount,
    places: Math.max(COLLATERAL_PLACES, places(owed)),
    most,
    proposals: () => shares(most(), sure, isWhole ? words('All of it') : words('All that the wallet holds')),
    nothing: words('The Funding wallet holds no {0}: move some there first.', coinName(coin)),
    judge: (amount) =>
      judged(
        host,
        operationOf({ ...answers, amount }, host),
        () => true,
        (review) => {
          const book = legacyBook(desk.snapshot, answers.orderId ?? '');
          const usd = book === undefined ? undefined : usdWords(book, coin, amount, locale);
          return { effect: [...(usd ? [usd] : []), ltvChange(review, locale)] };
        },
      ),
  };
}
