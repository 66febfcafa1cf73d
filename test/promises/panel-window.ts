import { join } from 'node:path';
import { decimal } from '../../src/bybit/decimal';
import { plain, words } from '../../src/bybit/words';
import { HistoryStore } from '../../src/desk/history/store';
import type { Desk } from '../../src/desk/operation';
import type { Handlers } from '../../src/ui/commands';
import type { Asker } from '../../src/ui/flow/asker';
import type { Message, Reply } from '../../src/ui/flow/question';
import { Ends } from '../../src/ui/flows/ends';
import { flowCommands } from '../../src/ui/flows/flow-commands';
import type { ReadySession, Session, Sessions } from '../../src/ui/session';
import type { RowSubject } from '../../src/ui/tree/row';
import { CoinChoices, type Keeper } from '../../src/ui/trees/coins/choices';
import { FakeLog } from '../unit/ui/fake-log';
import { ACCOUNT } from '../wire/ledger';
import { CancellationError, Counted, FakePanel, FakeVsCode, Refused } from './fake-vscode';
import { type PanelName, WAYS } from './panel-messages';
import { pick } from './scale';
import { laid, type Table } from './table';

/** The one of this process: the panels' code is loaded with it. */
export const vscode = new FakeVsCode();

const code = vscode.loading(() => ({
  ...(require('../../src/ui/panels/rates-panel') as typeof import('../../src/ui/panels/rates-panel')),
  ...(require('../../src/ui/panels/records-panel') as typeof import('../../src/ui/panels/records-panel')),
  ...(require('../../src/ui/panels/position-panel') as typeof import('../../src/ui/panels/position-panel')),
  ...(require('../../src/ui/commands') as typeof import('../../src/ui/commands')),
}));

/** Nobody is there: the first question is as far as anything comes. */
class Nobody implements Asker {
  questions = 0;
  confirmations = 0;

  constructor(private readonly random: () => number) {}

  async pick<T>(): Promise<Reply<T>> {
    return this.#leave();
  }

  async pickMany<T>(): Promise<Reply<readonly T[]>> {
    return this.#leave();
  }

  async input(): Promise<Reply<string>> {
    return this.#leave();
  }

  async file(): Promise<Reply<string>> {
    return this.#leave();
  }

  async confirm(): Promise<boolean> {
    this.confirmations += 1;
    return false;
  }

  async say<Action extends string>({ actions }: Message<Action>): Promise<Action | undefined> {
    if (vscode.trouble()) throw new Refused('no notification');
    return actions.length > 0 && this.random() < 0.2 ? pick(this.random, actions).id : undefined;
  }

  during<T>(_title: unknown, work: (report: () => void) => Promise<T>): Promise<T> {
    return work(() => undefined);
  }

  #leave(): never {
    this.questions += 1;
    throw new CancellationError();
  }
}

/** What a window keeps over restarts, as text. */
class Memento implements Keeper {
  readonly kept = new Map<string, string>();

  get<T>(key: string): T | undefined {
    const text = this.kept.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }

  async update(key: string, value: unknown): Promise<void> {
    if (vscode.trouble()) throw new Refused('the storage is locked');
    this.kept.set(key, JSON.stringify(value));
  }
}

class WindowSessions implements Sessions {
  holds = 0;
  readonly changed = new Counted();
  readonly onDidChange = this.changed.event;
  current: Session = { kind: 'loading' };
  #arrived: ReadySession;

  constructor(arrived: ReadySession) {
    this.#arrived = arrived;
  }

  show(session: Session): void {
    if (session.kind !== 'loading') this.#arrived = session;
    this.current = session;
    this.changed.fire();
  }

  async ready(): Promise<ReadySession> {
    return this.#arrived;
  }

  hold(): () => void {
    return counted((by) => {
      this.holds += by;
    });
  }
}

function counted(change: (by: 1 | -1) => void): () => void {
  change(1);
  let isHeld = true;
  return () => {
    if (isHeld) change(-1);
    isHeld = false;
  };
}

interface Content {
  dispose(): void;
}

/** A window with the host side of one panel at a time: real panels, flows and desk, and nobody before it. */
export class PanelWindow {
  readonly memento = new Memento();
  readonly log = new FakeLog();
  readonly asker: Nobody;
  panel = new FakePanel();
  /** Messages that the host sent and the page drops, or that are no data. */
  readonly unread: string[] = [];
  sent = 0;
  /** Topics of the market that are kept read now, and the most so far. */
  watched = 0;
  mostWatched = 0;
  isHidden = false;
  readonly #sessions: WindowSessions;
  readonly #choices: CoinChoices;
  readonly #favouritesChanged = new Counted();
  readonly #history: { holds: number; readonly changed: Counted };
  readonly #commands: { dispose(): void };
  #content: Content | undefined;

  private constructor(
    readonly name: PanelName,
    readonly table: Table,
    private readonly random: () => number,
    private readonly desks: readonly [Desk, Desk],
    private readonly store: HistoryStore,
  ) {
    this.asker = new Nobody(random);
    this.#sessions = new WindowSessions({ kind: 'account', account: ACCOUNT, desk: desks[0] });
    this.#sessions.show({ kind: 'account', account: ACCOUNT, desk: desks[0] });
    this.#choices = new CoinChoices(this.memento, () => this.#favouritesChanged.fire());
    this.#history = { holds: 0, changed: new Counted() };
    for (const desk of desks) this.#countWatches(desk);
    this.#commands = code.registerCommands(this.#handlers(), this.log);
  }

  static async open(name: PanelName, random: () => number): Promise<PanelWindow> {
    const table = await laid({ random });
    const desks = [await table.open(undefined), await table.open(['coins', 'prices'])] as const;
    await table.clock.run(desks[0].refresh());
    const store = new HistoryStore(join(table.folder, 'history'));
    for (let hour = 48; hour >= 0; hour -= 12) {
      const rates = new Map([['flexible' as const, decimal(`0.0${1 + hour / 12}`)]]);
      await store.record(Date.now() - hour * 3_600_000, new Map([['BTC', rates]]));
    }
    const window = new PanelWindow(name, table, random, desks, store);
    window.reopen();
    return window;
  }

  /** Another panel in the place of the one that was closed. */
  reopen(): void {
    const panel = new FakePanel();
    panel.onSent = (message) => this.#read(message);
    panel.trouble = vscode.trouble;
    this.panel = panel;
    this.isHidden = false;
    this.#content = this.#fill(panel);
  }

  /** The person closes the panel. */
  close(): void {
    this.panel.close();
    this.#content?.dispose();
    this.#content = undefined;
  }

  /** What is held still: listeners, polls and topics that somebody forgot to let go. */
  get held(): Readonly<Record<string, number>> {
    return {
      'listeners of the session': this.#sessions.changed.count,
      'listeners of the favourites': this.#favouritesChanged.count,
      'listeners of the history': this.#history.changed.count,
      'listeners of the panel': this.panel.listeners,
      'listeners of VS Code': vscode.listeners,
      'polls held': this.#sessions.holds + this.#history.holds,
      'topics watched': this.watched,
    };
  }

  /** Something happens outside of the page. */
  stir(): void {
    const [own, other] = this.desks;
    const reason = words('Locked.');
    const happenings = [
      () => this.panel.show(this.isHidden),
      () => this.#sessions.show({ kind: 'account', account: ACCOUNT, desk: own }),
      () => this.#sessions.show({ kind: 'account', account: { ...ACCOUNT, id: 'acc-2' }, desk: other }),
      () => this.#sessions.show({ kind: 'none', desk: other }),
      () => this.#sessions.show({ kind: 'loading' }),
      () => this.#sessions.show({ kind: 'locked', account: ACCOUNT, reason, desk: other, unsettled: 1 }),
      () => this.#sessions.changed.fire(),
      () => this.#history.changed.fire(),
      () => this.close(),
    ] as const;
    const at = Math.floor(this.random() * happenings.length);
    if (at === 0) this.isHidden = !this.isHidden;
    if (at === 0) this.panel.show(!this.isHidden);
    else happenings[at]?.();
    if (this.#content === undefined) this.reopen();
  }

  /** A row or another extension leads into the panel. */
  lead(subject: RowSubject): void {
    if (this.#content instanceof code.RatesPanel) this.#content.show(subject.coin);
    if (this.#content instanceof code.PositionPanel) this.#content.compare(subject);
  }

  /** What went wrong otherwise than by VS Code's refusing. */
  get faults(): readonly string[] {
    return this.log.lines.filter((line) => !line.includes('Refused: '));
  }

  /** Lets time pass, and what was started come to its end. */
  async settle(): Promise<void> {
    await this.table.clock.pass(300);
    while (vscode.running.size > 0) await this.table.clock.run(Promise.all(vscode.running));
  }

  async end(): Promise<void> {
    this.#commands.dispose();
    await this.table.close();
  }

  #fill(panel: FakePanel): Content {
    const given = {
      extensionUri: vscode.api.Uri.file('/extension') as never,
      sessions: this.#sessions,
      history: this.#shown(),
      asker: this.asker,
      privacy: { isOn: false },
      favourites: this.#favourites(),
      log: this.log,
      memento: this.memento as never,
    };
    switch (this.name) {
      case 'rates':
        return new code.RatesPanel(panel as never, given);
      case 'records':
        return new code.RecordsPanel(panel as never, given);
      case 'position':
        return new code.PositionPanel(panel as never, given);
    }
  }

  #favourites() {
    const choices = this.#choices;
    return {
      get favourites() {
        return choices.current.favourites;
      },
      onDidChangeFavourites: this.#favouritesChanged.event,
      setFavourite: (coin: string, isFavourite: boolean) => choices.setFavourite(coin, isFavourite),
    };
  }

  #shown() {
    const history = this.#history;
    const [desk] = this.desks;
    const source = { environment: 'paper', host: 'x', vipLevel: 'VIP0' } as const;
    const shown = { source, store: this.store, desk, write: <T>(work: () => Promise<T>) => work() };
    return {
      shown,
      onDidChange: history.changed.event,
      hold: () =>
        counted((by) => {
          history.holds += by;
        }),
    };
  }

  #handlers(): Handlers {
    const flows = flowCommands({
      asker: this.asker,
      sessions: this.#sessions,
      locale: 'en',
      say: plain,
      now: () => this.table.clock.now(),
      favourites: () => this.#choices.current.favourites,
      ends: new Ends(),
      run: async () => undefined,
    });
    const nothing = Object.fromEntries(code.COMMANDS.map((id) => [id, () => undefined]));
    return { ...nothing, ...flows } as Handlers;
  }

  #countWatches({ market }: Desk): void {
    const watch = market.watch.bind(market);
    market.watch = (topic) => {
      const stop = watch(topic);
      const end = counted((by) => {
        this.watched += by;
      });
      this.mostWatched = Math.max(this.mostWatched, this.watched);
      return () => {
        end();
        stop();
      };
    };
  }

  #read(message: unknown): void {
    this.sent += 1;
    const { session } = message as { readonly session: string };
    const { parse } = WAYS[this.name].toPage;
    if (parse(message, session) === undefined) this.unread.push(JSON.stringify(message).slice(0, 2_000));
  }
}
