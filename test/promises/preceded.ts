import type { Exchange } from '../../src/bybit/exchange';

/** The client, with something done right before a write leaves, when the journal has it. */
export function preceded(
  exchange: Exchange,
  act: (endpoint: { readonly path: string }) => void | Promise<void>,
): Exchange {
  return {
    now: () => exchange.now(),
    dispose: () => exchange.dispose(),
    call: (endpoint, request, options = {}) =>
      exchange.call(endpoint, request, {
        ...options,
        ...(endpoint.mutates && {
          beforeSend: async (t) => {
            await options.beforeSend?.(t);
            await act(endpoint);
          },
        }),
      }),
  };
}
