import type { Credentials } from '../../bybit/exchange';

/** A key while it is being entered. Both kinds of secret are kept, so that changing one's mind loses neither. */
export interface KeyDraft {
  readonly apiKey: string;
  readonly type: Credentials['type'];
  readonly secret: string;
  /** A private key in PEM. */
  readonly pem: string;
  /** Whose key it is, as the exchange says; undefined until it was asked. */
  readonly uid: string | undefined;
}

export const EMPTY_KEY: KeyDraft = { apiKey: '', type: 'hmac', secret: '', pem: '', uid: undefined };

export function credentialsOf({ apiKey, type, secret, pem }: KeyDraft): Credentials {
  return { apiKey, type, secret: type === 'hmac' ? secret : pem };
}
