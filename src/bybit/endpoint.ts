import type * as v from 'valibot';

/** The loan systems and helpers of the catalogue (`endpoints.json`). */
export type System = 'common' | 'flexible' | 'fixed' | 'legacy' | 'institutional' | 'account' | 'market';

/**
 * One endpoint of the exchange. `Req` is what goes into the query (GET) or the body (POST), `Res` what comes out of
 * `result` after the schema. Values of `Req` are sent as they are; undefined ones are left out.
 */
export interface Endpoint<Req, Res> {
  /** The id in `endpoints.json`; also the name in logs, errors and the journal. */
  readonly id: string;
  readonly system: System;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Whether the call is signed. */
  readonly auth: boolean;
  /** Whether it changes anything on the account. Only calls that do not are ever repeated. */
  readonly mutates: boolean;
  /** Calls a second allowed for one UID; null where nothing is documented (API.md §4). */
  readonly perSecond: number | null;
  readonly schema: v.GenericSchema<unknown, Res>;
  /** Only carries the type of the request. */
  readonly request?: Req;
}

type Parts<Res> = Omit<Endpoint<never, Res>, 'request'>;

/** Declares an endpoint; called with the request type first so that the answer's type is taken from the schema. */
export function endpoint<Req extends object>() {
  return <Res>(parts: Parts<Res>): Endpoint<Req, Res> => parts;
}
