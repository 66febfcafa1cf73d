import { add, type Decimal, gt, ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import { supplyOrders } from '../../../desk/loans/orders';
import { type Supply, suppliesOf } from '../../../desk/loans/supplies';
import { sumByCoin } from '../../../desk/sums';
import { type Row, type Text, texts, verbatim } from '../../tree/row';
import { asOf } from '../read-rows';
import {
  amountRow,
  dateRow,
  dueWords,
  hadText,
  lines as lineTexts,
  rateWords,
  worthWords,
} from './figure-words';
import { orderRow } from './order-row';
import type { LoansView, Section } from './section';

/** Money that is lent, the next to come back first; and the supply orders that wait. */
export const supplySection: Section = (view) => {
  const { snapshot } = view.desk;
  const supplies = suppliesOf(snapshot, view.desk.serverNow) ?? [];
  const orders = supplyOrders(snapshot) ?? [];
  if (supplies.length === 0 && orders.length === 0) return [];
  const [next] = supplies;
  const back = next === undefined ? undefined : backWords(next, view.desk.serverNow);
  const worth = supplies.length === 0 ? undefined : worthWords(view, supplies);
  return [
    {
      id: 'supply',
      label: words('Lent ({0})', String(supplies.length)),
      description: texts(
        back,
        worth,
        orders.length === 0 ? undefined : words('{0} waiting', String(orders.length)),
        asOf(snapshot.parts, ['supplyContracts', 'supplyOrders'], view.now),
      ),
      tooltip: [
        ...sumsLine(supplies, view.locale),
        words('Money lent for a term. It comes back with interest at the end, to the Funding wallet.'),
      ],
      icon: { id: 'arrow-circle-up' },
      expanded: true,
      children: [
        ...supplies.map((supply) => supplyRow(supply, view)),
        ...orders.map((order) => orderRow(order, view)),
      ],
    },
  ];
};

/** What is lent by coin, and the interest that comes with it. */
function sumsLine(supplies: readonly Supply[], locale: string): readonly Text[] {
  if (supplies.length === 0) return [];
  const sum = (amountOf: (supply: Supply) => Decimal) =>
    sumByCoin(supplies.map((supply) => ({ coin: supply.coin, amount: amountOf(supply) }))).map(
      ({ coin, amount }) => verbatim(hadText(amount, coin, locale)),
    );
  return [
    [words('Lent together'), ...sum(({ amount }) => amount)],
    [words('Net interest together'), ...sum(({ interest, penalty }) => add(interest, penalty))],
  ];
}

function backWords({ due, status }: Supply, now: number) {
  return status === 'late' ? words('the borrower is late') : dueWords(due, now);
}

function supplyRow(supply: Supply, { desk, locale }: LoansView): Row {
  const { id, coin, amount, interest, penalty, annualRate, term, start, due, returns, status } = supply;
  const details: readonly Row[] = [
    ...amountRow('interest', words('Net interest'), hadText(add(interest, penalty), coin, locale)),
    ...amountRow(
      'penalty',
      words('of it from a late borrower'),
      gt(penalty, ZERO) ? hadText(penalty, coin, locale) : undefined,
    ),
    ...amountRow('returns', words('Comes back'), hadText(returns, coin, locale)),
    { id: 'term', label: words('Term'), description: words('{0} days', String(term)) },
    ...dateRow('start', words('Began'), start),
    ...dateRow('due', words('Due'), due),
  ];
  return {
    id: `supply:${id}`,
    label: verbatim(hadText(amount, coin, locale)),
    description: texts(
      backWords(supply, desk.serverNow),
      rateWords(annualRate, locale),
      words('net {0}', hadText(add(interest, penalty), coin, locale)),
    ),
    tooltip: [
      words('Supply contract {0}', id),
      ...lineTexts(details),
      words('A borrower who repays early does not end it early.'),
    ],
    icon: status === 'late' ? { id: 'warning', color: 'charts.orange' } : { id: 'arrow-small-up' },
    tokens: ['supplyContract'],
    about: { coin, record: id },
    children: details,
  };
}
