import type { State } from '../ledger/state';
import type { Store } from './store';

/** A ledger that lives as long as the process. */
export function memoryStore(initial: State): Store {
  let current = initial;
  return {
    read: async () => current,
    async change(change) {
      const { state, value } = change(current);
      current = state;
      return value;
    },
  };
}
