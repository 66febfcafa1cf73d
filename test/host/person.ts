import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** What the extension shows at one moment. */
type Shown =
  | { readonly kind: 'pick'; readonly field: vscode.QuickPick<vscode.QuickPickItem> }
  | { readonly kind: 'input'; readonly field: vscode.InputBox };

/** A dialog or notification: its text, and the way to answer it. */
interface Told {
  readonly text: string;
  readonly isModal: boolean;
  readonly buttons: readonly string[];
  readonly answer: (button: string | undefined) => void;
}

/** Hands over what comes in the order it came, to whoever waits for it. */
class Line<T> {
  readonly #waiting: { readonly fits: (value: T) => boolean; readonly take: (value: T) => void }[] = [];
  readonly #there: T[] = [];

  put(value: T): void {
    const index = this.#waiting.findIndex(({ fits }) => fits(value));
    const [first] = index < 0 ? [] : this.#waiting.splice(index, 1);
    if (first === undefined) this.#there.push(value);
    else first.take(value);
  }

  /** The first that fits; the others stay. */
  async next(fits: (value: T) => boolean = () => true): Promise<T> {
    const index = this.#there.findIndex(fits);
    const [first] = (index < 0 ? [] : this.#there.splice(index, 1)).map((value) => ({ value }));
    return first === undefined
      ? await new Promise((take) => this.#waiting.push({ fits, take }))
      : first.value;
  }

  /** What nobody has taken. */
  get left(): readonly T[] {
    return this.#there;
  }
}

type Command = typeof vscode.commands.executeCommand;
type Message = (text: string, ...rest: (vscode.MessageOptions | string | vscode.MessageItem)[]) => unknown;

/**
 * Answers the real quick inputs of the extension, which shares its `vscode` with these tests, and stands in for dialogs
 * and notifications, which nothing in an extension host can click. Also sees the context keys that are set.
 */
export class Person {
  readonly keys = new Map<string, unknown>();
  readonly #shown = new Line<Shown>();
  readonly #told = new Line<Told>();
  readonly #files = new Line<vscode.Uri | undefined>();
  readonly #opened = new Line<vscode.Uri | undefined>();
  readonly #keyListeners = new Set<() => void>();
  readonly #undo: (() => void)[] = [];
  /** Counts what is left without an answer; undefined while the person answers. */
  #leave: (() => undefined) | undefined;

  constructor() {
    const { window, commands } = vscode;
    this.#wrap(window, 'createQuickPick', (create) => <T extends vscode.QuickPickItem>() => {
      const field = create<T>();
      // Rows are only looked at and handed back.
      const any = field as unknown as vscode.QuickPick<vscode.QuickPickItem>;
      return this.#announce(field, { kind: 'pick', field: any });
    });
    this.#wrap(window, 'createInputBox', (create) => () => {
      const field = create();
      return this.#announce(field, { kind: 'input', field });
    });
    for (const name of ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const) {
      this.#wrap(window, name, () => this.#message as never);
    }
    this.#wrap(window, 'showSaveDialog', () => async () => {
      if (this.#leave === undefined) return await this.#files.next();
      return this.#leave();
    });
    this.#wrap(window, 'showOpenDialog', () => async () => {
      if (this.#leave !== undefined) return this.#leave();
      const file = await this.#opened.next();
      return file === undefined ? undefined : [file];
    });
    for (const name of ['showQuickPick', 'showInputBox'] as const) {
      this.#wrap(
        window,
        name,
        (show) =>
          (async (...given: unknown[]) =>
            this.#leave === undefined ? await Reflect.apply(show, window, given) : this.#leave()) as never,
      );
    }
    this.#wrap(commands, 'executeCommand', (execute) => {
      const watched: Command = (id, ...rest) => {
        if (id === 'setContext') this.#setKey(String(rest[0]), rest[1]);
        return execute(id, ...rest);
      };
      return watched;
    });
  }

  /** Waits for a list and leaves it open. */
  async looks(): Promise<vscode.QuickPick<vscode.QuickPickItem>> {
    const shown = await this.#shown.next();
    assert.ok(shown.kind === 'pick', `a list, not ${shown.field.title}`);
    return shown.field;
  }

  /** Waits for a list and chooses the row with that label. */
  async picks(label: string): Promise<vscode.QuickPick<vscode.QuickPickItem>> {
    const shown = await this.#shown.next();
    assert.ok(shown.kind === 'pick', `a list with ${label}, not ${shown.field.title}`);
    const item = shown.field.items.find((one) => one.label === label);
    assert.ok(item, `${label} is among ${shown.field.items.map((one) => one.label).join(', ')}`);
    shown.field.activeItems = [item];
    await this.enters();
    return shown.field;
  }

  /** Waits for a field, types and accepts. */
  async types(text: string): Promise<vscode.InputBox> {
    const shown = await this.#shown.next();
    assert.ok(shown.kind === 'input', `a field, not ${shown.field.title}`);
    shown.field.value = text;
    await this.enters();
    return shown.field;
  }

  /** Presses Enter in what is open; `meanwhile` happens while that is on its way. */
  async enters(meanwhile: () => void = () => undefined): Promise<void> {
    await this.#drawn();
    const pressed = vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    meanwhile();
    await pressed;
  }

  /** Waits until what was set of quick inputs before is on the screen. */
  async isShown(): Promise<void> {
    await this.#drawn();
    await vscode.commands.executeCommand('setContext', 'loanDesk.shown', true);
  }

  /** Waits for whatever is asked next and leaves it. */
  async escapes(): Promise<vscode.QuickInput> {
    const { field } = await this.#shown.next();
    await this.#drawn();
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    return field;
  }

  /**
   * Waits for a dialog or notification with that text and chooses a button, or closes it. Others stay unanswered: the
   * desk also tells what it watches.
   */
  async answers(text: RegExp, button: string | undefined): Promise<Told> {
    const told = await this.#told.next((one) => text.test(one.text));
    if (button !== undefined) assert.ok(told.buttons.includes(button), `${button}: ${told.text}`);
    told.answer(button);
    return told;
  }

  /** Leaves whatever is asked until the work is done: fields are escaped, dialogs closed. Returns how many there were. */
  async leavesAll(work: () => PromiseLike<unknown>): Promise<number> {
    let left = 0;
    this.#leave = () => {
      left += 1;
      return undefined;
    };
    try {
      await work();
    } finally {
      this.#leave = undefined;
    }
    return left;
  }

  /** Chooses where the next file is saved; nowhere without one. */
  saves(file: vscode.Uri | undefined): void {
    this.#files.put(file);
  }

  /** Chooses which file is opened next; none without one. */
  opens(file: vscode.Uri | undefined): void {
    this.#opened.put(file);
  }

  /** Waits until a context key has a value. */
  async sees(key: string, value: unknown): Promise<void> {
    while (this.keys.get(key) !== value) {
      await new Promise<void>((resolve) => {
        const listener = () => {
          this.#keyListeners.delete(listener);
          resolve();
        };
        this.#keyListeners.add(listener);
      });
    }
  }

  /** Puts everything back. */
  leaves(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }

  /** Fails when something was asked that nobody answered. */
  hasAnsweredAll(): void {
    const dialogs = this.#told.left.filter(({ isModal }) => isModal);
    const left = [...this.#shown.left.map(({ field }) => field.title), ...dialogs.map(({ text }) => text)];
    assert.deepEqual(left, []);
  }

  #wrap<O extends object, Name extends keyof O>(
    object: O,
    name: Name,
    wrap: (original: O[Name]) => O[Name],
  ): void {
    const original = object[name];
    object[name] = wrap(original);
    this.#undo.push(() => {
      object[name] = original;
    });
  }

  #announce<F extends vscode.QuickInput>(field: F, shown: Shown): F {
    const show = field.show.bind(field);
    field.show = () => {
      show();
      if (this.#leave === undefined) this.#shown.put(shown);
      else {
        this.#leave();
        void this.#drawn().then(() => vscode.commands.executeCommand('workbench.action.closeQuickOpen'));
      }
    };
    return field;
  }

  readonly #message: Message = (text, ...rest) => {
    const [first] = rest;
    const options = typeof first === 'object' && !('title' in first) ? first : {};
    const items = rest.filter((item) => item !== options) as (string | vscode.MessageItem)[];
    const titleOf = (item: string | vscode.MessageItem) => (typeof item === 'string' ? item : item.title);
    return new Promise((resolve) => {
      if (this.#leave !== undefined) {
        this.#leave();
        resolve(undefined);
        return;
      }
      this.#told.put({
        text: [text, options.detail].filter((part) => part !== undefined).join('\n'),
        isModal: options.modal === true,
        buttons: items.map(titleOf),
        answer: (button) => resolve(items.find((item) => titleOf(item) === button)),
      });
    });
  };

  #setKey(key: string, value: unknown): void {
    this.keys.set(key, value);
    for (const listener of [...this.#keyListeners]) listener();
  }

  /** Changes of a quick input leave the extension host with the next timer; behind it, what follows finds them done. */
  async #drawn(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
