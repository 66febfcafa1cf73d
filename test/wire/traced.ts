import axios, { type AxiosAdapter } from 'axios';
import { TRACE } from './breaking-server';

/** The real way over a socket, watched: which requests are under way. */
export class Traced {
  readonly #underWay = new Set<string>();
  #count = 0;

  readonly adapter: AxiosAdapter = async (config) => {
    this.#count += 1;
    const id = String(this.#count);
    config.headers.set(TRACE, id);
    this.#underWay.add(id);
    try {
      return await axios.getAdapter('http')(config);
    } finally {
      this.#underWay.delete(id);
    }
  };

  /** Whether a request is under way that `isIdle` does not know to be waiting for the clock alone. */
  isBusy(isIdle: (id: string) => boolean): boolean {
    for (const id of this.#underWay) if (!isIdle(id)) return true;
    return false;
  }
}
