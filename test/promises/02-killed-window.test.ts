import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExchange } from '../../src/bybit/client';
import { systemClock } from '../../src/bybit/local-clock';
import { createDesk } from '../../src/desk/desk';
import type { Operation } from '../../src/desk/operation';
import type { PaperRequest, PaperResponse } from '../../src/paper/exchange/wire';
import { THRESHOLDS } from '../unit/desk/bench';
import { FakeClock } from '../unit/desk/fake-clock';
import { BreakingServer, type Plan } from '../wire/breaking-server';
import { ACCOUNT, deeds, isWrite, KEY, type Ledger, openLedger, START } from '../wire/ledger';
import { fastFolder, pick, report, scaled, seeded } from './scale';
import { CALM, Passage } from './shaken';
import { journalIn } from './table';

const CHILD = join(__dirname, 'children/desk.js');

/**
 * Where a window is when it is killed: before, while and after the write is carried out, when a line is in the journal, or at the
 * first read after an answer was lost.
 */
type Moment = 'reading' | 'arrived' | 'carried out' | 'answered' | 'intent' | 'sent' | 'unknown' | 'looking';

/** What becomes of the answer to the write. */
interface Fate {
  readonly plan: Plan;
  /** Those that a window gets to. */
  readonly moments: readonly Moment[];
}

const FATES: readonly Fate[] = [
  {
    plan: { kind: 'whole' },
    moments: ['reading', 'arrived', 'carried out', 'answered', 'intent', 'sent'],
  },
  {
    plan: { kind: 'fault', name: 'reset', when: 'after' },
    moments: ['arrived', 'carried out', 'sent', 'unknown', 'looking'],
  },
  {
    plan: { kind: 'fault', name: 'slow', when: 'after' },
    moments: ['arrived', 'carried out', 'sent', 'answered'],
  },
  { plan: { kind: 'fault', name: 'reset', when: 'before' }, moments: ['sent', 'unknown', 'looking'] },
];

/** Faults of reads that end at once. */
const READ_FAULTS = ['reset', 'cut chunk', 'HTTP 200 html', 'half the JSON'] as const;

/** How long histories lag behind, and how long no read of the next window gets an answer, ms. */
const LAGS = [0, 12_000, 30_000] as const;
const DARK = [0, 8_000, 40_000] as const;

/** The ledger behind a socket, with something done when a request gets to a moment. */
function watched(ledger: Ledger, at: (moment: Moment) => void): Ledger {
  return {
    ...ledger,
    async handle(request: PaperRequest): Promise<PaperResponse> {
      const isMoney = isWrite(request.path);
      at(isMoney ? 'arrived' : 'reading');
      const answer = await ledger.handle(request);
      if (isMoney) at('carried out');
      return answer;
    },
  };
}

interface Case {
  readonly operation: Operation;
  readonly plan: Plan;
  readonly moment: Moment;
  readonly lag: number;
  /** For the next window, ms. */
  readonly dark: number;
  /** How many reads of a hundred meet a fault of their own, in either window. */
  readonly rough: number;
  readonly seed: number;
}

interface Ended {
  readonly end: string;
  readonly killed: boolean;
}

async function killedAt(one: Case): Promise<Ended> {
  const { operation, plan, moment, lag, rough, seed } = one;
  const random = seeded(seed);
  const began = Date.now();
  // The exchange's clock: real while the window lives, then that of the one after it.
  let after: FakeClock | undefined;
  const now = () => after?.now() ?? START + Date.now() - began;
  const ledger = await openLedger(now, { historyLagMs: lag });
  const folder = fastFolder();
  let kill = () => undefined as unknown;
  let killed = false;
  const delay = Math.floor(random() * 4);
  let isUnsure = false;
  const strike = (reached: Moment) => {
    const isLooking = reached === 'reading' && isUnsure && moment === 'looking';
    if ((reached !== moment && !isLooking) || killed) return;
    killed = true;
    setTimeout(() => kill(), delay);
  };
  const server = new BreakingServer(watched(ledger, strike), systemClock);
  await server.open();
  server.plan = plan;
  server.readFault = () => (random() * 100 < rough ? pick(random, READ_FAULTS) : undefined);
  try {
    const file = join(folder.path, 'operation.json');
    writeFileSync(file, JSON.stringify(operation));
    const child = spawn(process.execPath, [CHILD, server.url, folder.path, file], { stdio: 'ignore' });
    kill = () => child.kill('SIGKILL');
    const journal = join(folder.path, `journal-${ACCOUNT.id}.jsonl`);
    const looking = setInterval(() => {
      if (!existsSync(journal)) return;
      const text = readFileSync(journal, 'utf8');
      for (const type of ['intent', 'sent'] as const) if (text.includes(`"type":"${type}"`)) strike(type);
      if (text.includes('"accepted":true')) strike('answered');
      if (text.includes('"state":"unknown"')) {
        isUnsure = true;
        strike('unknown');
      }
    }, 1);
    await new Promise((resolve) => child.once('close', resolve));
    clearInterval(looking);
    after = new FakeClock(now());
    return {
      end: await nextWindow(one, { ledger, folder: folder.path, clock: after, random }),
      killed: child.signalCode === 'SIGKILL',
    };
  } finally {
    await server.shut();
    folder.remove();
  }
}

/** What a killed window leaves behind. */
interface Left {
  readonly ledger: Ledger;
  readonly folder: string;
  readonly clock: FakeClock;
  readonly random: () => number;
}

/** What the window after the killed one finds; gives how the operation ended. */
async function nextWindow({ dark, rough }: Case, left: Left): Promise<string> {
  const { ledger, folder, clock, random } = left;
  const passage = new Passage(clock, ledger, random);
  passage.world = { ...CALM, rough };
  passage.goDark(dark);
  const exchange = createExchange({
    baseUrl: 'http://127.0.0.1:1',
    credentials: KEY,
    adapter: passage.adapter,
    clock,
    random,
  });
  const desk = await createDesk({
    account: ACCOUNT,
    exchange,
    folder,
    clock,
    thresholds: () => THRESHOLDS,
    intervalMs: () => 15_000,
    log: () => undefined,
  });
  try {
    for (let waited = 0; desk.open.length > 0 && waited < 400; waited += 1) await clock.pass(1_000);
    const events = journalIn(folder);
    const ends = events.flatMap((event) => (event.type === 'verdict' ? [event.state] : []));
    const commits = ledger.commits();
    const about = `${commits} commits, ${passage.sends} sent again, ended ${ends.join()}, ${desk.open.length} open`;
    assert.ok(commits <= 1 && passage.sends === 0 && desk.open.length === 0, about);
    const [end = 'never begun'] = ends;
    assert.ok(ends.length <= 1, about);
    assert.ok((commits === 1 ? ['done'] : ['absent', 'refused', 'never begun']).includes(end), about);
    if (end === 'never begun') assert.deepEqual(events, []);
    return end;
  } finally {
    desk.dispose();
    exchange.dispose();
    await clock.pass(1);
  }
}

describe('a window that is killed in the middle of an operation', function () {
  this.timeout(3_600_000);

  it('leaves enough behind for the next one to tell the truth, and nothing is sent again', async () => {
    const operations = await deeds();
    const cases = Array.from({ length: scaled(150) }, (_, seed): Case => {
      const random = seeded(seed);
      const { plan, moments } = FATES[seed % FATES.length] as Fate;
      return {
        operation: operations[(seed * 5) % operations.length] as Operation,
        plan,
        moment: moments[Math.floor(seed / FATES.length) % moments.length] as Moment,
        lag: pick(random, LAGS),
        dark: pick(random, DARK),
        rough: pick(random, [0, 20]),
        seed,
      };
    });
    const ends = new Map<string, number>();
    const failures: string[] = [];
    let kills = 0;
    for (const one of cases) {
      try {
        const { end, killed } = await killedAt(one);
        kills += killed ? 1 : 0;
        ends.set(end, (ends.get(end) ?? 0) + 1);
      } catch (error) {
        failures.push(`${JSON.stringify(one)}: ${String(error)}`);
      }
    }
    report(
      2,
      `${kills} of ${cases.length} windows killed with -9 before, in and after a write, answers lost and slow, histories behind, reads that fail`,
      `${failures.length} not as promised`,
      ...[...ends].map(([end, count]) => `${count} ${end}`),
    );
    assert.deepEqual(failures.slice(0, 5), []);
    assert.ok(kills >= cases.length / 2);
  });
});
