import type { Later } from '../later';
import type { Arrivals } from './arrival';
import type { Opener } from './opener';

/** Opens desks with the opener, whose code (the exchange, the desk, axios) is loaded by the first. */
export function laterOpener(later: Pick<Later<Opener>, 'get'>): Arrivals['opener'] {
  return {
    paper: async (account) => await (await later.get()).paper(account),
    live: async (...given) => await (await later.get()).live(...given),
    unsettled: async (account) => await (await later.get()).unsettled(account),
    visitor: async (account) => await (await later.get()).visitor(account),
  };
}
