import type { State } from '../ledger/state';

/** Where the ledger is kept. Values are immutable: the same object means that nothing has changed. */
export interface Store {
  /** The newest ledger, also when another process wrote it. */
  read(): Promise<State>;
  /**
   * Changes the ledger with nobody else in between. `change` gets the newest one; what it returns is kept before the
   * promise resolves, unless it is the same object. When it throws, nothing is kept.
   */
  change<Value>(change: (state: State) => { readonly state: State; readonly value: Value }): Promise<Value>;
}
