import type * as vscode from 'vscode';

/** An event without content, as `vscode.EventEmitter<void>` but without VS Code, so that its owners run in plain tests. */
export class Signal {
  readonly #listeners = new Set<() => void>();

  readonly event: vscode.Event<void> = (listener, thisArgs?: unknown, disposables?) => {
    // Wrapped, so that the same function twice is two listeners and each disposal ends its own.
    const own = () => listener.call(thisArgs);
    this.#listeners.add(own);
    const disposable = { dispose: () => void this.#listeners.delete(own) };
    disposables?.push(disposable);
    return disposable;
  };

  /** Calls every listener; throws what the first that failed has thrown, after the others were called. */
  fire(): void {
    const faults: unknown[] = [];
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (error) {
        faults.push(error);
      }
    }
    if (faults.length > 0) throw faults[0];
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
