import { ZERO } from '../../bybit/decimal';
import type { Book, Debt } from '../book';
import { hourlyToAnnual } from '../interest';
import type { Snapshot } from '../snapshot';
import type { Loan } from './loan';
import { allLoans, loansOf } from './loans';

const POOLED = ['flexible', 'fixed'] as const;

/**
 * Everything an account owes as far as known, in the order in which it is due. Where the loans of a pooled system were not
 * read, what the position says of them stands in, one a coin: a debt that is left out would look like none.
 */
export function knownDebts(snapshot: Snapshot, book: Book | undefined, now: number): readonly Loan[] {
  const unread = POOLED.filter((system) => loansOf(system, snapshot, now) === undefined);
  const standIns = unread.flatMap((system) =>
    (book?.debts ?? []).filter((debt) => debt.system === system).map((debt) => standIn(system, debt)),
  );
  return [...allLoans(snapshot, now), ...standIns];
}

function standIn(system: (typeof POOLED)[number], { coin, amount, interest, hourlyRate }: Debt): Loan {
  return {
    system,
    id: coin,
    coin,
    owed: amount,
    principal: undefined,
    interest,
    penalty: ZERO,
    annualRate: hourlyRate === undefined ? undefined : hourlyToAnnual(hourlyRate),
    isFloating: system === 'flexible',
    prepaid: undefined,
    start: undefined,
    due: undefined,
    term: undefined,
    status: 'running',
    atMaturity: undefined,
    collateral: undefined,
    ltv: undefined,
    can: [],
  };
}
