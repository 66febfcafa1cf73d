import { getApiKeyInfo, type KeyInfo } from '../../bybit/account';
import { BybitError } from '../../bybit/errors';
import type { Credentials, Exchange } from '../../bybit/exchange';
import { checkCredentials } from '../../bybit/signing';
import type { Words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import type { Redactor } from '../redactor';
import { keyRefusal } from './key-report';

/** Where a key is used. */
export type Where = Pick<Account, 'environment' | 'host'>;

/** What a key is; or why it is not taken, as sentences. */
export type Looked = { readonly info: KeyInfo } | { readonly problem: readonly Words[] };

export interface KeyLookOptions {
  /** A client for one look. */
  readonly exchange: (where: Where, credentials: Credentials) => Exchange;
  readonly redactor: Pick<Redactor, 'add'>;
}

/**
 * Asks the exchange what a key is and may do. A wrong form, a refusal, a failure of the network and a key that may
 * withdraw are problems; anything else rejects.
 */
export async function lookAtKey(
  where: Where,
  credentials: Credentials,
  { exchange, redactor }: KeyLookOptions,
): Promise<Looked> {
  const wrong = checkCredentials(credentials);
  if (wrong !== undefined) return { problem: [wrong] };
  redactor.add(credentials.apiKey);
  redactor.add(credentials.secret);
  const client = exchange(where, credentials);
  try {
    const info = (await client.call(getApiKeyInfo, {})).result;
    const refusal = keyRefusal(info);
    return refusal === undefined ? { info } : { problem: [refusal] };
  } catch (error) {
    if (!(error instanceof BybitError)) throw error;
    return { problem: [error.words, ...(error.advice === undefined ? [] : [error.advice])] };
  } finally {
    client.dispose();
  }
}
