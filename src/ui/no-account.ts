import { type Words, words } from '../bybit/words';
import type { Account } from '../desk/account';
import type { CommandId } from './commands';
import type { Asker } from './flow/asker';
import type { Sessions } from './session';

export interface AccountNeeded {
  readonly sessions: Pick<Sessions, 'ready'>;
  readonly asker: Pick<Asker, 'say'>;
  /** Runs a command of ours to its end. */
  readonly run: (command: CommandId) => Promise<void>;
}

/**
 * The account that is shown, its key known or not. Where none is, `why` is said with two ways to one; undefined when neither
 * led there.
 */
export async function accountOrTold(
  { sessions, asker, run }: AccountNeeded,
  why: Words,
): Promise<Account | undefined> {
  for (;;) {
    const session = await sessions.ready();
    if (session.kind !== 'none') return session.account;
    const chosen = await asker.say<'tryPaper' | 'addAccount'>({
      severity: 'info',
      words: [why],
      actions: [
        { id: 'tryPaper', label: words('Try the Paper Account') },
        { id: 'addAccount', label: words('Add an API Key') },
      ],
    });
    if (chosen === undefined) return undefined;
    await run(chosen);
  }
}
