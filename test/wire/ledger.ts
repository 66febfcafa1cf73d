import type { Credentials } from '../../src/bybit/exchange';
import type { Account } from '../../src/desk/account';
import type { Operation, OperationKind } from '../../src/desk/operation';
import { type Core, createCore } from '../../src/paper/exchange/core';
import type { PaperRequest, PaperResponse } from '../../src/paper/exchange/wire';
import { imbalances } from '../../src/paper/ledger/money';
import type { Habits, State } from '../../src/paper/ledger/state';
import type { World } from '../../src/paper/ledger/world';
import { memoryStore } from '../../src/paper/store/memory';
import { createWorld, ROUTES } from '../../src/paper/systems/systems';
import { type Prepared, prepare } from './prepared';

const SEED = 7;
/** 2026-03-02 10:20:00 UTC: far enough from a full hour for an operation to end before interest is posted. */
export const START = Date.UTC(2026, 2, 2, 10, 20);

export const KEY: Credentials = {
  apiKey: 'CANARYKEY0123456789',
  secret: 'CANARYSECRET0123456789abcdefghij',
  type: 'hmac',
};
export const ACCOUNT: Account = { id: 'acc-1', label: 'Test', environment: 'loopback', host: '127.0.0.1:1' };

let world: World | undefined;
function worldOf(seed: number): World {
  world ??= createWorld(seed);
  return world;
}

let prepared: Promise<Prepared> | undefined;
/** A ledger on which every operation can be done; the work of preparing it is done once a process. */
export function preparedLedger(): Promise<Prepared> {
  prepared ??= prepare(KEY, worldOf(SEED), START - 120_000);
  return prepared;
}

/** Every kind of operation, one of each, and pledging in the other direction. */
export async function deeds(): Promise<readonly Operation[]> {
  const { asks } = await preparedLedger();
  const kinds = Object.keys(asks) as OperationKind[];
  const all = kinds.map((kind) => ({ kind, accountId: ACCOUNT.id, params: asks[kind] }) as Operation);
  const withdrawal = { ...asks['common.adjustCollateral'], direction: 'reduce' as const };
  // Against what is pledged already: then no wallet shows that it took effect.
  const unpledged = { ...asks['fixed.borrow'], collateral: [] };
  return [
    ...all,
    { kind: 'common.adjustCollateral', accountId: ACCOUNT.id, params: withdrawal },
    { kind: 'fixed.borrow', accountId: ACCOUNT.id, params: unpledged },
  ];
}

/** Paths of the calls that change something. */
export const MUTATING: ReadonlySet<string> = new Set(
  ROUTES.filter(({ endpoint }) => endpoint.mutates).map(({ endpoint }) => endpoint.path),
);

/** Whether a call may change something on the exchange. */
export function isWrite(path: string): boolean {
  return MUTATING.has(path);
}

/** The paper exchange with the number of writes that took effect. */
export interface Ledger {
  readonly core: Core;
  /** Writes that arrived, whatever became of them. */
  readonly arrived: () => number;
  /** Writes the exchange accepted. */
  readonly commits: () => number;
  handle(request: PaperRequest): Promise<PaperResponse>;
  state(): Promise<State>;
  /** Coins whose money does not balance; always empty. */
  imbalances(): Promise<readonly string[]>;
}

/**
 * The prepared ledger on a server clock (epoch milliseconds, not before {@link START}); `more` are further API keys of its user,
 * with the secret of {@link KEY}.
 */
export async function openLedger(
  serverClock: () => number,
  habits: Partial<Habits> = {},
  more: readonly string[] = [],
): Promise<Ledger> {
  const { state } = await preparedLedger();
  const keys = [...state.keys, ...more.flatMap((apiKey) => state.keys.map((key) => ({ ...key, apiKey })))];
  const store = memoryStore({ ...state, keys, habits: { ...state.habits, ...habits } });
  const core = createCore({ worldOf, routes: ROUTES, store, clock: serverClock });
  let arrived = 0;
  let commits = 0;
  return {
    core,
    arrived: () => arrived,
    commits: () => commits,
    async handle(request) {
      const response = await core.handle(request);
      if (isWrite(request.path) && request.method === 'POST') {
        arrived += 1;
        if (response.body.startsWith('{"retCode":0,')) commits += 1;
      }
      return response;
    },
    state: async () => (await core.look()).state,
    imbalances: async () => imbalances((await core.look()).state.money),
  };
}
