import type { Desk } from '../../desk/operation';
import type { Host } from './host';
import { tellEnd } from './verdict';

/**
 * Operations that had no end when their flow stopped waiting: each is told once it has one, minutes later. What other
 * windows and earlier sessions confirmed is told by nobody; the journal has it.
 */
export class Ends {
  readonly #followed = new Map<string, () => void>();

  /** Tells of everything that is open now how it ends. */
  follow(host: Pick<Host, 'asker' | 'run' | 'desk'>): void {
    const { desk } = host;
    for (const { id, title } of desk.open) {
      if (this.#followed.has(id)) continue;
      const stop = desk.onDidChange(() => {
        if (!isEnded(desk, id)) return;
        this.leave(id);
        const verdict = desk.verdictOf(id);
        if (verdict !== undefined) void tellEnd(host, title, verdict);
      });
      this.#followed.set(id, stop);
    }
  }

  /** Leaves the telling to the caller. */
  leave(id: string): void {
    this.#followed.get(id)?.();
    this.#followed.delete(id);
  }
}

function isEnded({ open }: Desk, id: string): boolean {
  return open.every((operation) => operation.id !== id);
}
