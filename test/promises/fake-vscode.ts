import Module from 'node:module';
import { Signal } from '../../src/ui/signal';

// Of VS Code what the panels' host side uses, for plain mocha. Where `trouble` says so, VS Code refuses what it is asked for.

export class CancellationError extends Error {}

/** What VS Code rejects with where there is trouble. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

class Disposable {
  constructor(readonly dispose: () => void) {}

  static from(...all: readonly { dispose(): void }[]): Disposable {
    return new Disposable(() => {
      for (const one of all) one.dispose();
    });
  }
}

class Uri {
  constructor(readonly path: string) {}

  static file(path: string): Uri {
    return new Uri(path);
  }

  static joinPath({ path }: Uri, ...parts: readonly string[]): Uri {
    return new Uri([path, ...parts].join('/'));
  }

  toString(): string {
    return `file://${this.path}`;
  }
}

/** The VS Code of one suite. */
export class FakeVsCode {
  /** Whether the next thing that is asked of it fails. */
  trouble: () => boolean = () => false;
  /** Whether a person chooses a file where to save. */
  choosesFile: () => boolean = () => true;
  readonly commands = new Map<string, (...args: unknown[]) => unknown>();
  /** Commands that were started, by id. */
  readonly started = new Map<string, number>();
  /** What was started and has not ended. */
  readonly running = new Set<Promise<unknown>>();
  /** Sizes of what came to the clipboard and into files. */
  readonly written: number[] = [];
  readonly errors: string[] = [];
  readonly #theme = new Counted();

  /** Who listens to it. */
  get listeners(): number {
    return this.#theme.count;
  }

  /** What `import 'vscode'` gives. */
  readonly api = {
    CancellationError,
    Disposable,
    Uri,
    EventEmitter: Signal,
    env: { language: 'en', clipboard: { writeText: (text: string) => this.#write(text) } },
    l10n: { bundle: undefined, t: filled },
    commands: {
      registerCommand: (id: string, run: (...args: unknown[]) => unknown) => {
        this.commands.set(id, run);
        return new Disposable(() => this.commands.delete(id));
      },
      executeCommand: (id: string, ...args: unknown[]) => {
        const work = this.#start(id, args);
        const ended = work.then(
          () => undefined,
          () => undefined,
        );
        this.running.add(ended);
        void ended.then(() => this.running.delete(ended));
        // Another promise than the one that is waited for here: whoever drops it leaves its failure unhandled.
        return work.then((value) => value);
      },
    },
    window: {
      onDidChangeActiveColorTheme: this.#theme.event,
      setStatusBarMessage: () => new Disposable(() => undefined),
      showErrorMessage: async (text: string) => {
        this.#mayFail('no notification');
        this.errors.push(text);
      },
      showSaveDialog: async () => {
        this.#mayFail('no dialog');
        return this.choosesFile() ? Uri.file('/saved.csv') : undefined;
      },
      showTextDocument: async () => this.#mayFail('too large to be shown'),
    },
    workspace: {
      fs: { writeFile: (_file: Uri, bytes: Uint8Array) => this.#write(bytes) },
      getConfiguration: () => ({ inspect: () => undefined }),
    },
  };

  /**
   * Runs what requires modules that import `vscode`, which get this one. They are loaded once a process: with the first that
   * asks for them.
   */
  loading<T>(load: () => T): T {
    const loader = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
    const before = loader._load;
    loader._load = (request, ...rest) =>
      request === 'vscode' ? this.api : before.call(loader, request, ...rest);
    try {
      return load();
    } finally {
      loader._load = before;
    }
  }

  async #start(id: string, args: readonly unknown[]): Promise<unknown> {
    this.started.set(id, (this.started.get(id) ?? 0) + 1);
    this.#mayFail('the extension host is busy');
    const run = this.commands.get(id);
    if (run === undefined) throw new Error(`command '${id}' not found`);
    // Another process may have been in between: what is no plain data does not pass.
    return await run(...structuredClone(args));
  }

  async #write(content: string | Uint8Array): Promise<void> {
    this.#mayFail('not allowed');
    this.written.push(content.length);
  }

  #mayFail(why: string): void {
    if (this.trouble()) throw new Refused(why);
  }
}

/** An event that knows how many listen. */
export class Counted {
  count = 0;
  readonly #signal = new Signal();

  readonly event: Signal['event'] = (listener, ...rest) => {
    this.count += 1;
    const { dispose } = this.#signal.event(listener, ...rest);
    let isHeld = true;
    return {
      dispose: () => {
        if (isHeld) this.count -= 1;
        isHeld = false;
        dispose();
      },
    };
  };

  fire(): void {
    this.#signal.fire();
  }
}

function filled(text: string, ...args: readonly string[]): string {
  return text.replace(/\{(\d+)\}/g, (all, at: string) => args[Number(at)] ?? all);
}

/** A panel of the editor, as its host side has it: gone, nothing of it can be asked any more. */
export class FakePanel {
  readonly title = 'Panel';
  /** Whether the next message of the host does not leave. */
  trouble: () => boolean = () => false;
  /** What the host sent. */
  onSent: (message: unknown) => void = () => undefined;
  /** What of the host's receiving threw. */
  readonly thrown: unknown[] = [];
  readonly #viewState = new Counted();
  readonly #receivers = new Set<(data: unknown) => void>();
  #isVisible = true;
  #isGone = false;
  readonly #webview = {
    html: '',
    options: {},
    cspSource: 'https://page',
    asWebviewUri: (uri: Uri) => uri,
    onDidReceiveMessage: (receive: (data: unknown) => void) => {
      this.#receivers.add(receive);
      return { dispose: () => void this.#receivers.delete(receive) };
    },
    postMessage: async (message: unknown) => {
      if (this.trouble()) throw new Refused('not reached');
      this.onSent(structuredClone(message));
      return true;
    },
  };

  readonly onDidChangeViewState = this.#viewState.event;

  get webview() {
    this.#mustBe();
    return this.#webview;
  }

  get visible(): boolean {
    this.#mustBe();
    return this.#isVisible;
  }

  /** Names the load of the page that is in it now. */
  get session(): string {
    return /data-session="([^"]+)"/.exec(this.#webview.html)?.[1] ?? '';
  }

  get listeners(): number {
    return this.#viewState.count + this.#receivers.size;
  }

  show(isVisible: boolean): void {
    this.#isVisible = isVisible;
    this.#viewState.fire();
  }

  /** A message of the page. VS Code logs what a listener throws and goes on. */
  post(data: unknown): void {
    for (const receive of [...this.#receivers]) {
      try {
        receive(data);
      } catch (error) {
        this.thrown.push(error);
      }
    }
  }

  /** The person closes it. */
  close(): void {
    this.#isGone = true;
  }

  #mustBe(): void {
    if (this.#isGone) throw new Error('Webview is disposed');
  }
}
