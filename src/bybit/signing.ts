import { constants, createHmac, createPrivateKey, sign } from 'node:crypto';
import type { Credentials } from './exchange';
import { type Words, words } from './words';

/** Percent-encodes all but the unreserved characters, so that no layer below has a reason to encode again. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The query of a GET without the `?`, in the order given; undefined and null values are left out (API.md §2). */
export function queryString(request: object): string {
  return Object.entries(request)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => `${encode(key)}=${encode(String(value))}`)
    .join('&');
}

/** The compact body of a POST; these very bytes are signed and sent. */
export function bodyOf(request: object): string {
  return JSON.stringify(request);
}

/**
 * The signature of `timestamp + apiKey + recvWindow + payload` (API.md §2), where payload is the query or the body as
 * sent: HMAC-SHA256 as lower-case hex, or RSASSA-PKCS1-v1_5 over SHA-256 as base64.
 */
export function signatureOf(
  { apiKey, secret, type }: Credentials,
  timestamp: string,
  recvWindow: string,
  payload: string,
): string {
  const text = `${timestamp}${apiKey}${recvWindow}${payload}`;
  if (type === 'hmac') return createHmac('sha256', secret).update(text).digest('hex');
  return sign('sha256', Buffer.from(text), { key: secret, padding: constants.RSA_PKCS1_PADDING }).toString(
    'base64',
  );
}

/** What is wrong with the form of a key; undefined when it can be tried. Asks no server. */
export function checkCredentials({ apiKey, secret, type }: Credentials): Words | undefined {
  return checkApiKey(apiKey) ?? (type === 'hmac' ? checkSecret(secret) : checkPrivateKey(secret));
}

export function checkApiKey(apiKey: string): Words | undefined {
  return /^[\x21-\x7e]{8,128}$/.test(apiKey)
    ? undefined
    : words('The API key must be 8 to 128 letters and digits, without spaces.');
}

/** Of an HMAC key. */
export function checkSecret(secret: string): Words | undefined {
  return /^[\x21-\x7e]{16,256}$/.test(secret)
    ? undefined
    : words('The API secret must be 16 to 256 letters and digits, without spaces.');
}

/** Of an RSA key: the PEM file whose public half was given to the exchange. */
export function checkPrivateKey(pem: string): Words | undefined {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa'
      ? undefined
      : words('This is a private key of another kind; RSA is needed.');
  } catch {
    return words(
      'This is no RSA private key in PEM form without a passphrase ("-----BEGIN PRIVATE KEY-----").',
    );
  }
}
