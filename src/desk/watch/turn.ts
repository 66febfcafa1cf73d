import type { Lock } from '../lock';

/**
 * A turn at the watch where nothing can be locked (a folder that is read-only, a full disk): every window takes it, since what is
 * told by all of them is better than what none tells. Ends as soon as another window has the lock after all.
 */
export class UnlockedTurn implements Lock {
  readonly #take: () => Promise<Lock | undefined>;
  #lock: Lock | undefined;

  /** `take` asks for the lock: undefined while another window holds it, and rejects while it cannot be had by any. */
  constructor(take: () => Promise<Lock | undefined>) {
    this.#take = take;
  }

  async isHeld(): Promise<boolean> {
    if (this.#lock !== undefined) return await this.#lock.isHeld();
    try {
      this.#lock = await this.#take();
    } catch {
      return true;
    }
    return this.#lock !== undefined;
  }

  async release(): Promise<void> {
    await this.#lock?.release();
  }
}
