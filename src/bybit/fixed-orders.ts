import * as v from 'valibot';
import type { Term } from './common';
import { amount, id, milliseconds, type PageRequest, whole } from './schema';

/** `state` of borrow and supply orders (API.md §10). A partly filled order that still matches has state 1. */
export const OrderState = { matching: 1, partlyFilled: 2, filled: 3, cancelled: 4, failed: 5 } as const;

/** What both sides of the market share in an order row. */
export const orderFields = {
  /** A number on the wire here, text in the answer that made it. */
  orderId: id,
  orderTime: milliseconds,
  orderCurrency: v.string(),
  orderQty: amount,
  filledQty: amount,
  /** Annual fraction. */
  annualRate: amount,
  /** Days. */
  term: whole,
  state: whole,
};

/** Filters of both order lists; `state` does not take 5. */
export interface OrdersRequest extends PageRequest {
  readonly orderId?: string;
  readonly orderCurrency?: string;
  readonly state?: '1' | '2' | '3' | '4';
  readonly term?: Term;
}
