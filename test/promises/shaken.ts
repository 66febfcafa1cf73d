import { type AxiosAdapter, AxiosError, type InternalAxiosRequestConfig } from 'axios';
import type { PaperRequest, PaperResponse } from '../../src/paper/exchange/wire';
import type { FakeClock } from '../unit/desk/fake-clock';
import { isWrite, type Ledger } from '../wire/ledger';

/** What happens to a write on its way. `before`: the exchange never sees it; `after`: it has carried it out. */
export type Shake =
  | { readonly kind: 'none' }
  | { readonly kind: 'no connection' }
  | { readonly kind: 'lost'; readonly when: 'before' | 'after'; readonly code: string }
  /** The connection breaks, and what was sent arrives so much later. */
  | { readonly kind: 'late'; readonly ms: number }
  | { readonly kind: 'status'; readonly when: 'before' | 'after'; readonly status: number }
  /** Carried out, the answer's text is spoilt. */
  | { readonly kind: 'text'; readonly spoil: keyof typeof SPOILT }
  | { readonly kind: 'code'; readonly when: 'before' | 'after'; readonly retCode: number }
  /** Cleanly refused once, then the next. */
  | { readonly kind: 'again'; readonly retCode: 10002 | 10006; readonly next: Shake }
  | { readonly kind: 'slow'; readonly ms: number };

export const SPOILT = {
  html: () => '<!DOCTYPE html><html><body>Bad gateway</body></html>',
  truncated: (text: string) => text.slice(0, text.length >> 1),
  empty: () => '',
  null: () => 'null',
  list: () => '[]',
  text: () => '"x"',
  'no result': (text: string) => text.replace(/"result":\{[^}]*\},/, ''),
  'no id': (text: string) => text.replace(/"result":\{[^}]*\}/, '"result":{}'),
  'odd id': (text: string) =>
    text.replace(/"result":\{[^}]*\}/, '"result":{"orderId":{},"repayId":[],"adjustId":null}'),
  twice: (text: string) => text + text,
  'key twice': (text: string) => text.replace('{', '{"retCode":0,'),
  'code as text': (text: string) => text.replace('"retCode":0', '"retCode":"0"'),
  'time 0': (text: string) => text.replace(/"time":\d+/, '"time":0'),
} as const;

/** How the world around a write is. */
export interface World {
  readonly shake: Shake;
  /** Every read from the write on fails for so long, ms. */
  readonly blind: number;
  /** How many reads of a hundred fail, each in some way. */
  readonly rough: number;
  /** One way of a trip takes up to so long, ms. */
  readonly trip: number;
  /** The exchange bars the address. */
  readonly barred?: true;
  /** No host is reached: every request ends with this code before it leaves. */
  readonly down?: string;
}

export const CALM: World = { shake: { kind: 'none' }, blind: 0, rough: 0, trip: 40 };

const READ_FAULTS = ['ECONNRESET', 'HTTP 502', 'HTTP 429', 'html', 'truncated', 'slow'] as const;

const TIME_PATH = '/v5/market/time';
const TABLES = new Map<string, PaperResponse>();

/** The way between a client and the ledger, through a world that can be changed at any time. */
export class Passage {
  world: World = CALM;
  /** Writes that left, their tries included. */
  sends = 0;
  /** Requests by path. */
  readonly asked = new Map<string, number>();
  /** Server times (as signed) of the writes. */
  readonly signed: number[] = [];
  /** Windows that were signed. */
  readonly windows = new Set<string>();
  /** Signed requests that have left and not arrived. */
  onWay = 0;
  /** retCodes of answers to signed calls, by code. */
  readonly codes = new Map<string, number>();
  #tries = 0;
  #blindUntil = 0;

  constructor(
    private readonly clock: FakeClock,
    private readonly ledger: Ledger,
    private readonly random: () => number,
  ) {}

  /** No read gets an answer for so long, ms. */
  goDark(ms: number): void {
    this.#blindUntil = this.clock.monotonic() + ms;
  }

  readonly adapter: AxiosAdapter = async (config) => {
    const request = requestOf(config);
    this.asked.set(request.path, (this.asked.get(request.path) ?? 0) + 1);
    const window = request.headers['X-BAPI-RECV-WINDOW'];
    if (window !== undefined) this.windows.add(window);
    if (this.world.down !== undefined) throw failure(config, this.world.down, 'connect');
    if (this.world.barred) return { status: 403, statusText: '', data: '', headers: {}, config };
    const isMoney = isWrite(request.path);
    if (isMoney && this.world.shake.kind === 'no connection')
      throw failure(config, 'ECONNREFUSED', 'connect');
    const stop = new AbortController();
    const aborted = new Promise<never>((_resolve, reject) => {
      config.signal?.addEventListener?.('abort', () => reject(failure(config, 'ERR_CANCELED')), {
        once: true,
      });
    });
    aborted.catch(() => undefined);
    const wait = (ms: number) => Promise.race([this.clock.sleep(ms, stop.signal), aborted]);
    const signed = window === undefined ? 0 : 1;
    try {
      this.onWay += signed;
      await wait(1 + this.random() * this.world.trip).finally(() => {
        this.onWay -= signed;
      });
      const answer = isMoney
        ? await this.#write(config, request, wait)
        : await this.#read(config, request, wait);
      const code = /^\{"retCode":(-?\d+)/.exec(answer.body)?.[1] ?? `HTTP ${answer.status}`;
      this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
      await wait(1 + this.random() * this.world.trip);
      const headers = Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]);
      return {
        status: answer.status,
        statusText: '',
        data: answer.body,
        headers: Object.fromEntries(headers),
        config,
      };
    } finally {
      stop.abort();
    }
  };

  async #write(
    config: InternalAxiosRequestConfig,
    request: PaperRequest,
    wait: (ms: number) => Promise<void>,
  ): Promise<PaperResponse> {
    this.sends += 1;
    this.signed.push(Number(config.headers.get('X-BAPI-TIMESTAMP')));
    this.#blindUntil = this.clock.monotonic() + this.world.blind;
    this.#tries += 1;
    let { shake } = this.world;
    if (shake.kind === 'again') {
      if (this.#tries === 1) return envelope(shake.retCode, this.#serverTime(config));
      shake = shake.next;
    }
    switch (shake.kind) {
      case 'none':
      case 'again':
      case 'no connection':
        return this.ledger.handle(request);
      case 'lost':
        if (shake.when === 'after') await this.ledger.handle(request);
        throw failure(config, shake.code);
      case 'late': {
        const arrive = this.clock.sleep(shake.ms).then(() => this.ledger.handle(request));
        arrive.catch(() => undefined);
        throw failure(config, 'ECONNRESET');
      }
      case 'status':
        if (shake.when === 'after') await this.ledger.handle(request);
        return { status: shake.status, headers: {}, body: '<html>fault</html>' };
      case 'text': {
        const answer = await this.ledger.handle(request);
        return answer.body.startsWith('{"retCode":0,')
          ? { ...answer, body: SPOILT[shake.spoil](answer.body) }
          : answer;
      }
      case 'code':
        if (shake.when === 'after') await this.ledger.handle(request);
        return envelope(shake.retCode, this.#serverTime(config));
      case 'slow': {
        const answer = await this.ledger.handle(request);
        await wait(shake.ms);
        return answer;
      }
    }
  }

  async #read(
    config: InternalAxiosRequestConfig,
    request: PaperRequest,
    wait: (ms: number) => Promise<void>,
  ): Promise<PaperResponse> {
    if (this.clock.monotonic() < this.#blindUntil) throw failure(config, 'ECONNRESET');
    const answer = await this.#look(config, request);
    if (this.random() * 100 >= this.world.rough) return answer;
    const fault = READ_FAULTS[Math.floor(this.random() * READ_FAULTS.length)];
    switch (fault) {
      case 'HTTP 502':
        return { status: 502, headers: {}, body: '<html>' };
      case 'HTTP 429':
        return { status: 429, headers: {}, body: '' };
      case 'html':
        return { ...answer, body: SPOILT.html() };
      case 'truncated':
        return { ...answer, body: SPOILT.truncated(answer.body) };
      case 'slow':
        await wait(2_000);
        return answer;
      default:
        throw failure(config, 'ECONNRESET');
    }
  }

  /** Public tables take the paper exchange long to write and matter little here: each is asked for once a process. */
  async #look(config: InternalAxiosRequestConfig, request: PaperRequest): Promise<PaperResponse> {
    if (config.headers.has('X-BAPI-SIGN') || request.path === TIME_PATH) return this.ledger.handle(request);
    const name = `${request.path}?${request.query}`;
    const known = TABLES.get(name) ?? (await this.ledger.handle(request));
    TABLES.set(name, known);
    return known;
  }

  #serverTime(config: InternalAxiosRequestConfig): number {
    return Number(config.headers.get('X-BAPI-TIMESTAMP')) + 20;
  }
}

function envelope(retCode: number, time: number): PaperResponse {
  const body = JSON.stringify({ retCode, retMsg: 'shaken', result: {}, retExtInfo: {}, time });
  return { status: 200, headers: {}, body };
}

function requestOf(config: InternalAxiosRequestConfig): PaperRequest {
  const [path = '', query = ''] = (config.url ?? '').split('?');
  const headers = Object.entries(config.headers.toJSON()).map(([name, value]) => [name, String(value)]);
  return {
    method: (config.method ?? '').toUpperCase(),
    path,
    query,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: typeof config.data === 'string' ? config.data : '',
  };
}

/** As axios passes on what node says: `syscall` is what failed. */
function failure(config: InternalAxiosRequestConfig, code: string, syscall = 'read'): AxiosError {
  return AxiosError.from(Object.assign(new Error(`${syscall} ${code}`), { code, syscall }), code, config);
}
