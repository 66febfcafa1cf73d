import { createHmac, timingSafeEqual, verify } from 'node:crypto';
import { RECV_WINDOW_MS } from '../../bybit/exchange';
import { refuse, require_ } from '../ledger/refusal';
import type { Key } from '../ledger/state';
import type { PaperRequest } from './wire';

/** How far a timestamp may lie ahead of the server, milliseconds, exclusive (API.md §2). */
const AHEAD = 1000;

/** The authentication headers of a request; undefined when one that is needed is missing (HTTP 401). */
export interface SignedHeaders {
  readonly apiKey: string;
  readonly timestamp: string;
  readonly window: string;
  readonly signature: string;
}

export function signedHeaders(sent: Readonly<Record<string, string>>): SignedHeaders | undefined {
  const headers = new Map(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]));
  const apiKey = headers.get('x-bapi-api-key');
  const timestamp = headers.get('x-bapi-timestamp');
  const signature = headers.get('x-bapi-sign');
  if (!apiKey || !timestamp || !signature) return undefined;
  return { apiKey, timestamp, signature, window: headers.get('x-bapi-recv-window') ?? '' };
}

/**
 * Checks who calls, in the order of API.md §13 point 2 up to the key's expiry: key known (10003), time window (10002),
 * signature over the very string received (10004), address (10010), expiry (33004).
 */
export function authenticate(
  keys: readonly Key[],
  request: PaperRequest,
  signed: SignedHeaders,
  now: number,
): Key {
  const key = keys.find((one) => one.apiKey === signed.apiKey) ?? refuse(10003);
  checkTime(signed, now);
  const payload = request.method === 'GET' ? request.query : request.body;
  const text = `${signed.timestamp}${signed.apiKey}${signed.window}${payload}`;
  require_(isSignedBy(key, text, signed.signature), 10004);
  require_(key.ips.includes('*') || key.ips.includes(request.remote ?? '127.0.0.1'), 10010);
  require_(key.expiresAt === undefined || now < key.expiresAt, 33004);
  return key;
}

/** Refuses with 10005 what the key may not do. */
export function authorize(key: Key, call: { readonly spotTrade: boolean; readonly post: boolean }): void {
  require_(!call.post || !key.readOnly, 10005);
  require_(!call.spotTrade || key.spotTrade, 10005);
}

function checkTime({ timestamp, window }: SignedHeaders, now: number): void {
  require_(/^\d{1,15}$/.test(timestamp) && /^\d{0,9}$/.test(window), 10002);
  const time = Number(timestamp);
  const length = window === '' ? RECV_WINDOW_MS : Number(window);
  require_(now - length <= time && time < now + AHEAD, 10002, `server_timestamp[${now}]`);
}

function isSignedBy({ proof }: Key, text: string, signature: string): boolean {
  if (proof.kind === 'rsa') {
    return verify('RSA-SHA256', Buffer.from(text), proof.publicKey, Buffer.from(signature, 'base64'));
  }
  const expected = Buffer.from(createHmac('sha256', proof.secret).update(text).digest('hex'));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
