import type { Decimal } from '../../bybit/decimal';
import type { Book, Thresholds } from '../book';
import { riskUnitOf } from '../loans/risk-unit';
import type { Snapshot } from '../snapshot';
import { institutionalPool } from './institutional';
import { legacyLines, legacyLoan, legacyPool } from './legacy';
import type { Pool } from './pool';
import { sharedPool } from './shared';

/**
 * Where the lines of a pool's LTV come from: the settings (the exchange publishes those of the new loans on a help page
 * only), the API, the text of its documentation where no product names a line, or nowhere yet.
 */
export type LineSource = 'settings' | 'api' | 'documentation' | 'unknown';

/** A pool among all of an account. */
export interface AccountPool extends Pool {
  /** Tells it from the others: `shared`, `legacy ORDER`, `institutional`. */
  readonly id: string;
  /** The order of a legacy loan, the designated UID of a risk unit. */
  readonly record: string | undefined;
  /** The LTV as the exchange itself shows it, a fraction. */
  readonly said: Decimal | undefined;
  readonly source: LineSource;
  /** When the API gave the lines, local epoch milliseconds. */
  readonly linesReadAt: number | undefined;
}

/** The id of a loan's pool among {@link poolsOf}. */
export function poolIdOf({ system, id }: { readonly system: string; readonly id: string }): string {
  if (system === 'legacy') return `legacy ${id}`;
  return system === 'institutional' ? 'institutional' : 'shared';
}

export interface SharedParts {
  /** Undefined while it was not read. */
  readonly book: Book | undefined;
  readonly thresholds: Thresholds;
}

/** Every pool of an account that is known: the shared one first, then the legacy loans as listed, then the risk unit. */
export function poolsOf(snapshot: Snapshot, { book, thresholds }: SharedParts): readonly AccountPool[] {
  const { position, legacyLoans } = snapshot.parts;
  const shared: readonly AccountPool[] =
    book === undefined
      ? []
      : [
          {
            ...sharedPool(book, thresholds),
            id: 'shared',
            record: undefined,
            said: position.value?.ltv,
            source: 'settings',
            linesReadAt: undefined,
          },
        ];
  const legacy = (legacyLoans.value ?? []).flatMap(({ orderId }) => legacyOne(snapshot, orderId));
  return [...shared, ...legacy, ...unit(snapshot)];
}

function legacyOne(snapshot: Snapshot, orderId: string): readonly AccountPool[] {
  const pool = legacyPool(snapshot, orderId);
  const loan = legacyLoan(snapshot, orderId);
  if (pool === undefined || loan === undefined) return [];
  const isKnown = legacyLines(snapshot, loan) !== undefined;
  return [
    {
      ...pool,
      id: poolIdOf({ system: 'legacy', id: orderId }),
      record: orderId,
      said: loan.currentLTV,
      source: isKnown ? 'api' : 'unknown',
      linesReadAt: isKnown ? snapshot.parts.legacyRules.readAt : undefined,
    },
  ];
}

function unit(snapshot: Snapshot): readonly AccountPool[] {
  const pool = institutionalPool(snapshot);
  const found = riskUnitOf(snapshot);
  if (pool === undefined || found === undefined) return [];
  const isKnown = found.lines.liquidation !== undefined;
  return [
    {
      ...pool,
      id: 'institutional',
      record: found.parentUid,
      said: found.ltv,
      source: isKnown ? 'api' : 'documentation',
      linesReadAt: isKnown ? snapshot.parts.insOrders.readAt : undefined,
    },
  ];
}
