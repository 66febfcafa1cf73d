import * as vscode from 'vscode';
import type { Session, Sessions } from './session';

/** What menus and welcome views may ask for. */
interface ContextKeys {
  /** `loading` until the first session is there, so that no welcome flashes at the start. */
  readonly session: Session['kind'];
  readonly environment: string;
  /** The key was looked at and may not write. Negative, so that commands are offered before anything is known. */
  readonly readOnly: boolean;
  readonly coinsFiltered: boolean;
  /** The account belongs to an institutional risk unit. */
  readonly hasUnit: boolean;
  /** An operation of the account has no end yet. */
  readonly hasOpen: boolean;
}

const DEFAULTS: ContextKeys = {
  session: 'loading',
  environment: '',
  readOnly: false,
  coinsFiltered: false,
  hasUnit: false,
  hasOpen: false,
};

/** Everything a session says in keys. */
function keysOf(session: Session): Omit<ContextKeys, 'coinsFiltered'> {
  const account = session.kind === 'account' || session.kind === 'locked' ? session.account : undefined;
  return {
    session: session.kind,
    environment: account?.environment ?? DEFAULTS.environment,
    readOnly: session.kind === 'account' && session.desk.canWrite === false,
    hasUnit: session.kind === 'account' && session.desk.snapshot.parts.riskUnit.value !== undefined,
    hasOpen: session.kind === 'account' && session.desk.open.length > 0,
  };
}

/** Keeps the context keys true; sets only what changed. */
export class ContextKeySetter implements vscode.Disposable {
  readonly #set = new Map<string, unknown>();
  readonly #listener: vscode.Disposable;

  constructor(sessions: Sessions) {
    this.#apply(DEFAULTS);
    this.#listener = sessions.onDidChange(() => this.#apply(keysOf(sessions.current)));
    this.#apply(keysOf(sessions.current));
  }

  set coinsFiltered(filtered: boolean) {
    this.#apply({ coinsFiltered: filtered });
  }

  dispose(): void {
    this.#listener.dispose();
  }

  #apply(keys: Partial<ContextKeys>): void {
    for (const [key, value] of Object.entries(keys)) {
      if (this.#set.get(key) === value) continue;
      this.#set.set(key, value);
      void vscode.commands.executeCommand('setContext', `loanDesk.${key}`, value);
    }
  }
}
