import { type Words, words } from '../bybit/words';
import type { Asker } from './flow/asker';
import type { Log } from './log';

/** What can be found damaged. */
export type KeptThing = 'account' | 'history' | 'alerts' | 'watch' | 'paper';

const SAID: { readonly [Thing in KeptThing]: Words } = {
  account: words(
    'The file of an account could not be read and was set aside. Add the account anew: at the exchange nothing has changed.',
  ),
  history: words('Some of the recorded rates could not be read. Recording goes on with the others.'),
  alerts: words('The rate alerts could not be read and were set aside. Set them anew.'),
  watch: words(
    'What the watch remembers could not be read and was set aside. It may tell again what you know already.',
  ),
  paper: words('The paper account could not be read and was set aside. It begins anew.'),
};

export interface SetAsideNoticeOptions {
  readonly asker: Pick<Asker, 'say'>;
  readonly log: Pick<Log, 'warn'>;
  readonly showLog: () => void;
}

/** Says that something damaged was set aside: each file in the log, each kind of thing to the person once a session. */
export class SetAsideNotice {
  readonly #given: SetAsideNoticeOptions;
  readonly #told = new Set<KeptThing>();

  constructor(options: SetAsideNoticeOptions) {
    this.#given = options;
  }

  /** `where` is the file, or a sentence that names it. */
  tell(what: KeptThing, where: string): void {
    const { asker, log, showLog } = this.#given;
    log.warn(`set aside as damaged (${what}): ${where}`);
    if (this.#told.has(what)) return;
    this.#told.add(what);
    const message = {
      severity: 'warning',
      words: [SAID[what], words('The damaged file is kept; the log says where.')],
      actions: [{ id: 'log', label: words('Show Log') }],
    } as const;
    void asker.say(message).then((chosen) => {
      if (chosen === 'log') showLog();
    });
  }
}
