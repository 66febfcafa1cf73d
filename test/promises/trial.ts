import assert from 'node:assert/strict';
import type { Operation, OperationKind, Verdict } from '../../src/desk/operation';
import { deedOf } from '../../src/desk/operations/registry';
import type { Habits } from '../../src/paper/ledger/state';
import { seeded } from './scale';
import type { World } from './shaken';
import { laid, type Table } from './table';

/** One confirmed operation in one world. */
export interface Trial {
  readonly operation: Operation;
  readonly world: World;
  readonly habits: Partial<Habits>;
  readonly offset: number;
  readonly seed: number;
}

export interface Outcome {
  /** What the person was told when waiting ended. */
  readonly told: Verdict;
  /** The end in the journal. */
  readonly end: string;
  readonly commits: number;
  readonly sends: number;
  /** From the last sending to the end, ms of the server's clock; undefined when nothing was sent. */
  readonly took: number | undefined;
}

/** What a person may be told while the end is not known. */
export const OPEN = ['unknown', 'processing', 'needsLook'];

/** Carries a trial out and judges it; throws when anything is not as promised. */
export async function tried(trial: Trial): Promise<Outcome> {
  const table = await laid({ random: seeded(trial.seed), habits: trial.habits, offset: trial.offset });
  try {
    // Nothing is known but the key, so no check stands in the way.
    const desk = await table.open(['key']);
    table.passage.world = trial.world;
    const told = await table.clock.run(desk.execute(trial.operation));
    for (let waited = 0; desk.open.length > 0 && waited < 300; waited += 1) await table.clock.pass(1_000);
    const outcome = await outcomeOf(table, told);
    judge(trial, outcome, table);
    assert.deepEqual(await table.ledger.imbalances(), []);
    return outcome;
  } catch (error) {
    throw new Error(`${JSON.stringify(trial)}: ${String(error)}\n${table.log.slice(-5).join('\n')}`, {
      cause: error,
    });
  } finally {
    await table.close();
  }
}

async function outcomeOf(table: Table, told: Verdict): Promise<Outcome> {
  const ends = table.verdicts();
  assert.ok(ends.length <= 1, 'two verdicts on one operation');
  const [end] = ends;
  const last = table.passage.signed.at(-1);
  return {
    told,
    end: end?.state ?? (told.state === 'refused' ? 'refused' : 'open'),
    commits: table.ledger.commits(),
    sends: table.passage.sends,
    took:
      last === undefined || end === undefined
        ? undefined
        : end.at - last + table.serverTime() - table.clock.now(),
  };
}

function judge(
  { world, habits, operation }: Trial,
  { told, end, commits, sends, took }: Outcome,
  table: Table,
): void {
  const { shake } = world;
  assert.ok(commits <= 1, `${commits} commits`);
  assert.ok(sends <= (shake.kind === 'again' ? 2 : 1), `left ${sends} times`);
  const expected = commits === 0 ? ['refused', 'absent'] : endsOf(operation, habits);
  assert.ok(expected.includes(end), `ended as ${end}, ${commits} commits`);
  assert.ok([end, ...OPEN].includes(told.state), `told ${told.state}, ended as ${end}`);
  if (took === undefined || end === 'refused') return;
  const { recordWithin } = deedOf(operation);
  const silence = LONGEST_LAG + recordWithin;
  const worked = operation.kind === 'institutional.repay' ? LONGEST_REPAYMENT : (habits.settleMs ?? 0);
  // Where only what succeeded is recorded, a failure shows by nothing being there.
  const shows = end !== 'done' ? Math.max(worked, silence) : worked + (habits.historyLagMs ?? 0);
  const known = arrives(shake) + Math.max(commits === 0 ? silence : shows, world.blind);
  // Without a record, that something failed is said of its silence, too.
  const isSilence = end === 'absent' || (end === 'failed' && deedOf(operation).failsSilently);
  if (isSilence) assert.ok(took >= silence, `${end} after ${took} ms`);
  assert.ok(took <= known + 10_000 + roughly(world), `took ${took} ms, could be known after ${known}`);
  assert.equal(table.journal().filter(({ type }) => type === 'intent').length, 1);
}

/** How an operation that was taken may end. */
export function endsOf(
  operation: Operation,
  { settleFails = false, settleMs = 0 }: Partial<Habits>,
): readonly string[] {
  const { kind } = operation;
  if (!settleFails) return ['done'];
  // Orders are matched later than they are placed: a look before says done, one behind failed.
  if (kind === 'fixed.borrow') return ['done', 'failed'];
  const isAtOnce = AT_ONCE.has(kind) || (settleMs === 0 && kind !== 'institutional.repay');
  if (isAtOnce) return ['done'];
  // Nothing has changed and nothing is recorded: whether it was ever taken, only the lost answer could tell.
  return deedOf(operation).failsSilently ? ['failed', 'absent'] : ['failed'];
}

/** What the paper exchange carries out with the answer, whatever it does with the rest. */
const AT_ONCE: ReadonlySet<string> = new Set<OperationKind>([
  'fixed.cancelBorrow',
  'fixed.renew',
  'fixed.supply',
  'fixed.cancelSupply',
  'institutional.bind',
  'institutional.unbind',
]);

/** How much later than it was sent a request may get there, or its answer come back, ms. */
function arrives(shake: World['shake']): number {
  if (shake.kind === 'again') return arrives(shake.next);
  if (shake.kind === 'late') return shake.ms;
  return shake.kind === 'slow' ? Math.min(shake.ms, 16_000) : 0;
}

/** An institutional repayment takes two to three minutes (API.md §9). */
const LONGEST_REPAYMENT = 180_000;

/** Until then a request may still be let in, or be missing from a history (promises.md §1, §2). */
const LONGEST_LAG = 30_000;

/** Reads that fail on the way take their time. */
function roughly({ rough, trip }: World): number {
  return rough * 800 + trip * 30;
}
