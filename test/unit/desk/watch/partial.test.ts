import assert from 'node:assert/strict';
import fc from 'fast-check';
import { getLoanPosition, type LoanPosition } from '../../../../src/bybit/common';
import { decimal } from '../../../../src/bybit/decimal';
import { words } from '../../../../src/bybit/words';
import type { Figures } from '../../../../src/desk/operation';
import type { PartName, Parts, Snapshot } from '../../../../src/desk/snapshot';
import { observe } from '../../../../src/desk/watch/observe';
import { reportsOf } from '../../../../src/desk/watch/reports';
import { FRESH, type WatchState } from '../../../../src/desk/watch/state';
import { step } from '../../../../src/desk/watch/step';
import { read } from '../../bybit/answers';
import { THRESHOLDS } from '../bench';
import { documentedParts, READ_AT, snapshotOf } from '../snapshots';
import { HOUR, OPTIONS } from './observations';

const d = decimal;
const NONE = { hour: d('0'), day: d('0'), year: d('0') };
/** Past two of the person's own lines. */
const FIGURES: Figures = {
  debtUsd: d('8200'),
  collateralUsd: d('10000'),
  ltv: d('0.82'),
  uncovered: false,
  unpriced: [],
  liquidation: [],
  drop: { initial: undefined, marginCall: undefined, delayedLiquidation: undefined, liquidation: undefined },
  interestUsd: NONE,
};
const FAILURE = { words: words('gone'), advice: undefined, code: 'ECONNRESET', at: READ_AT };

/** An account of which every rule has something to say. */
function troubled(): Partial<Parts> {
  const parts = documentedParts();
  const [contract] = parts.fixedContracts;
  const [loan] = parts.legacyLoans;
  const [rule] = parts.legacyRules;
  const [order] = parts.insOrders;
  assert.ok(contract && loan && rule && order);
  const due = READ_AT + 5 * HOUR;
  return {
    ...parts,
    fixedContracts: [
      { ...contract, loanId: 'near', orderId: '1', repaymentTime: due, status: 1, repayType: 1 },
      { ...contract, loanId: 'late', orderId: '2', repaymentTime: READ_AT - HOUR, status: 3 },
    ],
    fixedOrders: [],
    legacyLoans: [{ ...loan, currentLTV: d('0.96'), expirationTime: due }],
    legacyRules: [
      { ...rule, currency: loan.collateralCurrency, marginCallLTV: d('0.87'), liquidationLTV: d('0.95') },
    ],
    riskUnit: { ...parts.riskUnit, ltv: d('0.85'), liqStatus: 0 },
    insOrders: [{ ...order, status: 1, liquidationLine: d('0.8') }],
    position: { ...read(getLoanPosition), ltv: d('0.82'), colRes: '2' } as LoanPosition,
    wallet: new Map(),
    prices: new Map(),
    forcedRepayments: [
      { system: 'fixed', id: '9', coin: 'BTC', amount: d('1'), time: READ_AT, why: 'liquidation' },
    ],
  };
}

function reportsFor(snapshot: Snapshot) {
  const seen = observe({
    snapshot,
    figures: snapshot.parts.position.value === undefined ? undefined : FIGURES,
    thresholds: THRESHOLDS,
    now: READ_AT,
    serverNow: READ_AT,
    // That nothing was seen is told by a rule of its own.
    failedPolls: 0,
    failedReads: () => 0,
  });
  return reportsOf(seen, OPTIONS);
}

/** How much is known of a part. */
type Known = 'never' | 'failed' | 'stale' | 'read';

function partly(whole: Snapshot, known: ReadonlyMap<PartName, Known>): Snapshot {
  const parts = Object.entries(whole.parts).map(([name, part]) => {
    const state = known.get(name as PartName) ?? 'read';
    if (state === 'read') return [name, part];
    const failure = state === 'never' ? undefined : FAILURE;
    return [name, state === 'stale' ? { ...part, failure } : { ...part, value: undefined, failure }];
  });
  return { ...whole, parts: Object.fromEntries(parts) as Snapshot['parts'] };
}

describe('the watch of an account of which only parts are known', () => {
  const whole = snapshotOf(troubled());
  const names = Object.keys(troubled()) as PartName[];
  const states = fc.constantFrom<Known>('never', 'failed', 'stale', 'read');
  const partOnly = fc
    .array(states, { minLength: names.length, maxLength: names.length })
    .map((kinds) => new Map(names.map((name, index) => [name, kinds[index] ?? 'read'])));

  it('tells nothing a second time, whichever parts come late or fail for a while, nor that something ended', () => {
    const begun: WatchState = {
      ...FRESH,
      seen: { at: READ_AT, ltv: undefined, debtUsd: undefined, collateralUsd: undefined },
    };
    const first = step(begun, reportsFor(whole), new Map(), READ_AT);
    const told = first.told.map(({ event }) => event.key.split(':')[0]);
    const scopes = ['collateralLimit', 'cover', 'due', 'liquidation', 'ltv', 'order', 'overdue', 'pool'];
    assert.deepEqual([...new Set(told)].sort(), scopes);
    fc.assert(
      fc.property(fc.array(partOnly, { minLength: 1, maxLength: 4 }), (course) => {
        let { state } = first;
        for (const snapshot of [...course.map((known) => partly(whole, known)), whole]) {
          const next = step(state, reportsFor(snapshot), new Map(), READ_AT);
          assert.deepEqual(
            next.told.map(({ event }) => event.key),
            [],
          );
          state = next.state;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
