import { ZERO } from '../../../bybit/decimal';
import { words } from '../../../bybit/words';
import { orderTerms } from '../../../desk/fixed/quote-lines';
import { formatCoin, formatPercent } from '../../../desk/format';
import { borrowOrders, supplyOrders, type WaitingOrder } from '../../../desk/loans/orders';
import type { Desk, Operation } from '../../../desk/operation';
import { coinName } from '../../coin-name';
import type { Choice } from '../../flow/question';
import { pickStep } from '../../flow/steps';
import type { DeedFlow } from '../deed';
import type { Host } from '../host';
import { REVIEW } from '../steps/review-step';

interface Answers {
  readonly orderId: string | undefined;
}

/** Cancel what is open of an order on the fixed market, of either side. */
export const cancelOrder: DeedFlow<Answers> = {
  title: words('Cancel an Order'),
  needs: [
    'key',
    'fixedOrders',
    'supplyOrders',
    'wallet',
    'prices',
    'position',
    'flexibleLoans',
    'collateralRules',
  ],
  obstacle: ({ desk }) =>
    waitingOrders(desk).length > 0 ? undefined : [words('No order waits on the fixed market.')],
  start: ({ record }, { desk }) => ({
    orderId: waitingOrders(desk).some(({ id }) => id === record) ? record : undefined,
  }),
  beginAt: ({ orderId }) => (orderId === undefined ? undefined : REVIEW),
  steps: (_, host) => [
    pickStep<Answers, string>(
      'orderId',
      ({ orderId }) => ({
        placeholder: words('Which order to cancel?'),
        choices: () => waitingOrders(host.desk).map((order) => orderRow(order, host.locale)),
        isCurrent: (value) => value === orderId,
      }),
      (_context, orderId) => ({ orderId }),
    ),
  ],
  operation: operationOf,
  deed: () => words('Cancel the Order'),
  terms: ({ orderId }, { desk, locale }) =>
    waitingOrders(desk)
      .filter(({ id }) => id === orderId)
      .flatMap((order) => orderTerms({ ...order, coin: coinName(order.coin) }, locale)),
  stepOf: (field) => (field === 'orderId' ? field : undefined),
};

function waitingOrders({ snapshot }: Pick<Desk, 'snapshot'>): readonly WaitingOrder[] {
  return [...(borrowOrders(snapshot) ?? []), ...(supplyOrders(snapshot) ?? [])];
}

function orderRow({ id, side, coin, rest, annualRate, term }: WaitingOrder, locale: string): Choice<string> {
  const text = formatCoin(rest, coinName(coin), { locale });
  return {
    value: id,
    label: side === 'borrow' ? words('Order to borrow {0}', text) : words('Order to lend {0}', text),
    description: [
      words('{0} days', String(term)),
      words('{0} a year', formatPercent(annualRate, 2, locale)),
      words('number {0}', id),
    ],
  };
}

function operationOf({ orderId }: Answers, { account, desk }: Host): Operation {
  const order = waitingOrders(desk).find(({ id }) => id === orderId);
  // An order that was matched meanwhile is told by the check: it does not wait any more.
  const { side = 'borrow', coin = '', rest } = order ?? {};
  const params = { orderId: orderId ?? '', coin, rest: rest ?? ZERO };
  return side === 'borrow'
    ? { kind: 'fixed.cancelBorrow', accountId: account.id, params }
    : { kind: 'fixed.cancelSupply', accountId: account.id, params: { ...params, refundTo: 'funding' } };
}
