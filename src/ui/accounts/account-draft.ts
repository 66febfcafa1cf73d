import { HOSTS } from '../../bybit/hosts';
import { type Words, words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import type { Choice } from '../flow/question';
import { inputStep, pickStep } from '../flow/steps';
import type { Step } from '../flow/walk';
import { verbatim } from '../tree/row';
import { environmentWords } from './account-words';
import { EMPTY_KEY, type KeyDraft } from './key-draft';
import type { Where } from './key-look';

/** Environments that ask for a key. */
type KeyedEnvironment = 'testnet' | 'mainnet' | 'loopback';

/** An account while it is being entered. */
export interface AccountDraft extends KeyDraft {
  readonly environment: KeyedEnvironment;
  /** Chosen from the table; for mainnet and testnet. */
  readonly host: string;
  /** For loopback. */
  readonly port: string;
  readonly label: string;
}

export const EMPTY_ACCOUNT: AccountDraft = {
  ...EMPTY_KEY,
  environment: 'testnet',
  host: '',
  port: '',
  label: '',
};

export function whereOf({ environment, host, port }: AccountDraft): Where {
  return { environment, host: environment === 'loopback' ? `127.0.0.1:${port}` : host };
}

/** Environment, host and name of a new account. `others` are the accounts there are. */
export function placeSteps(draft: AccountDraft, others: readonly Account[]): readonly Step<AccountDraft>[] {
  return [environmentStep(), draft.environment === 'loopback' ? portStep() : hostStep(), labelStep(others)];
}

/** Testnet first: a key should be tried where it can lose nothing. */
function environmentChoices(): readonly Choice<KeyedEnvironment>[] {
  return [
    {
      value: 'testnet',
      label: environmentWords('testnet'),
      icon: 'beaker',
      detail: words('Play money on the test servers of Bybit; the key is made there. Start with this.'),
    },
    {
      value: 'mainnet',
      label: environmentWords('mainnet'),
      icon: 'globe',
      detail: words('Your own loans, real money.'),
    },
    {
      value: 'loopback',
      label: environmentWords('loopback'),
      icon: 'server-process',
      detail: words('A server on this machine that speaks as Bybit does, e.g. the paper exchange over HTTP.'),
    },
  ];
}

function environmentStep(): Step<AccountDraft> {
  return pickStep<AccountDraft, KeyedEnvironment>(
    'environment',
    ({ environment }) => ({
      placeholder: words('Where was the key made?'),
      choices: environmentChoices,
      isCurrent: (value) => value === environment,
    }),
    (draft, environment) => ({ ...draft, environment }),
  );
}

function hostStep(): Step<AccountDraft> {
  return pickStep<AccountDraft, string>(
    'host',
    ({ environment, host }) => ({
      placeholder: words('Which Bybit was the account opened at?'),
      choices: () =>
        HOSTS.filter((one) => one.environment === environment).map((one) => ({
          value: one.host,
          label: one.label,
          description: verbatim(one.host),
        })),
      isCurrent: (value) => value === host,
    }),
    (draft, host) => ({ ...draft, host }),
  );
}

const HIGHEST_PORT = 65_535;

function portStep(): Step<AccountDraft> {
  return inputStep(
    'port',
    ({ port }) => ({
      prompt: words(
        'Port of the server on this machine (127.0.0.1). Signed requests go there without encryption.',
      ),
      placeholder: verbatim('8080'),
      text: port,
      check: (text) => problem(portProblem(text.trim())),
    }),
    (draft, text) => ({ ...draft, port: text.trim() }),
  );
}

function portProblem(text: string): Words | undefined {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= HIGHEST_PORT
    ? undefined
    : words('A port is a whole number from 1 to {0}.', String(HIGHEST_PORT));
}

const LONGEST_LABEL = 60;

function labelStep(others: readonly Account[]): Step<AccountDraft> {
  return inputStep(
    'label',
    ({ label, environment }) => ({
      prompt: words('Name of the account, as you call it. It is shown wherever the account is.'),
      text: label === '' ? freeLabel(environment, others) : label,
      check: (text) => problem(labelProblem(text.trim(), others)),
    }),
    (draft, text) => ({ ...draft, label: text.trim() }),
  );
}

function labelProblem(text: string, others: readonly Account[]): Words | undefined {
  if (text === '') return words('The account needs a name.');
  if (text.length > LONGEST_LABEL)
    return words('The name has at most {0} characters.', String(LONGEST_LABEL));
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text)) return words('The name has characters that cannot be seen.');
  return others.some(({ label }) => label === text)
    ? words('Another account has this name: choose one that tells them apart.')
    : undefined;
}

/** "Testnet", "Testnet 2" … */
function freeLabel(environment: KeyedEnvironment, others: readonly Account[]): string {
  const base = environmentWords(environment).text;
  for (let count = 1; ; count += 1) {
    const label = count === 1 ? base : `${base} ${count}`;
    if (!others.some((other) => other.label === label)) return label;
  }
}

function problem(said: Words | undefined) {
  return said === undefined ? undefined : { severity: 'error' as const, words: said };
}
