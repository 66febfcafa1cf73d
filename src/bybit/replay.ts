import type { Endpoint } from './endpoint';
import { readEnvelope, readResult } from './envelope';
import type { Exchange } from './exchange';
import { refusal } from './outcome';
import { queryString } from './signing';

/** Bodies of the exchange by what was asked. */
export type Bodies = ReadonlyMap<string, string>;

/** Thrown by {@link replaying} where the answer to a call was not kept: whoever replays asks the exchange then. */
export class NotKept extends Error {
  constructor(asked: string) {
    super(`no answer was kept to ${asked.slice(0, 100)}`);
  }
}

/** Calls through an exchange, and keeps the bodies of the answers, so that {@link replaying} gives the same again. */
export function keeping(exchange: Exchange): { readonly exchange: Exchange; readonly bodies: Bodies } {
  const bodies = new Map<string, string>();
  return {
    bodies,
    exchange: {
      call: (endpoint, request, options) => {
        const asked = askedOf(endpoint, request);
        return exchange.call(endpoint, request, {
          ...options,
          onBody: (text) => void bodies.set(asked, text),
        });
      },
      now: () => exchange.now(),
      dispose: () => undefined,
    },
  };
}

/**
 * An exchange that answers with bodies that were kept: what they say passes the same checks as if it had just come, and a
 * refusal is the same refusal. Asks nothing; rejects with {@link NotKept} what was not asked then, and every write.
 */
export function replaying(bodies: Bodies, now: () => number): Exchange {
  return {
    call: async (endpoint, request) => {
      const asked = askedOf(endpoint, request);
      const body = endpoint.mutates ? undefined : bodies.get(asked);
      if (body === undefined) throw new NotKept(asked);
      const { retCode, retMsg, result, time } = readEnvelope(endpoint, body);
      if (retCode !== 0) throw refusal(endpoint, retCode, retMsg);
      return { result: readResult(endpoint, result), time };
    },
    now,
    dispose: () => undefined,
  };
}

function askedOf<Req extends object>({ method, path }: Endpoint<Req, unknown>, request: Req): string {
  return `${method} ${path}?${queryString(request)}`;
}
