import type { AxiosAdapter, AxiosInstance } from 'axios';
import { DeadlineReached } from './deadline';
import { mayCall } from './hosts';

/** What goes out: method, path with query, headers, and the very body. */
export interface RawRequest {
  readonly method: 'GET' | 'POST';
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Ends the request whatever it is doing: axios' own timeout only watches an idle socket. */
  readonly signal: AbortSignal;
}

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  /** A header by its lower-case name. */
  readonly header: (name: string) => string | undefined;
}

/** No whole answer came. Carries a code and nothing of the request: an AxiosError holds key, signature and body. */
export class NoAnswer extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'NoAnswer';
  }
}

/** Longer than any answer with 5,000 coins, short enough for a bad one not to matter. */
const LONGEST_ANSWER = 8_000_000;
const LONGEST_BODY = 65_536;
const IDLE_MS = 10_000;

export type Transport = (request: RawRequest) => Promise<RawAnswer>;

/** A transport to one address. axios is loaded with the first request. Rejects with {@link NoAnswer} only. */
export function createTransport(baseUrl: string, adapter: AxiosAdapter | undefined): Transport {
  let instance: Promise<AxiosInstance> | undefined;
  return async (request) => {
    instance ??= makeInstance(baseUrl, adapter);
    try {
      const { status, data, headers } = await (await instance).request<unknown>({
        method: request.method,
        url: request.target,
        headers: { ...request.headers },
        ...(request.body === undefined ? {} : { data: request.body }),
        signal: request.signal,
      });
      const get = (name: string) => {
        const value: unknown = headers[name];
        return typeof value === 'string' ? value : undefined;
      };
      return { status, text: typeof data === 'string' ? data : '', header: get };
    } catch (error) {
      throw new NoAnswer(codeOf(error, request.signal));
    }
  };
}

function codeOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted && signal.reason instanceof DeadlineReached) return 'ETIMEDOUT';
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'UNKNOWN';
}

async function makeInstance(baseUrl: string, adapter: AxiosAdapter | undefined): Promise<AxiosInstance> {
  const { default: axios } = await import('axios');
  const instance = axios.create({
    baseURL: baseUrl,
    adapter: adapter ?? 'http',
    // VS Code patches node's http for its own proxy settings; axios reading HTTP_PROXY would go round them.
    proxy: false,
    // A redirected POST would take key, signature and body to another host.
    maxRedirects: 0,
    allowAbsoluteUrls: false,
    timeout: IDLE_MS,
    maxContentLength: LONGEST_ANSWER,
    maxBodyLength: LONGEST_BODY,
    responseType: 'text',
    // What is signed is what is sent: nothing may be parsed or written anew on the way.
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    validateStatus: () => true,
    transitional: { silentJSONParsing: false, forcedJSONParsing: false, clarifyTimeoutError: true },
  });
  instance.interceptors.request.use((config) => {
    if (config.baseURL !== baseUrl || !mayCall(baseUrl) || !config.url?.startsWith('/v5/')) {
      throw Object.assign(new Error('This address may not be called.'), { code: 'EHOSTREFUSED' });
    }
    return config;
  });
  return instance;
}
