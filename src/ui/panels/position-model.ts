import type { Decimal } from '../../bybit/decimal';
import { type Words, words } from '../../bybit/words';
import { dueLadder } from '../../desk/loans/due-ladder';
import { knownDebts } from '../../desk/loans/known-debts';
import { LOAN_SYSTEMS, type Loan } from '../../desk/loans/loan';
import { renewables } from '../../desk/loans/renewable';
import { activityOf } from '../../desk/loans/risk-unit';
import type { Desk } from '../../desk/operation';
import { readAtOf } from '../../desk/pools/pool';
import { type AccountPool, poolIdOf, poolsOf } from '../../desk/pools/pools';
import type { PartName, Snapshot } from '../../desk/snapshot';
import { areDuesKnown } from '../../desk/watch/observe';
import type { DeedName, PositionState, WireLoan, WirePool } from '../../webview/position-contract';
import { environmentWords } from '../accounts/account-words';
import { coinName } from '../coin-name';
import type { Session } from '../session';
import { PART_NAMES } from '../trees/part-names';
import { causeWords, failedAlike } from '../trees/read-rows';
import { linesOf, sourceWords } from './position-lines';
import { obstacleOf } from './session-obstacle';

export type Say = (sentence: Words) => string;

export interface PositionModelOptions {
  readonly areAmountsHidden: boolean;
  /** BCP 47. */
  readonly locale: string;
  /** Local epoch milliseconds. */
  readonly now: number;
  readonly say: Say;
}

/** What the page rests on; the rest of the snapshot does not show there. */
export const POSITION_PARTS: readonly PartName[] = [
  'position',
  'flexibleLoans',
  'fixedContracts',
  'collateralRules',
  'prices',
  'wallet',
  'legacyLoans',
  'legacyRules',
  'riskUnit',
  'insOrders',
  'unifiedWallet',
];

/** What the page shows of a session, in the sentences of `say`. */
export function positionModel(session: Session, options: PositionModelOptions): PositionState {
  const { areAmountsHidden, now, say } = options;
  const empty: PositionState = {
    source: '',
    obstacle: obstacleOf(session, words('A position belongs to an account, and none is chosen.'), say),
    isReading: session.kind === 'loading',
    canWrite: false,
    areAmountsHidden,
    aheadMs: 0,
    pools: [],
    loans: [],
    ladder: [],
    areDuesKnown: true,
    names: [],
    remarks: [],
    failures: [],
    parts: [],
  };
  switch (session.kind) {
    case 'loading':
    case 'none':
      return empty;
    case 'locked':
      return { ...empty, source: sourceOf(session.account, say) };
    case 'account': {
      const account = accountModel(session.desk, options);
      return {
        ...empty,
        ...account,
        source: sourceOf(session.account, say),
        aheadMs: aheadOf(session.desk, now),
      };
    }
  }
}

function sourceOf(
  { label, environment }: Extract<Session, { kind: 'account' }>['account'],
  say: Say,
): string {
  return `${label} · ${say(environmentWords(environment))}`;
}

function aheadOf({ serverNow }: Desk, now: number): number {
  return Math.round(serverNow - now);
}

function accountModel(desk: Desk, { locale, say }: PositionModelOptions): Partial<PositionState> {
  const { snapshot, book, thresholds, serverNow } = desk;
  const { parts } = snapshot;
  const pools = poolsOf(snapshot, { book, thresholds });
  const loans = knownDebts(snapshot, book, serverNow);
  const canWrite = desk.canWrite !== false;
  const renewable = new Set((renewables(snapshot) ?? []).map(({ loanId }) => loanId));
  const wired = loans.map((loan) =>
    wireLoan(loan, { canWrite, renewable, unit: parts.riskUnit.value?.parentUid }),
  );
  const coins = new Set([
    ...loans.map(({ coin }) => coin),
    ...pools.flatMap(({ book: own }) => [...own.collateral, ...own.debts].map(({ coin }) => coin)),
    ...(book?.wallet.keys() ?? []),
  ]);
  return {
    isReading: pools.length === 0 && POSITION_PARTS.some((name) => parts[name].loading),
    canWrite,
    pools: pools.map((pool) => wirePool(pool, snapshot, locale, say)),
    loans: wired,
    ladder: dueLadder(loans, parts.wallet.value).map(({ loan, short }) => ({
      loan: idOf(loan),
      short: short ?? null,
    })),
    areDuesKnown: areDuesKnown(snapshot),
    names: [...coins]
      .map((coin) => ({ coin, shown: coinName(coin) }))
      .filter(({ coin, shown }) => coin !== shown),
    remarks: remarksOf(snapshot, say),
    failures: [...failedAlike(parts, POSITION_PARTS).values()].map(({ failure, names }) => ({
      text: say(
        words(
          'Not read: {0}. {1}',
          names.map((name) => say(PART_NAMES[name])).join(', '),
          say(causeWords(failure)),
        ),
      ),
      advice: failure.advice === undefined ? null : say(failure.advice),
    })),
    parts: POSITION_PARTS.filter((name) => parts[name].absent !== true).map((name) => ({
      name: say(PART_NAMES[name]),
      readAt: parts[name].readAt ?? null,
      isStale: parts[name].failure !== undefined,
    })),
  };
}

const ACTIVITY_WORDS = {
  liquidation: words('The institutional unit is being liquidated. Meanwhile Bybit shows no figures of it.'),
  repayment: words('A repayment of the institutional unit runs. Meanwhile Bybit shows no figures of it.'),
  transfer: words('A transfer of the institutional unit runs. Meanwhile Bybit shows no figures of it.'),
  other: words('Bybit is at work on the institutional unit and shows no figures of it.'),
} as const;

function remarksOf(snapshot: Snapshot, say: Say): string[] {
  const activity = activityOf(snapshot);
  const { colRes } = snapshot.parts.position.value ?? {};
  return [
    ...(activity === undefined ? [] : [say(ACTIVITY_WORDS[activity])]),
    ...(colRes === '1'
      ? [say(words('Bybit holds almost as much of a pledged coin as it takes: more of it may be refused.'))]
      : []),
    ...(colRes === '2' ? [say(words('Bybit takes no more of a pledged coin now.'))] : []),
  ];
}

/** What the page calls a loan. */
export function idOf({ system, id }: Pick<Loan, 'system' | 'id'>): string {
  return `${system} ${id}`;
}

const ID_DIGITS = 4;

/** The end of an order's id, which tells two loans of the same coins apart. */
function shortId(id: string): string {
  return id.length > ID_DIGITS ? `…${id.slice(-ID_DIGITS)}` : id;
}

function titleOf({ name, book, record }: AccountPool): Words {
  const [debt] = book.debts;
  const [pledged] = book.collateral;
  switch (name) {
    case 'shared':
      return words('Flexible and fixed loans');
    case 'legacy':
      return words(
        'Legacy loan {0}: {1} against {2}',
        shortId(record ?? ''),
        coinName(debt?.coin ?? ''),
        coinName(pledged?.coin ?? ''),
      );
    case 'institutional':
      return words('Institutional unit, UID {0}', record ?? '');
  }
}

function wirePool(pool: AccountPool, snapshot: Snapshot, locale: string, say: Say): WirePool {
  const { parts } = snapshot;
  const { id, name, record, book, thresholds, grounds, said } = pool;
  // Of hundreds of coins only those that count here: what is owed, pledged, or could be pledged.
  const wallet = [...book.wallet]
    .filter(
      ([coin, amount]) =>
        amount !== '0' && (book.bands.has(coin) || book.debts.some((debt) => debt.coin === coin)),
    )
    .map(([coin, amount]) => ({ coin, amount }));
  const coins = new Set([...book.debts, ...book.collateral, ...wallet].map(({ coin }) => coin));
  return {
    id,
    name,
    title: say(titleOf(pool)),
    record: record ?? null,
    debts: book.debts.map(({ coin, system, amount, interest, hourlyRate }) => ({
      coin,
      // Pools hold debts of these systems only.
      system: LOAN_SYSTEMS.find((one) => one === system) ?? 'flexible',
      amount,
      interest: interest ?? null,
      hourlyRate: hourlyRate ?? null,
    })),
    collateral: [...book.collateral],
    wallet,
    prices: known(coins, book.prices).map(([coin, usd]) => ({ coin, usd })),
    bands: known(coins, book.bands).map(([coin, bands]) => ({
      coin,
      bands: bands.map(({ from, to, ratio }) => ({ from, to: to ?? null, ratio })),
    })),
    thresholds: { ...thresholds },
    lines: linesOf(pool, say),
    source: say(sourceWords(pool, locale)),
    said: said ?? null,
    readAt: readAtOf(pool, snapshot) ?? null,
    isStale: grounds.some((part) => parts[part].failure !== undefined),
  };
}

function known<T>(
  coins: ReadonlySet<string>,
  all: ReadonlyMap<string, T>,
): readonly (readonly [string, T])[] {
  return [...all].filter(([coin]) => coins.has(coin));
}

/** What the flows know a loan by: nothing for a flexible one, the unit for one of a unit. */
function recordOf({ system, id, can }: Loan, unit: string | undefined): string | null {
  if (system === 'institutional') return unit ?? null;
  return system === 'flexible' || can.length === 0 ? null : id;
}

interface Deeds {
  /** The designated UID of the risk unit. */
  readonly unit: string | undefined;
  readonly canWrite: boolean;
  /** Contracts that can be renewed. */
  readonly renewable: ReadonlySet<string>;
}

function wireLoan(loan: Loan, deeds: Deeds): WireLoan {
  const { system, coin, owed, principal, interest, penalty, annualRate, isFloating, prepaid } = loan;
  const { start, due, term, status, atMaturity } = loan;
  const orNull = (value: Decimal | undefined) => value ?? null;
  return {
    id: idOf(loan),
    pool: poolIdOf(loan),
    system,
    record: recordOf(loan, deeds.unit),
    coin,
    owed,
    principal: orNull(principal),
    interest: orNull(interest),
    penalty,
    annualRate: orNull(annualRate),
    isFloating,
    prepaid: orNull(prepaid),
    start: start ?? null,
    due: due ?? null,
    term: term ?? null,
    isOverdue: status === 'overdue',
    atMaturity: atMaturity ?? null,
    deeds: deedsOf(loan, deeds),
  };
}

/** The flows that a loan can be led into. */
function deedsOf({ can, id, system }: Loan, { canWrite, renewable }: Deeds): DeedName[] {
  if (!canWrite) return [];
  const ends = (kind: string) => can.some((one) => one.endsWith(`.${kind}`));
  return [
    ...(ends('repay') ? (['repay'] as const) : []),
    ...(ends('repayWithCollateral') ? (['repayWithCollateral'] as const) : []),
    ...(ends('adjustCollateral') ? (['adjustCollateral'] as const) : []),
    ...(system === 'fixed' && renewable.has(id) ? (['renew'] as const) : []),
  ];
}
