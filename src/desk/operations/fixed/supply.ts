import * as v from 'valibot';
import { TERMS } from '../../../bybit/common';
import { decimal, sub, ZERO } from '../../../bybit/decimal';
import { createFixedSupplyOrder, getFixedSupplyOrders, SupplySource } from '../../../bybit/fixed-supply';
import { words } from '../../../bybit/words';
import { credit } from '../../change';
import { lenderInterest } from '../../fixed/interest';
import { formatExactPercent } from '../../format';
import type { Finding, OperationParams } from '../../operation';
import type { Definition, Situation } from '../definition';
import { decimalText } from '../params';
import { coinText, exactText, inWallet, warning } from '../rules';
import { askFindings } from './market-rules';
import { placing } from './order-history';

type Params = OperationParams['fixed.supply'];

/** Lend for a term: an order on the fixed market whose money leaves its source at once. */
export const supplyFixed: Definition<Params> = {
  schema: v.object({
    coin: v.string(),
    amount: decimalText,
    annualRate: decimalText,
    term: v.picklist(TERMS),
    source: v.picklist(['funding', 'earn', 'both']),
  }),
  title: ({ coin, amount, annualRate, term }, locale) =>
    words(
      'Supply {0} for {1} days at {2} a year or more',
      exactText(amount, coin, { locale }),
      term,
      formatExactPercent(annualRate, locale),
    ),
  check: (params, situation) => {
    const asked = askFindings(params, situation, 'supply');
    if (asked.some(({ severity }) => severity === 'error')) return asked;
    return [...asked, ...sourceFindings(params, situation), ...termWarnings(params, situation)];
  },
  apply: (book, { coin, amount, source }) =>
    source === 'funding' ? credit(book, coin, sub(ZERO, amount)) : book,
  send: async (exchange, { coin, amount, annualRate, term, source }, options) => {
    const body = {
      orderCurrency: coin,
      orderAmount: amount,
      annualRate,
      term,
      ...(source !== 'funding' && { availableSource: SupplySource[source] }),
    };
    return (await exchange.call(createFixedSupplyOrder, body, options)).result.orderId;
  },
  history: async (exchange, { coin, amount, annualRate, term }, cursor) => {
    const request = { orderCurrency: coin, limit: '50', ...(cursor !== undefined && { cursor }) };
    const { result, time } = await exchange.call(getFixedSupplyOrders, request);
    const rows = result.list.map((row) => {
      const same = row.orderCurrency === coin && row.orderQty === amount && row.annualRate === annualRate;
      return placing(row, same && String(row.term) === term);
    });
    return { rows, cursor: result.nextPageCursor, time };
  },
  marks: ({ coin, source }) => (source === 'earn' ? [] : [{ what: 'wallet', coin }]),
  touches: ['supplyOrders', 'supplyContracts', 'position', 'wallet'],
};

function sourceFindings(params: Params, situation: Situation): readonly Finding[] {
  if (params.source === 'funding') return inWallet('amount', params, '148022', situation);
  return [
    warning('source', words('What Earn holds is not known here: the exchange may refuse it (148022).')),
  ];
}

function termWarnings({ coin, amount, annualRate, term }: Params, situation: Situation): readonly Finding[] {
  const interest = coinText(lenderInterest({ amount, annualRate, days: decimal(term) }), coin, situation);
  return [
    warning(
      'annualRate',
      words("About {0} of interest after the platform's part, when all of it is lent.", interest),
    ),
    warning(
      'term',
      words('What is lent comes back after {0} days, later when the borrower is late, never earlier.', term),
    ),
  ];
}
