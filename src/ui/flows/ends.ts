import type { Words } from '../../bybit/words';
import type { Desk } from '../../desk/operation';
import type { Session } from '../session';
import type { Host } from './host';
import { tellEnd } from './verdict';

type Teller = Pick<Host, 'asker' | 'run' | 'account' | 'sessions'>;

interface Followed {
  readonly id: string;
  readonly title: Words;
  readonly host: Teller;
  readonly desk: Desk;
  readonly stop: () => void;
}

/**
 * Operations that had no end when their flow stopped waiting: each is told once it has one, minutes later, also by the desk
 * that took the place of the first (another key, an account opened again). What other windows and earlier sessions
 * confirmed is told by nobody; the journal has it.
 */
export class Ends {
  readonly #followed = new Map<string, Followed>();

  /** Tells of everything that is open now how it ends. */
  follow(host: Teller & Pick<Host, 'desk'>): void {
    const desk = deskOf(host.sessions.current, host.account.id) ?? host.desk;
    for (const { id, title } of host.desk.open) {
      if (!this.#followed.has(id)) this.#listen(id, title, host, desk);
    }
  }

  /** Goes on with the desk that a session brings for an account of which something is followed. */
  moved(session: Session): void {
    for (const { id, title, host, desk, stop } of [...this.#followed.values()]) {
      const now = deskOf(session, host.account.id);
      if (now === undefined || now === desk) continue;
      stop();
      this.#listen(id, title, host, now);
    }
  }

  /** Leaves the telling to the caller. */
  leave(id: string): void {
    this.#followed.get(id)?.stop();
    this.#followed.delete(id);
  }

  #listen(id: string, title: Words, host: Teller, desk: Desk): void {
    const check = () => {
      if (!isEnded(desk, id)) return;
      this.leave(id);
      const verdict = desk.verdictOf(id);
      if (verdict !== undefined) void tellEnd(host, title, verdict);
    };
    this.#followed.set(id, { id, title, host, desk, stop: desk.onDidChange(check) });
    // It may have ended before anybody listened.
    check();
  }
}

function deskOf(session: Session, accountId: string): Desk | undefined {
  return session.kind === 'account' && session.account.id === accountId ? session.desk : undefined;
}

function isEnded({ open }: Desk, id: string): boolean {
  return open.every((operation) => operation.id !== id);
}
