import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Control, createControl } from './control';
import { type Core, createCore } from './exchange/core';
import type { PaperRequest } from './exchange/wire';
import { type Delivery, deliver, Faults } from './faults';
import { genesis } from './ledger/genesis';
import type { Habits, Key, State } from './ledger/state';
import { fileStore } from './store/file';
import { createWorld, ROUTES } from './systems/systems';

/** Market of a ledger that is begun without a seed. */
const DEFAULT_SEED = 2026;

export interface PaperOptions {
  /** Where the ledger is kept; processes on one folder share it. */
  readonly folder: string;
  /** Seed of the market, a whole number; only counts when a ledger is begun. */
  readonly seed?: number;
  /** The real clock, epoch milliseconds. */
  readonly clock?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly habits?: Partial<Habits>;
  /** Further keys for a ledger that is begun. */
  readonly keys?: readonly Key[];
  /** Told when an unreadable ledger was put aside and a fresh one begun. */
  readonly onAside?: (file: string) => void;
}

/** The paper exchange without a door. */
export interface Paper {
  readonly core: Core;
  readonly control: Control;
  /** Answers a request, through the faults that wait for it. */
  deliver(request: PaperRequest): Promise<Delivery>;
  /** The keys of the ledger: the first reads and writes, the second only reads. */
  keys(): Promise<readonly Key[]>;
  /** Begins the ledger anew; market and keys stay. */
  reset(): Promise<void>;
}

/** Opens the paper exchange on a folder. Rejects when the folder cannot be used. */
export async function openExchange(options: PaperOptions): Promise<Paper> {
  const clock = options.clock ?? Date.now;
  const rest = options.sleep ?? ((ms: number) => sleep(ms));
  const begin = (seed: number, keys: readonly Key[]): State =>
    genesis(createWorld(seed), {
      time: clock(),
      keys,
      ...(options.habits === undefined ? {} : { habits: options.habits }),
    });
  const store = fileStore({
    folder: options.folder,
    begin: () => begin(options.seed ?? DEFAULT_SEED, [...freshKeys(), ...(options.keys ?? [])]),
    ...(options.onAside === undefined ? {} : { onAside: options.onAside }),
  });
  const core = createCore({ worldOf: createWorld, routes: ROUTES, store, clock });
  const faults = new Faults();
  // What happened while nobody looked is written down once, so that it need not be gone through again.
  await core.steer((state) => state);
  return {
    core,
    control: createControl(core, faults),
    deliver: (request) => deliver(request, faults.take(request.path), core.handle, rest),
    keys: async () => (await core.look()).state.keys,
    async reset() {
      faults.clear();
      await core.steer((state) => begin(state.seed, state.keys));
    },
  };
}

function freshKeys(): readonly Key[] {
  const key = (readOnly: boolean): Key => ({
    apiKey: `PAPER${randomBytes(7).toString('hex').toUpperCase()}`,
    proof: { kind: 'hmac', secret: randomBytes(18).toString('hex') },
    note: readOnly ? 'Paper exchange, simulated money, read only' : 'Paper exchange, simulated money',
    readOnly,
    spotTrade: true,
    // Bound, so that it never ends.
    ips: ['127.0.0.1', '::1'],
  });
  return [key(false), key(true)];
}
