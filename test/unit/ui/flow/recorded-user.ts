import { plain, type Words } from '../../../../src/bybit/words';
import type { Asker } from '../../../../src/ui/flow/asker';
import type {
  Button,
  Choice,
  ConfirmQuestion,
  FileQuestion,
  Frame,
  InputQuestion,
  ManyQuestion,
  Message,
  PickQuestion,
  Remark,
  Reply,
} from '../../../../src/ui/flow/question';
import type { Text } from '../../../../src/ui/tree/row';

/** What escaping rejects with; at VS Code it is `vscode.CancellationError`. */
export class Escaped extends Error {}

/** One thing that the person does. */
type Act =
  | { readonly do: 'pick'; readonly label: string }
  | { readonly do: 'type'; readonly text: string }
  | { readonly do: 'tick'; readonly labels: readonly string[] }
  | { readonly do: 'press'; readonly tooltip: string }
  | { readonly do: 'file'; readonly path: string | undefined }
  | { readonly do: 'confirm'; readonly yes: boolean }
  | { readonly do: 'answer'; readonly label: string | undefined }
  | { readonly do: 'accept' | 'back' | 'escape' };

/** What the person saw of one question, as plain English. */
export interface Seen {
  readonly kind: 'pick' | 'many' | 'input' | 'file' | 'confirm' | 'message';
  /** Of the flow, with the account; the message of a dialog or a notification. */
  readonly title: string;
  /** "2/5"; empty for dialogs and notifications. */
  readonly step: string;
  readonly placeholder: string;
  readonly text: string;
  /** Label, description and detail of each row; lines of a dialog; ways on of a notification. */
  readonly rows: readonly string[];
  readonly notice: string;
  /** Everything that was said while it was answered: remarks, rows of what was typed. */
  readonly remarks: string[];
}

/**
 * A person whose acts are written down beforehand, in order. Fails when a question finds no act, or one that does not
 * fit; call {@link done} at the end, which fails when acts are left.
 */
export class RecordedUser implements Asker {
  readonly seen: Seen[] = [];
  readonly stages: string[] = [];
  /** Called with every question as it is shown. */
  onSeen: (seen: Seen) => void = () => undefined;
  /** Called with every stage of the sending. */
  onStage: (stage: string) => void = () => undefined;
  readonly #acts: Act[] = [];

  picks(label: string): this {
    return this.#next({ do: 'pick', label });
  }

  types(text: string): this {
    return this.#next({ do: 'type', text });
  }

  ticks(...labels: readonly string[]): this {
    return this.#next({ do: 'tick', labels });
  }

  /** Accepts what the question shows at first. */
  accepts(): this {
    return this.#next({ do: 'accept' });
  }

  presses(tooltip: string): this {
    return this.#next({ do: 'press', tooltip });
  }

  opens(path: string | undefined): this {
    return this.#next({ do: 'file', path });
  }

  confirms(): this {
    return this.#next({ do: 'confirm', yes: true });
  }

  declines(): this {
    return this.#next({ do: 'confirm', yes: false });
  }

  /** Chooses a way on of a notification, or closes it. */
  answers(label?: string): this {
    return this.#next({ do: 'answer', label });
  }

  backs(): this {
    return this.#next({ do: 'back' });
  }

  escapes(): this {
    return this.#next({ do: 'escape' });
  }

  get last(): Seen {
    const last = this.seen.at(-1);
    if (last === undefined) throw new Error('Nothing was asked.');
    return last;
  }

  /** Fails unless every act was used. */
  done(): void {
    if (this.#acts.length > 0) throw new Error(`Never asked for: ${JSON.stringify(this.#acts)}`);
  }

  async pick<T>(question: PickQuestion<T>, frame: Frame): Promise<Reply<T>> {
    const rows = question.choices();
    const seen = this.#see('pick', frame, question, rows.map(lineOf), question.text);
    return await this.#answer<T>(seen, frame, question.buttons, async (act) => {
      if (act.do === 'type' && question.typed !== undefined)
        return this.#typed(seen, question.typed, act.text);
      if (act.do === 'accept') {
        const { text, typed } = question;
        if (typed !== undefined && text !== undefined && text !== '') return typed(text).value;
        const chosen = rows.filter(({ value }) => value !== undefined);
        return (chosen.find(({ value }) => value !== undefined && question.isCurrent?.(value)) ?? chosen[0])
          ?.value;
      }
      return act.do === 'pick' ? find(question.choices(), act.label).value : misfit(act, seen);
    });
  }

  async pickMany<T>(question: ManyQuestion<T>, frame: Frame): Promise<Reply<readonly T[]>> {
    const rows = question.choices();
    const seen = this.#see('many', frame, question, rows.map(lineOf), undefined);
    return await this.#answer<readonly T[]>(seen, frame, question.buttons, async (act) => {
      if (act.do !== 'tick' && act.do !== 'accept') return misfit(act, seen);
      const ticked =
        act.do === 'tick'
          ? act.labels.map((label) => find(rows, label))
          : rows.filter(({ value }) => value !== undefined && question.isPicked?.(value));
      const values = ticked.flatMap(({ value }) => (value === undefined ? [] : [value]));
      for (let count = 0; count <= values.length; count += 1) {
        remember(seen, question.remark?.(values.slice(0, count)));
      }
      return question.remark?.(values)?.severity === 'error' ? undefined : values;
    });
  }

  async input(question: InputQuestion, frame: Frame): Promise<Reply<string>> {
    const seen = this.#see('input', frame, question, [plain(question.prompt)], question.text);
    return await this.#answer<string>(seen, frame, question.buttons, async (act) => {
      if (act.do !== 'type' && act.do !== 'accept') return misfit(act, seen);
      const text = act.do === 'type' ? act.text : (question.text ?? '');
      for (let end = 0; end < text.length; end += 1) await question.check?.(text.slice(0, end));
      const remark = await question.check?.(text);
      remember(seen, remark);
      if (remark?.severity === 'error') return undefined;
      const refusal = await question.accept?.(text);
      remember(seen, refusal);
      return refusal?.severity === 'error' ? undefined : text;
    });
  }

  async file(question: FileQuestion, frame: Frame): Promise<Reply<string>> {
    const seen = this.#see('file', frame, {}, [plain(question.open)], undefined);
    const act = this.#take(seen);
    if (act.do !== 'file') return misfit(act, seen);
    if (act.path !== undefined) return { kind: 'answer', value: act.path };
    if (frame.canGoBack) return { kind: 'back' };
    throw new Escaped();
  }

  async confirm({ message, detail, deed }: ConfirmQuestion): Promise<boolean> {
    const seen = this.#note('confirm', plain(message), [...detail.map(said), plain(deed)]);
    const act = this.#take(seen);
    if (act.do !== 'confirm') return misfit(act, seen);
    return act.yes;
  }

  async say<Action extends string>({ about, words, actions }: Message<Action>): Promise<Action | undefined> {
    const labels = actions.map(({ label }) => plain(label));
    const seen = this.#note('message', [...(about ? [about] : []), ...words].map(plain).join(' '), labels);
    const act = this.#take(seen);
    if (act.do !== 'answer') return misfit(act, seen);
    if (act.label === undefined) return undefined;
    const chosen = actions.find(({ label }) => plain(label) === act.label);
    if (chosen === undefined) return misfit(act, seen);
    return chosen.id;
  }

  async during<T>(title: Words, work: (report: (stage: Words) => void) => Promise<T>): Promise<T> {
    return await work((stage) => {
      this.stages.push(`${plain(title)}: ${plain(stage)}`);
      this.onStage(plain(stage));
    });
  }

  #next(act: Act): this {
    this.#acts.push(act);
    return this;
  }

  #take(seen: Seen): Act {
    const act = this.#acts.shift();
    if (act === undefined) throw new Error(`Nobody knows what to do with ${JSON.stringify(seen)}`);
    if (act.do === 'escape') throw new Escaped();
    return act;
  }

  /** Lets the person act on one question until it is answered or left. */
  async #answer<T>(
    seen: Seen,
    frame: Frame,
    buttons: readonly Button[] | undefined,
    answer: (act: Act) => Promise<T | undefined>,
  ): Promise<Reply<T>> {
    for (;;) {
      const act = this.#take(seen);
      if (act.do === 'back') {
        if (!frame.canGoBack) return misfit(act, seen);
        return { kind: 'back' };
      }
      if (act.do === 'press') {
        const button = buttons?.find(({ tooltip }) => plain(tooltip) === act.tooltip);
        if (button === undefined) return misfit(act, seen);
        await button.press();
        continue;
      }
      const value = await answer(act);
      if (value !== undefined) return { kind: 'answer', value };
    }
  }

  #typed<T>(seen: Seen, typed: (text: string) => Choice<T>, text: string): T | undefined {
    for (let end = 1; end < text.length; end += 1) typed(text.slice(0, end));
    const row = typed(text);
    seen.remarks.push(lineOf(row));
    return row.value;
  }

  #see(
    kind: Seen['kind'],
    { title, step, steps, notice }: Frame,
    { placeholder }: Pick<PickQuestion<unknown>, 'placeholder'>,
    rows: readonly string[],
    text: string | undefined,
  ): Seen {
    const seen = {
      kind,
      title: said(title),
      step: `${step}/${steps}`,
      placeholder:
        placeholder === undefined
          ? ''
          : plain(typeof placeholder === 'function' ? placeholder() : placeholder),
      text: text ?? '',
      rows,
      notice: notice === undefined ? '' : plain(notice.words),
      remarks: [],
    };
    this.seen.push(seen);
    this.onSeen(seen);
    return seen;
  }

  #note(kind: Seen['kind'], title: string, rows: readonly string[]): Seen {
    const seen = { kind, title, step: '', placeholder: '', text: '', rows, notice: '', remarks: [] };
    this.seen.push(seen);
    this.onSeen(seen);
    return seen;
  }
}

function said(text: Text): string {
  return 'text' in text ? plain(text) : text.map(plain).join(' · ');
}

function lineOf({ label, description, detail }: Choice<unknown>): string {
  return [label, description, detail].flatMap((part) => (part === undefined ? [] : [said(part)])).join(' | ');
}

/** The row with that label, or the only one that contains it. */
function find<T>(rows: readonly Choice<T>[], label: string): Choice<T> {
  const exact = rows.find((row) => plain(row.label) === label);
  if (exact !== undefined) return exact;
  const [only, ...more] = rows.filter((row) => plain(row.label).includes(label));
  if (only === undefined || more.length > 0) {
    throw new Error(`No such row, or several: ${label} in ${JSON.stringify(rows.map(lineOf))}`);
  }
  return only;
}

function remember(seen: Seen, remark: Remark | undefined): void {
  if (remark !== undefined) seen.remarks.push(`${remark.severity}: ${plain(remark.words)}`);
}

function misfit(act: Act, seen: Seen): never {
  throw new Error(`${JSON.stringify(act)} does not answer ${JSON.stringify(seen)}`);
}
