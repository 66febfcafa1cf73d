import type { AxiosAdapter, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { PaperRequest, PaperResponse } from './exchange/wire';
import type { Delivery } from './faults';

/**
 * The door in process: what axios would send over a socket goes to the paper exchange instead, byte for byte, and what
 * goes wrong comes out as the errors axios makes (plain `Error`s with a `code`, without request or headers).
 */
export function paperAdapter(deliver: (request: PaperRequest) => Promise<Delivery>): AxiosAdapter {
  return async (config) => {
    stopIfAborted(config);
    const delivery = await Promise.race([deliver(requestOf(config)), aborted(config)]);
    stopIfAborted(config);
    if (delivery.kind === 'silence')
      throw failure('ECONNABORTED', `timeout of ${config.timeout ?? 0}ms exceeded`);
    if (delivery.kind === 'reset') throw failure('ECONNRESET', 'read ECONNRESET');
    return settle(config, delivery.response);
  };
}

function requestOf(config: InternalAxiosRequestConfig): PaperRequest {
  const target = (config.url ?? '').replace(/^https?:\/\/[^/]*/, '');
  const mark = target.indexOf('?');
  const own = mark < 0 ? '' : target.slice(mark + 1);
  const extra = new URLSearchParams(config.params as Record<string, string> | undefined).toString();
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(config.headers.toJSON())) headers[name] = String(value);
  return {
    method: (config.method ?? 'get').toUpperCase(),
    path: mark < 0 ? target : target.slice(0, mark),
    query: [own, extra].filter((part) => part !== '').join('&'),
    headers,
    body: bodyOf(config.data),
  };
}

function bodyOf(data: unknown): string {
  if (data === undefined || data === null) return '';
  if (typeof data === 'string') return data;
  if (data instanceof Uint8Array) return Buffer.from(data).toString('utf8');
  throw failure('ERR_BAD_REQUEST', 'The paper exchange takes bodies as text.');
}

function settle(config: InternalAxiosRequestConfig, answer: PaperResponse): AxiosResponse {
  const response: AxiosResponse = {
    data: answer.body,
    status: answer.status,
    statusText: '',
    headers: lowerCase(answer.headers),
    config,
  };
  const accepts = config.validateStatus;
  if (accepts === undefined || accepts === null || accepts(answer.status)) return response;
  const code = answer.status < 500 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE';
  throw Object.assign(failure(code, `Request failed with status code ${answer.status}`), {
    status: answer.status,
    response,
  });
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { name: 'AxiosError', isAxiosError: true, code });
}

function stopIfAborted(config: InternalAxiosRequestConfig): void {
  if (config.signal?.aborted === true) throw failure('ERR_CANCELED', 'canceled');
}

function aborted({ signal }: InternalAxiosRequestConfig): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener?.('abort', () => reject(failure('ERR_CANCELED', 'canceled')), { once: true });
  });
}
