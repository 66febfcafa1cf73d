import { randomUUID } from 'node:crypto';
import { type Words, words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import { Journal } from '../../desk/journal/journal';
import type { Handlers } from '../commands';
import { unsettledWords } from '../session/gone';
import type { SessionManager } from '../session/session-manager';
import type { AccountFiles } from './account-files';
import { type AccountFlowsOptions, addAccount, replaceKey } from './account-flows';
import { environmentWords } from './account-words';
import { chooseAccount } from './choose-account';

export interface AccountCommandsOptions extends AccountFlowsOptions {
  readonly files: AccountFiles;
  readonly sessions: SessionManager;
  /** Where the journals lie. */
  readonly folder: string;
  /** Shows the paper account, noting that it is used. */
  readonly tryPaper: () => Promise<void>;
  /** Brings the loans to the screen. */
  readonly reveal: () => Promise<void>;
}

/** Adding, choosing and removing accounts, and giving one another key. */
export function accountCommands(
  options: AccountCommandsOptions,
): Pick<Handlers, 'addAccount' | 'switchAccount' | 'removeAccount' | 'replaceKey'> {
  const { files, sessions, keeper, asker, say, folder, tryPaper, reveal } = options;

  const currentId = () => {
    const { current } = sessions;
    return current.kind === 'account' || current.kind === 'locked' ? current.account.id : undefined;
  };

  /** The account that a row names, or the one chosen from the list of those that are possible. */
  const pick = async (title: Words, id: string | undefined, fit: (account: Account) => boolean) => {
    const accounts = (await files.list()).filter(fit);
    const named = accounts.find((account) => account.id === id);
    if (named !== undefined) return named;
    if (accounts.length === 0) {
      await asker.say({ severity: 'info', words: [words('There is no such account yet.')], actions: [] });
      return undefined;
    }
    return await chooseAccount({ title, accounts, currentId: currentId(), others: [], asker, say });
  };

  const add = async () => {
    const account = await addAccount({ id: randomUUID(), others: await files.list() }, options);
    await sessions.open(account);
    await reveal();
  };

  return {
    addAccount: add,

    async switchAccount() {
      const accounts = await files.list();
      const hasPaper = accounts.some(({ environment }) => environment === 'paper');
      const choice = await chooseAccount({
        title: words('Switch Account'),
        accounts,
        currentId: currentId(),
        others: hasPaper ? ['add' as const] : ['paper' as const, 'add' as const],
        asker,
        say,
      });
      if (choice === 'add') await add();
      else if (choice === 'paper') await tryPaper();
      else await sessions.open(choice);
    },

    async removeAccount({ accountId }) {
      const account = await pick(words('Remove Account'), accountId, () => true);
      if (account === undefined) return;
      const open = await openCount(folder, account);
      const isSure = await asker.confirm({
        message: words('Remove {0} ({1})?', account.label, say(environmentWords(account.environment))),
        detail: removalDetail(account, open),
        deed: words('Remove Account'),
      });
      if (!isSure) return;
      let problem: Words | undefined;
      await sessions.without(account.id, async () => {
        problem = await keeper.remove(account);
      });
      if (problem !== undefined) await asker.say({ severity: 'error', words: [problem], actions: [] });
    },

    async replaceKey({ accountId }) {
      const keyed = (account: Account) => account.environment !== 'paper';
      const account = await pick(words('Enter the Key Again'), accountId ?? currentId(), keyed);
      if (account === undefined) return;
      await replaceKey(account, options);
      await sessions.open(account);
    },
  };
}

/** Operations without an end; none when the journal cannot be read, which is no reason to keep an account. */
async function openCount(folder: string, { id }: Account): Promise<number> {
  return await Journal.open(folder, id).then(
    ({ unsettled }) => unsettled,
    () => 0,
  );
}

function removalDetail({ environment }: Account, open: number): readonly Words[] {
  const key =
    environment === 'paper'
      ? words('Its simulated wallet and loans stay: trying the paper account again brings them back.')
      : words(
          'Its key is deleted from the secret storage of VS Code. At the exchange the key stays valid until you delete it there.',
        );
  const journal = words('The journal of its operations stays on this machine.');
  return [...unsettledWords(open), key, journal];
}
