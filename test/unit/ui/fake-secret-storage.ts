import type * as vscode from 'vscode';

/** A SecretStorage in memory that can fail in the ways real ones do. */
export class FakeSecretStorage implements vscode.SecretStorage {
  readonly kept = new Map<string, string>();
  /** Every call rejects, as with a locked keyring. */
  rejects = false;
  /** Takes what it is given and keeps nothing. */
  forgets = false;
  /** Never answers from then on, as behind a prompt that nobody sees. */
  hangs = false;
  /** What every call waits for, so that what several windows do lies across each other. */
  delay: (() => Promise<void>) | undefined;
  /** Told what is replaced or deleted, right before it is. */
  onGone: ((value: string | undefined) => void) | undefined;
  readonly #listeners = new Set<(event: vscode.SecretStorageChangeEvent) => unknown>();

  async get(key: string): Promise<string | undefined> {
    await this.#obey();
    return this.kept.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    await this.#obey();
    this.onGone?.(this.kept.get(key));
    if (!this.forgets) this.kept.set(key, value);
    this.#tell(key);
  }

  async delete(key: string): Promise<void> {
    await this.#obey();
    this.onGone?.(this.kept.get(key));
    this.kept.delete(key);
    this.#tell(key);
  }

  async keys(): Promise<string[]> {
    return [...this.kept.keys()];
  }

  readonly onDidChange: vscode.Event<vscode.SecretStorageChangeEvent> = (listener) => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  #tell(key: string): void {
    for (const listener of this.#listeners) listener({ key });
  }

  async #obey(): Promise<void> {
    if (this.delay !== undefined) await this.delay();
    if (this.hangs) await new Promise<never>(() => undefined);
    if (this.rejects) throw new Error('The keyring is locked.');
  }
}
