import assert from 'node:assert/strict';
import { createExchange } from '../../src/bybit/client';
import { plain } from '../../src/bybit/words';
import type { Operation } from '../../src/desk/operation';
import { paperAdapter } from '../../src/paper/adapter';
import { createControl } from '../../src/paper/control';
import { deliver, Faults } from '../../src/paper/faults';
import { FakeClock } from '../unit/desk/fake-clock';
import { deeds, KEY, openLedger, START } from '../wire/ledger';
import { preceded } from './preceded';
import { fastFolder, report, SCALE, seeded } from './scale';
import { deskOn, journalIn } from './table';

const STATUSES = [301, 400, 401, 403, 404, 408, 429, 500, 502, 503, 504] as const;
const CODES = [
  10000, 10001, 10003, 10005, 10014, 10016, 10017, 148009, 148011, 148019, 148021, 148034, 148041, 999_999,
] as const;
/** Statuses that the exchange may also send when it has carried a write out. */
const AFTER = [301, 408, 429, 500, 502, 503, 504] as const;
/** Codes that do not say whether anything happened (promises.md §1). */
const UNSURE = [10000, 10014, 10016, 148019, 148021, 148034, 148041, 999_999] as const;

/** Every kind of fault that `POST /paper/fault` knows. */
const KINDS: readonly string[] = [
  ...['timeout', 'reset'].flatMap((name) => [`${name}-before`, `${name}-after`]),
  ...STATUSES.map((status) => `http-${status}`),
  ...AFTER.map((status) => `http-${status}-after`),
  'html',
  'truncated',
  'empty',
  'no-limit-headers',
  ...CODES.map((code) => `retcode:${code}`),
  ...UNSURE.map((code) => `retcode-after:${code}`),
  // Cleanly refused, and sent once more.
  'retcode:10002',
  'retcode:10006',
  'slow:900',
  'slow:20000',
];

interface Case {
  readonly operation: Operation;
  readonly kind: string;
  /** What the first reads of the histories meet. */
  readonly reads: string | undefined;
  readonly seed: number;
}

/** Carries an operation out while the control of the paper exchange lets it go wrong; gives the end. */
async function steered({ operation, kind, reads, seed }: Case): Promise<string> {
  const clock = new FakeClock(START);
  const ledger = await openLedger(() => clock.now());
  const faults = new Faults();
  const control = createControl(ledger.core, faults);
  const adapter = paperAdapter((request) =>
    deliver(
      request,
      faults.take(request.path),
      (one) => ledger.handle(one),
      (ms) => clock.sleep(ms),
    ),
  );
  const client = createExchange({
    baseUrl: 'http://127.0.0.1:1',
    credentials: KEY,
    adapter,
    clock,
    random: seeded(seed),
  });
  const exchange = preceded(client, ({ path }) => {
    control.fault(path, kind, 1);
    if (reads !== undefined) control.fault('*', reads, 4);
  });
  const folder = fastFolder();
  const desk = await deskOn({ exchange, folder: folder.path, clock });
  try {
    const told = await clock.run(desk.execute(operation));
    for (let waited = 0; desk.open.length > 0 && waited < 900; waited += 1) await clock.pass(1_000);
    const ends = journalIn(folder.path).filter((event) => event.type === 'verdict');
    const [commits, state] = [ledger.commits(), ends[0]?.state ?? told.state];
    const about = `${operation.kind} ${kind}, reads ${reads}: told ${told.state} ${plain(told.words)}, ended ${state}, ${commits} commits`;
    assert.ok(commits <= 1 && ends.length <= 1, about);
    assert.ok((commits === 1 ? ['done'] : ['refused', 'absent']).includes(state), about);
    assert.ok([state, 'unknown', 'processing', 'needsLook'].includes(told.state), about);
    assert.deepEqual(await ledger.imbalances(), []);
    return state;
  } finally {
    desk.dispose();
    client.dispose();
    await clock.pass(1);
    folder.remove();
  }
}

describe('whatever the control of the paper exchange does to a write', function () {
  this.timeout(3_600_000);

  it('it happens at most once, and ledger and journal agree', async () => {
    const operations = await deeds();
    const cases = KINDS.flatMap((kind, k) =>
      operations.flatMap((operation, o) =>
        [undefined, 'http-502', 'truncated'].map((reads, r) => ({
          operation,
          kind,
          reads,
          seed: k * 100 + o * 3 + r,
        })),
      ),
    );
    const count = Math.ceil(cases.length * Math.min(1, SCALE));
    const some = cases.filter((_, n) => (n * 37) % cases.length < count);
    const ends = new Map<string, number>();
    const failures: string[] = [];
    for (const one of some) {
      const end = await steered(one).catch((error) => {
        failures.push(String(error).slice(0, 400));
        return 'not as promised';
      });
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    report(
      2,
      `${some.length} × operation, fault of the control, reads`,
      `${failures.length} not as promised`,
      ...[...ends].map(([end, number]) => `${number} ${end}`),
    );
    assert.deepEqual(failures.slice(0, 8), []);
  });
});
