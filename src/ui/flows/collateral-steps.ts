import { type Decimal, ZERO } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import type { CoinAmount } from '../../desk/book';
import { addedWords, isAboveInitial, ltvWords, missingCollateral } from '../../desk/effect';
import { formatCoin, formatLevel, formatPercent, formatUsd } from '../../desk/format';
import { COLLATERAL_PLACES, largestAddition, pledgeable } from '../../desk/limits';
import type { Operation } from '../../desk/operation';
import { leastPledge, pledgeProposals, type TargetAmount, USUAL_TARGET } from '../../desk/proposals';
import { bookAfter } from '../../desk/review';
import { coinName } from '../coin-name';
import type { Choice, Remark } from '../flow/question';
import { manyStep } from '../flow/steps';
import type { Step } from '../flow/walk';
import { verbatim } from '../tree/row';
import type { Host } from './host';
import { type AmountQuestion, amountStep, judged, type Proposal } from './steps/amount-step';

/** The part of a flow's answers that names coins to pledge with the request. */
export interface PledgeAnswers {
  /** Coins to pledge; undefined before it was asked. */
  readonly pledge: readonly string[] | undefined;
  /** How much of each, also of coins that were taken out of `pledge` again. */
  readonly amounts: ReadonlyMap<string, Decimal>;
}

/** Id of the step that picks the coins, and the field of findings on all of them. */
export const COLLATERAL = 'collateral';

/** What is pledged as far as it was answered. */
export function pledgeOf({ pledge, amounts }: PledgeAnswers): readonly CoinAmount[] {
  return (pledge ?? []).flatMap((coin) => {
    const amount = amounts.get(coin);
    return amount === undefined ? [] : [{ coin, amount }];
  });
}

/** The step that answers a finding's field, e.g. `collateral.ETH`. */
export function pledgeStepOf(field: string): string | undefined {
  return field === COLLATERAL || field.startsWith(`${COLLATERAL}.`) ? field : undefined;
}

/**
 * Which coins of the wallet to pledge, then how much of each; nothing when the wallet holds none that counts.
 * `operationWith` is the operation with a pledge in place of the answered one.
 */
export function pledgeSteps<C extends PledgeAnswers>(
  { pledge }: C,
  host: Host,
  operationWith: (context: C, pledge: readonly CoinAmount[]) => Operation,
): readonly Step<C>[] {
  const { desk } = host;
  if (desk.book === undefined || pledgeable(desk.book).length === 0) return [];
  const coins = manyStep<C, string>(
    COLLATERAL,
    (context) => ({
      placeholder: words('Tick the coins to pledge from the Funding wallet'),
      choices: () => coinRows(host),
      isPicked: (coin) => context.pledge?.includes(coin) === true,
      remark: (picked) => enough(host, picked, (held) => operationWith(context, held)),
    }),
    (context, picked) => ({ ...context, pledge: picked }),
  );
  const amounts = (pledge ?? []).map((coin) =>
    amountStep<C>(
      `${COLLATERAL}.${coin}`,
      host,
      (context) => amountQuestion(host, coin, context, (held) => operationWith(context, held)),
      (context, amount) => ({ ...context, amounts: new Map(context.amounts).set(coin, amount) }),
    ),
  );
  return [coins, ...amounts];
}

function coinRows({ desk, locale }: Host): Choice<string>[] {
  const { book } = desk;
  if (book === undefined) return [];
  return pledgeable(book).map(({ coin, amount }) => ({
    value: coin,
    label: verbatim(coinName(coin)),
    description: [
      words('{0} free', formatCoin(amount, coinName(coin), { locale })),
      addedWords(book, coin, amount, locale),
    ],
  }));
}

/** Whether all of the ticked coins would do. */
function enough(
  { desk, locale }: Host,
  picked: readonly string[],
  operationWith: (pledge: readonly CoinAmount[]) => Operation,
): Remark | undefined {
  const { book } = desk;
  if (book === undefined) return undefined;
  const all = picked.map((coin) => ({ coin, amount: largestAddition(book, coin) }));
  const { after, findings, thresholds } = desk.review(operationWith(all));
  const closed = findings.find(({ field, severity }) => field === COLLATERAL && severity === 'error');
  if (isAboveInitial(after, thresholds)) {
    const missing = formatUsd(missingCollateral(after, thresholds), locale);
    return picked.length === 0
      ? error(words('Tick coins to pledge: {0} more must count', missing))
      : error(words('Not enough: {0} short. Tick more, or go back', missing));
  }
  if (closed !== undefined) return error(closed.words);
  const ltv = after.ltv === undefined ? '' : formatPercent(after.ltv, 2, locale);
  return {
    severity: 'info',
    words:
      picked.length === 0
        ? words('LTV {0}: enough. Tick coins to pledge more, or go on', ltv)
        : words('LTV {0} with all of it: enough. How much comes next', ltv),
  };
}

function error(what: Words): Remark {
  return { severity: 'error', words: what };
}

/** How much of one coin, with the other coins as far as they were answered. */
function amountQuestion(
  host: Host,
  coin: string,
  context: PledgeAnswers,
  operationWith: (pledge: readonly CoinAmount[]) => Operation,
): AmountQuestion {
  const { desk, locale } = host;
  const { book, thresholds } = desk;
  const others = pledgeOf(context).filter((held) => held.coin !== coin);
  const targets = () => targetsOf(host, coin, operationWith(others));
  return {
    coin,
    placeholder: words('How much {0} to pledge? An amount, max, or a share like 50 %', coinName(coin)),
    amount: context.amounts.get(coin),
    places: COLLATERAL_PLACES,
    most: () => (book === undefined ? ZERO : largestAddition(book, coin)),
    proposals: () => proposals(host, coin, operationWith(others)),
    marked: () => {
      const all = targets();
      return (all.find(({ target }) => target === USUAL_TARGET) ?? all.at(-1))?.amount;
    },
    nothing: words('The Funding wallet holds no {0}.', coinName(coin)),
    judge: (amount) =>
      judged(
        host,
        operationWith([...others, { coin, amount }]),
        (field) => field === `${COLLATERAL}.${coin}`,
        ({ after }) => {
          const isShort = isAboveInitial(after, thresholds);
          const missing = formatUsd(missingCollateral(after, thresholds), locale);
          const ltv = ltvWords(after, locale);
          return { effect: isShort ? [ltv, words('{0} short', missing)] : [ltv], isWarning: isShort };
        },
      ),
  };
}

function targetsOf({ desk }: Host, coin: string, rest: Operation): readonly TargetAmount[] {
  const { book, snapshot, thresholds } = desk;
  return book === undefined ? [] : pledgeProposals(bookAfter(rest, book, snapshot), coin, thresholds);
}

/** `rest` is the operation without this coin. */
function proposals(host: Host, coin: string, rest: Operation): readonly Proposal[] {
  const { desk, locale } = host;
  const { book, snapshot, thresholds } = desk;
  if (book === undefined) return [];
  const least = leastPledge(bookAfter(rest, book, snapshot), coin, thresholds);
  return [
    { label: words('All of it'), amount: largestAddition(book, coin) },
    ...targetsOf(host, coin, rest).map(({ target, amount }) => ({
      label: words('For an LTV of {0}', formatLevel(target, locale)),
      amount,
    })),
    ...(least === undefined ? [] : [{ label: words('Least that suffices'), amount: least }]),
  ];
}
