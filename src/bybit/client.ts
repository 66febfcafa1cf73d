import { setMaxListeners } from 'node:events';
import type { AxiosAdapter } from 'axios';
import { ServerClock } from './clock';
import { codeFacts } from './codes';
import { deadline, either } from './deadline';
import type { Endpoint } from './endpoint';
import { type Envelope, readEnvelope, readResult } from './envelope';
import { HeldError, RefusalError, TransportError, UnreadableError } from './errors';
import { type Answer, type CallOptions, type Credentials, type Exchange, RECV_WINDOW_MS } from './exchange';
import { type LocalClock, systemClock } from './local-clock';
import { getServerTime } from './market';
import { badStatus, noAnswer, refusal } from './outcome';
import { PaceLog } from './pace-log';
import { Pacer } from './pacer';
import { redact, withoutSecrets } from './redact';
import { backoff, MOST_MEASUREMENTS, MOST_RATE_TRIES, MOST_TRIES, RetryBudget } from './retries';
import { bodyOf, queryString, signatureOf } from './signing';
import { Silence } from './silence';
import { createTransport, NoAnswer, type RawAnswer, type Transport } from './transport';
import { words } from './words';

/** What the log says of one request; nothing of it is secret. */
export interface RequestLine {
  /** Counts the requests of this client. */
  readonly id: number;
  readonly endpoint: string;
  readonly method: string;
  readonly path: string;
  readonly httpStatus?: number;
  readonly retCode?: number;
  readonly ms: number;
  /** What went wrong, in a word. */
  readonly note?: string;
}

export interface ExchangeOptions {
  /** From `baseUrlOf`, or the paper exchange's. */
  readonly baseUrl: string;
  /** Without them only public endpoints can be called. */
  readonly credentials?: Credentials;
  /** Answers in place of a socket (paper exchange, tests). */
  readonly adapter?: AxiosAdapter;
  /** Where windows share the limits of an account, under its name; without it each keeps them for itself. */
  readonly shared?: { readonly folder: string; readonly account: string };
  readonly clock?: LocalClock;
  /** 0 to 1, for jitter. */
  readonly random?: () => number;
  readonly log?: (line: RequestLine) => void;
}

/** The longest a call may take from sending to the last byte. */
const DEADLINE_MS = 15_000;
const RATE_PAUSE_MS = 1000;
const TIME = 10002;
/** What the log says of a code that stands in no table (promises.md §1). */
const UNHEARD = 'a code this version does not know, please report it';
const RATE = 10006;
/** What HTTP 403 says today, in older words (API.md §11). */
const ADDRESS = 10018;

/** A client for one account at one address. Asks nothing before the first call. */
export function createExchange(options: ExchangeOptions): Exchange {
  return new Client(options);
}

type Called = Endpoint<unknown, unknown>;

/** What is sent, the same for every try: only timestamp and signature differ. */
interface Outgoing {
  readonly called: Called;
  readonly payload: string;
  readonly signal: AbortSignal;
  readonly beforeSend: CallOptions['beforeSend'];
  readonly onBody: CallOptions['onBody'];
}

interface Sent extends Outgoing {
  readonly headers: Readonly<Record<string, string>>;
}

class Client implements Exchange {
  private readonly clock: LocalClock;
  private readonly random: () => number;
  private readonly server: ServerClock;
  private readonly pacer: Pacer;
  private readonly silence: Silence;
  private readonly budget = new RetryBudget();
  private readonly transport: Transport;
  private readonly disposal = new AbortController();
  private count = 0;

  constructor(private readonly options: ExchangeOptions) {
    // Every call that waits listens: many at a time are no leak.
    setMaxListeners(0, this.disposal.signal);
    this.clock = options.clock ?? systemClock;
    this.random = options.random ?? Math.random;
    const { clock, options: own } = this;
    const log = own.shared && new PaceLog({ ...own.shared, host: own.baseUrl, clock });
    this.pacer = new Pacer(clock, log);
    this.silence = new Silence(clock, own.baseUrl, log);
    this.transport = createTransport(options.baseUrl, options.adapter);
    this.server = new ServerClock(this.clock, async () => (await this.call(getServerTime, {})).time);
  }

  now(): number {
    return this.server.now();
  }

  dispose(): void {
    this.disposal.abort(new HeldError({ endpoint: 'client', words: words('The account was closed.') }));
  }

  async call<Req extends object, Res>(
    endpoint: Endpoint<Req, Res>,
    request: Req,
    { signal, beforeSend, onBody }: CallOptions = {},
  ): Promise<Answer<Res>> {
    if (endpoint.auth && this.options.credentials === undefined) {
      throw new HeldError({
        endpoint: endpoint.id,
        words: words('This needs an API key.'),
        advice: words('Add an account with an API key, or try the paper account.'),
      });
    }
    const payload = endpoint.method === 'GET' ? queryString(request) : bodyOf(request);
    const stop =
      signal === undefined ? { signal: this.disposal.signal } : either(signal, this.disposal.signal);
    try {
      const outgoing = { called: endpoint, payload, signal: stop.signal, beforeSend, onBody };
      const envelope = await this.tries(outgoing);
      this.budget.earn();
      return { result: readResult(endpoint, envelope.result), time: envelope.time };
    } finally {
      if ('release' in stop) stop.release();
    }
  }

  /** Sends until there is an answer, or no further try is right. */
  private async tries(outgoing: Outgoing): Promise<Envelope> {
    let measured = 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(outgoing);
      } catch (error) {
        const retCode = error instanceof RefusalError ? error.retCode : undefined;
        if (retCode === TIME && outgoing.called.auth && measured < MOST_MEASUREMENTS) {
          measured += 1;
          await this.server.measure();
        } else if (retCode === RATE && attempt < MOST_RATE_TRIES) {
          await this.pacer.hold(outgoing.called.path, RATE_PAUSE_MS * (1 + this.random() / 2));
        } else if (this.mayRepeat(outgoing.called, error, attempt)) {
          await this.pause(outgoing, backoff(attempt + 1, this.random));
        } else {
          throw error;
        }
      }
    }
  }

  /** Only reads are ever repeated for a fault, and only while the budget lasts. */
  private mayRepeat(called: Called, error: unknown, attempt: number): boolean {
    return !called.mutates && attempt < MOST_TRIES && mayHelp(error) && this.budget.take();
  }

  private async pause({ called, signal }: Outgoing, ms: number): Promise<void> {
    await this.clock.sleep(ms, signal).catch(() => {
      throw cancelled(called, signal);
    });
  }

  /** One request: waits for its turn, signs, sends, reads the envelope. */
  private async once(outgoing: Outgoing): Promise<Envelope> {
    const { called, signal } = outgoing;
    this.refuseWhileSilent(called, this.silence.ownLeft());
    do {
      // Before the turn, so that those who wait for the measurement do not leave together after it.
      if (called.auth) await this.server.ensure();
      await this.pacer.turn(called.path, called.perSecond, signal).catch(() => {
        throw cancelled(called, signal);
      });
      // The machine may have slept while it waited, or an answer told another time.
    } while (called.auth && this.server.isDue);
    this.refuseWhileSilent(called, await this.silence.left());
    const timestamp = this.server.now();
    const headers = this.headersOf(called, timestamp, outgoing.payload);
    await outgoing.beforeSend?.(timestamp);
    if (signal.aborted) throw cancelled(called, signal);
    const sentAt = this.clock.monotonic();
    const line = { id: ++this.count, endpoint: called.id, method: called.method, path: called.path };
    const elapsed = () => Math.round(this.clock.monotonic() - sentAt);
    let answer: RawAnswer;
    try {
      answer = await this.send(outgoing, headers);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      const { code, proxyStatus } = error;
      const note = proxyStatus === undefined ? code : `${code} ${proxyStatus}`;
      this.options.log?.({ ...line, ms: elapsed(), note });
      throw noAnswer(called, error);
    }
    const receivedAt = this.clock.monotonic();
    return this.read({ ...outgoing, headers }, answer, { sentAt, receivedAt }, (retCode, note) => {
      this.options.log?.({
        ...line,
        httpStatus: answer.status,
        ms: elapsed(),
        ...(retCode === undefined ? {} : { retCode }),
        ...(note === undefined ? {} : { note }),
      });
    });
  }

  private async read(
    { called, onBody, headers }: Sent,
    answer: RawAnswer,
    { sentAt, receivedAt }: { readonly sentAt: number; readonly receivedAt: number },
    log: (retCode: number | undefined, note?: string) => void,
  ): Promise<Envelope> {
    if (answer.status === 403) await this.silence.begin();
    await this.mindLimits(called, answer);
    if (answer.status !== 200) {
      log(undefined);
      throw badStatus(called, answer.status);
    }
    let envelope: Envelope;
    try {
      envelope = readEnvelope(called, answer.text);
    } catch (error) {
      log(undefined, 'unreadable');
      throw error;
    }
    onBody?.(this.kept(envelope, headers));
    const isKnown = envelope.retCode === 0 || codeFacts(envelope.retCode) !== undefined;
    log(envelope.retCode, isKnown ? undefined : UNHEARD);
    if (envelope.retCode === ADDRESS) await this.silence.begin();
    if (called.auth && envelope.retCode !== TIME) this.server.observe(envelope.time, sentAt, receivedAt);
    if (envelope.retCode === 0) return envelope;
    throw refusal(called, envelope.retCode, redact(envelope.retMsg, this.secrets()));
  }

  private async send(
    { called, payload, signal }: Outgoing,
    headers: Readonly<Record<string, string>>,
  ): Promise<RawAnswer> {
    const isGet = called.method === 'GET';
    const limit = deadline(signal, this.clock, DEADLINE_MS);
    try {
      return await this.transport({
        method: called.method,
        target: isGet && payload !== '' ? `${called.path}?${payload}` : called.path,
        headers,
        body: isGet ? undefined : payload,
        signal: limit.signal,
      });
    } finally {
      limit.release();
    }
  }

  private headersOf(called: Called, timestamp: number, payload: string): Record<string, string> {
    const json = called.method === 'GET' ? {} : { 'Content-Type': 'application/json' };
    const { credentials } = this.options;
    if (!called.auth || credentials === undefined) return json;
    const [time, recvWindow] = [String(timestamp), String(RECV_WINDOW_MS)];
    return {
      ...json,
      'X-BAPI-API-KEY': credentials.apiKey,
      'X-BAPI-TIMESTAMP': time,
      'X-BAPI-RECV-WINDOW': recvWindow,
      'X-BAPI-SIGN': signed(called, credentials, time, recvWindow, payload),
      'X-BAPI-SIGN-TYPE': '2',
    };
  }

  /** Heeds the rate headers (API.md §4): nothing left means waiting until the window is over. */
  private async mindLimits({ path }: Called, { header }: RawAnswer): Promise<void> {
    const reset = header('x-bapi-limit-reset-timestamp');
    if (header('x-bapi-limit-status') !== '0' || reset === undefined || !/^\d{1,15}$/.test(reset)) return;
    const wait = Number(reset) - this.server.now();
    if (wait > 0) await this.pacer.hold(path, Math.min(wait, RATE_PAUSE_MS));
  }

  private refuseWhileSilent(called: Called, left: number): void {
    if (left === 0) return;
    const until = this.clock.now() + left;
    throw new HeldError({
      endpoint: called.id,
      until,
      // The moment, not how long it is: the sentence stays on the screen, and is the same for all that meet it.
      words: words(
        'The exchange refused this IP address. Nothing is sent to it before {0} UTC.',
        new Date(until).toISOString().slice(11, 19),
      ),
      advice: words(
        'It may be the request limit, a region the exchange does not serve, or an IP address the key is not bound to.',
      ),
    });
  }

  /** The answer as it may be kept: what it means is the same, and nothing in it is secret, also where it quotes the request. */
  private kept({ retCode, retMsg, result, time }: Envelope, headers: Sent['headers']): string {
    const secrets = [...this.secrets(), headers['X-BAPI-SIGN'] ?? ''];
    return withoutSecrets(
      JSON.stringify({ retCode, retMsg: redact(retMsg, secrets), result, time }),
      secrets,
    );
  }

  private secrets(): readonly string[] {
    const { credentials } = this.options;
    return credentials === undefined ? [] : [credentials.apiKey, credentials.secret];
  }
}

/** Whether asking again can help: the network or the server failed. Never after a clean no, never when held. */
function mayHelp(error: unknown): boolean {
  if (error instanceof RefusalError) return codeFacts(error.retCode)?.repeat === true;
  if (!(error instanceof TransportError))
    return error instanceof UnreadableError && error.field === undefined;
  if (error.code === 'ERR_CANCELED' || error.code === 'EHOSTREFUSED') return false;
  // A proxy that asks for a password and is asked again and again may lock its user out; after a 429 the exchange wants
  // a later try (API.md §3), which whoever polls makes.
  const status = error.httpStatus ?? error.proxyStatus;
  return status === undefined || status >= 500;
}

/** A key that cannot sign is found out here, not by the exchange; the error of the crypto library stays behind. */
function signed(called: Called, ...facts: Parameters<typeof signatureOf>): string {
  try {
    return signatureOf(...facts);
  } catch {
    throw new HeldError({
      endpoint: called.id,
      words: words('This account has a private key that cannot sign.'),
      advice: words('Remove the account and add it again with its PEM file.'),
    });
  }
}

/** The caller's or the client's wish to stop, before anything left. */
function cancelled({ id }: Called, { reason }: AbortSignal): HeldError {
  if (reason instanceof HeldError) return reason;
  return new HeldError({ endpoint: id, words: words('The request was cancelled before it was sent.') });
}
