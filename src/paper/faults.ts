import { envelope, type PaperRequest, type PaperResponse, plainAnswer } from './exchange/wire';
import { messageOf } from './ledger/refusal';

/**
 * What can go wrong with an answer (promises.md §2). `before` and `after` tell whether the call has taken effect:
 * - `timeout-before`, `timeout-after`: no answer ever comes
 * - `reset-before`, `reset-after`: the connection is cut
 * - `http-NNN`, `http-NNN-after`: that status with a plain body; nothing has happened unless `-after`
 * - `html`: status 200 with a web page, after
 * - `truncated`: the JSON cut in the middle, after
 * - `empty`: status 200 without a body, after
 * - `no-limit-headers`: a true answer without the rate headers
 * - `retcode:N`, `retcode-after:N`: the envelope with that code
 * - `slow:MS`: a true answer that late
 */
const KINDS =
  /^(?:timeout-(?:before|after)|reset-(?:before|after)|http-[1-5]\d\d(?:-after)?|html|truncated|empty|no-limit-headers|retcode(?:-after)?:-?\d{1,9}|slow:\d{1,7})$/;

export function isFaultKind(text: string): boolean {
  return KINDS.test(text);
}

/** What becomes of an answer on its way: it arrives, never comes, or the connection is cut. */
export type Delivery =
  | { readonly kind: 'answer'; readonly response: PaperResponse }
  | { readonly kind: 'silence' }
  | { readonly kind: 'reset' };

interface Fault {
  readonly path: string;
  readonly kind: string;
  left: number;
}

/** Faults that wait for calls. */
export class Faults {
  #waiting: Fault[] = [];

  /** Lets the next `count` calls of a path ("*" for any) go wrong. Throws RangeError on an unknown kind. */
  add(path: string, kind: string, count: number): void {
    if (!isFaultKind(kind)) throw new RangeError('unknown fault kind');
    if (!Number.isSafeInteger(count) || count < 1)
      throw new RangeError('count must be a whole number from 1');
    this.#waiting.push({ path, kind, left: count });
  }

  /** The fault that hits this call; it counts as used. */
  take(path: string): string | undefined {
    const fault = this.#waiting.find((one) => one.path === path || one.path === '*');
    if (fault === undefined) return undefined;
    fault.left -= 1;
    this.#waiting = this.#waiting.filter((one) => one.left > 0);
    return fault.kind;
  }

  clear(): void {
    this.#waiting = [];
  }
}

type Handle = (request: PaperRequest) => Promise<PaperResponse>;

/** Answers a request, with a fault if one is given. */
export async function deliver(
  request: PaperRequest,
  kind: string | undefined,
  handle: Handle,
  sleep: (ms: number) => Promise<void>,
): Promise<Delivery> {
  if (kind === undefined) return { kind: 'answer', response: await handle(request) };
  if (kind === 'timeout-before') return { kind: 'silence' };
  if (kind === 'reset-before') return { kind: 'reset' };
  const now = Date.now();
  const [name = '', argument = ''] = kind.split(':');
  if (name === 'retcode') return { kind: 'answer', response: coded(argument, now) };
  const status = /^http-(\d{3})(-after)?$/.exec(name);
  if (status !== null && status[2] === undefined) return { kind: 'answer', response: broken(status[1]) };

  const response = await handle(request);
  if (name === 'timeout-after') return { kind: 'silence' };
  if (name === 'reset-after') return { kind: 'reset' };
  if (status !== null) return { kind: 'answer', response: broken(status[1]) };
  if (name === 'slow') await sleep(Number(argument));
  return { kind: 'answer', response: spoil(name, argument, response, now) };
}

function spoil(name: string, argument: string, response: PaperResponse, now: number): PaperResponse {
  switch (name) {
    case 'html':
      return plainAnswer(200, '<!DOCTYPE html><html><body>Bad gateway</body></html>', 'text/html');
    case 'truncated':
      return { ...response, body: response.body.slice(0, Math.floor(response.body.length / 2)) };
    case 'empty':
      return { ...response, body: '' };
    case 'no-limit-headers':
      return { ...response, headers: withoutLimits(response.headers) };
    case 'retcode-after':
      return coded(argument, now);
    default:
      return response;
  }
}

function withoutLimits(headers: PaperResponse['headers']): PaperResponse['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^x-bapi-limit/i.test(name)));
}

function coded(text: string, time: number): PaperResponse {
  const retCode = Number(text);
  return envelope({ retCode, retMsg: messageOf(retCode), result: {}, time });
}

function broken(status: string | undefined): PaperResponse {
  return plainAnswer(Number(status), 'simulated fault');
}
