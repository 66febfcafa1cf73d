import type { Endpoint } from './endpoint';

/** A key of an account. `secret` is the HMAC secret or the PEM private key of an RSA key. */
export interface Credentials {
  readonly apiKey: string;
  readonly secret: string;
  readonly type: 'hmac' | 'rsa';
}

export interface Answer<Res> {
  readonly result: Res;
  /** The envelope's `time`: server clock, milliseconds. */
  readonly time: number;
}

export interface CallOptions {
  /** Cancels while waiting and while under way. A write under way that is cancelled has an unknown effect. */
  readonly signal?: AbortSignal;
  /**
   * Called before every time the request leaves, with the timestamp that is signed (server clock, milliseconds), and
   * awaited: the journal notes it first. When it throws, nothing is sent and its error comes out of the call.
   */
  readonly beforeSend?: (timestamp: number) => void | Promise<void>;
  /**
   * Called with every answer that has the exchange's frame, refusals too, as it may be kept: a body that says the same,
   * without key, secret and signature.
   */
  readonly onBody?: (text: string) => void;
}

/** The exchange as typed calls. One per account; see `client.ts`. */
export interface Exchange {
  /**
   * Calls an endpoint. Reads are repeated politely by themselves; a write leaves at most once, except after a clean
   * refusal (10002, 10006). Rejects with a `BybitError` only (or what `beforeSend` threw).
   */
  call<Req extends object, Res>(
    endpoint: Endpoint<Req, Res>,
    request: Req,
    options?: CallOptions,
  ): Promise<Answer<Res>>;
  /** The server's clock as far as known, epoch milliseconds; the local clock before the first measurement. */
  now(): number;
  /** Ends everything under way and refuses further calls. */
  dispose(): void;
}

/** How long the exchange lets a signed request in, milliseconds (API.md §2); never widened. */
export const RECV_WINDOW_MS = 5000;
