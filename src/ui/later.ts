import type { CommandId, Handlers } from './commands';

/**
 * A part whose code is a file of its own, loaded with its first use: what a window does not use costs its start nothing. A
 * load that failed is tried again by the next use.
 */
export class Later<T> {
  readonly #load: () => Promise<T>;
  #part: Promise<T> | undefined;
  #disposed = false;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  /** The part, the same one every time. */
  get(): Promise<T> {
    this.#part ??= this.#begin();
    return this.#part;
  }

  dispose(): void {
    this.#disposed = true;
    void this.#part?.then(end).catch(() => undefined);
  }

  async #begin(): Promise<T> {
    try {
      const part = await this.#load();
      // The window may have closed while it loaded; `dispose` saw no part then.
      if (this.#disposed) end(part);
      return part;
    } catch (error) {
      this.#part = undefined;
      throw error;
    }
  }
}

/** Commands of a part that is loaded with the first of them. */
export function laterCommands<Id extends CommandId>(
  ids: readonly Id[],
  part: Pick<Later<Pick<Handlers, Id>>, 'get'>,
): Pick<Handlers, Id> {
  const handler = (id: Id) => async (subject: Parameters<Handlers[Id]>[0]) => (await part.get())[id](subject);
  return Object.fromEntries(ids.map((id) => [id, handler(id)])) as unknown as Pick<Handlers, Id>;
}

function end(part: unknown): void {
  if (typeof part === 'object' && part !== null && 'dispose' in part && typeof part.dispose === 'function')
    part.dispose();
}
