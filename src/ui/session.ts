import type * as vscode from 'vscode';
import type { Words } from '../bybit/words';
import type { Account } from '../desk/account';
import type { Desk } from '../desk/operation';

/**
 * Which account the window is looking at; replaced, never mutated. `none` still has a desk: public rates need no key;
 * its `reason` says why the accounts could not be read, where that failed. `locked` is an account that could not be
 * opened (its key lost or unreadable, the paper exchange's folder not usable): it stays listed, with a way on.
 */
export type Session =
  | { readonly kind: 'loading' }
  | { readonly kind: 'none'; readonly desk: Desk; readonly reason?: Words }
  | { readonly kind: 'account'; readonly account: Account; readonly desk: Desk }
  | {
      readonly kind: 'locked';
      readonly account: Account;
      readonly reason: Words;
      readonly desk: Desk;
      /** Operations without an end in the account's journal: nobody looks them up until it is open. */
      readonly unsettled: number;
    };

/** A session that has arrived. */
export type ReadySession = Exclude<Session, { readonly kind: 'loading' }>;

export interface Sessions {
  readonly current: Session;
  /** Fires when `current` is replaced, its desk has changed, or a setting that its figures rest on has. */
  readonly onDidChange: vscode.Event<void>;
  /** The session as soon as it is not loading: a command may be what activated the extension. Never rejects. */
  ready(): Promise<ReadySession>;
  /**
   * Keeps the desk of whichever session is current polling, for a view that is visible; returns the way to let go, which
   * counts once.
   */
  hold(): () => void;
}
