import { abs, type Decimal } from '../../../bybit/decimal';
import { type Words, words } from '../../../bybit/words';
import { formatLevel, formatPercent, formatPoints, formatUsd } from '../../../desk/format';
import { type Line, type LineDistance, lineDistances, reachedLine } from '../../../desk/lines';
import type { Figures } from '../../../desk/operation';
import type { PartName } from '../../../desk/snapshot';
import { coinName } from '../../coin-name';
import { type Row, type Text, texts, verbatim } from '../../tree/row';
import { asOf, readingRow } from '../read-rows';
import { LINE_WORDS } from './line-words';
import type { LoansView, Section } from './section';

/** What the LTV rests on. */
const RESTS_ON: readonly PartName[] = ['position', 'flexibleLoans', 'collateralRules', 'prices'];
const NEEDED = ['position', 'collateralRules', 'prices'] as const;

/** The LTV with the way to each of its lines; nothing when nothing is owed. */
export const ltvSection: Section = (view) => {
  const { figures, thresholds } = view.desk;
  if (figures === undefined) return missing(view);
  const nothingOwed = figures.ltv === undefined && !figures.uncovered && figures.unpriced.length === 0;
  if (nothingOwed) return [];
  return [ltvRow(view, figures, reachedLine(figures, thresholds)), ...unpricedRow(figures)];
};

/** While what it needs is read for the first time, or could not be. */
function missing({ desk }: LoansView): readonly Row[] {
  const { parts } = desk.snapshot;
  const failed = NEEDED.some((name) => parts[name].value === undefined && parts[name].failure !== undefined);
  if (!failed) return [readingRow('ltv', words('LTV'))];
  return [
    {
      id: 'ltv',
      label: words('LTV'),
      description: words('not known'),
      tooltip: [
        words(
          'It needs the position, the collateral rules and the prices, and not all of them could be read.',
        ),
      ],
      icon: { id: 'circle-slash' },
      tokens: ['failed'],
      command: 'loanDesk.refresh',
    },
  ];
}

function ltvRow(view: LoansView, figures: Figures, reached: Line | undefined): Row {
  const { desk, locale, now } = view;
  const shown = figures.ltv === undefined ? undefined : formatPercent(figures.ltv, 2, locale);
  const stale = asOf(desk.snapshot.parts, RESTS_ON, now);
  return {
    id: 'ltv',
    label: shown === undefined ? words('LTV') : words('LTV {0}', shown),
    description: texts(stateWords(figures, reached), stale),
    tooltip: ltvTooltip(view, figures),
    icon:
      reached === undefined
        ? { id: 'pass', color: figures.ltv === undefined ? 'disabledForeground' : 'charts.green' }
        : LINE_WORDS[reached].icon,
    expanded: true,
    children: lineDistances(figures, desk.thresholds).map((distance) => lineRow(distance, locale)),
  };
}

function stateWords(figures: Figures, reached: Line | undefined): Words {
  if (figures.uncovered) return words('no collateral counts');
  if (reached !== undefined) return LINE_WORDS[reached].past;
  return figures.ltv === undefined ? words('not known') : words('under all lines');
}

function ltvTooltip({ desk, locale }: LoansView, figures: Figures): readonly Text[] {
  const said = desk.snapshot.parts.position.value?.ltv;
  return texts<Text>(
    words('Loan to value: what is owed against what the collateral counts.'),
    [
      words('Owed {0}', formatUsd(figures.debtUsd, locale)),
      words('Collateral {0}, after tiers and haircut', formatUsd(figures.collateralUsd, locale)),
    ],
    figures.ltv === undefined
      ? undefined
      : words('Exactly {0}, rounded up', formatPercent(figures.ltv, 4, locale)),
    said === undefined ? undefined : words('Bybit itself says {0}', formatPercent(said, 4, locale)),
    words('Bybit publishes the lines on a help page only; they can be changed in the settings.'),
  );
}

function lineRow({ line, at, room, reached, drop }: LineDistance, locale: string): Row {
  const { name, meaning, icon } = LINE_WORDS[line];
  return {
    id: line,
    label: name,
    description: reached ? reachedWords(room, at, locale) : distanceWords({ room, at, drop }, locale),
    tooltip: texts<Text>(
      [name, words('at an LTV of {0}', formatLevel(at, locale))],
      meaning,
      room === undefined || reached
        ? undefined
        : words('It is {0} percentage points (pp) away.', formatPoints(room, locale)),
      reached ? undefined : dropWords(drop, locale),
    ),
    icon: reached ? icon : { id: 'circle-outline' },
  };
}

function dropWords(drop: Decimal | undefined, locale: string): Words {
  return drop === undefined
    ? words('No fall of all coins but stable ones leads there.')
    : words(
        'The line is met when all coins but stable ones fall by {0} together.',
        formatPercent(drop, 4, locale),
      );
}

function reachedWords(room: Decimal | undefined, at: Decimal, locale: string): readonly Words[] {
  const line = formatLevel(at, locale);
  return [
    words('reached'),
    room === undefined
      ? words('at {0}', line)
      : words('{0} pp over {1}', formatPoints(abs(room), locale), line),
  ];
}

function distanceWords(
  { room, at, drop }: Pick<LineDistance, 'room' | 'at' | 'drop'>,
  locale: string,
): readonly Words[] {
  const line = formatLevel(at, locale);
  return [
    room === undefined ? words('at {0}', line) : words('{0} pp to {1}', formatPoints(room, locale), line),
    drop === undefined
      ? words('no market fall leads there')
      : words('market fall of {0}', formatPercent(drop, 2, locale)),
  ];
}

/** Coins whose value nobody knows: the LTV is worth less for it, so it is said beside it. */
function unpricedRow({ unpriced }: Figures): readonly Row[] {
  if (unpriced.length === 0) return [];
  const names = unpriced.map(coinName);
  return [
    {
      id: 'unpriced',
      label: words('Left out of the figures'),
      description: verbatim(names.join(', ')),
      tooltip: [
        words(
          'No price is known for these coins, or they count nothing as collateral: {0}',
          names.join(', '),
        ),
        words('LTV, distances, liquidation prices and interest do not hold them.'),
      ],
      icon: { id: 'warning', color: 'list.warningForeground' },
    },
  ];
}
