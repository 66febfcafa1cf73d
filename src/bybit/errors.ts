import { plain, type Words } from './words';

/**
 * What is known about the effect of a failed call. `none`: the exchange did nothing. `unknown`: a write may have taken
 * effect; it is looked up, never repeated (promises.md §1). Reads have no effect, so theirs is always `none`.
 */
export type Effect = 'none' | 'unknown';

export interface ErrorFacts {
  /** Id of the endpoint, as in `endpoints.json`. */
  readonly endpoint: string;
  readonly effect: Effect;
  /** What happened, for the user. */
  readonly words: Words;
  /** The way on, for the user. */
  readonly advice?: Words | undefined;
}

/**
 * Any failure of a call to the exchange. Holds words, codes and names only: no key, signature, header or body, and no
 * `cause` that could carry them.
 */
export abstract class BybitError extends Error {
  abstract readonly kind: 'transport' | 'unreadable' | 'refusal' | 'held';
  readonly endpoint: string;
  readonly effect: Effect;
  readonly words: Words;
  readonly advice: Words | undefined;

  constructor(facts: ErrorFacts) {
    super(plain(facts.words));
    this.name = new.target.name;
    this.endpoint = facts.endpoint;
    this.effect = facts.effect;
    this.words = facts.words;
    this.advice = facts.advice;
  }
}

/** No answer: never connected, cut, timed out, or an HTTP status without a readable envelope. */
export class TransportError extends BybitError {
  readonly kind = 'transport';
  /** Node's or axios' code, e.g. ECONNRESET. */
  readonly code: string | undefined;
  readonly httpStatus: number | undefined;
  /** The status with which a proxy on the way refused; the exchange was not asked then. */
  readonly proxyStatus: number | undefined;

  constructor(
    facts: ErrorFacts & {
      readonly code?: string | undefined;
      readonly httpStatus?: number | undefined;
      readonly proxyStatus?: number | undefined;
    },
  ) {
    super(facts);
    this.code = facts.code;
    this.httpStatus = facts.httpStatus;
    this.proxyStatus = facts.proxyStatus;
  }
}

/** An answer came and is not what the endpoint promises: no JSON, cut, or a field missing or of a wrong type. */
export class UnreadableError extends BybitError {
  readonly kind = 'unreadable';
  /** Path of the offending field, e.g. `result.list.0.currency`; undefined when the body is no JSON at all. */
  readonly field: string | undefined;

  constructor(facts: ErrorFacts & { readonly field?: string | undefined }) {
    super(facts);
    this.field = facts.field;
  }
}

/** The exchange answered with a retCode other than 0. */
export class RefusalError extends BybitError {
  readonly kind = 'refusal';
  readonly retCode: number;
  /** The exchange's own text, with anything that looks like a key, signature or signed string cut out. */
  readonly retMsg: string;

  constructor(facts: ErrorFacts & { readonly retCode: number; readonly retMsg: string }) {
    super(facts);
    this.retCode = facts.retCode;
    this.retMsg = facts.retMsg;
  }
}

/** The client itself did not send: silence after a 403, no credentials, cancelled before sending, client disposed. */
export class HeldError extends BybitError {
  readonly kind = 'held';
  /** When sending is possible again, local epoch milliseconds; undefined when waiting does not help. */
  readonly until: number | undefined;

  constructor(facts: Omit<ErrorFacts, 'effect'> & { readonly until?: number | undefined }) {
    super({ ...facts, effect: 'none' });
    this.until = facts.until;
  }
}
