import * as vscode from 'vscode';
import { words } from '../bybit/words';
import { utcMinute } from '../desk/utc';
import { translate } from './l10n';
import type { Sessions } from './session';
import type { ReadSetting } from './settings';
import type { statusOf } from './status-words';

export interface StatusBarOptions {
  readonly sessions: Sessions;
  readonly readSetting: ReadSetting;
  readonly now: () => number;
}

/** The LTV that presses most and the soonest due date, in the status bar; off unless the person switches it on. */
export class StatusBar implements vscode.Disposable {
  readonly #given: StatusBarOptions;
  readonly #item: vscode.StatusBarItem;
  readonly #listener: vscode.Disposable;
  #release: (() => void) | undefined;
  /** What reckons it: read when it is shown first, as most people never switch it on. */
  #statusOf: typeof statusOf | undefined;
  #isDisposed = false;

  constructor(options: StatusBarOptions) {
    this.#given = options;
    this.#item = vscode.window.createStatusBarItem('loanDesk.ltv', vscode.StatusBarAlignment.Right, 100);
    this.#item.name = vscode.l10n.t('Loan Desk');
    this.#item.command = 'loanDesk.loans.focus';
    this.#listener = options.sessions.onDidChange(() => this.#draw());
    this.#draw();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#release?.();
    this.#listener.dispose();
    this.#item.dispose();
  }

  #draw(): void {
    const { sessions, readSetting, now } = this.#given;
    const { current } = sessions;
    if (readSetting('statusBar') !== true || current.kind !== 'account') {
      this.#release?.();
      this.#release = undefined;
      this.#item.hide();
      return;
    }
    if (this.#statusOf === undefined) {
      void this.#load();
      return;
    }
    this.#release ??= sessions.hold();
    const { desk, account } = current;
    const { ltv, due, tooltip, isDanger, isStale } = this.#statusOf(desk, vscode.env.language);
    const parts = [
      isStale ? '$(warning)' : '$(law)',
      translate(ltv),
      ...(due === undefined ? [] : [`$(calendar) ${translate(due)}`]),
    ];
    this.#item.text = parts.join(' ');
    this.#item.tooltip = [
      account.label,
      ...tooltip.map(translate),
      translate(words('Read {0}', utcMinute(desk.snapshot.parts.position.readAt ?? now()))),
    ].join('\n');
    this.#item.backgroundColor = isDanger
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.#item.accessibilityInformation = { label: translate(words('Loan Desk: {0}', translate(ltv))) };
    this.#item.show();
  }

  async #load(): Promise<void> {
    const { statusOf } = await import('./status-words');
    this.#statusOf = statusOf;
    if (!this.#isDisposed) this.#draw();
  }
}
