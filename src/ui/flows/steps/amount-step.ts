import { type Decimal, decimal, gt, ZERO } from '../../../bybit/decimal';
import { type Words, words } from '../../../bybit/words';
import { readAmount } from '../../../desk/amount-input';
import { formatAmount, formatCoin } from '../../../desk/format';
import type { Finding, Operation, Review } from '../../../desk/operation';
import { shareOf } from '../../../desk/shares';
import { coinName } from '../../coin-name';
import type { Choice, PickQuestion } from '../../flow/question';
import { pickStep } from '../../flow/steps';
import type { Step } from '../../flow/walk';
import { verbatim } from '../../tree/row';
import type { Host } from '../host';
import { reviewOf, whyNoReview } from './review-of';

/** What an amount would do, or why it does not pass. */
export interface Judgement {
  readonly problem: Words | undefined;
  /** Beside the amount: the width is for two or three short figures. */
  readonly effect: readonly Words[];
  /** Under what is typed. */
  readonly more: readonly Words[];
  /** Worth a second look, though it passes. */
  readonly isWarning: boolean;
}

/** An amount that is proposed, e.g. "Half". */
export interface Proposal {
  readonly label: Words;
  readonly amount: Decimal;
}

/** A question for an amount of one coin. */
export interface AmountQuestion {
  readonly coin: string;
  readonly placeholder: Words;
  /** As answered before, or handed over. */
  readonly amount: Decimal | undefined;
  /** Decimals that may be typed. */
  readonly places: number;
  /** What `max` and shares are taken of. */
  most(): Decimal;
  proposals(): readonly Proposal[];
  /** Why nothing is proposed, when nothing is. */
  readonly nothing: Words;
  /** The proposal that is marked at first. */
  marked?(): Decimal | undefined;
  judge(amount: Decimal): Judgement;
}

/** A step that asks for an amount: proposals with their effect, or one typed in place of them, judged with every key. */
export function amountStep<C>(
  id: string,
  host: Host,
  question: (context: C) => AmountQuestion,
  take: (context: C, amount: Decimal) => C,
): Step<C> {
  return pickStep<C, Decimal>(id, (context) => pickQuestion(host, () => question(context)), take);
}

/** The question is made anew with every drawing: prices and balances move meanwhile. */
function pickQuestion({ desk, locale }: Host, now: () => AmountQuestion): PickQuestion<Decimal> {
  const { amount, placeholder, marked } = now();
  const first = marked?.();
  return {
    placeholder,
    choices: () => proposalRows(now(), locale),
    isCurrent: (value) => value === first,
    typed: (text) => typedRow(text, now(), locale),
    ...(amount !== undefined && { text: formatAmount(amount, { locale, maxPlaces: 80 }) }),
    watch: (redraw) => desk.onDidChange(redraw),
  };
}

function proposalRows(
  { coin, proposals, nothing, judge }: AmountQuestion,
  locale: string,
): Choice<Decimal>[] {
  const seen = new Set<Decimal>();
  const rows = proposals().flatMap(({ label, amount }): Choice<Decimal>[] => {
    if (!gt(amount, ZERO) || seen.has(amount)) return [];
    seen.add(amount);
    const { problem, effect, isWarning } = judge(amount);
    if (problem !== undefined) return [];
    const text = verbatim(formatCoin(amount, coinName(coin), { locale }));
    return [{ value: amount, label, description: [text, ...effect], ...(isWarning && { icon: 'warning' }) }];
  });
  return rows.length > 0 ? rows : [{ value: undefined, label: nothing, icon: 'warning' }];
}

function typedRow(
  text: string,
  { coin, places, most, judge }: AmountQuestion,
  locale: string,
): Choice<Decimal> {
  const read = readAmount(text, { coin: coinName(coin), locale, maxPlaces: places, most: most() });
  if ('problem' in read) return { value: undefined, label: read.problem, icon: 'error' };
  const { problem, effect, more, isWarning } = judge(read.value);
  const label = verbatim(formatCoin(read.value, coinName(coin), { locale, maxPlaces: 80 }));
  if (problem !== undefined) return { value: undefined, label: problem, icon: 'error' };
  return {
    value: read.value,
    label,
    description: effect,
    ...(more.length > 0 && { detail: more }),
    icon: isWarning ? 'warning' : 'check',
  };
}

const SHARES = [
  { percent: decimal('100'), label: words('Maximum') },
  { percent: decimal('75'), label: words('Three quarters') },
  { percent: decimal('50'), label: words('Half') },
  { percent: decimal('25'), label: words('A quarter') },
] as const;

/** The maximum and the usual shares of it, rounded down at `places`. `whole` names the maximum otherwise. */
export function shares(most: Decimal, places: number, whole?: Words): readonly Proposal[] {
  return SHARES.map(({ percent, label }, index) => ({
    label: index === 0 ? (whole ?? label) : label,
    amount: shareOf(most, percent, places),
  }));
}

/**
 * What the desk says about an operation that an amount would make: its findings on the fields of this step (others are
 * still to be answered), and the effect as `tell` reads it from the review.
 */
export function judged(
  { desk }: Host,
  operation: Operation,
  isMine: (field: string) => boolean,
  tell: (review: Review) => Pick<Judgement, 'effect'> & Partial<Judgement>,
): Judgement {
  const review = reviewOf(desk, operation);
  if (review === undefined) {
    // Whatever is typed, that stands in the way.
    return { problem: whyNoReview(desk, operation)[0]?.words, effect: [], more: [], isWarning: false };
  }
  const mine = review.findings.filter(({ field }) => isMine(field));
  const of = (severity: Finding['severity']) => mine.filter((finding) => finding.severity === severity);
  const told = tell(review);
  return {
    problem: told.problem ?? of('error')[0]?.words,
    effect: told.effect,
    more: [...(told.more ?? []), ...of('warning').map((finding) => finding.words)],
    isWarning: told.isWarning === true,
  };
}
