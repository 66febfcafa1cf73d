import { messageOf, Refusal } from '../ledger/refusal';
import type { State } from '../ledger/state';
import { advance, settleNow } from '../ledger/timeline';
import type { World } from '../ledger/world';
import type { Store } from '../store/store';
import { authenticate, authorize, type SignedHeaders, signedHeaders } from './auth';
import { Limits } from './limits';
import { Params } from './params';
import type { Call, Reply, Route } from './route';
import { envelope, type PaperRequest, type PaperResponse, plainAnswer, UNDOCUMENTED } from './wire';

export interface CoreOptions {
  /** The surroundings for a seed. */
  readonly worldOf: (seed: number) => World;
  readonly routes: readonly Route[];
  readonly store: Store;
  /** The real clock, epoch milliseconds. */
  readonly clock: () => number;
}

/** The paper exchange behind both doors. */
export interface Core {
  /** Answers one request; never rejects. */
  handle(request: PaperRequest): Promise<PaperResponse>;
  /** The ledger brought up to now; not written back. */
  look(): Promise<{ readonly world: World; readonly state: State }>;
  /** Changes the ledger by hand, after bringing it up to now. What follows from it at once happens too. */
  steer(change: (state: State) => State): Promise<State>;
}

type Entry =
  | { readonly key: Call['key']; readonly headers: Readonly<Record<string, string>> }
  | { readonly response: PaperResponse };

export function createCore({ worldOf, routes, store, clock }: CoreOptions): Core {
  const byPath = new Map<string, Map<string, Route>>();
  for (const route of routes) {
    const methods = byPath.get(route.endpoint.path) ?? new Map<string, Route>();
    byPath.set(route.endpoint.path, methods.set(route.endpoint.method, route));
  }
  const limits = new Limits();

  // A ledger begun anew, perhaps in another window, may bring another seed.
  let surroundings: World | undefined;
  function worldFor(state: State): World {
    if (surroundings?.market.seed !== state.seed) surroundings = worldOf(state.seed);
    return surroundings;
  }

  // The last ledger brought up to date and what it was made from: catching up starts there, not at the stored one.
  let last: { readonly stored: State; readonly caught: State } | undefined;
  function catchUp(stored: State): State {
    const from = last?.stored === stored ? last.caught : stored;
    const caught = advance(worldFor(from), from, clock() + from.offset);
    last = { stored, caught };
    return caught;
  }

  async function steer(change: (state: State) => State): Promise<State> {
    return store.change((stored) => {
      const changed = change(catchUp(stored));
      const world = worldFor(changed);
      const state = settleNow(world, advance(world, changed, clock() + changed.offset));
      return { state, value: state };
    });
  }

  async function run(
    route: Route,
    call: Pick<Call, 'params' | 'key'>,
  ): Promise<{ reply: Reply; time: number }> {
    if (!route.endpoint.mutates) {
      const state = catchUp(await store.read());
      return { reply: route.handle({ ...call, world: worldFor(state), state }), time: state.time };
    }
    return store.change((stored) => {
      const before = catchUp(stored);
      const world = worldFor(before);
      const reply = route.handle({ ...call, world, state: before });
      const state = reply.state === undefined ? stored : settleNow(world, reply.state);
      return { state, value: { reply, time: before.time } };
    });
  }

  /** Checks key, permission and limit of a signed call; its limit headers go onto whatever is answered. */
  function enter(
    request: PaperRequest,
    signed: SignedHeaders,
    state: State,
    route: Route | undefined,
  ): Entry {
    try {
      const key = authenticate(state.keys, request, signed, state.time);
      if (!byPath.has(request.path)) return { response: plainAnswer(404) };
      authorize(key, { spotTrade: route?.spotTrade ?? false, post: request.method === 'POST' });
      const perSecond = route?.endpoint.perSecond ?? null;
      if (perSecond === null) return { key, headers: {} };
      const { allowed, headers } = limits.count(`${key.apiKey} ${request.path}`, perSecond, state.time);
      return allowed ? { key, headers } : { response: refusal(new Refusal(10006), state.time, headers) };
    } catch (error) {
      return { response: refusal(error, state.time) };
    }
  }

  /** Lets an unsigned call in; where a limit is stated it counts for the address. */
  function passBy(request: PaperRequest, state: State, route: Route | undefined): Entry {
    const entry = { key: undefined, headers: {} };
    const perSecond = route?.endpoint.perSecond ?? null;
    if (perSecond === null) return entry;
    const { allowed } = limits.count(`${remoteOf(request)} ${request.path}`, perSecond, state.time);
    return allowed ? entry : { response: refusal(new Refusal(10006), state.time) };
  }

  /** Runs what was let in. */
  async function fulfil(
    request: PaperRequest,
    route: Route | undefined,
    { key, headers: limit }: Extract<Entry, { headers: unknown }>,
    now: number,
  ): Promise<PaperResponse> {
    const headers = { ...limit, ...(route?.documented === false ? UNDOCUMENTED : {}) };
    try {
      if (route === undefined) throw new Refusal(10017);
      const params = request.method === 'GET' ? Params.ofQuery(request.query) : Params.ofBody(request.body);
      const { reply, time } = await run(route, { params, key });
      const { retMsg = 'ok', result } = reply;
      return envelope({ retCode: 0, retMsg, result, time }, headers);
    } catch (error) {
      return refusal(error, now, headers);
    }
  }

  async function answer(request: PaperRequest): Promise<PaperResponse> {
    const state = catchUp(await store.read());
    const stop = turnAway(request, limits, state.time);
    if (stop !== undefined) return stop;

    const methods = byPath.get(request.path);
    const route = methods?.get(request.method);
    const isPublic = route?.endpoint.auth === false;
    const mayBeSigned = !isPublic || route?.signable === true;
    const signed = mayBeSigned ? signedHeaders(request.headers) : undefined;
    if (signed === undefined && !isPublic) return plainAnswer(methods === undefined ? 404 : 401);
    const entry = signed === undefined ? passBy(request, state, route) : enter(request, signed, state, route);
    return 'response' in entry ? entry.response : fulfil(request, route, entry, state.time);
  }

  return {
    steer,
    async look() {
      const state = catchUp(await store.read());
      return { world: worldFor(state), state };
    },
    async handle(request) {
      try {
        return await answer(request);
      } catch {
        // A fault of the paper exchange itself or of its disk: the client must treat it as any broken server.
        return plainAnswer(500, messageOf(10016));
      }
    },
  };
}

function remoteOf(request: PaperRequest): string {
  return request.remote ?? '127.0.0.1';
}

/** HTTP answers given before anything is looked at: wrong method, GET with a body, address shut out. */
function turnAway(request: PaperRequest, limits: Limits, now: number): PaperResponse | undefined {
  if (request.method !== 'GET' && request.method !== 'POST') return plainAnswer(400);
  if (!limits.admit(remoteOf(request), now)) return plainAnswer(403, 'access too frequent');
  if (request.method === 'GET' && request.body !== '') return plainAnswer(403);
  return undefined;
}

/** A refusal as an answer; anything else is thrown on. */
function refusal(error: unknown, time: number, headers?: Readonly<Record<string, string>>): PaperResponse {
  if (!(error instanceof Refusal)) throw error;
  return envelope({ retCode: error.retCode, retMsg: error.retMsg, result: {}, time }, headers);
}
