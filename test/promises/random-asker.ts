import { plain, type Words } from '../../src/bybit/words';
import type { Desk } from '../../src/desk/operation';
import type { Asker } from '../../src/ui/flow/asker';
import type {
  Choice,
  ConfirmQuestion,
  Frame,
  InputQuestion,
  ManyQuestion,
  Message,
  PickQuestion,
  Reply,
} from '../../src/ui/flow/question';
import { Ends } from '../../src/ui/flows/ends';
import type { FlowOptions } from '../../src/ui/flows/host';
import { ACCOUNT } from '../wire/ledger';
import { pick } from './scale';
import type { Table } from './table';
import { TEXTS } from './wild-arguments';

/** Whoever answers has gone away. */
export class Escaped extends Error {}

/** Answers every question at random and quickly, as a hostile program might through the keyboard; confirms only if told so. */
export class RandomAsker implements Asker {
  confirmations = 0;
  /** What was said yes to, as it was named; of several orders in one, the name of the whole. */
  readonly confirmed: { readonly title: string; readonly deed: string; readonly isSeveral: boolean }[] = [];
  /** What happens while the last question stands there. */
  meanwhile: () => Promise<void> = async () => undefined;
  #left = 0;

  constructor(
    private readonly random: () => number,
    private readonly confirms: boolean,
  ) {}

  /** A new run of a flow, with so much patience. */
  begin(questions: number): void {
    this.#left = questions;
  }

  async pick<T>(question: PickQuestion<T>, frame: Frame): Promise<Reply<T>> {
    if (this.#turnsBack(frame)) return { kind: 'back' };
    const rows = [...question.choices()];
    const text = pick(this.random, TEXTS);
    if (question.typed !== undefined && text !== '' && this.random() < 0.5)
      rows.unshift(question.typed(text));
    const open = rows.filter((row): row is Choice<T> & { value: T } => row.value !== undefined);
    if (open.length === 0) throw new Escaped();
    return {
      kind: 'answer',
      value: this.random() < 0.6 ? (open[0] as { value: T }).value : pick(this.random, open).value,
    };
  }

  async pickMany<T>(question: ManyQuestion<T>, frame: Frame): Promise<Reply<readonly T[]>> {
    if (this.#turnsBack(frame)) return { kind: 'back' };
    const picked = question
      .choices()
      .flatMap(({ value }) => (value !== undefined && this.random() < 0.4 ? [value] : []));
    if (question.remark?.(picked)?.severity === 'error') throw new Escaped();
    return { kind: 'answer', value: picked };
  }

  async input(question: InputQuestion, frame: Frame): Promise<Reply<string>> {
    if (this.#turnsBack(frame)) return { kind: 'back' };
    for (let tries = 0; tries < 5; tries += 1) {
      const text = pick(this.random, [question.text ?? '', ...TEXTS]);
      if ((await question.check?.(text))?.severity === 'error') continue;
      if ((await question.accept?.(text))?.severity === 'error') continue;
      return { kind: 'answer', value: text };
    }
    throw new Escaped();
  }

  async file(): Promise<Reply<string>> {
    throw new Escaped();
  }

  async confirm({ message, deed }: ConfirmQuestion): Promise<boolean> {
    this.confirmations += 1;
    if (this.confirms) {
      const isSeveral = deed.text.startsWith('Send {0} Orders');
      this.confirmed.push({ title: plain(message), deed: plain(deed), isSeveral });
      await this.meanwhile();
    }
    // Whoever declined gives up, mostly.
    if (this.random() < 0.8) this.#left = 0;
    return this.confirms;
  }

  async say<Action extends string>(message: Message<Action>): Promise<Action | undefined> {
    const ids = message.actions.map(({ id }) => id);
    return ids.length > 0 && this.random() < 0.3 ? pick(this.random, ids) : undefined;
  }

  during<T>(_title: Words, work: (report: (stage: Words) => void) => Promise<T>): Promise<T> {
    return work(() => undefined);
  }

  #turnsBack({ canGoBack }: Frame): boolean {
    this.#left -= 1;
    if (this.#left < 0) throw new Escaped();
    return canGoBack && this.random() < 0.05;
  }
}

/** What the flows of a window on the table's account are given. */
export function optionsFor(table: Table, desk: Desk, asker: Asker): FlowOptions {
  const session = { kind: 'account' as const, account: ACCOUNT, desk };
  return {
    asker,
    sessions: { current: session, ready: async () => session },
    locale: 'en',
    say: plain,
    now: () => table.clock.now(),
    favourites: () => new Set(),
    ends: new Ends(),
    run: async () => undefined,
  };
}
