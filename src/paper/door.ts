import type { AxiosAdapter } from 'axios';
import type { Credentials } from '../bybit/exchange';
import { paperAdapter } from './adapter';
import type { Control } from './control';
import { openExchange, type PaperOptions } from './paper';
import { type Past, pastOf } from './past';

/**
 * A paper account: simulated, in process, without network. Only plain data, functions and `Error`s with a `code` cross
 * this door, since it is bundled apart.
 */
export interface PaperDoor {
  /** Leads nowhere: the adapter answers instead of a socket. */
  readonly baseUrl: string;
  readonly adapter: AxiosAdapter;
  readonly credentials: Credentials;
  /** A key of the same account that may only read. */
  readonly readOnlyCredentials: Credentials;
  /** Steers clock, prices and faults; for tests and demonstrations. */
  readonly control: Control;
  /** The market's past, computed from its own process. */
  past(): Promise<Past>;
  /** Begins the account anew: wallet, debts and histories; the key stays. */
  reset(): Promise<void>;
  dispose(): void;
}

/** A reserved name that no resolver answers (RFC 2606), so that a call that misses the adapter goes nowhere. */
const BASE_URL = 'http://paper.invalid';

/** Opens the paper account kept in a folder; windows on one folder share it. Rejects when the folder cannot be used. */
export async function openPaper(options: PaperOptions): Promise<PaperDoor> {
  const paper = await openExchange(options);
  const [main, readOnly] = (await paper.keys()).slice(0, 2).map(({ apiKey, proof }): Credentials => {
    if (proof.kind === 'rsa') throw new Error('The first keys of a paper ledger are HMAC keys.');
    return { apiKey, secret: proof.secret, type: 'hmac' };
  });
  if (main === undefined || readOnly === undefined) throw new Error('The paper ledger has no key.');
  let open = true;
  return {
    baseUrl: BASE_URL,
    adapter: paperAdapter(async (request) => (open ? paper.deliver(request) : { kind: 'reset' })),
    credentials: main,
    readOnlyCredentials: readOnly,
    control: paper.control,
    past: async () => {
      const { world, state } = await paper.core.look();
      return pastOf(world, state.offset);
    },
    reset: () => paper.reset(),
    dispose: () => {
      open = false;
    },
  };
}
