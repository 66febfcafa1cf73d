const SECOND = 1_000;
const ADDRESS_WINDOW_MS = 5_000;

/** The most requests of each path within any second, and of all paths within any five; remembers no more than it needs. */
export class Busiest {
  readonly most = new Map<string, number>();
  /** Of one address, in five seconds. */
  address = 0;
  readonly #recent = new Map<string, number[]>();
  #all: number[] = [];

  /** A request leaves; times (ms) do not go back. */
  note(path: string, at: number): void {
    const recent = (this.#recent.get(path) ?? []).filter((time) => at - time < SECOND);
    recent.push(at);
    this.#recent.set(path, recent);
    this.most.set(path, Math.max(this.most.get(path) ?? 0, recent.length));
    this.#all = this.#all.filter((time) => at - time < ADDRESS_WINDOW_MS);
    this.#all.push(at);
    this.address = Math.max(this.address, this.#all.length);
  }
}
