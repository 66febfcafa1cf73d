import * as vscode from 'vscode';
import { knownDebts } from '../../desk/loans/known-debts';
import type { Loan } from '../../desk/loans/loan';
import {
  type Deed,
  type PositionHostMessage,
  type PositionPageMessage,
  parsePositionPageMessage,
} from '../../webview/position-contract';
import { dispatch, type Handlers } from '../../webview/wire';
import { translate } from '../l10n';
import type { Log } from '../log';
import type { PrivacyMode } from '../privacy-mode';
import type { Session, Sessions } from '../session';
import { readSetting } from '../settings-watch';
import type { RowSubject } from '../tree/row';
import { idOf, POSITION_PARTS, positionModel } from './position-model';
import { RefinanceFeed, type RefinanceFeedOptions } from './refinance-feed';
import { WebviewPage } from './webview-page';

/** A poll changes many parts in a row; they are drawn once. */
const COALESCE_MS = 30;

export interface PositionPanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly sessions: Sessions;
  readonly privacy: Pick<PrivacyMode, 'isOn'>;
  readonly history: RefinanceFeedOptions['history'];
  readonly log: Log;
}

/** Joins the page to the window's session: sends all of what is shown whenever it changes, while it is on the screen. */
export class PositionPanel implements vscode.Disposable {
  readonly #options: PositionPanelOptions;
  readonly #panel: vscode.WebviewPanel;
  readonly #page: WebviewPage<PositionHostMessage, PositionPageMessage>;
  readonly #listener: vscode.Disposable;
  readonly #feed: RefinanceFeed;
  /** Asked for before the page listened: the loan to compare, null for any. */
  #wanted: { readonly loan: string | null } | undefined;
  #isReady = false;
  #timer: NodeJS.Timeout | undefined;
  #letGo: (() => void) | undefined;
  /** What was sent last, to keep a poll that brought nothing new off the wire. */
  #sent = '';

  readonly #handlers: Handlers<PositionPageMessage> = {
    ready: () => {
      this.#isReady = true;
      this.#page.send({ type: 'start', locale: vscode.env.language, strings: vscode.l10n.bundle ?? {} });
      this.#sent = '';
      this.#draw();
      if (this.#wanted !== undefined) this.#page.send({ type: 'compare', ...this.#wanted });
      this.#wanted = undefined;
    },
    again: () => this.#readAgain(),
    deed: ({ deed }) => this.#lead(deed),
    wayOn: ({ way }) => vscode.commands.executeCommand(`loanDesk.${way}`),
    refinance: ({ loan }) => this.#feed.look(loan ?? undefined),
  };

  constructor(panel: vscode.WebviewPanel, options: PositionPanelOptions) {
    this.#options = options;
    this.#panel = panel;
    this.#page = new WebviewPage({
      panel,
      extensionUri: options.extensionUri,
      bundle: 'position',
      style: 'position-panel',
      parse: parsePositionPageMessage,
      receive: (message) => dispatch(this.#handlers, message),
      onVisible: (visible) => this.#onVisible(visible),
      log: options.log,
    });
    this.#feed = new RefinanceFeed({
      history: options.history,
      readSetting,
      send: (facts) => this.#page.send({ type: 'refinance', facts }),
      log: options.log,
      now: Date.now,
    });
    this.#listener = options.sessions.onDidChange(() => this.#schedule());
    this.#onVisible(panel.visible);
  }

  /** Compares a loan with what could stand in its place: the one that a row or a caller names, else any. */
  compare({ coin, record }: RowSubject): void {
    const { current } = this.#options.sessions;
    const loan =
      record !== undefined
        ? currentLoans(current).find(({ id }) => id === record)
        : currentLoans(current).find((one) => one.coin === coin && one.system === 'flexible');
    const wanted = { loan: loan === undefined ? null : idOf(loan) };
    if (this.#isReady) this.#page.send({ type: 'compare', ...wanted });
    else this.#wanted = wanted;
  }

  dispose(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#letGo?.();
    this.#listener.dispose();
    this.#feed.dispose();
    this.#page.dispose();
  }

  #onVisible(visible: boolean): void {
    if (visible) this.#letGo ??= this.#options.sessions.hold();
    else {
      this.#isReady = false;
      this.#feed.look(undefined);
      this.#letGo?.();
      this.#letGo = undefined;
    }
  }

  async #readAgain(): Promise<void> {
    const { desk } = await this.#options.sessions.ready();
    await desk.refresh(POSITION_PARTS);
  }

  /** Starts a flow; what the page says only pre-fills, and only for the account that it shows. */
  async #lead({ command, coin, amount, record, direction, sold, term }: Deed): Promise<void> {
    const { current } = this.#options.sessions;
    const subject: RowSubject = {
      ...(coin === undefined ? {} : { coin }),
      ...(amount === undefined ? {} : { amount }),
      ...(record === undefined ? {} : { record }),
      ...(direction === undefined ? {} : { direction }),
      ...(sold === undefined ? {} : { sold }),
      ...(term === undefined ? {} : { term }),
      ...(current.kind === 'account' ? { accountId: current.account.id } : {}),
    };
    await vscode.commands.executeCommand(`loanDesk.${command}`, subject);
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
    }, COALESCE_MS);
  }

  #draw(): void {
    if (!this.#isReady || !this.#panel.visible) return;
    this.#feed.update();
    const { sessions, privacy } = this.#options;
    const state = positionModel(sessions.current, {
      areAmountsHidden: privacy.isOn,
      locale: vscode.env.language,
      now: Date.now(),
      say: translate,
    });
    // The clocks drift by a millisecond or two from one look to the next; nobody sees that.
    const told = JSON.stringify({ ...state, aheadMs: Math.round(state.aheadMs / 1000) });
    if (told === this.#sent) return;
    this.#sent = told;
    this.#page.send({ type: 'position', state });
  }
}

function currentLoans(session: Session): readonly Loan[] {
  if (session.kind !== 'account') return [];
  const { snapshot, book, serverNow } = session.desk;
  return knownDebts(snapshot, book, serverNow);
}
