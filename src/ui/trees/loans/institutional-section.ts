import { add, type Decimal, gte, ZERO } from '../../../bybit/decimal';
import { type Words, words } from '../../../bybit/words';
import { formatLevel, formatPercent, formatUsd } from '../../../desk/format';
import { type RiskUnit, riskUnitOf, type UnitActivity, type UnitLines } from '../../../desk/loans/risk-unit';
import { type Row, type RowIcon, type Text, texts, verbatim } from '../../tree/row';
import { asOf } from '../read-rows';
import { hadText, owedText } from './figure-words';
import type { Section } from './section';

const ACTIVITIES: { readonly [What in UnitActivity]: Words } = {
  liquidation: words('a liquidation runs'),
  repayment: words('a repayment runs'),
  transfer: words('a transfer runs'),
  other: words('the exchange is at work on it'),
};

const LINES: readonly (readonly [keyof UnitLines, Words])[] = [
  ['withdraw', words('No withdrawal from')],
  ['transfer', words('No transfer from')],
  ['spotBuy', words('No spot buying from')],
  ['contractOpen', words('No new contracts from')],
  ['spotSell', words('No spot selling from')],
  ['deferredLiquidation', words('Deferred liquidation from')],
  ['liquidation', words('Liquidation from')],
  ['stopLiquidation', words('Liquidation stops at')],
];

/** The institutional risk unit: its LTV against its own lines, what it owes and holds. */
export const institutionalSection: Section = (view) => {
  const { snapshot } = view.desk;
  const unit = riskUnitOf(snapshot);
  if (unit === undefined) return [];
  const { locale } = view;
  return [
    {
      id: 'unit',
      label: words('Institutional unit'),
      description: texts(
        unit.ltv === undefined ? undefined : words('LTV {0}', formatPercent(unit.ltv, 2, locale)),
        unit.activity === undefined ? undefined : ACTIVITIES[unit.activity],
        unit.debtUsd === undefined ? undefined : verbatim(formatUsd(unit.debtUsd, locale)),
        asOf(snapshot.parts, ['riskUnit', 'insOrders'], view.now),
      ),
      tooltip: tooltipOf(unit, locale),
      icon: iconOf(unit),
      tokens: ['riskUnit'],
      about: { record: unit.parentUid },
      children: [
        ...debtRows(unit, locale),
        ...assetsRow(unit, locale),
        ...linesRow(unit, locale),
        uidsRow(unit),
      ],
    },
  ];
};

function tooltipOf({ debtUsd, balanceUsd, activity, countdown }: RiskUnit, locale: string): readonly Text[] {
  return texts<Text>(
    words('The risk unit of your institutional loans, with an LTV and lines of its own.'),
    debtUsd === undefined ? undefined : words('Owed {0}', formatUsd(debtUsd, locale)),
    balanceUsd === undefined ? undefined : words('Assets count {0}', formatUsd(balanceUsd, locale)),
    activity === undefined
      ? undefined
      : words('Meanwhile Bybit shows no figures of it and takes no repayment.'),
    countdown === undefined ? undefined : words('Before the liquidation Bybit says: {0}', countdown),
    words('It counts what the Unified wallets of its UIDs hold.'),
  );
}

function iconOf({ ltv, activity, lines }: RiskUnit): RowIcon {
  if (activity === 'liquidation') return { id: 'flame', color: 'charts.red' };
  const isPast = (line: Decimal | undefined) => ltv !== undefined && line !== undefined && gte(ltv, line);
  if (isPast(lines.liquidation)) return { id: 'flame', color: 'charts.red' };
  if (isPast(lines.deferredLiquidation)) return { id: 'error', color: 'charts.red' };
  if (isPast(lines.withdraw)) return { id: 'warning', color: 'charts.orange' };
  return { id: 'organization' };
}

function debtRows({ debts, parentUid }: RiskUnit, locale: string): readonly Row[] {
  return debts.map(({ coin, principal, interest }) => ({
    id: `debt:${coin}`,
    label: verbatim(owedText(add(principal, interest ?? ZERO), coin, locale)),
    description:
      interest === undefined
        ? words('principal unpaid')
        : words(
            'principal {0} · interest {1}',
            owedText(principal, coin, locale),
            owedText(interest, coin, locale),
          ),
    icon: { id: 'arrow-small-down' },
    tokens: ['unitDebt'],
    about: { coin, record: parentUid },
  }));
}

function assetsRow({ assets, balanceUsd }: RiskUnit, locale: string): readonly Row[] {
  if (assets.length === 0) return [];
  return [
    {
      id: 'assets',
      label: words('Assets ({0})', String(assets.length)),
      description:
        balanceUsd === undefined ? words('not told now') : words('count {0}', formatUsd(balanceUsd, locale)),
      icon: { id: 'lock' },
      children: assets.map(({ coin, amount, countedUsd }) => ({
        id: coin,
        label: verbatim(hadText(amount, coin, locale)),
        description:
          countedUsd === undefined
            ? words('not told now')
            : words('counts {0}', formatUsd(countedUsd, locale)),
        icon: { id: 'lock-small' },
      })),
    },
  ];
}

function linesRow({ lines, ltv }: RiskUnit, locale: string): readonly Row[] {
  const known = LINES.flatMap(([name, label]): readonly Row[] => {
    const at = lines[name];
    if (at === undefined) return [];
    const isPast = name !== 'stopLiquidation' && ltv !== undefined && gte(ltv, at);
    return [
      {
        id: name,
        label,
        description: texts(words('{0} LTV', formatLevel(at, locale)), isPast ? words('reached') : undefined),
        icon: isPast ? { id: 'warning', color: 'charts.orange' } : { id: 'circle-outline' },
      },
    ];
  });
  if (known.length === 0) return [];
  return [
    {
      id: 'lines',
      label: words('Lines'),
      description: words('of its products, the strictest of each'),
      icon: { id: 'list-tree' },
      children: known,
    },
  ];
}

function uidsRow({ parentUid, uids }: RiskUnit): Row {
  return {
    id: 'uids',
    label: words('UIDs ({0})', String(uids.length + 1)),
    description: words('{0} may repay', parentUid),
    icon: { id: 'account' },
    tokens: ['unitUids'],
    about: { record: parentUid },
    children: [
      { id: `uid:${parentUid}`, label: verbatim(parentUid), description: words('designated, may repay') },
      ...uids
        .filter((uid) => uid !== parentUid)
        .map((uid) => ({
          id: `uid:${uid}`,
          label: verbatim(uid),
          description: words('bound'),
          tokens: ['unitUid'],
          about: { record: uid },
        })),
    ],
  };
}
