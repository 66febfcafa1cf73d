import { gt, ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import { formatPercent } from '../../../desk/format';
import type { WaitingOrder } from '../../../desk/loans/orders';
import { utcMinute } from '../../../desk/utc';
import { type Row, type Text, texts, verbatim } from '../../tree/row';
import { hadText, rateWords } from './figure-words';
import type { LoansView } from './section';

/** An order of either side of the fixed market that waits for the other. */
export function orderRow(order: WaitingOrder, { locale }: LoansView): Row {
  const { side, id, coin, rest, filled, annualRate, term, since } = order;
  const isBorrow = side === 'borrow';
  const waits = hadText(rest, coin, locale);
  const rate = rateWords(annualRate, locale);
  return {
    id: `order:${id}`,
    label: isBorrow ? words('Borrow {0}', waits) : words('Lend {0}', waits),
    description: texts(
      verbatim(formatPercent(annualRate, 2, locale)),
      words('{0} d', String(term)),
      words('waits'),
      gt(filled, ZERO) ? words('{0} filled', hadText(filled, coin, locale)) : undefined,
    ),
    tooltip: texts<Text>(
      words('Order {0}', id),
      [words('{0} waits', waits), words('{0} filled', hadText(filled, coin, locale))],
      isBorrow
        ? [words('At most'), rate, words('for {0} days', String(term))]
        : [words('At least'), rate, words('for {0} days', String(term))],
      order.isAllOrNothing ? words('Filled whole or not at all.') : undefined,
      words('Since {0}', utcMinute(since)),
      words('Orders are matched once a minute.'),
    ),
    icon: { id: 'watch' },
    tokens: [isBorrow ? 'fixedOrder' : 'supplyOrder'],
    about: { coin, record: id },
  };
}
