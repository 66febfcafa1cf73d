import { createHmac } from 'node:crypto';
import type { PaperRequest, PaperResponse } from '../../../src/paper/exchange/wire';

export interface Signer {
  readonly apiKey: string;
  readonly secret: string;
}

export interface Envelope {
  readonly retCode: number;
  readonly retMsg: string;
  readonly result: Record<string, unknown>;
  readonly retExtInfo: Record<string, unknown>;
  readonly time: number;
}

/** A signed request as a client makes it (API.md §2): query or body are signed as they stand. */
export function signed(
  signer: Signer,
  time: number,
  method: 'GET' | 'POST',
  path: string,
  payload = '',
  window = '5000',
): PaperRequest {
  const text = `${time}${signer.apiKey}${window}${payload}`;
  return {
    method,
    path,
    query: method === 'GET' ? payload : '',
    body: method === 'POST' ? payload : '',
    headers: {
      'X-BAPI-API-KEY': signer.apiKey,
      'X-BAPI-TIMESTAMP': String(time),
      'X-BAPI-RECV-WINDOW': window,
      'X-BAPI-SIGN': createHmac('sha256', signer.secret).update(text).digest('hex'),
      'Content-Type': 'application/json',
    },
  };
}

export function envelopeOf(response: PaperResponse): Envelope {
  return JSON.parse(response.body) as Envelope;
}
