import { OrderState } from '../../../bybit/fixed-orders';
import { Status } from '../../../bybit/schema';
import { type Words, words } from '../../../bybit/words';
import type { HistoryPage, HistoryRow } from '../definition';

/** How the lists of orders tell what became of an operation: they have a state, not the status of the histories. */

interface OrderRow {
  readonly orderId: string;
  readonly orderTime: number;
  readonly state: number;
}

/** A row of an order list as the record of placing the order. */
export function placing(row: OrderRow, matches: boolean): HistoryRow {
  return {
    id: row.orderId,
    time: row.orderTime,
    status: row.state === OrderState.failed ? Status.fail : Status.success,
    matches,
    final: true,
    words: placedWords(row.state),
  };
}

function placedWords(state: number): Words | undefined {
  switch (state) {
    case OrderState.matching:
      return words('The order stands in the market. It is matched once a minute with what is there.');
    case OrderState.filled:
      return words('Done: the order was filled.');
    case OrderState.partlyFilled:
    case OrderState.cancelled:
      return words('Done: the order was placed, and has ended since.');
    default:
      return undefined;
  }
}

/**
 * The record of a cancelling, which the exchange does not keep: the order as listed, as soon as it has ended. `time` is
 * the server time of the answer.
 */
export function cancelling(rows: readonly OrderRow[], orderId: string, time: number): HistoryPage {
  const order = rows.find((row) => row.orderId === orderId);
  if (order === undefined) return { rows: [], cursor: undefined, time, isBlind: true };
  if (order.state === OrderState.matching) return { rows: [], cursor: undefined, time };
  const cancelled = order.state === OrderState.cancelled || order.state === OrderState.partlyFilled;
  const row: HistoryRow = {
    id: orderId,
    time,
    status: cancelled ? Status.success : Status.fail,
    matches: true,
    undated: true,
    final: true,
    words: endedWords(order.state),
  };
  return { rows: [row], cursor: undefined, time };
}

function endedWords(state: number): Words {
  switch (state) {
    case OrderState.cancelled:
      return words('Done: the order is cancelled.');
    case OrderState.partlyFilled:
      return words('Done: the rest of the order is cancelled; what was filled before stays.');
    case OrderState.filled:
      return words('The order was filled before it could be cancelled.');
    default:
      return words('The order had ended by itself.');
  }
}
