import assert from 'node:assert/strict';
import { createExchange } from '../../src/bybit/client';
import { codeFacts } from '../../src/bybit/codes';
import { MOST_MEASUREMENTS, MOST_RATE_TRIES } from '../../src/bybit/retries';
import { plain } from '../../src/bybit/words';
import type { Operation, Verdict } from '../../src/desk/operation';
import { deedOf } from '../../src/desk/operations/registry';
import { FakeClock } from '../unit/desk/fake-clock';
import { BreakingServer, type Plan } from '../wire/breaking-server';
import { FAULTS, faultsThat } from '../wire/faults';
import { KEY, openLedger, START } from '../wire/ledger';
import { Traced } from '../wire/traced';
import { preceded } from './preceded';
import { fastFolder, report, seeded } from './scale';
import { deskOn, journalIn } from './table';

const AT_ONCE = 2;

export type Moment = Plan | { readonly kind: 'refuse' } | { readonly kind: 'connections end' };

export interface Case {
  readonly operation: Operation;
  readonly moment: Moment;
  /** How many reads of a hundred meet a fault of their own. */
  readonly rough: number;
  /** How long histories lag behind, ms. */
  readonly lag: number;
  readonly seed: number;
}

interface Carried {
  readonly end: string;
  readonly path: string | undefined;
}

/** How long histories may lag (promises.md §2). */
export const LAGS = [0, 12_000, 30_000] as const;
/** Until then a record may be missing: nothing is called absent before. */
const LONGEST_LAG = 30_000;

/** Carries one case out over a real socket and judges it; gives the end, and the path of the call if one came in. */
async function carriedOut({ operation, moment, rough, lag, seed }: Case): Promise<Carried> {
  const traced = new Traced();
  // Time stands still while bytes are on their way, so that a slow machine does not change what happens.
  const clock: FakeClock = new FakeClock(START, () => traced.isBusy((id) => server.isIdle(id)));
  const ledger = await openLedger(() => clock.now(), { historyLagMs: lag });
  const server = new BreakingServer(ledger, clock);
  const folder = fastFolder();
  await server.open();
  const random = seeded(seed);
  const client = createExchange({
    baseUrl: server.url,
    credentials: KEY,
    adapter: traced.adapter,
    clock,
    random,
  });
  const exchange = preceded(client, () => {
    if (moment.kind === 'refuse') return server.shut();
    if (moment.kind === 'connections end') server.endIdle();
    return undefined;
  });
  const desk = await deskOn({ exchange, folder: folder.path, clock });
  try {
    if (moment.kind !== 'refuse' && moment.kind !== 'connections end') server.plan = moment;
    const names = faultsThat('readable', 'unsure');
    server.readFault = () =>
      random() * 100 < rough ? names[Math.floor(random() * names.length)] : undefined;
    const begun = clock.monotonic();
    const told = await clock.run(desk.execute(operation));
    server.readFault = () => undefined;
    if (moment.kind === 'refuse') await server.open();
    for (let waited = 0; desk.open.length > 0 && waited < 300; waited += 1) await clock.pass(1_000);
    const ends = journalIn(folder.path).filter(({ type }) => type === 'verdict');
    const [end] = ends;
    const state = end?.type === 'verdict' ? end.state : told.state;
    const [commits, arrived, sends] = [ledger.commits(), ledger.arrived(), server.writes.length];
    const about = `${JSON.stringify({ operation: operation.kind, moment, rough, lag, seed })}: told ${told.state} ${plain(told.words)}, ended ${state}, ${commits} commits, ${sends} sent`;
    assert.ok(ends.length <= 1 && arrived <= 1 && commits <= 1, about);
    assert.ok(sends <= mostSends(moment), about);
    if (moment.kind === 'code') judgeCode(moment, { told, state, commits }, about);
    const isReadable =
      moment.kind === 'whole' || (moment.kind === 'fault' && FAULTS[moment.name]?.leaves === 'readable');
    if (isReadable && rough === 0) assert.equal(commits, 1, about);
    assert.ok((commits === 1 ? ['done'] : ['refused', 'absent']).includes(state), about);
    assert.ok([state, 'unknown', 'processing', 'needsLook'].includes(told.state), about);
    if (state === 'absent') {
      const took = (end?.at ?? 0) - START - begun;
      assert.ok(took >= LONGEST_LAG + deedOf(operation).recordWithin, `absent after ${took} ms: ${about}`);
    }
    assert.deepEqual(await ledger.imbalances(), []);
    return { end: state, path: server.writes[0] };
  } finally {
    desk.dispose();
    client.dispose();
    await clock.pass(1);
    await server.shut();
    folder.remove();
  }
}

/** Cleanly refused for its time or its rate it is sent again; nothing else is. */
function mostSends(moment: Moment): number {
  const retCode = moment.kind === 'code' ? moment.retCode : undefined;
  if (retCode === 10002) return 1 + MOST_MEASUREMENTS;
  return retCode === 10006 ? MOST_RATE_TRIES : 1;
}

interface End {
  readonly told: Verdict;
  readonly state: string;
  readonly commits: number;
}

/** What the table of promises.md §1 wants of a code, whatever the operation. */
function judgeCode(
  { retCode, when }: Extract<Plan, { kind: 'code' }>,
  { told, state, commits }: End,
  about: string,
): void {
  assert.equal(commits, when === 'after' ? 1 : 0, about);
  if ((codeFacts(retCode)?.effect ?? 'unknown') === 'none') {
    assert.deepEqual([told.state, state, told.code], ['refused', 'refused', String(retCode)], about);
  } else assert.equal(state, commits === 1 ? 'done' : 'absent', about);
}

/** Runs cases, several at a time; gives how they ended. */
export async function all(
  cases: readonly Case[],
  onCall: (path: string) => void = () => undefined,
): Promise<ReadonlyMap<string, number>> {
  const ends = new Map<string, number>();
  const failures: string[] = [];
  const waiting = [...cases];
  const work = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      try {
        const { end, path } = await carriedOut(next);
        if (path !== undefined) onCall(path);
        ends.set(end, (ends.get(end) ?? 0) + 1);
      } catch (error) {
        failures.push(String(error));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failures.length > 0)
    throw new Error(`${failures.length} not as promised:\n${failures.slice(0, 8).join('\n')}`);
  return ends;
}

export function told(name: string, cases: readonly Case[], ends: ReadonlyMap<string, number>): void {
  report(
    2,
    `${cases.length} × ${name}`,
    '0 not as promised',
    ...[...ends].map(([end, count]) => `${count} ${end}`),
  );
}
