import { type Words, words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import type { Asker } from '../flow/asker';
import { type Entry, type Flow, walk } from '../flow/walk';
import { type AccountDraft, EMPTY_ACCOUNT, placeSteps, whereOf } from './account-draft';
import { environmentWords } from './account-words';
import { credentialsOf, EMPTY_KEY, type KeyDraft } from './key-draft';
import type { KeyKeeper } from './key-keeper';
import type { KeyLookOptions } from './key-look';
import { KEY_STEP, keySteps } from './key-steps';

export interface AccountFlowsOptions extends KeyLookOptions {
  readonly keeper: KeyKeeper;
  readonly asker: Asker;
  /** Translates a sentence. */
  readonly say: (sentence: Words) => string;
}

/** Asks for a new account and keeps it. Rejects when the person escapes; then nothing was kept. */
export async function addAccount(
  { id, others }: { readonly id: string; readonly others: readonly Account[] },
  options: AccountFlowsOptions,
): Promise<Account> {
  const { keeper } = options;
  const flow: Flow<AccountDraft> = {
    title: words('Add Account'),
    plan: (draft) => [
      ...placeSteps(draft, others),
      ...keySteps(draft, {
        ...options,
        where: whereOf,
        deed: words('Add This Account'),
        ownerOf: ({ environment }, apiKey) => keeper.ownerOf(environment, apiKey),
        objection: async (where, uid) => {
          const known = await keeper.accountOf(where, uid);
          return known && isListed(known, uid);
        },
      }),
    ],
  };
  // A user who was here before gets the account of then: what its journal left without an end is looked up again.
  const accountOf = async (draft: AccountDraft): Promise<Account> => {
    const { label, uid } = draft;
    const where = whereOf(draft);
    const former = await keeper.formerIdOf(where, uid);
    return { id: former ?? id, label, ...where, ...(uid !== undefined && { uid }) };
  };
  let account: Account | undefined;
  await untilKept(flow, EMPTY_ACCOUNT, options.asker, async (given) => {
    account = await accountOf(given);
    return await keeper.add(account, credentialsOf(given));
  });
  if (account === undefined) throw new Error('An account was kept that was never made.');
  return account;
}

/** Asks for a key of an account that is there, and keeps it in place of the one before. Rejects on escape. */
export async function replaceKey(account: Account, options: AccountFlowsOptions): Promise<void> {
  const { keeper, asker, say } = options;
  const { id, label, environment, host } = account;
  const flow: Flow<KeyDraft> = {
    title: words('Key of {0} ({1})', label, say(environmentWords(environment))),
    plan: (draft) =>
      keySteps(draft, {
        ...options,
        where: () => ({ environment, host }),
        deed: words('Use This Key'),
        ownerOf: async (where, apiKey) => {
          const owner = await keeper.ownerOf(where.environment, apiKey);
          return owner?.id === id ? undefined : owner;
        },
        objection: async (where, uid) => {
          if (account.uid !== undefined && account.uid !== uid) return isOfAnother(account, uid);
          const known = await keeper.accountOf(where, uid);
          return known === undefined || known.id === id ? undefined : isListed(known, uid);
        },
      }),
  };
  await untilKept(flow, EMPTY_KEY, asker, (draft) => keeper.replace(account, credentialsOf(draft)));
}

/** Two entries of one user would not know of each other's operations. */
function isListed({ label }: Account, uid: string): Words {
  return words(
    'This key belongs to user {0}, who is in the list already as {1}. Two entries of one user would not know of each other’s operations: replace the key of {1} instead, or remove it first.',
    uid,
    label,
  );
}

/** The journal of an account tells of one user's operations. */
function isOfAnother({ label, uid = '' }: Account, other: string): Words {
  return words(
    'This key belongs to user {0}, and {1} is the account of user {2}. Add the key as an account of its own.',
    other,
    label,
    uid,
  );
}

/** Walks until what was entered could be kept; what was typed stays over every failure. */
async function untilKept<C>(
  flow: Flow<C>,
  start: C,
  asker: Asker,
  keep: (context: C) => Promise<Words | undefined>,
): Promise<C> {
  let context = start;
  let entry: Entry | undefined;
  for (;;) {
    context = await walk(flow, asker, context, entry);
    const problem = await keep(context);
    if (problem === undefined) return context;
    entry = { at: KEY_STEP, notice: { severity: 'error', words: problem } };
  }
}
