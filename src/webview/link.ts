import { dispatch, type Handlers, type Message, type Parser, type Unsent } from './wire';

/** What VS Code gives a page once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The page's end of the wire: `Host` comes in, `Own` goes out. */
export class Link<Host extends Message, Own extends Message> {
  readonly #api = acquireVsCodeApi();
  readonly #session: string;
  readonly #parse: Parser<Host>;

  constructor(session: string, parse: Parser<Host>) {
    this.#session = session;
    this.#parse = parse;
  }

  /** Hears the host from now on, and says `ready` to it, which every contract has. */
  listen(handlers: Handlers<Host>): void {
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const message = this.#parse(data, this.#session);
      if (message !== undefined) dispatch(handlers, message);
    });
    this.#api.postMessage({ type: 'ready', session: this.#session });
  }

  send(message: Unsent<Own>): void {
    this.#api.postMessage({ ...message, session: this.#session });
  }

  /** What this page kept for its next life. */
  get kept(): unknown {
    return this.#api.getState();
  }

  keep(state: unknown): void {
    this.#api.setState(state);
  }
}
