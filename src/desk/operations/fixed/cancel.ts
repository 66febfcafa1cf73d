import * as v from 'valibot';
import { cancelFixedBorrowOrder, getFixedBorrowOrders } from '../../../bybit/fixed-borrow';
import { cancelFixedSupplyOrder, getFixedSupplyOrders } from '../../../bybit/fixed-supply';
import { words } from '../../../bybit/words';
import { credit } from '../../change';
import type { Finding, OperationParams } from '../../operation';
import type { PartName } from '../../snapshot';
import { type Definition, type Situation, UNSEEN_WORK_MS } from '../definition';
import { decimalText } from '../params';
import { error, exactText } from '../rules';
import { cancelling } from './order-history';

/** End the open rest of a borrow order; collateral that was pledged for it goes back to the Funding wallet. */
export const cancelBorrow: Definition<OperationParams['fixed.cancelBorrow']> = {
  schema: v.object({ orderId: v.string(), coin: v.string(), rest: decimalText }),
  title: ({ orderId, coin, rest }, locale) =>
    words('Cancel what is open of borrow order {0}: {1}', orderId, exactText(rest, coin, { locale })),
  check: ({ orderId }, { snapshot }) => waitingFindings(snapshot.parts.fixedOrders.value, orderId, '148024'),
  // What was pledged for the order is not shown by its row.
  apply: (book) => book,
  send: async (exchange, { orderId }, options) => {
    await exchange.call(cancelFixedBorrowOrder, { orderId }, options);
    return undefined;
  },
  history: async (exchange, { orderId }) => {
    const { result, time } = await exchange.call(getFixedBorrowOrders, { orderId });
    return cancelling(result.list, orderId, time);
  },
  marks: () => [],
  recordWithin: UNSEEN_WORK_MS,
  grounds: ['fixedOrders'],
  touches: ['fixedOrders', 'fixedContracts', 'position', 'wallet'],
};

const SUPPLY_PARTS: readonly PartName[] = ['supplyOrders', 'supplyContracts', 'position', 'wallet'];

/** End the open rest of a supply order; its money goes back. */
export const cancelSupply: Definition<OperationParams['fixed.cancelSupply']> = {
  schema: v.object({
    orderId: v.string(),
    coin: v.string(),
    rest: decimalText,
    refundTo: v.picklist(['funding', 'earn']),
  }),
  title: ({ orderId, coin, rest }, locale) =>
    words('Cancel what is open of supply order {0}: {1}', orderId, exactText(rest, coin, { locale })),
  check: ({ orderId }, { snapshot }) => waitingFindings(snapshot.parts.supplyOrders.value, orderId, '148025'),
  apply: (book, { coin, rest, refundTo }) => (refundTo === 'funding' ? credit(book, coin, rest) : book),
  send: async (exchange, { orderId, refundTo }, options) => {
    const body = { orderId, ...(refundTo === 'earn' && { refundedAccount: '1' as const }) };
    await exchange.call(cancelFixedSupplyOrder, body, options);
    return undefined;
  },
  history: async (exchange, { orderId }) => {
    const { result, time } = await exchange.call(getFixedSupplyOrders, { orderId });
    return cancelling(result.list, orderId, time);
  },
  marks: () => [],
  recordWithin: UNSEEN_WORK_MS,
  grounds: ['supplyOrders'],
  touches: SUPPLY_PARTS,
};

/** Whether the order still waits. Says nothing while the orders are not known. */
function waitingFindings(
  orders: Situation['snapshot']['parts']['fixedOrders' | 'supplyOrders']['value'],
  orderId: string,
  code: string,
): readonly Finding[] {
  if (orders === undefined || orders.some((row) => row.orderId === orderId)) return [];
  return [error('orderId', words('Order {0} does not wait any more ({1}).', orderId, code))];
}
