import * as vscode from 'vscode';
import { marksOf } from '../../desk/locale';
import type { ShownSheet } from '../../desk/tables/sheet-csv';
import {
  type HostMessage,
  type PanelMessage,
  parsePanelMessage,
  type TableId,
  type View,
  viewOf,
} from '../../webview/contract';
import { dispatch, type Handlers } from '../../webview/wire';
import type { Asker } from '../flow/asker';
import { PastLines } from '../history/past-lines';
import { translate } from '../l10n';
import type { Log } from '../log';
import type { Sessions } from '../session';
import { readSetting } from '../settings-watch';
import { firstRows } from './first-rows';
import { HistoryFeed, type HistoryFeedOptions } from './history-feed';
import { OffersInSight } from './offers-in-sight';
import { ratesModel } from './rates-model';
import { copyText, exportSheet } from './sheet-export';
import { type Look, readAnew, TABLE_SOURCES } from './table-sources';
import { TopicWatch } from './topic-watch';
import { WebviewPage } from './webview-page';

const KEPT = 'rates.view';
/** A poll changes many parts in a row; they are drawn once. */
const COALESCE_MS = 30;

export interface Favourites {
  readonly favourites: ReadonlySet<string>;
  readonly onDidChangeFavourites: vscode.Event<void>;
  setFavourite(coin: string, isFavourite: boolean): Promise<void>;
}

export interface RatesPanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly sessions: Sessions;
  readonly history: HistoryFeedOptions['history'];
  readonly asker: Asker;
  /** Coins that stand first, here and in the tree. */
  readonly favourites: Favourites;
  readonly log: Log;
  /** Keeps how the user looks at it over restarts. */
  readonly memento: Pick<vscode.Memento, 'get' | 'update'>;
}

/** Joins one panel to the window's session: sends all of what is shown whenever it changes, while it is on the screen. */
export class RatesPanel implements vscode.Disposable {
  readonly #options: RatesPanelOptions;
  readonly #panel: vscode.WebviewPanel;
  readonly #page: WebviewPage<HostMessage, PanelMessage>;
  readonly #listeners: vscode.Disposable;
  readonly #feed: HistoryFeed;
  readonly #past: PastLines;
  readonly #offers = new OffersInSight();
  readonly #watch = new TopicWatch();
  #view: View;
  #isReady = false;
  /** Coin whose charts were asked for before the page listened. */
  #wanted: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #letGo: (() => void) | undefined;
  /** What was sent last, to keep a poll that brought nothing new off the wire. */
  #sent: { readonly told: string; readonly basis: unknown } | undefined;

  /** Whether somebody wants the costs of all rows, not only of those in sight. */
  #isWhole = false;
  /** Tables of which the page that listens has rows. */
  readonly #begun = new Set<TableId>();

  readonly #handlers: Handlers<PanelMessage> = {
    ready: () => {
      this.#isReady = true;
      this.#begun.clear();
      this.#start();
    },
    view: ({ view }) => {
      this.#keep(view);
      this.#isWhole &&= this.#hasCosts;
      this.#draw();
    },
    places: ({ places }) => this.#keep({ ...this.#view, places }),
    deed: ({ deed: { kind, coin, term } }) =>
      vscode.commands.executeCommand(`loanDesk.${kind}`, { coin, ...(term !== null && { term }) }),
    copy: ({ text }) => copyText(text),
    export: ({ of, sheet }) => this.#export(of, sheet),
    favourite: ({ coin, isFavourite }) => this.#options.favourites.setFavourite(coin, isFavourite),
    retry: () => this.#retry(),
    all: () => this.#resend(),
    sight: ({ rows }) => this.#offers.look(rows),
    offers: () => {
      this.#isWhole = this.#hasCosts;
      this.#resend();
    },
  };

  constructor(panel: vscode.WebviewPanel, options: RatesPanelOptions) {
    this.#options = options;
    this.#panel = panel;
    this.#view = viewOf(options.memento.get(KEPT));
    this.#page = new WebviewPage({
      panel,
      extensionUri: options.extensionUri,
      bundle: 'rates',
      parse: parsePanelMessage,
      receive: (message) => dispatch(this.#handlers, message),
      onVisible: (visible) => this.#onVisible(visible),
      log: options.log,
    });
    this.#feed = new HistoryFeed({
      history: options.history,
      readSetting,
      say: translate,
      send: (answer) => this.#page.send({ type: 'history', answer }),
      tell: (status) => this.#page.send({ type: 'historyStatus', status }),
      log: options.log,
      now: Date.now,
    });
    this.#past = new PastLines({ history: options.history, log: options.log, now: Date.now });
    this.#listeners = vscode.Disposable.from(
      this.#past.onDidChange(() => this.#schedule()),
      options.sessions.onDidChange(() => this.#schedule()),
      options.favourites.onDidChangeFavourites(() => this.#sendFavourites()),
      vscode.window.onDidChangeActiveColorTheme(() => this.#resend()),
    );
    this.#onVisible(panel.visible);
  }

  /** With a coin, its charts; without, what is shown already. */
  show(coin: string | undefined): void {
    if (coin === undefined) return;
    if (this.#isReady) this.#page.send({ type: 'chart', coin });
    else this.#wanted = coin;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#onVisible(false);
    this.#feed.dispose();
    this.#past.dispose();
    this.#offers.follow(undefined);
    this.#listeners.dispose();
    this.#page.dispose();
  }

  #keep(view: View): void {
    this.#view = view;
    void this.#remember(view);
  }

  /** A look that cannot be kept holds as long as the panel; no reason to disturb anybody. */
  async #remember(view: View): Promise<void> {
    const { memento, log } = this.#options;
    try {
      await memento.update(KEPT, view);
    } catch (error) {
      log.warn(`rates page: how it is looked at is not kept: ${String(error).slice(0, 200)}`);
    }
  }

  #onVisible(visible: boolean): void {
    // A hidden page is gone: the next one says when it is ready.
    if (!visible) {
      this.#isReady = false;
      this.#isWhole = false;
      this.#feed.look(undefined);
      this.#past.look(false);
      this.#offers.look([]);
    }
    if (visible) this.#letGo ??= this.#options.sessions.hold();
    else {
      this.#letGo?.();
      this.#letGo = undefined;
    }
    this.#follow();
  }

  /** What is looked at; undefined while no table is. */
  #look(): Look | undefined {
    const { current: session } = this.#options.sessions;
    const { tab } = this.#view;
    if (session.kind === 'loading' || this.#letGo === undefined || tab !== 'rates') return undefined;
    const { past } = this.#past;
    return { session, view: this.#view, past, locale: vscode.env.language, isWhole: this.#isWhole };
  }

  /** Whether costs are looked at, or will be once prices are read. */
  get #hasCosts(): boolean {
    const { tab, table, cost } = this.#view;
    return tab === 'rates' && table === 'borrow' && cost.amount.trim() !== '';
  }

  /** Keeps read what the table on the screen needs beside the snapshot. */
  #follow(): void {
    const look = this.#look();
    this.#watch.follow(
      look?.session.desk,
      look === undefined ? [] : TABLE_SOURCES[look.view.table].topics(look),
    );
  }

  /** Answers also where nothing changed: the page waits for it. */
  async #retry(): Promise<void> {
    if (this.#view.tab === 'history') return await this.#feed.retry();
    const look = this.#look();
    if (look !== undefined) await readAnew(TABLE_SOURCES[look.view.table], look);
    if (this.#isReady) this.#resend();
  }

  #start(): void {
    this.#page.send({
      type: 'start',
      locale: vscode.env.language,
      marks: marksOf(vscode.env.language),
      strings: vscode.l10n.bundle ?? {},
      view: this.#view,
    });
    this.#sendFavourites();
    this.#resend();
    if (this.#wanted !== undefined) this.#page.send({ type: 'chart', coin: this.#wanted });
    this.#wanted = undefined;
  }

  async #export(of: TableId, sheet: ShownSheet): Promise<void> {
    const { sessions, asker } = this.#options;
    const { current } = sessions;
    const label = 'account' in current ? current.account.label : 'public';
    await exportSheet({ sheet, what: of, label, asker });
  }

  #sendFavourites(): void {
    if (this.#isReady)
      this.#page.send({ type: 'favourites', coins: [...this.#options.favourites.favourites] });
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
    }, COALESCE_MS);
  }

  #resend(): void {
    this.#sent = undefined;
    this.#draw();
  }

  #draw(): void {
    this.#follow();
    const isShown = this.#isReady && this.#panel.visible;
    this.#feed.look(isShown && this.#view.tab === 'history' ? this.#view.history : undefined);
    this.#past.look(isShown && this.#view.tab === 'rates' && this.#view.table === 'borrow');
    this.#past.update();
    if (!isShown || this.#view.tab !== 'rates') {
      this.#offers.follow(undefined);
      return;
    }
    const session = this.#options.sessions.current;
    const view = this.#view;
    const of = view.table;
    // Offers are asked for coin by coin, so only while they say something.
    this.#offers.follow(this.#hasCosts && session.kind !== 'loading' ? session.desk.market : undefined);
    const text = { say: translate, locale: vscode.env.language, isWhole: this.#isWhole };
    const { table, status, basis } = ratesModel(session, view, Date.now(), text, this.#past.past);
    const told = JSON.stringify({ of, ...status, ageMs: null });
    if (told === this.#sent?.told && basis === this.#sent.basis) return;
    this.#sent = { told, basis };
    const message = { type: 'snapshot', of, table, status, ahead: null } as const;
    const first = this.#begun.has(of) ? undefined : firstRows(message, this.#options.favourites.favourites);
    if (table !== null) this.#begun.add(of);
    this.#page.send(first ?? message);
  }
}
