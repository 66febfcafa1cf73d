import { type AxiosAdapter, AxiosError, type InternalAxiosRequestConfig } from 'axios';
import { createExchange, type ExchangeOptions, type RequestLine } from '../../../src/bybit/client';
import type { Credentials, Exchange } from '../../../src/bybit/exchange';
import { FakeClock } from '../desk/fake-clock';

export const HMAC: Credentials = {
  apiKey: 'TESTKEY00000000001',
  secret: 'TESTSECRET000000000000000000000000001',
  type: 'hmac',
};

/** One request as it reached the other side. */
export interface Sent {
  readonly method: string;
  /** Path and query, as in the request line. */
  readonly target: string;
  readonly path: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** Monotonic time of the local clock, ms. */
  readonly at: number;
  /** 1 for the first request of its path. */
  readonly count: number;
}

export interface Reply {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the answer is under way, ms. */
  readonly takes?: number;
  /** The connection ends with this code instead. */
  readonly code?: string;
  /** What node says failed: one call, or one for every address that was tried. */
  readonly syscalls?: readonly string[];
  /** No answer ever. */
  readonly silence?: true;
}

export interface Wire {
  readonly clock: FakeClock;
  readonly exchange: Exchange;
  readonly sent: Sent[];
  readonly lines: RequestLine[];
  /** Requests of a path so far. */
  count(path: string): number;
  /** Server clock against the local wall clock at the start, ms; moves with `skew`. */
  skew: number;
  serverTime(): number;
  envelope(result: unknown, change?: Readonly<Record<string, unknown>>): Reply;
}

export const TIME_PATH = '/v5/market/time';

/** A client on a scripted wire and a clock that only moves when told. `answer` serves all but the server's time. */
export function wire(
  answer: (sent: Sent, wire: Wire) => Reply | undefined,
  options: Partial<ExchangeOptions> & { readonly strict?: boolean } = {},
): Wire {
  const clock = new FakeClock();
  const sent: Sent[] = [];
  const lines: RequestLine[] = [];
  const epoch = clock.now();
  const count = (path: string) => sent.filter((one) => one.path === path).length;
  const adapter: AxiosAdapter = async (config) => {
    const target = config.url ?? '';
    const path = target.split('?')[0] ?? '';
    const headers = new Map(
      Object.entries(config.headers.toJSON()).map(([name, value]) => [name.toLowerCase(), String(value)]),
    );
    const one: Sent = {
      method: (config.method ?? '').toUpperCase(),
      target,
      path,
      headers,
      body: typeof config.data === 'string' ? config.data : '',
      at: clock.monotonic(),
      count: count(path) + 1,
    };
    sent.push(one);
    const refused = options.strict === false ? undefined : outsideWindow(self, headers);
    const reply = refused ?? answer(one, self) ?? timeReply(self, path);
    return deliver(clock, config, reply);
  };
  const self: Wire = {
    clock,
    exchange: createExchange({
      baseUrl: 'https://api.bybit.com',
      credentials: HMAC,
      random: () => 0.5,
      ...options,
      adapter,
      clock,
      log: (line) => lines.push(line),
    }),
    sent,
    lines,
    count,
    skew: 0,
    serverTime: () => Math.floor(epoch + clock.monotonic() + self.skew),
    envelope: (result, change = {}) => ({
      body: JSON.stringify({
        retCode: 0,
        retMsg: 'ok',
        result,
        retExtInfo: {},
        time: self.serverTime(),
        ...change,
      }),
    }),
  };
  return self;
}

/** The exchange's own time rule (API.md §2). */
function outsideWindow(self: Wire, headers: ReadonlyMap<string, string>): Reply | undefined {
  const text = headers.get('x-bapi-timestamp');
  if (text === undefined) return undefined;
  const [time, now] = [Number(text), self.serverTime()];
  if (now - Number(headers.get('x-bapi-recv-window')) <= time && time < now + 1000) return undefined;
  return self.envelope({}, { retCode: 10002, retMsg: 'invalid request' });
}

function timeReply(self: Wire, path: string): Reply {
  if (path !== TIME_PATH) return { status: 404, body: '' };
  const now = self.serverTime();
  return self.envelope({ timeSecond: String(Math.floor(now / 1000)), timeNano: `${now}000000` });
}

async function deliver(clock: FakeClock, config: InternalAxiosRequestConfig, reply: Reply) {
  const { signal } = config;
  const aborted = new Promise<never>((_resolve, reject) => {
    signal?.addEventListener?.('abort', () => reject(failure(config, 'ERR_CANCELED')), { once: true });
  });
  aborted.catch(() => undefined);
  const ways = new AbortController();
  await Promise.race([
    reply.silence ? aborted : clock.sleep(reply.takes ?? 20, ways.signal),
    aborted,
  ]).finally(() => ways.abort());
  if (reply.code !== undefined) throw failure(config, reply.code, reply.syscalls);
  const { status = 200, body = '', headers = {} } = reply;
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { status, statusText: '', data: body, headers: Object.fromEntries(lower), config };
}

/** As axios makes them: with the whole request inside. */
function failure(
  config: InternalAxiosRequestConfig,
  code: string,
  syscalls: readonly string[] = [],
): AxiosError {
  const made = new AxiosError(`${code} ${JSON.stringify(config.headers)}`, code, config, {
    sent: config.data,
  });
  const causes = syscalls.map((syscall) => Object.assign(new Error(`${syscall} ${code}`), { code, syscall }));
  const [cause] = causes;
  if (cause !== undefined) made.cause = causes.length === 1 ? cause : new AggregateError(causes);
  return made;
}

/** The rejection of a promise; fails when it resolves. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It should have been rejected.');
}
