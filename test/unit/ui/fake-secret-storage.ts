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
  readonly #listeners = new Set<(event: vscode.SecretStorageChangeEvent) => unknown>();

  async get(key: string): Promise<string | undefined> {
    await this.#obey();
    return this.kept.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    await this.#obey();
    if (!this.forgets) this.kept.set(key, value);
    this.#tell(key);
  }

  async delete(key: string): Promise<void> {
    await this.#obey();
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
    if (this.hangs) await new Promise<never>(() => undefined);
    if (this.rejects) throw new Error('The keyring is locked.');
  }
}
