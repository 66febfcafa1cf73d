import { readFile, stat } from 'node:fs/promises';
import type { KeyInfo } from '../../bybit/account';
import { checkApiKey, checkPrivateKey, checkSecret } from '../../bybit/signing';
import { type Words, words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import type { Asker } from '../flow/asker';
import type { Choice, Frame, PickQuestion, Remark } from '../flow/question';
import { fileStep, inputStep, pickStep } from '../flow/steps';
import type { Step, Turn } from '../flow/walk';
import { verbatim } from '../tree/row';
import { environmentWords } from './account-words';
import { credentialsOf, type KeyDraft } from './key-draft';
import { type KeyLookOptions, lookAtKey, type Where } from './key-look';
import { keyFacts } from './key-report';

/** The step to which whatever is wrong with a key leads back. */
export const KEY_STEP = 'apiKey';

export interface KeyStepsOptions<C> extends KeyLookOptions {
  readonly where: (context: C) => Where;
  /** The deed of the last step, e.g. "Add Account". */
  readonly deed: Words;
  /** The account that has this key already, where there is one: two would not know of each other's operations. */
  readonly ownerOf: (where: Where, apiKey: string) => Promise<Account | undefined>;
  /** Why a key of that user is not taken here; undefined when it is. */
  readonly objection: (where: Where, uid: string) => Promise<Words | undefined>;
  /** Translates a sentence. */
  readonly say: (sentence: Words) => string;
}

/** Key, secret or key file, and a look at what the exchange says of them. Nothing typed is lost by going back. */
export function keySteps<C extends KeyDraft>(context: C, options: KeyStepsOptions<C>): readonly Step<C>[] {
  return [
    apiKeyStep(),
    typeStep(),
    context.type === 'hmac' ? secretStep() : pemStep(),
    { id: 'look', ask: (given, asker, frame) => look(given, asker, frame, options) },
  ];
}

function apiKeyStep<C extends KeyDraft>(): Step<C> {
  return inputStep(
    KEY_STEP,
    ({ apiKey }) => ({
      prompt: words('API key. It is kept in the secret storage of VS Code and sent to this host only.'),
      placeholder: words('Paste the API key'),
      isMasked: true,
      text: apiKey,
      check: (text) => errorOf(checkApiKey(text.trim())),
    }),
    (context, text) => ({ ...context, apiKey: text.trim() }),
  );
}

function typeStep<C extends KeyDraft>(): Step<C> {
  return pickStep<C, KeyDraft['type']>(
    'type',
    ({ type }) => ({
      placeholder: words('How does the key sign?'),
      choices: () => [
        {
          value: 'hmac',
          label: words('Secret'),
          description: verbatim('HMAC'),
          detail: words('The exchange made the key and showed a secret with it.'),
        },
        {
          value: 'rsa',
          label: words('Private key file'),
          description: verbatim('RSA'),
          detail: words('You made a pair of keys and gave the public one to the exchange.'),
        },
      ],
      isCurrent: (value) => value === type,
    }),
    (context, type) => ({ ...context, type }),
  );
}

function secretStep<C extends KeyDraft>(): Step<C> {
  return inputStep(
    'secret',
    ({ secret }) => ({
      prompt: words('API secret. It signs on this machine and is never sent.'),
      placeholder: words('Paste the API secret'),
      isMasked: true,
      text: secret,
      check: (text) => errorOf(checkSecret(text.trim())),
    }),
    (context, text) => ({ ...context, secret: text.trim() }),
  );
}

/** A PEM file of an RSA key has about 2 kB. */
const LONGEST_FILE = 64 * 1024;

function pemStep<C extends KeyDraft>(): Step<C> {
  return fileStep(
    'pem',
    () => ({ open: words('Use This Private Key') }),
    async (context, path) => {
      const pem = await readShort(path);
      if (pem === undefined) return { problem: error(words('The file could not be read as a key file.')) };
      const problem = checkPrivateKey(pem);
      return problem === undefined ? { context: { ...context, pem } } : { problem: error(problem) };
    },
  );
}

async function readShort(path: string): Promise<string | undefined> {
  try {
    return (await stat(path)).size > LONGEST_FILE ? undefined : await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Asks the exchange and shows what it says; whatever is wrong leads back to the key. */
async function look<C extends KeyDraft>(
  context: C,
  asker: Asker,
  frame: Frame,
  options: KeyStepsOptions<C>,
): Promise<Turn<C>> {
  const { deed, ownerOf, objection, say } = options;
  const where = options.where(context);
  const back = (sentences: readonly Words[]): Turn<C> => {
    const notice = error(verbatim(sentences.map(say).join(' ')));
    return { kind: 'return', to: KEY_STEP, context, notice };
  };
  const owner = await ownerOf(where, context.apiKey);
  if (owner !== undefined) return back([words('This key is in the list already, as {0}.', owner.label)]);
  const looked = await asker.during(words('Asking the exchange about the key'), () =>
    lookAtKey(where, credentialsOf(context), options),
  );
  if ('problem' in looked) return back(looked.problem);
  const uid = looked.info.userID;
  const objected = await objection(where, uid);
  if (objected !== undefined) return back([objected]);
  const reply = await asker.pick(report(where, looked.info, deed), frame);
  return reply.kind === 'back' ? { kind: 'back' } : { kind: 'forward', context: { ...context, uid } };
}

function report({ environment, host }: Where, info: KeyInfo, deed: Words): PickQuestion<true> {
  const facts = keyFacts(info).map(
    (fact): Choice<true> => ({
      value: undefined,
      label: fact.words,
      icon: fact.isWarning ? 'warning' : 'info',
    }),
  );
  return {
    placeholder: words('What the exchange says of the key'),
    choices: () => [
      { value: true, label: deed, icon: 'check' },
      { value: undefined, label: environmentWords(environment), description: verbatim(host), icon: 'globe' },
      ...facts,
    ],
  };
}

function error(problem: Words): Remark {
  return { severity: 'error', words: problem };
}

function errorOf(problem: Words | undefined): Remark | undefined {
  return problem === undefined ? undefined : error(problem);
}
