import { OrderState } from '../../bybit/fixed-orders';
import { Status } from '../../bybit/schema';
import { type Words, words } from '../../bybit/words';
import type { RecordState } from './record';

/** `status` of the histories: 1 success, 2 processing, 3 failed (API.md §10); an unknown one is still open. */
export function stateOf(status: number): RecordState {
  if (status === Status.success) return 'done';
  return status === Status.fail ? 'failed' : 'running';
}

/** `state` of an order in the fixed market. */
export function orderState(state: number): RecordState {
  if (state === OrderState.failed) return 'failed';
  return state === OrderState.matching ? 'running' : 'done';
}

/** `repayType` of a repayment (API.md §10); the codes are alike in all systems that have them. */
export function repaidWords(type: number): Words {
  switch (type) {
    case 1:
      return words('Repaid by you');
    case 2:
      return words('Repaid by liquidation');
    case 3:
      return words('Repaid automatically at maturity');
    case 4:
      return words('Repaid by sale, since it was overdue');
    case 5:
      return words('Repaid, since the coin was delisted');
    case 6:
      return words('Repaid by delayed liquidation');
    case 7:
      return words('Repaid by selling collateral');
    case 8:
      return words('Turned into a flexible loan at maturity');
    default:
      return words('Repaid (type {0})', String(type));
  }
}
