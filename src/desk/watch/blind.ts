import type { Desk } from '../operation';
import type { Failure, PartName, Snapshot } from '../snapshot';
import { seesLtv } from './observe';
import { POOL_EYES } from './pools';

/** What an LTV of today rests on: that of the new loans, and those of the other pools. */
const EYES: readonly PartName[] = ['position', 'prices', 'collateralRules'];
const ALL_EYES: readonly PartName[] = [...EYES, ...POOL_EYES.legacy, ...POOL_EYES.institutional];

/** Polls in a row that one part could not be read. A failure counts once, however often the snapshot changes around it. */
class Failures {
  count = 0;
  #last: number | undefined;

  note(failure: Failure | undefined): void {
    if (failure === undefined) this.count = 0;
    else if (failure.at !== this.#last) this.count += 1;
    this.#last = failure?.at;
  }
}

/** Counts the polls in a row after which no LTV of today was known, while it lives. */
export class BlindCount {
  readonly #desk: Pick<Desk, 'snapshot' | 'onDidChange'>;
  readonly #parts = new Map(ALL_EYES.map((name) => [name, new Failures()]));
  readonly #stop: () => void;

  constructor(desk: Pick<Desk, 'snapshot' | 'onDidChange'>) {
    this.#desk = desk;
    this.#stop = desk.onDidChange(() => this.#look(desk.snapshot));
  }

  get count(): number {
    if (seesLtv(this.#desk.snapshot)) return 0;
    return this.failed(EYES);
  }

  /** Polls in a row in which one of some parts could not be read. */
  failed(names: readonly PartName[]): number {
    return Math.max(0, ...names.map((name) => this.#parts.get(name)?.count ?? 0));
  }

  dispose(): void {
    this.#stop();
  }

  #look({ parts }: Snapshot): void {
    for (const [name, failures] of this.#parts) failures.note(parts[name].failure);
  }
}
