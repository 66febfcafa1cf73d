import type { LocalClock } from '../../bybit/local-clock';
import { type EventOf, JOURNAL_VERSION } from '../journal/event';
import type { Journal } from '../journal/journal';
import type { Verdict } from '../operation';
import { endOf } from './verdicts';

export interface EndsOptions {
  readonly journal: Journal;
  readonly clock: LocalClock;
  readonly log: (line: string) => void;
}

/**
 * Writes down how operations end, each once: a window that stood still for longer than its lock lasts finds that another one
 * has judged meanwhile.
 */
export class Ends {
  readonly #options: EndsOptions;
  /** Ends that could not be written down: true all the same, tried again with the next look. */
  readonly #unwritten = new Map<string, Verdict>();

  constructor(options: EndsOptions) {
    this.#options = options;
  }

  /** One that could not be written down. */
  unwritten(id: string): Verdict | undefined {
    return this.#unwritten.get(id);
  }

  /** Notes an end that is true whether or not it can be written. */
  async note(id: string, verdict: Verdict): Promise<void> {
    if (!(await this.#isKnown(id))) await this.#options.journal.note(this.#event(id, verdict, 'desk'));
  }

  /** Writes an end; one that cannot be written is kept for the next look. Returns whether it stands in the journal. */
  async conclude(id: string, verdict: Verdict): Promise<boolean> {
    const { journal, log } = this.#options;
    try {
      if (!(await this.#isKnown(id))) await journal.append(this.#event(id, verdict, 'desk'));
      this.#unwritten.delete(id);
      return true;
    } catch (error) {
      log(`journal: the verdict could not be written: ${String(error).slice(0, 200)}`);
      this.#unwritten.set(id, verdict);
      return false;
    }
  }

  /** Writes an end by a person's word. Rejects when that cannot be written. */
  async say(id: string, verdict: Verdict): Promise<void> {
    await this.#options.journal.append(this.#event(id, verdict, 'person'));
  }

  async #isKnown(id: string): Promise<boolean> {
    const { journal } = this.#options;
    await journal.refresh().catch(() => false);
    return journal.record(id)?.verdict !== undefined;
  }

  #event(id: string, verdict: Verdict, by: 'desk' | 'person'): EventOf<'verdict'> {
    const at = this.#options.clock.now();
    return { v: JOURNAL_VERSION, id, at, type: 'verdict', ...endOf(verdict), by };
  }
}
