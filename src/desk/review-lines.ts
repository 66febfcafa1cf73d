import { type Decimal, type Rounding, round, ZERO } from '../bybit/decimal';
import { type Words, words } from '../bybit/words';
import type { Thresholds } from './book';
import {
  formatAge,
  formatAmount,
  formatLevel,
  formatPercent,
  formatPoints,
  formatPrice,
  formatUsd,
} from './format';
import { COLLATERAL_PLACES } from './limits';
import { dangersOf, type LineDistance, lineDistances, ownLines, type PriceDanger } from './lines';
import type { Figures, Finding, Review } from './operation';
import type { PoolName } from './pools/pool';
import { utcTime } from './utc';

/**
 * A review as lines that people read: plain data without `vscode`, so that flows, panels and the journal show the same.
 * Figures are written in the locale with their unit; a figure that is missing is one that does not exist (no loan, no
 * price that would matter).
 */
export interface ReviewLine {
  readonly label: Words;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** One thing to know each. */
  readonly notes: readonly Words[];
  readonly isWarning: boolean;
}

export interface ReviewSection {
  readonly id: 'warnings' | 'deal' | 'amounts' | 'risk' | 'interest' | 'data';
  readonly title: Words;
  readonly lines: readonly ReviewLine[];
}

export interface ReviewTextOptions {
  /** BCP 47. */
  readonly locale: string;
  /** Local epoch milliseconds, for the age of the data. */
  readonly now: number;
  /** What stands in the way is shown apart from the sections. */
  readonly errorsApart?: boolean;
}

/**
 * Everything a person should see before confirming, the weightiest first: what to mind, the deal (`terms` are what the
 * operation itself costs and asks for), what moves, and the risk. What the operation leaves as it is takes one line. Sections
 * without lines are left out.
 */
export function reviewSections(
  review: Review,
  options: ReviewTextOptions,
  terms: readonly ReviewLine[] = [],
): readonly ReviewSection[] {
  const minded = review.findings.filter(({ severity }) => !options.errorsApart || severity !== 'error');
  const interest = interestLines(review, options);
  const isPart = changesInterest(review);
  const sections: readonly ReviewSection[] = [
    { id: 'warnings', title: words('Mind'), lines: minded.map(findingLine) },
    { id: 'deal', title: words('The deal'), lines: [...terms, ...(isPart ? interest : [])] },
    { id: 'amounts', title: words('What moves'), lines: amountLines(review, options) },
    { id: 'risk', title: words('Risk'), lines: riskLines(review, options) },
    { id: 'interest', title: words('Interest'), lines: isPart ? [] : interest },
    { id: 'data', title: words('Data'), lines: [checksLine(review), dataLine(review, options)] },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

/** Both sides of a line in one sentence: "20.00 % → 52.43 %", or the one figure that stays. */
export function changeWords({ before, after }: ReviewLine): Words | undefined {
  if (before === undefined && after === undefined) return undefined;
  if (before === undefined) return words('none → {0}', after ?? '');
  if (after === undefined) return words('{0} → none', before);
  return before === after ? { text: '{0}', args: [after] } : words('{0} → {1}', before, after);
}

function findingLine({ severity, words: text }: Finding): ReviewLine {
  return {
    label: text,
    before: undefined,
    after: undefined,
    notes: severity === 'error' ? [words('stands in the way')] : [],
    isWarning: true,
  };
}

function line(
  label: Words,
  before: string | undefined,
  after: string | undefined,
  notes: readonly Words[] = [],
): ReviewLine {
  return { label, before, after, notes, isWarning: false };
}

// ── Risk ────────────────────────────────────────────────────────────────────

function riskLines(review: Review, options: ReviewTextOptions): readonly ReviewLine[] {
  const lines = allRiskLines(review, options);
  return changesRisk(review) ? lines : unchangedRisk(review, lines, options);
}

/** Whether the LTV, or what of prices leads to one of its lines, becomes another. */
function changesRisk({ before, after }: Review): boolean {
  const grounds = ({ ltv, debtUsd, collateralUsd, drop, liquidation, uncovered, unpriced }: Figures) =>
    JSON.stringify([ltv, debtUsd, collateralUsd, drop, liquidation, uncovered, unpriced]);
  return grounds(before) !== grounds(after);
}

/** The LTV with the way to liquidation, and what is amiss already. */
function unchangedRisk(
  { after }: Review,
  [ltv, ...others]: readonly ReviewLine[],
  { locale }: ReviewTextOptions,
): ReviewLine[] {
  if (ltv === undefined) return [];
  const fall = after.drop.liquidation;
  const notes = [
    words('does not change'),
    ...(fall === undefined
      ? []
      : [words('liquidation if all coins fall by {0}, stable coins stay', formatPercent(fall, 2, locale))]),
  ];
  return [{ ...ltv, notes: [...ltv.notes, ...notes] }, ...others.filter(({ isWarning }) => isWarning)];
}

function allRiskLines(
  { before, after, thresholds, pool }: Review,
  { locale }: ReviewTextOptions,
): readonly ReviewLine[] {
  const percent = (value: Decimal | undefined) =>
    value === undefined ? undefined : formatPercent(value, 2, locale);
  const distances = lineDistances(after, thresholds);
  const isUnit = pool === 'institutional';
  const ltv: ReviewLine = {
    label: words('LTV'),
    before: percent(before.ltv),
    after: percent(after.ltv),
    notes: ltvNotes(after),
    isWarning: distances.some(({ reached }) => reached),
  };
  const falls = [
    line(
      isUnit ? words('No spot selling if all coins fall by') : words('Margin call if all coins fall by'),
      percent(before.drop.marginCall),
      percent(after.drop.marginCall),
    ),
    // A pool without that line has it where it is liquidated (`pools/pool.ts`).
    ...(thresholds.delayedLiquidation === thresholds.liquidation
      ? []
      : [
          line(
            isUnit
              ? words('Deferred liquidation if all coins fall by')
              : words('Delayed liquidation if all coins fall by'),
            percent(before.drop.delayedLiquidation),
            percent(after.drop.delayedLiquidation),
          ),
        ]),
    line(
      words('Liquidation if all coins fall by'),
      percent(before.drop.liquidation),
      percent(after.drop.liquidation),
      [words('stable coins stay')],
    ),
  ];
  const shown = falls.filter((fall) => fall.before !== undefined || fall.after !== undefined);
  const own = ownLines(thresholds);
  const rooms =
    after.ltv === undefined
      ? []
      : distances.filter((way) => own.includes(way.line)).map((way) => roomLine(way, pool, locale));
  return [ltv, ...rooms, ...shown, ...priceLines(before, after, locale)];
}

function ltvNotes(after: Figures): readonly Words[] {
  if (after.uncovered) return [words('nothing that counts as collateral stands against the debt')];
  if (after.ltv === undefined) return [words('no loan is left')];
  return after.unpriced.map((coin) => words('without {0}, which has no price', coin));
}

/** The way to a line of the LTV. */
function roomLine(
  { line: name, at, room, reached }: LineDistance,
  pool: PoolName,
  locale: string,
): ReviewLine {
  const isPassed = reached || room === undefined;
  const labels = pool === 'institutional' ? UNIT_LINE_LABEL : LINE_LABEL;
  return {
    label: labels[name](formatLevel(at, locale)),
    before: undefined,
    after: undefined,
    notes: [isPassed ? words('passed') : words('{0} percentage points away', formatPoints(room, locale))],
    isWarning: isPassed,
  };
}

type LineLabels = { readonly [Line in keyof Thresholds]: (level: string) => Words };
const LINE_LABEL: LineLabels = {
  initial: (level) => words('Initial line ({0})', level),
  marginCall: (level) => words('Margin call ({0})', level),
  delayedLiquidation: (level) => words('Delayed liquidation ({0})', level),
  liquidation: (level) => words('Liquidation ({0})', level),
};
/** The lines of a risk unit stand in the places of those of a loan (`pools/institutional.ts`). */
const UNIT_LINE_LABEL: LineLabels = {
  initial: (level) => words('No withdrawal ({0})', level),
  marginCall: (level) => words('No spot selling ({0})', level),
  delayedLiquidation: (level) => words('Deferred liquidation ({0})', level),
  liquidation: LINE_LABEL.liquidation,
};

/** The price of each coin that alone leads to liquidation, where there is one before or after. */
function priceLines(before: Figures, after: Figures, locale: string): ReviewLine[] {
  const old = before.liquidation.flatMap(dangersOf);
  const now = after.liquidation.flatMap(dangersOf);
  const keyOf = ({ side, coin }: PriceDanger) => `${side} ${coin}`;
  const gone = old.filter((danger) => !now.some((other) => keyOf(other) === keyOf(danger)));
  return [...now, ...gone].map((danger) => {
    const find = (side: readonly PriceDanger[]) => side.find((other) => keyOf(other) === keyOf(danger));
    const label =
      danger.side === 'below'
        ? words('Liquidation if {0} falls to', danger.coin)
        : words('Liquidation if {0} rises to', danger.coin);
    return line(
      label,
      priceText(find(old), locale),
      priceText(find(now), locale),
      moveNotes(find(now), locale),
    );
  });
}

/** Rounded to the safe side: a fall reaches a price that is shown too high sooner. */
function priceText(danger: PriceDanger | undefined, locale: string): string | undefined {
  if (danger === undefined) return undefined;
  return formatPrice(danger.at, locale, danger.side === 'below' ? 'up' : 'down');
}

function moveNotes(danger: PriceDanger | undefined, locale: string): readonly Words[] {
  if (danger === undefined) return [];
  if (danger.reached) return [words('reached')];
  const move = formatPercent(danger.move, 2, locale);
  return [danger.side === 'below' ? words('{0} under today', move) : words('{0} over today', move)];
}

// ── Amounts ─────────────────────────────────────────────────────────────────

type ChangeLabels = { readonly [What in Review['changes'][number]['what']]: (coin: string) => Words };
const LOAN_CHANGE: ChangeLabels = {
  debt: (coin) => words('{0} owed', coin),
  collateral: (coin) => words('{0} pledged', coin),
  wallet: (coin) => words('{0} in the Funding wallet', coin),
};
/** What a risk unit holds is its collateral, and it pays out of it (API.md §7). */
const UNIT_CHANGE: ChangeLabels = {
  debt: LOAN_CHANGE.debt,
  collateral: (coin) => words('{0} held by the unit', coin),
  wallet: (coin) => words('{0} in the Unified wallet', coin),
};

function amountLines(review: Review, { locale }: ReviewTextOptions): ReviewLine[] {
  const { before, after, changes, pool } = review;
  const usd = (value: Decimal) => formatUsd(value, locale);
  const labels = pool === 'institutional' ? UNIT_CHANGE : LOAN_CHANGE;
  return [
    ...changes.map(({ what, coin, before: old, after: now }) => {
      const rounding = what === 'debt' ? 'up' : 'down';
      return line(
        labels[what](coin),
        amountText(old, coin, rounding, locale),
        amountText(now, coin, rounding, locale),
      );
    }),
    ...(changesRisk(review)
      ? [
          line(words('Debt in all'), usd(before.debtUsd), usd(after.debtUsd)),
          line(words('Collateral as it counts'), usd(before.collateralUsd), usd(after.collateralUsd), [
            words('after the ratios of its tiers'),
          ]),
        ]
      : []),
  ];
}

function amountText(value: Decimal, coin: string, rounding: Rounding, locale: string): string {
  const shown = round(value, COLLATERAL_PLACES, rounding);
  return `${formatAmount(shown, { locale })} ${coin}`;
}

// ── Interest and data ───────────────────────────────────────────────────────

function changesInterest({ before, after }: Review): boolean {
  return before.interestUsd.hour !== after.interestUsd.hour;
}

/** What debts with an hourly rate cost: of the new loans these are the flexible ones, fixed ones have paid in advance. */
function interestLines(review: Review, { locale }: ReviewTextOptions): ReviewLine[] {
  const { before, after, pool } = review;
  const isChanged = changesInterest(review);
  if (!isChanged && after.interestUsd.hour === ZERO) return [];
  const text = (period: keyof Figures['interestUsd']) => formatUsd(after.interestUsd[period], locale);
  return [
    line(
      pool === 'shared' ? words('Flexible interest a year') : words('Interest a year'),
      formatUsd(before.interestUsd.year, locale),
      text('year'),
      [
        ...(isChanged ? [] : [words('does not change')]),
        words('{0} a day', text('day')),
        words('{0} an hour', text('hour')),
        words("if today's rates and prices stay"),
      ],
    ),
  ];
}

function checksLine({ findings }: Review): ReviewLine {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const others = findings.length - errors;
  const notes = [
    ...(errors > 0 ? [words('{0} in the way, above', String(errors))] : []),
    ...(others > 0 ? [words('{0} to mind, above', String(others))] : []),
  ];
  return line(
    words('Checks before sending'),
    undefined,
    undefined,
    notes.length > 0 ? notes : [words('all passed')],
  );
}

function dataLine({ readAt }: Review, { now }: ReviewTextOptions): ReviewLine {
  return line(words('As read at'), utcTime(readAt, now), utcTime(readAt, now), [formatAge(now - readAt)]);
}
