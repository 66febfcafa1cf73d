import type { CoinAmount } from '../book';
import type { Snapshot } from '../snapshot';
import { sumByCoin } from '../sums';
import { fixedLoans } from './fixed';
import { flexibleLoans } from './flexible';
import { institutionalLoans } from './institutional';
import { legacyLoans } from './legacy';
import { LOAN_SYSTEMS, type Loan, type LoanSource, type LoanSystem } from './loan';
import { borrowOrders, supplyOrders } from './orders';
import { suppliesOf } from './supplies';

/** Every system with its loans: one without does not compile. */
const SOURCES: { readonly [System in LoanSystem]: LoanSource } = {
  flexible: flexibleLoans,
  fixed: fixedLoans,
  legacy: legacyLoans,
  institutional: institutionalLoans,
};

/** Running loans of one system, in the order in which they are due; undefined while they were not read. */
export function loansOf(system: LoanSystem, snapshot: Snapshot, now: number): readonly Loan[] | undefined {
  const loans = SOURCES[system](snapshot, now);
  return loans === undefined ? undefined : [...loans].sort(byDue);
}

/** Running loans of all systems that were read, in the order in which they are due. */
export function allLoans(snapshot: Snapshot, now: number): readonly Loan[] {
  return LOAN_SYSTEMS.flatMap((system) => SOURCES[system](snapshot, now) ?? []).sort(byDue);
}

/** Overdue first of all, then the next due, then loans without a due date as they came. */
function byDue(a: Loan, b: Loan): number {
  if (a.status !== b.status) return a.status === 'overdue' ? -1 : 1;
  return (a.due ?? Number.MAX_SAFE_INTEGER) - (b.due ?? Number.MAX_SAFE_INTEGER);
}

/** What is owed in a list of loans, by coin in the order of appearance. */
export function owedByCoin(loans: readonly Loan[]): readonly CoinAmount[] {
  return sumByCoin(loans.map(({ coin, owed }) => ({ coin, amount: owed })));
}

/** The groups an account has something in; the flexible loan stands for the new system and is always there. */
export function groupsOf(snapshot: Snapshot, now: number): readonly (LoanSystem | 'supply')[] {
  const has = (rows: readonly unknown[] | undefined) => rows !== undefined && rows.length > 0;
  const fixed = has(loansOf('fixed', snapshot, now)) || has(borrowOrders(snapshot));
  const supply = has(suppliesOf(snapshot, now)) || has(supplyOrders(snapshot));
  return [
    'flexible',
    ...(fixed ? (['fixed'] as const) : []),
    ...(supply ? (['supply'] as const) : []),
    ...(has(loansOf('legacy', snapshot, now)) ? (['legacy'] as const) : []),
    ...(snapshot.parts.riskUnit.value === undefined ? [] : (['institutional'] as const)),
  ];
}
