import type { Handlers } from '../commands';
import { borrow } from './borrow';
import { runDeed } from './deed';
import { borrowFixed } from './fixed/borrow-fixed';
import { cancelOrder } from './fixed/cancel-order';
import { renew } from './fixed/renew';
import { supply } from './fixed/supply';
import { sweep } from './fixed/sweep';
import type { FlowOptions } from './host';
import { bindUid, unbindUid } from './institutional/binding';
import { lookAgain } from './look-again';
import { adjustAnyCollateral, repayAny, repayAnyWithCollateral } from './repay-any';
import { resolveByHand } from './resolve-by-hand';

type FlowCommand =
  | 'borrow'
  | 'borrowFixed'
  | 'sweep'
  | 'repay'
  | 'repayWithCollateral'
  | 'renew'
  | 'adjustCollateral'
  | 'supply'
  | 'cancelOrder'
  | 'bindUid'
  | 'unbindUid'
  | 'lookAgain'
  | 'resolveByHand';

/** Every command that moves money or looks after what was moved. */
export function flowCommands(options: FlowOptions): Pick<Handlers, FlowCommand> {
  return {
    borrow: (subject) => runDeed(borrow, options, subject),
    borrowFixed: (subject) => runDeed(borrowFixed, options, subject),
    sweep: (subject) => runDeed(sweep, options, subject),
    repay: (subject) => repayAny(options, subject),
    repayWithCollateral: (subject) => repayAnyWithCollateral(options, subject),
    renew: (subject) => runDeed(renew, options, subject),
    adjustCollateral: (subject) => adjustAnyCollateral(options, subject),
    supply: (subject) => runDeed(supply, options, subject),
    cancelOrder: (subject) => runDeed(cancelOrder, options, subject),
    bindUid: (subject) => runDeed(bindUid, options, subject),
    unbindUid: (subject) => runDeed(unbindUid, options, subject),
    lookAgain: (subject) => lookAgain(options, subject),
    resolveByHand: (subject) => resolveByHand(options, subject),
  };
}
