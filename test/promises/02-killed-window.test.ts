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
import { BreakingServer } from '../wire/breaking-server';
import { ACCOUNT, deeds, isWrite, KEY, type Ledger, openLedger, START } from '../wire/ledger';
import { fastFolder, report, scaled, seeded } from './scale';
import { Passage } from './shaken';
import { journalIn } from './table';

const CHILD = join(__dirname, 'children/desk.js');

/** Where a window is when it is killed: before, while and after the write is carried out, or when a line is in the journal. */
const MOMENTS = ['reading', 'arrived', 'carried out', 'answered', 'intent', 'sent'] as const;
type Moment = (typeof MOMENTS)[number];

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
  readonly moment: Moment;
  readonly seed: number;
}

interface Ended {
  readonly end: string;
  readonly killed: boolean;
}

async function killedAt({ operation, moment, seed }: Case): Promise<Ended> {
  const random = seeded(seed);
  const began = Date.now();
  // The exchange's clock: real while the window lives, then that of the one after it.
  let after: FakeClock | undefined;
  const now = () => after?.now() ?? START + Date.now() - began;
  const ledger = await openLedger(now);
  const folder = fastFolder();
  let kill = () => undefined as unknown;
  let killed = false;
  const delay = Math.floor(random() * 4);
  const strike = (reached: Moment) => {
    if (reached !== moment || killed) return;
    killed = true;
    setTimeout(() => kill(), delay);
  };
  const server = new BreakingServer(watched(ledger, strike), systemClock);
  await server.open();
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
    }, 1);
    await new Promise((resolve) => child.once('close', resolve));
    clearInterval(looking);
    after = new FakeClock(now());
    return {
      end: await nextWindow(ledger, folder.path, after, random),
      killed: child.signalCode === 'SIGKILL',
    };
  } finally {
    await server.shut();
    folder.remove();
  }
}

/** What the window after the killed one finds; gives how the operation ended. */
async function nextWindow(
  ledger: Ledger,
  folder: string,
  clock: FakeClock,
  random: () => number,
): Promise<string> {
  const passage = new Passage(clock, ledger, random);
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
    const cases = Array.from(
      { length: scaled(100) },
      (_, seed): Case => ({
        operation: operations[(seed * 5) % operations.length] as Operation,
        moment: MOMENTS[seed % MOMENTS.length] as Moment,
        seed,
      }),
    );
    const ends = new Map<string, number>();
    const failures: string[] = [];
    let kills = 0;
    for (const one of cases) {
      try {
        const { end, killed } = await killedAt(one);
        kills += killed ? 1 : 0;
        ends.set(end, (ends.get(end) ?? 0) + 1);
      } catch (error) {
        failures.push(`${one.moment} of ${one.operation.kind}: ${String(error)}`);
      }
    }
    report(
      2,
      `${kills} of ${cases.length} windows killed with -9 before, in and after a write`,
      `${failures.length} not as promised`,
      ...[...ends].map(([end, count]) => `${count} ${end}`),
    );
    assert.deepEqual(failures.slice(0, 5), []);
    assert.ok(kills >= cases.length / 2);
  });
});
