import assert from 'node:assert/strict';
import { BybitError } from '../../src/bybit/errors';
import type { Operation, OperationKind } from '../../src/desk/operation';
import { deedOf } from '../../src/desk/operations/registry';
import { deeds } from '../wire/ledger';
import { report, SCALE, seeded } from './scale';
import { CALM, type Shake } from './shaken';
import { laid } from './table';

/** What becomes of our own write. */
const FATES: readonly Shake[] = [
  { kind: 'none' },
  { kind: 'lost', when: 'before', code: 'ECONNRESET' },
  { kind: 'lost', when: 'after', code: 'ECONNRESET' },
  { kind: 'late', ms: 3_000 },
];

/** How much later than ours the same is done elsewhere, ms. */
const LATER = [0, 2_000, 20_000, 3_600_000] as const;
/** Up to then the exchange cannot tell the two apart (promises.md §1, 9), and nobody can. */
const WINDOW_MS = 10_000;

/** Kinds that are told by how things stand: who cancelled an order or bound a UID is the same to everybody. */
const STANDING: ReadonlySet<OperationKind> = new Set<OperationKind>([
  'fixed.cancelBorrow',
  'fixed.cancelSupply',
  'institutional.bind',
  'institutional.unbind',
]);

interface Case {
  readonly operation: Operation;
  readonly shake: Shake;
  readonly later: number;
  /** Whether our window is closed right after the sending and opened again when the other has done it. */
  readonly isClosed: boolean;
  readonly lag: number;
}

/** Carries it out and judges it; gives how it ended. */
async function carriedOut({ operation, shake, later, isClosed, lag }: Case): Promise<string> {
  const table = await laid({ random: seeded(7), habits: { historyLagMs: lag } });
  const about = JSON.stringify({ kind: operation.kind, shake, later, isClosed, lag });
  try {
    const first = await table.open(['key']);
    table.passage.world = { ...CALM, shake };
    const running = first.execute(operation);
    while (table.passage.sends === 0) await table.clock.pass(10);
    await table.clock.pass(200);
    table.passage.world = CALM;
    if (isClosed) first.dispose();
    await table.clock.pass(later);
    let isElsewhere = true;
    const other = table.client();
    await table.clock.run(
      deedOf(operation)
        .send(other, {})
        .catch((error: unknown) => {
          // What is cancelled, bound or repaid already cannot be so once more.
          if (!(error instanceof BybitError)) throw error;
          isElsewhere = false;
        }),
    );
    const desk = isClosed ? await table.open(['key']) : first;
    for (let waited = 0; desk.open.length > 0 && waited < 300; waited += 1) await table.clock.pass(1_000);
    const told = await table.clock.run(running);
    const ends = table.verdicts();
    assert.ok(ends.length <= 1, about);
    const end = ends[0]?.state ?? desk.open[0]?.state ?? told.state;
    const own = table.ledger.commits() - Number(isElsewhere);
    assert.ok(own <= 1, `${own} commits: ${about}`);
    const isAlike =
      isElsewhere &&
      (later + 200 <= WINDOW_MS + deedOf(operation).recordWithin || STANDING.has(operation.kind));
    const expected = own === 1 ? ['done', 'needsLook'] : ['refused', 'absent', 'needsLook'];
    if (isAlike) expected.push('done');
    assert.ok(expected.includes(end), `ended as ${end} with ${own} commits of its own: ${about}`);
    if (own === 1 && !isElsewhere) assert.equal(end, 'done', about);
    assert.deepEqual(await table.ledger.imbalances(), []);
    return end;
  } finally {
    await table.close();
  }
}

function cases(operations: readonly Operation[]): readonly Case[] {
  const all = operations.flatMap((operation) =>
    FATES.flatMap((shake) =>
      LATER.flatMap((later) =>
        [false, true].flatMap((isClosed) =>
          [0, 15_000].map((lag) => ({ operation, shake, later, isClosed, lag })),
        ),
      ),
    ),
  );
  const count = Math.ceil(all.length * Math.min(1, SCALE));
  return all.filter((_, n) => (n * 37) % all.length < count);
}

describe('the same operation made elsewhere', function () {
  this.timeout(3_600_000);

  it('at the same moment or later is never taken for one that did not happen, where it can be told', async () => {
    const ends = new Map<string, number>();
    const failures: string[] = [];
    const list = cases(await deeds());
    for (const each of list) {
      try {
        const end = await carriedOut(each);
        ends.set(end, (ends.get(end) ?? 0) + 1);
      } catch (error) {
        failures.push(String(error));
      }
    }
    report(
      2,
      `${list.length} × operation, fate, the same elsewhere at once to an hour later`,
      `${failures.length} not as promised`,
      ...[...ends].map(([end, count]) => `${count} ${end}`),
    );
    if (failures.length > 0) throw new Error(failures.slice(0, 5).join('\n\n'));
  });
});
