import type { Topic } from '../../desk/market/topic';
import type { Desk } from '../../desk/operation';

type Watched = Pick<Desk, 'market'>;

/** Keeps topics of a desk's market read, as long as they are asked for here. */
export class TopicWatch {
  #desk: Watched | undefined;
  #ends: ReadonlyMap<string, () => void> = new Map();

  /** What is watched from here on; everything else is let go. */
  follow(desk: Watched | undefined, topics: readonly Topic<unknown>[]): void {
    const before = this.#ends;
    const isSameDesk = desk === this.#desk;
    const kept = new Map<string, () => void>();
    for (const topic of desk === undefined ? [] : topics) {
      const known = isSameDesk ? before.get(topic.key) : undefined;
      kept.set(topic.key, known ?? (desk as Watched).market.watch(topic));
    }
    this.#desk = desk;
    this.#ends = kept;
    for (const [key, end] of before) if (kept.get(key) !== end) end();
  }

  dispose(): void {
    this.follow(undefined, []);
  }
}
