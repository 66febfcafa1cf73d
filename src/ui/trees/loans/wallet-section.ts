import { byCount, words } from '../../../bybit/words';
import { bandsOf } from '../../../desk/book-of';
import { formatCoin, formatUsd } from '../../../desk/format';
import { type WalletLine, type WalletLines, walletLines } from '../../../desk/holdings';
import { coinName } from '../../coin-name';
import { type Row, type Text, texts, verbatim } from '../../tree/row';
import { asOf, readingRow } from '../read-rows';
import type { LoansView, Section } from './section';

/** What is free in the Funding wallet: loans are paid into it, repayments and collateral come out of it. */
export const walletSection: Section = (view) => {
  const { wallet, prices, collateralRules } = view.desk.snapshot.parts;
  if (wallet.value === undefined) {
    return wallet.failure === undefined ? [readingRow('wallet', words('Funding wallet'))] : [];
  }
  const rules = collateralRules.value;
  const bands = view.desk.book?.bands ?? (rules === undefined ? undefined : bandsOf(rules));
  return [walletRow(view, walletLines(wallet.value, view.desk.book?.prices ?? prices.value, bands))];
};

function walletRow(view: LoansView, { lines, dust, usd, unpriced }: WalletLines): Row {
  const { desk, locale, now } = view;
  const row = {
    id: 'wallet',
    label: words('Funding wallet'),
    icon: { id: 'credit-card' },
  };
  if (lines.length === 0 && dust.length === 0) {
    return {
      ...row,
      description: texts(words('empty'), asOf(desk.snapshot.parts, ['wallet'], now)),
      tooltip: [
        words('Collateral and repayments come out of the Funding wallet: move coins there on Bybit first.'),
      ],
    };
  }
  return {
    ...row,
    description: texts(
      verbatim(formatUsd(usd, locale)),
      unpriced.length === 0
        ? undefined
        : byCount(
            unpriced.length,
            words('without 1 coin that has no price'),
            words('without {0} coins that have no price', String(unpriced.length)),
          ),
      asOf(desk.snapshot.parts, ['wallet', 'prices'], now),
    ),
    tooltip: texts<Text>(
      words(
        'Free balances at today’s prices. Loans are paid into it; repayments and collateral come out of it.',
      ),
      unpriced.length === 0
        ? undefined
        : words('Without a price, so not in the sum: {0}', unpriced.map(coinName).join(', ')),
    ),
    expanded: desk.book !== undefined && desk.book.debts.length === 0,
    children: [...lines.map((line) => coinRow(line, locale)), ...dustRow(dust, locale)],
  };
}

function coinRow({ coin, amount, usd, pledgeable }: WalletLine, locale: string): Row {
  const name = coinName(coin);
  return {
    id: `coin:${coin}`,
    // Exact in the tooltip.
    label: verbatim(formatCoin(amount, name, { locale, maxPlaces: 8, rounding: 'down' })),
    description: texts(
      usd === undefined ? words('no price') : verbatim(formatUsd(usd, locale)),
      pledgeable === false ? words('no collateral') : undefined,
    ),
    tooltip: texts<Text>(
      words('{0} free', formatCoin(amount, name, { locale })),
      pledgeable === true ? words('It can be pledged as collateral.') : undefined,
      pledgeable === false ? words('Bybit does not take it as collateral.') : undefined,
    ),
    icon: pledgeable === true ? { id: 'unlock' } : { id: 'circle-outline' },
    ...(pledgeable === true
      ? { tokens: ['pledgeable'], about: { coin, direction: 'add' as const } }
      : { about: { coin } }),
  };
}

/** Small change folded away, so that what matters is not lost among it. */
function dustRow(dust: readonly WalletLine[], locale: string): readonly Row[] {
  if (dust.length === 0) return [];
  return [
    {
      id: 'dust',
      label: words('{0} more', String(dust.length)),
      description: words('worth less than 1 USD each'),
      icon: { id: 'ellipsis' },
      children: dust.map((line) => coinRow(line, locale)),
    },
  ];
}
