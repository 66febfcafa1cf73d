import type { Endpoint } from '../../bybit/endpoint';
import type { Key, State } from '../ledger/state';
import type { World } from '../ledger/world';
import type { Params } from './params';

/** One call as its handler sees it: authenticated, within its limit, the ledger brought up to now. */
export interface Call {
  readonly world: World;
  readonly state: State;
  readonly params: Params;
  /** The key that signed; undefined on public calls. */
  readonly key: Key | undefined;
}

export interface Reply {
  readonly result: unknown;
  /** The ledger afterwards; left out by calls that change nothing. */
  readonly state?: State;
  /** "ok" when left out (API.md §3). */
  readonly retMsg?: string;
}

type Declared = Pick<
  Endpoint<never, unknown>,
  'id' | 'system' | 'method' | 'path' | 'auth' | 'mutates' | 'perSecond'
>;

/** An endpoint and what the paper exchange does when it is called. Handlers are pure and throw `Refusal`. */
export interface Route {
  readonly endpoint: Declared;
  /** Whether the key needs the Spot trade permission; all loan calls do, those about the key and wallet do not. */
  readonly spotTrade: boolean;
  /** A public call that answers otherwise when it is signed: then it is authenticated like any other. */
  readonly signable?: true;
  /** False for what the catalogue knows and the documentation does not any more; such answers carry a header saying so. */
  readonly documented?: false;
  readonly handle: (call: Call) => Reply;
}
