import { type Words, words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import type { Asker } from '../flow/asker';
import { askSingle } from '../flow/single';
import { verbatim } from '../tree/row';
import { environmentWords } from './account-words';

/** What stands in the list beside the accounts. */
type Other = 'add' | 'paper';

export interface ChooseAccountOptions<O extends Other> {
  readonly title: Words;
  readonly accounts: readonly Account[];
  /** The one that is marked. */
  readonly currentId: string | undefined;
  readonly others: readonly O[];
  readonly asker: Asker;
  /** Translates a sentence. */
  readonly say: (sentence: Words) => string;
}

/** Asks for one of the accounts, each with its environment and host. Rejects when the person escapes. */
export async function chooseAccount<O extends Other>({
  title,
  accounts,
  currentId,
  others,
  asker,
  say,
}: ChooseAccountOptions<O>): Promise<Account | O> {
  const placeOf = ({ id, environment, host }: Account) => [
    say(environmentWords(environment)),
    ...(environment === 'paper' ? [] : [host]),
    ...(id === currentId ? [say(words('shown now'))] : []),
  ];
  return await askSingle<Account | O>(
    title,
    {
      placeholder: words('Choose an account'),
      choices: () => [
        ...accounts.map((account) => ({
          value: account,
          label: verbatim(account.label),
          description: verbatim(placeOf(account).join(' · ')),
          icon: account.id === currentId ? 'check' : 'account',
        })),
        ...others.map((value) => ({ value, ...OTHERS[value] })),
      ],
      isCurrent: (value) => typeof value === 'object' && value.id === currentId,
    },
    asker,
  );
}

const OTHERS: {
  readonly [Key in Other]: { readonly label: Words; readonly detail: Words; readonly icon: string };
} = {
  paper: {
    label: words('Try the Paper Account'),
    detail: words('Simulated: no key, no network, no money.'),
    icon: 'beaker',
  },
  add: {
    label: words('Add an API Key…'),
    detail: words('Your own loans on Bybit, or its test servers.'),
    icon: 'add',
  },
};
