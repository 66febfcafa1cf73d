import { decimal } from '../../../bybit/decimal';
import { type Words, words } from '../../../bybit/words';
import { activityOf } from '../../loans/risk-unit';
import type { Finding } from '../../operation';
import { institutionalPool } from '../../pools/institutional';
import type { Pool } from '../../pools/pool';
import type { Snapshot } from '../../snapshot';
import type { Situation } from '../definition';
import { error } from '../rules';

/** What operations on a risk unit have in common. */

/** The unit as a pool; one without amounts while its figures are hidden, so that a review can be shown all the same. */
export function unitPool(snapshot: Snapshot): Pool | undefined {
  const pool = institutionalPool(snapshot);
  if (pool !== undefined || snapshot.parts.riskUnit.value === undefined) return pool;
  // The line that the documentation's text names (API.md §6).
  const line = decimal('0.9');
  return {
    name: 'institutional',
    book: { debts: [], collateral: [], wallet: new Map(), prices: new Map(), bands: new Map() },
    thresholds: { initial: line, marginCall: line, delayedLiquidation: line, liquidation: line },
    grounds: ['riskUnit'],
  };
}

/** The account belongs to a unit. Says nothing while that is not known. */
export function unitFindings({ snapshot }: Situation): readonly Finding[] {
  if (!snapshot.parts.riskUnit.absent) return [];
  return [error('account', words('This account belongs to no institutional risk unit (3777042).'))];
}

/** Nothing runs on the unit. */
export function idleFindings({ snapshot }: Situation): readonly Finding[] {
  const reason = busyWords(snapshot);
  return reason === undefined ? [] : [error('account', reason)];
}

/** What runs on the unit and keeps a repayment waiting; undefined when nothing does. */
export function busyWords(snapshot: Snapshot): Words | undefined {
  switch (activityOf(snapshot)) {
    case undefined:
      return undefined;
    case 'repayment':
      return runningRepayment();
    case 'liquidation':
      return words('The unit is being liquidated: wait until it has ended (3777012).');
    default:
      return words('A transfer of the unit is running: wait until it has ended (3777012).');
  }
}

export function runningRepayment(): Words {
  return words(
    'A repayment of the risk unit is running: its record appears two to three minutes after it was sent. Nothing is sent until then (3777043).',
  );
}
