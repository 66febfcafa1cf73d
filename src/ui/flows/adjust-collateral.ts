import { type Decimal, parseDecimal, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import { addedWords, isAboveInitial, ltvChange, usdWords } from '../../desk/effect';
import { formatCoin, formatLevel } from '../../desk/format';
import { COLLATERAL_PLACES, largestAddition, largestRelease, pledgeable } from '../../desk/limits';
import type { Operation, OperationParams } from '../../desk/operation';
import { carefulRelease, pledgeProposals } from '../../desk/proposals';
import { coinName } from '../coin-name';
import type { Choice } from '../flow/question';
import { pickStep } from '../flow/steps';
import { verbatim } from '../tree/row';
import type { DeedFlow } from './deed';
import { POOL } from './gate';
import type { Host } from './host';
import { type AmountQuestion, amountStep, judged, type Proposal, shares } from './steps/amount-step';

type Direction = OperationParams['common.adjustCollateral']['direction'];

interface Answers {
  readonly direction: Direction | undefined;
  readonly coin: string | undefined;
  readonly amount: Decimal | undefined;
}

/** Pledge more out of the Funding wallet, or take pledged coins back: which way, which coin, how much. */
export const adjustCollateral: DeedFlow<Answers> = {
  title: words('Add or Release Collateral'),
  needs: POOL,
  obstacle: ({ desk }) => {
    const { book } = desk;
    if (book === undefined) return undefined;
    if (book.debts.length === 0 && book.collateral.length === 0) {
      return [
        words('Without a loan there is no collateral to adjust. Borrow first: coins are pledged with it.'),
      ];
    }
    return book.collateral.length > 0 || pledgeable(book).length > 0
      ? undefined
      : [words('Nothing is pledged, and the Funding wallet holds no coin that counts as collateral.')];
  },
  start: ({ direction, coin, amount }, { desk }) => {
    const fits = direction === undefined || coinsOf(desk.book, direction).includes(coin ?? '');
    return {
      direction,
      coin: fits ? coin : undefined,
      amount: amount === undefined ? undefined : parseDecimal(amount),
    };
  },
  beginAt: ({ direction, coin }) => {
    if (direction === undefined) return undefined;
    return coin === undefined ? 'coin' : 'amount';
  },
  steps: (_, host) => [
    pickStep<Answers, Direction>(
      'direction',
      ({ direction }) => ({
        placeholder: words('Which way?'),
        choices: () => directionRows(host),
        isCurrent: (value) => value === direction,
      }),
      (context, direction) =>
        context.direction === direction
          ? context
          : { ...context, direction, ...kept(context, direction, host) },
    ),
    pickStep<Answers, string>(
      'coin',
      ({ direction = 'add', coin }) => ({
        placeholder: direction === 'add' ? words('Which coin to pledge?') : words('Which coin to take back?'),
        choices: () => coinRows(host, direction),
        isCurrent: (value) => value === coin,
      }),
      (context, coin) => ({ ...context, coin, amount: context.coin === coin ? context.amount : undefined }),
    ),
    amountStep<Answers>(
      'amount',
      host,
      (context) => amountQuestion(host, context),
      (context, amount) => ({ ...context, amount }),
    ),
  ],
  operation: operationOf,
  deed: ({ direction, coin = '', amount = ZERO }, { locale }) => {
    const text = formatCoin(amount, coinName(coin), { locale, maxPlaces: 80 });
    return direction === 'reduce' ? words('Take Back {0}', text) : words('Pledge {0}', text);
  },
  stepOf: (field) => (field === 'coin' || field === 'amount' ? field : undefined),
};

/** A coin that was named before the direction stays when it can go that way; an amount was meant for the other way. */
function kept(
  { coin, direction, amount }: Answers,
  wanted: Direction,
  { desk }: Host,
): Pick<Answers, 'coin' | 'amount'> {
  const fits = coin !== undefined && coinsOf(desk.book, wanted).includes(coin);
  const isFirst = direction === undefined;
  return { coin: fits ? coin : undefined, amount: fits && isFirst ? amount : undefined };
}

function coinsOf(book: Host['desk']['book'], direction: Direction): readonly string[] {
  if (book === undefined) return [];
  return (direction === 'add' ? pledgeable(book) : book.collateral).map(({ coin }) => coin);
}

function operationOf({ direction = 'add', coin = '', amount = ZERO }: Answers, { account }: Host): Operation {
  return { kind: 'common.adjustCollateral', accountId: account.id, params: { coin, amount, direction } };
}

function directionRows({ desk }: Host): Choice<Direction>[] {
  const rows: readonly (Choice<Direction> & { readonly value: Direction })[] = [
    {
      value: 'add',
      label: words('Add'),
      description: words('pledge more out of the Funding wallet: the LTV falls'),
      icon: 'add',
    },
    {
      value: 'reduce',
      label: words('Release'),
      description: words('take pledged coins back into it: the LTV rises'),
      icon: 'remove',
    },
  ];
  const none: Readonly<Record<Direction, Words>> = {
    add: words('the Funding wallet holds no coin that counts as collateral'),
    reduce: words('nothing is pledged'),
  };
  return rows.map((row) =>
    coinsOf(desk.book, row.value).length > 0
      ? row
      : { ...row, value: undefined, description: none[row.value], icon: 'circle-slash' },
  );
}

function coinRows({ desk, locale }: Host, direction: Direction): Choice<string>[] {
  const { book, thresholds } = desk;
  if (book === undefined) return [];
  const text = (amount: Decimal, coin: string) =>
    formatCoin(amount, coinName(coin), { locale, maxPlaces: COLLATERAL_PLACES });
  if (direction === 'add') {
    return pledgeable(book).map(({ coin, amount }) => ({
      value: coin,
      label: verbatim(coinName(coin)),
      description: [words('{0} free', text(amount, coin)), addedWords(book, coin, amount, locale)],
    }));
  }
  return book.collateral.map(({ coin, amount }) => ({
    value: coin,
    label: verbatim(coinName(coin)),
    description: [
      words('{0} pledged', text(amount, coin)),
      words('up to {0} may leave', text(largestRelease(book, coin, thresholds), coin)),
    ],
  }));
}

function amountQuestion(host: Host, answers: Answers): AmountQuestion {
  const { desk, locale } = host;
  const { direction = 'add', coin = '' } = answers;
  const { book, thresholds } = desk;
  const isAddition = direction === 'add';
  const most = () => largest(host, answers);
  return {
    coin,
    placeholder: isAddition
      ? words('How much {0} to pledge? An amount, max, or a share like 50 %', coinName(coin))
      : words('How much {0} to take back? An amount, max, or a share like 50 %', coinName(coin)),
    amount: answers.amount,
    places: COLLATERAL_PLACES,
    most,
    proposals: () => (isAddition ? additions(host, coin, most()) : releases(host, coin, most())),
    nothing: isAddition
      ? words('The Funding wallet holds no {0}.', coinName(coin))
      : words(
          'No {0} may leave: the LTV would pass {1}.',
          coinName(coin),
          formatLevel(thresholds.marginCall, locale),
        ),
    judge: (amount) =>
      judged(
        host,
        operationOf({ direction, coin, amount }, host),
        () => true,
        (review) => {
          const usd = book === undefined ? undefined : usdWords(book, coin, amount, locale);
          return {
            effect: [...(usd ? [usd] : []), ltvChange(review, locale)],
            isWarning: !isAddition && isAboveInitial(review.after, thresholds),
          };
        },
      ),
  };
}

function largest({ desk }: Host, { direction, coin = '' }: Answers): Decimal {
  const { book, thresholds } = desk;
  if (book === undefined) return ZERO;
  return direction === 'reduce' ? largestRelease(book, coin, thresholds) : largestAddition(book, coin);
}

function additions({ desk, locale }: Host, coin: string, most: Decimal): readonly Proposal[] {
  const { book, thresholds } = desk;
  const targets = book === undefined ? [] : pledgeProposals(book, coin, thresholds);
  return [
    ...shares(most, COLLATERAL_PLACES, words('All of it')),
    ...targets.map(({ target, amount }) => ({
      label: words('To an LTV of {0}', formatLevel(target, locale)),
      amount,
    })),
  ];
}

/** The least first. What leaves the LTV at the initial line comes before what may leave at most: the rest is close to a margin call. */
function releases({ desk, locale }: Host, coin: string, most: Decimal): readonly Proposal[] {
  const { book, thresholds } = desk;
  const careful = book === undefined ? ZERO : carefulRelease(book, coin, thresholds);
  const { initial, marginCall } = thresholds;
  const whole =
    careful === most
      ? words('All that may leave')
      : words('Up to the initial line ({0})', formatLevel(initial, locale));
  return [
    ...shares(careful, COLLATERAL_PLACES, whole).toReversed(),
    { label: words('Maximum, up to the margin call ({0})', formatLevel(marginCall, locale)), amount: most },
  ];
}
