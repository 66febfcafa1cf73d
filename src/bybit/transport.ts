import type { AxiosAdapter, AxiosInstance, AxiosResponse } from 'axios';
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
  /** `proxyStatus`: what a proxy answered when it was asked for the way to the exchange; nothing of the request left then. */
  constructor(
    readonly code: string,
    readonly proxyStatus?: number,
    /** Whether the request may have been written, also where the code is one of those that say that nobody was reached. */
    readonly mayHaveLeft = false,
  ) {
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
  const isTls = adapter === undefined && baseUrl.startsWith('https://');
  return async (request) => {
    instance ??= makeInstance(baseUrl, adapter);
    let answer: AxiosResponse<unknown>;
    try {
      answer = await (await instance).request<unknown>({
        method: request.method,
        url: request.target,
        headers: { ...request.headers },
        ...(request.body === undefined ? {} : { data: request.body }),
        signal: request.signal,
      });
    } catch (error) {
      const status = isTls && isObject(error) ? proxyStatusOf(error['response']) : undefined;
      if (status !== undefined) throw new NoAnswer('EPROXYREFUSED', status);
      const code = codeOf(error, request.signal);
      throw new NoAnswer(code, undefined, ALSO_LATER.has(code) && !isFromConnecting(error));
    }
    const { status, data, headers } = answer;
    if (isTls && socketOf(answer)?.['encrypted'] !== true) {
      const refused = proxyStatusOf(answer);
      throw refused === undefined ? new NoAnswer('ENOTLS') : new NoAnswer('EPROXYREFUSED', refused);
    }
    const get = (name: string) => {
      const value: unknown = headers[name];
      return typeof value === 'string' ? value : undefined;
    };
    return { status, text: typeof data === 'string' ? data : '', header: get };
  };
}

/**
 * What a proxy answers when it does not make the tunnel (407, 403, 502 …) comes out of VS Code's agent as the answer to the
 * request, without TLS; the request itself was written to nobody. It is not the exchange's word, whatever it says. Undefined
 * for any other answer: with a 200 there is a tunnel, and whatever came without TLS all the same may have seen the request.
 */
function proxyStatusOf(answer: unknown): number | undefined {
  const socket = socketOf(answer);
  if (!isObject(answer) || socket === undefined || socket['encrypted'] === true) return undefined;
  const { status } = answer;
  return typeof status === 'number' && status !== 200 ? status : undefined;
}

/** The socket an answer came by. */
function socketOf(answer: unknown): Readonly<Record<string, unknown>> | undefined {
  const request = isObject(answer) ? answer['request'] : undefined;
  const socket = isObject(request) ? request['socket'] : undefined;
  return isObject(socket) ? socket : undefined;
}

/** How VS Code's agent begins to say that it could not connect to the proxy; its error has no code. */
const NO_PROXY = 'Failed to establish a socket connection to proxies';

function codeOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted && signal.reason instanceof DeadlineReached) return 'ETIMEDOUT';
  if (!isObject(error)) return 'UNKNOWN';
  const { code, message } = error;
  if (typeof message === 'string' && message.startsWith(NO_PROXY)) return 'EPROXY';
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'UNKNOWN';
}

/** Codes with which the system refuses to connect, and with which it ends a connection as well whose way is lost. */
const ALSO_LATER: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH']);

/** Whether it was the connecting that failed, at every address that was tried: node says which call it was. */
function isFromConnecting(error: unknown): boolean {
  if (!isObject(error)) return false;
  const { syscall, errors, cause } = error;
  if (typeof syscall === 'string') return syscall === 'connect';
  if (Array.isArray(errors) && errors.length > 0) return errors.every(isFromConnecting);
  return isFromConnecting(cause);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
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
