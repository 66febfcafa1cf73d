import type * as vscode from 'vscode';
import { type LocalClock, systemClock } from '../../bybit/local-clock';
import { keepWithinBound } from '../../desk/history/bound';
import { publicSourceOf, type Source, sourceFolder, sourceOf } from '../../desk/history/place';
import { Recorder } from '../../desk/history/recorder';
import { computed, missingPast } from '../../desk/history/simulated';
import { HistoryStore } from '../../desk/history/store';
import { whileWriting } from '../../desk/history/writing';
import type { Desk } from '../../desk/operation';
import type { Log } from '../log';
import type { Session, Sessions } from '../session';
import type { PaperHolder } from '../session/paper-holder';
import type { ReadSetting } from '../settings';
import { Signal } from '../signal';
import { Elsewhere } from './elsewhere';
import { historyIntervalOf } from './history-settings';
import { readRates } from './rates-now';

export interface HistoryServiceOptions {
  readonly sessions: Pick<Sessions, 'current' | 'onDidChange'>;
  readonly paper: Pick<PaperHolder, 'door'>;
  /** Shared by windows. */
  readonly folder: string;
  readonly readSetting: ReadSetting;
  readonly log: Log;
  /** Told where a damaged file is kept. */
  readonly setAside?: (file: string) => void;
  readonly clock?: LocalClock;
  /** What all that is recorded may take. */
  readonly mostBytes?: number;
}

/** The history of the rates that the window shows. */
export interface ShownHistory {
  readonly source: Source;
  readonly store: HistoryStore;
  readonly desk: Desk;
  /** Does something to its files while no other window writes them; what is recorded of all is within its bound then. */
  write<T>(work: () => Promise<T>): Promise<T>;
}

interface Recorded extends ShownHistory {
  readonly recorder: Recorder;
}

/** What was read within this is not read again to be recorded. */
const FRESH_MS = 60_000;
/** Views come first: what is computed waits so long after a start. */
const PATIENCE_MS = 1_500;

/**
 * Records the rates of whatever exchange and tier the window shows, one window for all that show the same, and knows where
 * the records lie.
 */
export class HistoryService {
  readonly #given: HistoryServiceOptions;
  readonly #clock: LocalClock;
  readonly #signal = new Signal();
  readonly #listener: { dispose(): void };
  readonly #elsewhere: Elsewhere;
  #recorded: Recorded | undefined;

  /**
   * Fires when another source is shown, or when something was recorded or taken in by this window; of what another window
   * wrote only while it is held.
   */
  readonly onDidChange: vscode.Event<void> = this.#signal.event;

  constructor(options: HistoryServiceOptions) {
    this.#given = options;
    this.#clock = options.clock ?? systemClock;
    this.#elsewhere = new Elsewhere({
      store: () => this.#recorded?.store,
      clock: this.#clock,
      learnt: () => this.#signal.fire(),
    });
    this.#listener = options.sessions.onDidChange(() => this.#follow());
    this.#follow();
  }

  /** Undefined while no session has arrived. */
  get shown(): ShownHistory | undefined {
    return this.#recorded;
  }

  /** Whether this window is the one that records. */
  get leads(): boolean {
    return this.#recorded?.recorder.leads ?? false;
  }

  /** Somebody looks at what is recorded, until what is returned is called. */
  hold(): () => void {
    return this.#elsewhere.hold();
  }

  /** Says that this window has changed the records, or shows others. */
  changed(): void {
    this.#elsewhere.known();
    this.#signal.fire();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#elsewhere.dispose();
    this.#signal.dispose();
    this.#recorded?.recorder.dispose();
  }

  #follow(): void {
    const found = shownBy(this.#given.sessions.current);
    const now = this.#recorded;
    if (found?.desk === now?.desk && found?.source.vipLevel === now?.source.vipLevel) return;
    now?.recorder.dispose();
    this.#recorded = found && this.#record(found.source, found.desk);
    this.changed();
  }

  #record(source: Source, desk: Desk): Recorded {
    const { folder: root, readSetting, log, mostBytes, setAside } = this.#given;
    const bound = { root, clock: this.#clock, ...(mostBytes !== undefined && { mostBytes }) };
    const bounded = () =>
      keepWithinBound(bound).catch((error: unknown) =>
        log.warn(`history: not bounded: ${String(error).slice(0, 200)}`),
      );
    const folder = sourceFolder(root, source);
    const store = new HistoryStore(folder, setAside);
    const recorder = new Recorder({
      store,
      folder,
      clock: this.#clock,
      intervalMs: () => historyIntervalOf(readSetting),
      read: async () => {
        const rates = await readRates(desk, FRESH_MS, this.#clock.now());
        // A tier is known with the key, which may have been read just now.
        if (desk.snapshot.vipLevel !== source.vipLevel) throw new Error('The rates are of another tier.');
        return rates;
      },
      onRecorded: () => this.changed(),
      keepWithinBound: bounded,
      log: (line) => log.info(line),
      ...(source.environment === 'paper' && {
        prepare: ({ signal }) => this.#computePast(store, source, signal),
      }),
    });
    const write = async <T>(work: () => Promise<T>) => {
      const done = await whileWriting(folder, this.#clock, work);
      await bounded();
      return done;
    };
    return { source, store, desk, write, recorder };
  }

  /** Only the simulated market has a past that can be computed; what real ones were like nobody invents here. */
  async #computePast(store: HistoryStore, source: Source, signal: AbortSignal): Promise<void> {
    await this.#clock.sleep(PATIENCE_MS, signal);
    const now = this.#clock.now();
    const missing = missingPast(await store.coverage(), now);
    if (missing.length === 0) return;
    const past = await (await this.#given.paper.door()).past();
    await store.fold(computed(past, missing, now, source.vipLevel), missing);
    this.changed();
  }
}

function shownBy(session: Session): { readonly source: Source; readonly desk: Desk } | undefined {
  if (session.kind === 'loading') return undefined;
  const { desk } = session;
  if (session.kind === 'locked') return { source: publicSourceOf(session.account), desk };
  const account = session.kind === 'account' ? session.account : undefined;
  return { source: sourceOf(account, desk.snapshot.vipLevel), desk };
}
