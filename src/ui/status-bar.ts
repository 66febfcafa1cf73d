import * as vscode from 'vscode';
import { gte } from '../bybit/decimal';
import { words } from '../bybit/words';
import { formatPercent } from '../desk/format';
import { aheadWords, utcMinute } from '../desk/utc';
import { duesOf } from '../desk/watch/observe';
import { translate } from './l10n';
import type { Sessions } from './session';
import type { ReadSetting } from './settings';

export interface StatusBarOptions {
  readonly sessions: Sessions;
  readonly readSetting: ReadSetting;
  readonly now: () => number;
}

/** LTV and soonest due date in the status bar; off unless the person switches it on. Shows no amount. */
export class StatusBar implements vscode.Disposable {
  readonly #given: StatusBarOptions;
  readonly #item: vscode.StatusBarItem;
  readonly #listener: vscode.Disposable;
  #release: (() => void) | undefined;

  constructor(options: StatusBarOptions) {
    this.#given = options;
    this.#item = vscode.window.createStatusBarItem('loanDesk.ltv', vscode.StatusBarAlignment.Right, 100);
    this.#item.name = vscode.l10n.t('Loan Desk');
    this.#item.command = 'loanDesk.loans.focus';
    this.#listener = options.sessions.onDidChange(() => this.#draw());
    this.#draw();
  }

  dispose(): void {
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
    this.#release ??= sessions.hold();
    const { desk, account } = current;
    const { figures, thresholds } = desk;
    const ltv = figures?.ltv;
    const stale = desk.snapshot.parts.position.failure !== undefined;
    const shown = ltv === undefined ? '–' : formatPercent(ltv, 1, vscode.env.language);
    const due = duesOf(desk.snapshot, desk.serverNow)?.at(0);
    const parts = [
      stale ? '$(warning)' : '$(law)',
      translate(words('LTV {0}', shown)),
      ...(due === undefined ? [] : [`$(calendar) ${translate(aheadWords(due.dueAt - desk.serverNow))}`]),
    ];
    this.#item.text = parts.join(' ');
    this.#item.tooltip = [
      account.label,
      ...(due === undefined ? [] : [translate(words('Next due: {0} {1}', due.coin, utcMinute(due.dueAt)))]),
      translate(words('Read {0}', utcMinute(desk.snapshot.parts.position.readAt ?? now()))),
    ].join('\n');
    const isDanger = ltv !== undefined && gte(ltv, thresholds.marginCall);
    this.#item.backgroundColor = isDanger
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.#item.accessibilityInformation = { label: translate(words('Loan Desk: LTV {0}', shown)) };
    this.#item.show();
  }
}
