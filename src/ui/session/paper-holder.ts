import type { PaperDoor } from '../../paper/door';

/** Opens the paper exchange with its first use and keeps it: its code is a file of its own that is loaded only then. */
export class PaperHolder {
  readonly #folder: string;
  readonly #onAside: (file: string) => void;
  #door: Promise<PaperDoor> | undefined;

  /** `onAside` is told where a ledger that could not be read is kept. */
  constructor(folder: string, onAside: (file: string) => void = () => undefined) {
    this.#folder = folder;
    this.#onAside = onAside;
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
    return await openPaper({ folder: this.#folder, onAside: this.#onAside });
  }
}
