import { type Decimal, parseDecimal, round, ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import { ltvChange, usdWords } from '../../../desk/effect';
import { formatCoin } from '../../../desk/format';
import { COLLATERAL_PLACES } from '../../../desk/limits';
import type { Operation } from '../../../desk/operation';
import { largestLegacyRelease, legacyPlaces } from '../../../desk/operations/legacy/adjust-collateral';
import { legacyBook, legacyLoan, legacyPool } from '../../../desk/pools/legacy';
import { coinName } from '../../coin-name';
import { pickStep } from '../../flow/steps';
import type { DeedFlow } from '../deed';
import type { Host } from '../host';
import { type AmountQuestion, amountStep, judged, shares } from '../steps/amount-step';
import {
  LEGACY,
  legacyLoanOf,
  legacyLoanStep,
  legacyLoansOf,
  legacyLoanToBeginWith,
} from './legacy-loan-step';

type Direction = 'add' | 'reduce';

interface Answers {
  readonly orderId: string | undefined;
  readonly direction: Direction | undefined;
  readonly amount: Decimal | undefined;
}

/** Move collateral of one legacy loan: which loan, which way, how much. */
export const adjustLegacy: DeedFlow<Answers> = {
  title: words('Add or Release Collateral of a Legacy Loan'),
  needs: LEGACY,
  obstacle: ({ desk }) =>
    legacyLoansOf(desk).length > 0 ? undefined : [words('No legacy loan runs on this account.')],
  start: ({ record, direction, amount }, { desk }) => ({
    orderId: legacyLoanToBeginWith(desk, record)?.id,
    direction,
    amount: amount === undefined ? undefined : parseDecimal(amount),
  }),
  beginAt: ({ orderId, direction }) => {
    if (orderId === undefined) return undefined;
    return direction === undefined ? 'direction' : 'amount';
  },
  steps: (_, host) => [
    legacyLoanStep<Answers>(host, words('Collateral of which legacy loan?'), (context, orderId) => ({
      ...context,
      orderId,
      amount: context.orderId === orderId ? context.amount : undefined,
    })),
    pickStep<Answers, Direction>(
      'direction',
      (context) => ({
        placeholder: words('Which way?'),
        choices: () => [
          {
            value: 'add',
            label: words('Add'),
            description: [
              words('out of the Funding wallet'),
              words('{0} free', coinText(free(host, context), host, context)),
            ],
          },
          {
            value: 'reduce',
            label: words('Release'),
            description: [
              words('into the Funding wallet'),
              words('at most {0}', coinText(releasable(host, context), host, context)),
            ],
          },
        ],
        isCurrent: (value) => value === context.direction,
      }),
      (context, direction) => ({
        ...context,
        direction,
        amount: context.direction === direction ? context.amount : undefined,
      }),
    ),
    amountStep<Answers>(
      'amount',
      host,
      (context) => amountQuestion(host, context),
      (context, amount) => ({ ...context, amount }),
    ),
  ],
  operation: operationOf,
  deed: (answers, host) => {
    const text = coinText(answers.amount ?? ZERO, host, answers);
    return answers.direction === 'reduce' ? words('Take Back {0}', text) : words('Pledge {0}', text);
  },
  stepOf: (field) => (field === 'orderId' || field === 'amount' ? field : undefined),
};

function collateralCoin({ desk }: Host, { orderId }: Answers): string {
  return legacyLoanOf(desk, orderId)?.collateral?.coin ?? '';
}

function coinText(amount: Decimal, host: Host, answers: Answers): string {
  return formatCoin(amount, coinName(collateralCoin(host, answers)), { locale: host.locale, maxPlaces: 80 });
}

function free(host: Host, answers: Answers): Decimal {
  const held = host.desk.snapshot.parts.wallet.value?.get(collateralCoin(host, answers)) ?? ZERO;
  return round(held, placesOf(host, answers), 'down');
}

function placesOf({ desk }: Host, { orderId = '' }: Answers): number {
  const loan = legacyLoan(desk.snapshot, orderId);
  return loan === undefined ? COLLATERAL_PLACES : legacyPlaces(desk.snapshot, loan);
}

function releasable({ desk }: Host, { orderId = '' }: Answers): Decimal {
  const pool = legacyPool(desk.snapshot, orderId);
  const loan = legacyLoan(desk.snapshot, orderId);
  if (pool === undefined || loan === undefined) return ZERO;
  return largestLegacyRelease(pool, loan, legacyPlaces(desk.snapshot, loan)) ?? ZERO;
}

function operationOf(answers: Answers, host: Host): Operation {
  const { orderId = '', direction = 'add', amount = ZERO } = answers;
  const params = { orderId, coin: collateralCoin(host, answers), amount, direction };
  return { kind: 'legacy.adjustCollateral', accountId: host.account.id, params };
}

function amountQuestion(host: Host, answers: Answers): AmountQuestion {
  const { desk, locale } = host;
  const coin = collateralCoin(host, answers);
  const isAdd = answers.direction !== 'reduce';
  const most = () => (isAdd ? free(host, answers) : releasable(host, answers));
  return {
    coin,
    placeholder: isAdd
      ? words('How much {0} to pledge? An amount, max, or a share like 50 %', coinName(coin))
      : words('How much {0} to take back? An amount, max, or a share like 50 %', coinName(coin)),
    amount: answers.amount,
    places: placesOf(host, answers),
    most,
    proposals: () => shares(most(), placesOf(host, answers)),
    nothing: isAdd
      ? words('The Funding wallet holds no {0}.', coinName(coin))
      : words('Nothing can be taken back: the LTV is above the initial line.'),
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
