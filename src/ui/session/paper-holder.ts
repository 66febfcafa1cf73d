import type { PaperDoor } from '../../paper/door';

/** Opens the paper exchange with its first use and keeps it: its code is a file of its own that is loaded only then. */
export class PaperHolder {
  readonly #folder: string;
  #door: Promise<PaperDoor> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The door; a failure is not kept, so that asking again tries again. */
  door(): Promise<PaperDoor> {
    this.#door ??= this.#open().catch((error: unknown) => {
      this.#door = undefined;
      throw error;
    });
    return this.#door;
  }

  dispose(): void {
    void this.#door?.then((door) => door.dispose()).catch(() => undefined);
  }

  async #open(): Promise<PaperDoor> {
    const { openPaper } = await import('../../paper/door');
    return await openPaper({ folder: this.#folder });
  }
}
