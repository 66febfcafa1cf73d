import type { Decimal } from '../../bybit/decimal';
import { type LocalClock, systemClock } from '../../bybit/local-clock';
import { AlertFile } from '../../desk/history/alert-file';
import { alertReport, type RateAlert } from '../../desk/history/alerts';
import { lastRead } from '../../desk/history/coverage';
import { exchangeFolder, type Source } from '../../desk/history/place';
import { type Rates, rateAt, type SeriesName } from '../../desk/history/series';
import type { Desk } from '../../desk/operation';
import { WatchFile } from '../../desk/watch/file';
import type { Fired } from '../../desk/watch/state';
import { Watcher } from '../../desk/watch/watcher';
import type { Log } from '../log';
import type { ReadSetting } from '../settings';
import { watchIntervalOf } from '../watch/watch-settings';
import type { HistoryService, ShownHistory } from './history-service';
import { knownRates, refreshRates } from './rates-now';

export interface RateAlertsOptions {
  readonly history: Pick<HistoryService, 'shown' | 'onDidChange'>;
  readonly sessions: { readonly onDidChange: HistoryService['onDidChange'] };
  /** Shared by windows. */
  readonly folder: string;
  readonly readSetting: ReadSetting;
  /** BCP 47. */
  readonly locale: string;
  readonly log: Log;
  /** Called in one window only, once an event. */
  readonly tell: (fired: Fired, source: Source) => void;
  /** Told what was damaged, and where it is kept. */
  readonly setAside?: (what: 'alerts' | 'watch', where: string) => void;
  readonly clock?: LocalClock;
}

/** The alerts of the exchange whose rates are shown. */
export interface ShownAlerts {
  readonly source: Source;
  readonly desk: Desk;
  readonly file: AlertFile;
  readonly watcher: Watcher;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** How soon a window knows what another one has set or removed. */
const LEARN_MS = 60_000;
/** Rates read within this are not read again to be judged. */
const FRESH_MS = 45_000;

/** Watches the rates that a person set alerts on, in one of all windows, and tells each once. */
export class RateAlerts {
  readonly #given: RateAlertsOptions;
  readonly #clock: LocalClock;
  readonly #listeners: readonly { dispose(): void }[];
  readonly #ended = new AbortController();
  #shown: (ShownAlerts & { readonly history: ShownHistory }) | undefined;
  #alerts: readonly RateAlert[] | undefined;
  /** What was recorded a day ago, by coin and series. */
  #dayAgo: ReadonlyMap<string, Decimal> = new Map();

  constructor(options: RateAlertsOptions) {
    this.#given = options;
    this.#clock = options.clock ?? systemClock;
    const { history, sessions } = options;
    this.#listeners = [
      history.onDidChange(() => this.#follow()),
      sessions.onDidChange(() => {
        if (this.#isNeeded) this.#shown?.watcher.look();
      }),
    ];
    this.#follow();
    void this.#learn();
  }

  /** Without alerts there is nothing to watch, and no window leads. */
  get #isNeeded(): boolean {
    return this.#alerts !== undefined && this.#alerts.length > 0;
  }

  get shown(): ShownAlerts | undefined {
    return this.#shown;
  }

  /** As they stand in the file, whichever window changed it. */
  async alerts(): Promise<readonly RateAlert[]> {
    return (await this.#shown?.file.read()) ?? [];
  }

  /**
   * A changed alert is another one: what was told of the old one says nothing of it. `full`, and nothing is set, where there
   * are as many as can be. `of` is the exchange it was asked for, which may not be shown any more.
   */
  async put(alert: RateAlert, instead?: string, of = this.shown): Promise<'set' | 'full'> {
    const alerts = await of?.file.put(alert, instead);
    if (alerts === 'full') return 'full';
    this.#learnt(alerts, of);
    return 'set';
  }

  async remove(id: string, of = this.shown): Promise<void> {
    this.#learnt(await of?.file.remove(id), of);
  }

  dispose(): void {
    this.#ended.abort();
    for (const listener of this.#listeners) listener.dispose();
    this.#shown?.watcher.dispose();
  }

  #follow(): void {
    const { shown } = this.#given.history;
    if (shown !== undefined && shown.store === this.#shown?.history.store) return;
    this.#shown?.watcher.dispose();
    this.#alerts = undefined;
    this.#dayAgo = new Map();
    this.#shown = shown && this.#watch(shown);
    void this.#load();
  }

  /** Another window may set the first alert and close, or remove one that this window watches. */
  async #learn(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      await this.#clock.sleep(LEARN_MS, signal).catch(() => undefined);
      if (!signal.aborted) await this.#load();
    }
  }

  async #load(): Promise<void> {
    const file = this.#shown?.file;
    const alerts = await file?.read().catch((error: unknown) => {
      this.#given.log.warn(`rate alerts: ${String(error).slice(0, 200)}`);
      return undefined;
    });
    if (this.#shown?.file === file && alerts !== undefined) this.#alerts = alerts;
  }

  /** What was changed for an exchange that is not shown any more is none of what is watched. */
  #learnt(alerts: readonly RateAlert[] | undefined, of: ShownAlerts | undefined): void {
    if (this.#shown === undefined || this.#shown.file !== of?.file) return;
    this.#alerts = alerts;
    this.#shown.watcher.look();
  }

  #watch(history: ShownHistory): ShownAlerts & { readonly history: ShownHistory } {
    const { folder: root, log, locale, readSetting, setAside, tell } = this.#given;
    const { source, desk } = history;
    const folder = exchangeFolder(root, source);
    const warn = (line: string) => log.warn(line);
    const aside = (what: 'alerts' | 'watch') => (line: string) => setAside?.(what, line);
    const file = new AlertFile(folder, aside('alerts'), this.#clock);
    const watcher = new Watcher({
      name: 'rates',
      folder,
      file: new WatchFile(folder, 'rates', aside('watch'), this.#clock),
      clock: this.#clock,
      refresh: () => this.#refresh(history, file),
      reports: () => this.#reports(desk, locale),
      seen: () => undefined,
      locale,
      intervalMs: () => (this.#isNeeded ? watchIntervalOf(readSetting) : undefined),
      tell: (fired) => tell(fired, source),
      tellAway: () => undefined,
      log: warn,
    });
    return { source, desk, file, watcher, history };
  }

  /** Reads the rates where an alert needs them. Never rejects: what could not be read stays as it was. */
  async #refresh(history: ShownHistory, file: AlertFile): Promise<void> {
    const isShown = () => this.#shown?.file === file;
    try {
      const alerts = await file.read();
      if (!isShown()) return;
      this.#alerts = alerts;
      if (alerts.length === 0) return;
      await refreshRates(history.desk, FRESH_MS, this.#clock.now());
      const past = await dayAgo(alerts, history, this.#clock.now());
      if (isShown()) this.#dayAgo = past;
    } catch (error) {
      this.#given.log.warn(`rate alerts: ${String(error).slice(0, 200)}`);
    }
  }

  #reports(desk: Desk, locale: string) {
    if (this.#alerts === undefined) return undefined;
    const { failure } = desk.snapshot.parts.coins;
    const rates: ReadonlyMap<string, Rates> = (failure === undefined && knownRates(desk)) || new Map();
    const facts = {
      now: (coin: string) => rates.get(coin),
      dayAgo: (coin: string, series: SeriesName) => this.#dayAgo.get(keyOf(coin, series)),
    };
    return [alertReport(this.#alerts, facts, locale)];
  }
}

function keyOf(coin: string, series: SeriesName): string {
  return `${series} ${coin}`;
}

/** What was recorded a day ago, as far as somebody read about then: what held before a gap is older than a day. */
async function dayAgo(
  alerts: readonly RateAlert[],
  { store }: ShownHistory,
  now: number,
): Promise<ReadonlyMap<string, Decimal>> {
  const then = now - DAY_MS;
  const found = new Map<string, Decimal>();
  const jumps = alerts.filter(({ kind }) => kind === 'jump');
  if (jumps.length === 0) return found;
  const read = lastRead(await store.coverage(), then);
  if (read === undefined || then - read > HOUR_MS) return found;
  for (const { coin, series } of jumps) {
    const rate = rateAt((await store.read(coin, read)).get(series) ?? [], read);
    if (rate !== undefined) found.set(keyOf(coin, series), rate);
  }
  return found;
}
