import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decimal } from '../../src/bybit/decimal';
import { AlertFile } from '../../src/desk/history/alert-file';
import { alertsValue, type RateAlert } from '../../src/desk/history/alerts';
import { HistoryStore } from '../../src/desk/history/store';
import { Journal } from '../../src/desk/journal/journal';
import { WatchFile } from '../../src/desk/watch/file';
import { genesis } from '../../src/paper/ledger/genesis';
import { encode } from '../../src/paper/store/codec';
import { fileStore } from '../../src/paper/store/file';
import { createWorld } from '../../src/paper/systems/systems';
import { AccountFiles } from '../../src/ui/accounts/account-files';
import { intent, life } from '../unit/desk/journal/events';

const START = Date.UTC(2026, 2, 2);

/** A thing kept on disk: what a good file of it looks like, and what must work whatever lies there instead. */
export interface Kept {
  readonly name: string;
  /** Below the folder. */
  readonly file: string;
  readonly good: string;
  /** One written by a version to come; left out where such would have another name. */
  readonly newer?: string;
  /** Opens it, reads all of it and writes something new; rejects when any of that cannot be done. */
  use(folder: string, told: (line: string) => void): Promise<void>;
  /** Opens it and reads all of it, each thing that stands in it as text. */
  look(folder: string): Promise<readonly string[]>;
}

const lines = (events: readonly object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');

const journal: Kept = {
  name: 'journal',
  file: 'journal-acc-1.jsonl',
  good: lines([...life('a'), ...life('b'), intent('c')]),
  newer: lines([
    { ...intent('a'), v: 2 },
    { v: 9, type: 'plan' },
  ]),
  async use(folder) {
    const before = await Journal.open(folder, 'acc-1');
    await before.append(intent('new'));
    const after = await Journal.open(folder, 'acc-1');
    assert.ok(after.record('new'));
    assert.ok(after.entries().length >= before.entries().length);
  },
  look: async (folder) =>
    (await Journal.open(folder, 'acc-1')).entries().map((entry) => JSON.stringify(entry)),
};

const rates: Kept = {
  name: 'rate history',
  file: 'BTC.rates',
  good: 'loan-desk-rates 1 "BTC"\n1772400000 flexible=0.05\n1772403600 flexible=0.06 7=0.04\n1772407200 7=\n',
  newer: 'loan-desk-rates 2 "BTC"\nof a kind not known here\n',
  async use(folder) {
    const store = new HistoryStore(folder);
    await store.coins();
    await store.read('BTC');
    const rate = decimal('0.0123');
    await store.record(START + 86_400_000, new Map([['BTC', new Map([['flexible' as const, rate]])]]));
    await store.tidy(START + 86_400_000);
    const all = await new HistoryStore(folder).read('BTC');
    const isForeign = readFileSync(join(folder, 'BTC.rates'), 'utf8').startsWith('loan-desk-rates 2');
    assert.equal(
      (all.get('flexible') ?? []).some((point) => point.rate === rate),
      !isForeign,
    );
  },
  look: async (folder) =>
    [...(await new HistoryStore(folder).read('BTC'))].flatMap(([name, points]) =>
      points.map((point) => JSON.stringify([name, point])),
    ),
};

const readings: Kept = {
  name: 'times of reading',
  file: 'readings',
  good: '1772400000\n1772403600\n1772407200\n',
  async use(folder) {
    const store = new HistoryStore(folder);
    await store.coverage();
    await store.record(START, new Map());
    await store.tidy(START);
  },
  look: async (folder) => (await new HistoryStore(folder).coverage()).map(({ from }) => String(from)),
};

const alert: RateAlert = {
  id: 'a-1',
  coin: 'BTC',
  series: 'flexible',
  kind: 'below',
  value: decimal('0.05'),
};
export const KEPT_ALERT: RateAlert = {
  id: 'a-0',
  coin: 'ETH',
  series: '7',
  kind: 'jump',
  value: decimal('0.3'),
};

export const alerts: Kept = {
  name: 'rate alerts',
  file: 'alerts.json',
  good: `${JSON.stringify(alertsValue([KEPT_ALERT]))}\n`,
  newer: '{"v":2,"rules":[]}\n',
  async use(folder, told) {
    const file = new AlertFile(folder, told);
    const before = await file.read();
    await file.put(alert);
    assert.deepEqual(await new AlertFile(folder, told).read(), [...before, alert]);
  },
  look: async (folder) =>
    (await new AlertFile(folder, assert.fail).read()).map((rule) => JSON.stringify(rule)),
};

export const watch: Kept = {
  name: 'watch',
  file: 'watch-acc.json',
  good: '{"v":1,"raised":[{"key":"ltv:0.8","since":1}],"fired":[]}\n',
  newer: '{"v":2,"raised":{}}\n',
  async use(folder, told) {
    const file = new WatchFile(folder, 'acc', told);
    const state = await file.read();
    await file.snoozes();
    await file.write(state);
  },
  look: async (folder) => [JSON.stringify(await new WatchFile(folder, 'acc', assert.fail).read())],
};

const OWN = { id: 'a-own', label: 'Own', environment: 'testnet', host: 'api-testnet.bybit.com' } as const;

export const account: Kept = {
  name: 'account',
  file: 'accounts/a-main.json',
  good: `${JSON.stringify({ v: 1, ...OWN, id: 'a-main', addedAt: 1 })}\n`,
  newer: `${JSON.stringify({ v: 2, id: 'a-main', keys: [] })}\n`,
  async use(folder, told) {
    const files = new AccountFiles(folder, told);
    await files.put(OWN, 1);
    const listed = await files.list();
    assert.ok(listed.some(({ id }) => id === OWN.id));
    await files.get('a-main');
    await files.setDefault(OWN.id);
  },
  look: async (folder) =>
    (await new AccountFiles(folder, assert.fail).list()).map((one) => JSON.stringify(one)),
};

let fresh: ReturnType<typeof genesis> | undefined;
function ledger() {
  fresh ??= genesis(createWorld(7), { time: START, keys: [] });
  return fresh;
}

const paper: Kept = {
  name: 'paper ledger',
  file: 'paper-ledger.json',
  good: encode(ledger()),
  newer: encode(ledger()).replace('"version":1', '"version":2'),
  async use(folder, told) {
    const store = fileStore({ folder, begin: ledger, onAside: told });
    const before = await store.read();
    const state = { ...before, time: before.time + 1 };
    await store.change(() => ({ state, value: undefined }));
    assert.equal((await fileStore({ folder, begin: ledger }).read()).time, state.time);
  },
  look: async (folder) => {
    const { time: _, ...rest } = await fileStore({ folder, begin: assert.fail }).read();
    return [JSON.stringify(rest)];
  },
};

export const ALL: readonly Kept[] = [journal, rates, readings, alerts, watch, account, paper];
