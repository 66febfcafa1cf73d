import { type LocalClock, systemClock } from '../../bybit/local-clock';
import type { Words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import type { Desk } from '../../desk/operation';
import type { PartName } from '../../desk/snapshot';
import { seenOf } from '../../desk/watch/away';
import { BlindCount } from '../../desk/watch/blind';
import { WatchFile } from '../../desk/watch/file';
import { observe } from '../../desk/watch/observe';
import { reportsOf } from '../../desk/watch/reports';
import type { Fired } from '../../desk/watch/state';
import { Watcher } from '../../desk/watch/watcher';
import type { Asker } from '../flow/asker';
import type { Log } from '../log';
import type { PrivacyMode } from '../privacy-mode';
import type { Sessions } from '../session';
import type { ReadSetting } from '../settings';
import { verbatim } from '../tree/row';
import { levelsOf, watchIntervalOf } from './watch-settings';
import { type Answer, type Deed, deedOf, messageOf } from './watch-words';

export interface WatchServiceOptions {
  readonly sessions: Sessions;
  /** Shared by windows. */
  readonly folder: string;
  readonly asker: Asker;
  readonly readSetting: ReadSetting;
  readonly privacy: Pick<PrivacyMode, 'show'>;
  /** BCP 47. */
  readonly locale: string;
  readonly log: Log;
  /** Starts a command: a flow that asks, never a deed by itself. */
  readonly start: (deed: Deed) => void;
  /** Asks how long, then silences. */
  readonly askSnooze: (fired: Fired) => void;
  readonly showList: () => void;
  /** Told where a damaged memory is kept. */
  readonly setAside?: (where: string) => void;
  readonly clock?: LocalClock;
}

/** What the watch needs of a snapshot; read at its own pace whether or not a view is visible. */
const PARTS: readonly PartName[] = [
  'position',
  'flexibleLoans',
  'prices',
  'wallet',
  'collateralRules',
  'key',
  'forcedRepayments',
  'fixedContracts',
  'fixedOrders',
  'supplyOrders',
  'supplyContracts',
  'legacyLoans',
  'legacyRules',
  'riskUnit',
  // The lines of its products.
  'insOrders',
];

interface Watched {
  readonly account: Account;
  readonly desk: Desk;
  readonly watcher: Watcher;
  readonly stop: () => void;
}

/** Watches the account that the window shows, and tells a person what begins and ends. */
export class WatchService {
  readonly #given: WatchServiceOptions;
  readonly #listener: { dispose(): void };
  #watched: Watched | undefined;

  constructor(options: WatchServiceOptions) {
    this.#given = options;
    this.#listener = options.sessions.onDidChange(() => this.#follow());
    this.#follow();
  }

  /** The watch of the account that is shown; undefined without one. */
  get watcher(): Watcher | undefined {
    return this.#watched?.watcher;
  }

  get account(): Account | undefined {
    return this.#watched?.account;
  }

  dispose(): void {
    this.#listener.dispose();
    this.#leave();
  }

  #follow(): void {
    const { current } = this.#given.sessions;
    if (current.kind === 'account' && current.desk === this.#watched?.desk) {
      this.#watched.watcher.look();
      return;
    }
    this.#leave();
    if (current.kind === 'account') this.#watched = this.#enter(current.account, current.desk);
  }

  #leave(): void {
    this.#watched?.stop();
    this.#watched = undefined;
  }

  #enter(account: Account, desk: Desk): Watched {
    const { folder, readSetting, locale, log, setAside, clock = systemClock } = this.#given;
    const blind = new BlindCount(desk);
    const see = () =>
      observe({
        snapshot: desk.snapshot,
        figures: desk.figures,
        thresholds: desk.thresholds,
        now: clock.now(),
        serverNow: desk.serverNow,
        failedPolls: blind.count,
        failedReads: (names) => blind.failed(names),
      });
    const isKnown = () => blind.count > 0 || desk.figures !== undefined || see().ltv !== undefined;
    const watcher = new Watcher({
      name: account.id,
      folder,
      file: new WatchFile(folder, account.id, (line) => setAside?.(line), clock),
      clock,
      refresh: () => desk.refresh(PARTS),
      reports: () => (isKnown() ? reportsOf(see(), { ladder: levelsOf(readSetting), locale }) : undefined),
      seen: () => (isKnown() ? seenOf(see()) : undefined),
      locale,
      intervalMs: () => watchIntervalOf(readSetting),
      tell: (fired) => void this.#tell(fired, account),
      tellAway: (changes) => void this.#tellAway(changes, account),
      log: (line) => log.warn(line),
    });
    const stop = () => {
      blind.dispose();
      watcher.dispose();
    };
    return { account, desk, watcher, stop };
  }

  async #tell(fired: Fired, account: Account): Promise<void> {
    const { asker, privacy, start, askSnooze, showList, log } = this.#given;
    const message = messageOf(fired, account.label);
    log.info(`watch: ${fired.ended ? 'ended' : 'began'} ${fired.event.key}`);
    const answer = await asker.say<Answer>({
      ...message,
      words: message.words.map((said) => privacy.show(said)),
    });
    if (answer === 'snooze') askSnooze(fired);
    else if (answer === 'list') showList();
    else if (answer !== undefined) {
      const help = fired.event.help[Number(answer.slice('help'.length))];
      if (help !== undefined) start(deedOf(help, account.id));
    }
  }

  async #tellAway(changes: readonly Words[], account: Account): Promise<void> {
    const { asker, privacy } = this.#given;
    const words = [verbatim(`${account.label}:`), ...changes.map((change) => privacy.show(change))];
    await asker.say({ severity: 'info', words, actions: [] });
  }
}
