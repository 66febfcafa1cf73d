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
  /** What more there is to tell at the end of an operation, by its id. */
  readonly #rests = new Map<string, readonly Words[]>();

  /** Tells of everything that is open now how it ends, and `rest` with what was not followed before. */
  follow(host: Teller & Pick<Host, 'desk'>, rest: readonly Words[] = []): void {
    const desk = deskOf(host.sessions.current, host.account.id) ?? host.desk;
    for (const { id, title } of host.desk.open) {
      if (rest.length > 0 && !this.#rests.has(id)) this.#rests.set(id, rest);
      if (!this.#followed.has(id)) this.#listen({ id, title, host, desk });
    }
  }

  /** Goes on with the desk that a session brings for an account of which something is followed. */
  moved(session: Session): void {
    for (const { stop, ...followed } of [...this.#followed.values()]) {
      const now = deskOf(session, followed.host.account.id);
      if (now === undefined || now === followed.desk) continue;
      stop();
      this.#listen({ ...followed, desk: now });
    }
  }

  /** What was confirmed together with an operation and was not sent. */
  restOf(id: string): readonly Words[] {
    return this.#rests.get(id) ?? [];
  }

  /** Leaves the telling to the caller. */
  leave(id: string): void {
    this.#followed.get(id)?.stop();
    this.#followed.delete(id);
  }

  #listen(followed: Omit<Followed, 'stop'>): void {
    const { id, title, host, desk } = followed;
    const check = () => {
      if (!isEnded(desk, id)) return;
      this.leave(id);
      const verdict = desk.verdictOf(id);
      if (verdict !== undefined) void tellEnd(host, title, verdict, this.restOf(id));
    };
    this.#followed.set(id, { ...followed, stop: desk.onDidChange(check) });
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
