import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createExchange } from '../../../src/bybit/client';
import { decimal } from '../../../src/bybit/decimal';
import { createDesk } from '../../../src/desk/desk';
import { storiesOf } from '../../../src/desk/journal/story';
import type { Desk, Operation, VerdictState } from '../../../src/desk/operation';
import { HistoryService } from '../../../src/ui/history/history-service';
import type { Session, Sessions } from '../../../src/ui/session';
import { Signal } from '../../../src/ui/signal';
import { loanRows } from '../../../src/ui/trees/loans/loan-rows';
import { WatchService } from '../../../src/ui/watch/watch-service';
import { THRESHOLDS } from '../../unit/desk/bench';
import { FakeClock } from '../../unit/desk/fake-clock';
import { FakeLog } from '../../unit/ui/fake-log';
import { outline } from '../../unit/ui/trees/read';
import { ACCOUNT, deeds, KEY, openLedger, START } from '../../wire/ledger';
import { Busiest } from '../busiest';
import { Nobody } from '../nobody';
import { fastFolder, pick, seeded } from '../scale';
import { CALM, Passage, type Shake } from '../shaken';
import { journalIn, sharedReadsIn } from '../table';

/**
 * One window in one process through a long simulated time: polling, watching, recording, drawing, operations and faults,
 * against the paper exchange. Prints a line of JSON every ten simulated minutes and a last one when all is disposed of.
 * Needs `--expose-gc`.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Every ten minutes. */
export interface Sample {
  readonly minutes: number;
  /** In use after a collection, bytes. */
  readonly heap: number;
  readonly requests: number;
}

/** At the end. */
export interface Remains {
  readonly operations: Readonly<Record<string, number>>;
  /** How many of each loan system's were done. */
  readonly done: Readonly<Record<string, number>>;
  readonly alerts: number;
  readonly readings: number;
  readonly recordedCoins: number;
  readonly codes: Readonly<Record<string, number>>;
  readonly busiest: Readonly<Record<string, number>>;
  readonly address: number;
  /** What is left after everything was disposed of. */
  readonly sleepers: number;
  readonly listeners: number;
  readonly files: readonly string[];
  readonly resources: readonly string[];
}

const SHAKES: readonly Shake[] = [
  { kind: 'none' },
  { kind: 'none' },
  { kind: 'none' },
  { kind: 'no connection' },
  { kind: 'lost', when: 'before', code: 'ECONNRESET' },
  { kind: 'lost', when: 'after', code: 'ECONNRESET' },
  { kind: 'status', when: 'after', status: 502 },
  { kind: 'text', spoil: 'truncated' },
  { kind: 'code', when: 'before', retCode: 10016 },
  { kind: 'slow', ms: 3_000 },
];

/** What the process has open, where the system tells. */
function openFiles(): string[] {
  const folder = '/proc/self/fd';
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(join(folder, name))];
    } catch {
      // The one that the folder was read with.
      return [];
    }
  });
}

/** Counts who listens to a desk. */
function counted(desk: Desk): { readonly desk: Desk; readonly count: () => number } {
  let count = 0;
  const listen = desk.onDidChange.bind(desk);
  Object.defineProperty(desk, 'onDidChange', {
    value: (listener: () => void) => {
      count += 1;
      const stop = listen(listener);
      let listens = true;
      return () => {
        if (listens) count -= 1;
        listens = false;
        stop();
      };
    },
  });
  return { desk, count: () => count };
}

function sessionsOf(current: Session, signal: Signal) {
  let listeners = 0;
  const sessions: Sessions = {
    current,
    onDidChange: (listener) => {
      listeners += 1;
      const one = signal.event(listener);
      return {
        dispose: () => {
          listeners -= 1;
          one.dispose();
        },
      };
    },
    ready: () => Promise.reject(new Error('not asked for')),
    hold: () => () => undefined,
  };
  return { sessions, count: () => listeners };
}

const systemOf = ({ kind }: Operation): string => kind.slice(0, kind.indexOf('.'));

/** The operations such that the systems take turns. */
function inTurns(operations: readonly Operation[]): readonly Operation[] {
  const systems = [...new Set(operations.map(systemOf))];
  const bySystem = systems.map((system) => operations.filter((one) => systemOf(one) === system));
  const longest = Math.max(...bySystem.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => bySystem.flatMap((some) => some[turn] ?? [])).flat();
}

async function main(minutes: number): Promise<void> {
  const random = seeded(80);
  const all = await deeds();
  const moves = all.filter(({ kind }) => kind === 'common.adjustCollateral');
  const others = inTurns(all.filter((operation) => !moves.includes(operation)));
  const done: Record<string, number> = Object.fromEntries(all.map((operation) => [systemOf(operation), 0]));
  const filesBefore = openFiles();
  const folder = fastFolder();
  const clock = new FakeClock(START);
  const ledger = await openLedger(() => Math.floor(START + clock.monotonic()));
  const passage = new Passage(clock, ledger, random);
  const busiest = new Busiest();
  let requests = 0;
  const exchange = createExchange({
    baseUrl: 'http://127.0.0.1:1',
    credentials: KEY,
    shared: { folder: folder.path, account: ACCOUNT.id },
    adapter: (config) => {
      requests += 1;
      busiest.note((config.url ?? '').split('?')[0] ?? '', clock.monotonic());
      return passage.adapter(config);
    },
    clock,
    random,
    log: () => undefined,
  });
  const { desk, count: deskListeners } = counted(
    await createDesk({
      account: ACCOUNT,
      exchange,
      folder: folder.path,
      thresholds: () => THRESHOLDS,
      intervalMs: () => 15_000,
      log: () => undefined,
      clock,
      sharedReads: sharedReadsIn(folder.path),
    }),
  );
  const signal = new Signal();
  const session: Session = { kind: 'account', account: ACCOUNT, desk };
  let drawn = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;
  const redraw = desk.onDidChange(() => {
    signal.fire();
    // A tree is drawn once for all that changes at about the same time.
    if (clock.monotonic() - drawnAt < SECOND) return;
    drawnAt = clock.monotonic();
    drawn += outline(loanRows(session, clock.now(), 'en')).length;
  });
  const { sessions, count: sessionListeners } = sessionsOf(session, signal);
  const log = new FakeLog();
  const readSetting = () => undefined;
  const watch = new WatchService({
    sessions,
    folder: folder.path,
    asker: new Nobody(),
    readSetting,
    privacy: { show: (sentence) => sentence },
    locale: 'en',
    log,
    start: () => undefined,
    askSnooze: () => undefined,
    showList: () => undefined,
    clock,
  });
  const paper = { door: () => Promise.reject(new Error('no paper account here')) };
  const history = new HistoryService({ sessions, paper, folder: folder.path, readSetting, log, clock });
  let readings = 0;
  const recorded = history.onDidChange(() => {
    readings += 1;
  });
  const release = desk.watch();

  const operations: Partial<Record<VerdictState, number>> = {};
  let alerts = 0;
  async function work(step: number): Promise<void> {
    // Each system has a turn on a good day before the faults begin, however short the day is.
    const isCalm = step < Object.keys(done).length;
    passage.world = isCalm
      ? CALM
      : { ...CALM, rough: pick(random, [0, 0, 5, 20]), shake: pick(random, SHAKES) };
    if (step % 7 === 6) passage.goDark(3 * MINUTE);
    if (step % 11 === 10) clock.jump((random() - 0.5) * 10 * MINUTE);
    const usd = decimal(pick(random, [1_400, 2_000, 2_600, 3_300]));
    await ledger.core.steer((before) => ({ ...before, prices: new Map([...before.prices, ['ETH', usd]]) }));
    for (const some of [moves, others]) {
      const operation = some[step % some.length] as Operation;
      const { state } = await clock.run(desk.execute(operation));
      operations[state] = (operations[state] ?? 0) + 1;
    }
    passage.world = { ...CALM, rough: passage.world.rough };
    await clock.pass(10 * MINUTE - (clock.monotonic() % (10 * MINUTE)));
  }

  for (let step = 0; step * 10 < minutes; step += 1) {
    await work(step);
    // What only this harness keeps must not look like a leak.
    alerts += log.lines.filter((line) => /^watch: (began|ended)/.test(line)).length;
    log.lines.length = 0;
    passage.signed.length = 0;
    globalThis.gc?.();
    say({ minutes: (step + 1) * 10, heap: process.memoryUsage().heapUsed, requests } satisfies Sample);
  }

  // By the journal: what is carried out minutes later was told as processing.
  for (const { intent, state } of storiesOf(journalIn(folder.path))) {
    const system = systemOf(intent.operation);
    if (state === 'done') done[system] = (done[system] ?? 0) + 1;
  }
  const recordedCoins = (await history.shown?.store.coins())?.length ?? 0;
  release();
  recorded.dispose();
  watch.dispose();
  history.dispose();
  redraw();
  desk.dispose();
  exchange.dispose();
  // What is under way comes to its end or its deadline; whoever sleeps longer was forgotten.
  await clock.pass(15 * SECOND);
  await new Promise((resolve) => setImmediate(resolve));
  say({
    operations,
    done,
    alerts,
    readings,
    recordedCoins,
    codes: Object.fromEntries(passage.codes),
    busiest: Object.fromEntries(busiest.most),
    address: busiest.address,
    sleepers: clock.sleepers,
    listeners: deskListeners() + sessionListeners(),
    files: openFiles().filter((file) => !filesBefore.includes(file)),
    resources: process.getActiveResourcesInfo().filter((name) => !/^(TTYWrap|PipeWrap)$/.test(name)),
  } satisfies Remains);
  folder.remove();
  if (drawn === 0) throw new Error('nothing was drawn');
}

function say(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

void main(Number(process.argv[2]));
