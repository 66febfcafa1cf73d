import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { LocalClock } from '../../src/bybit/local-clock';
import type { PaperRequest } from '../../src/paper/exchange/wire';
import { FAULTS, whole } from './faults';
import { isWrite, type Ledger } from './ledger';
import { RequestReader } from './requests';

/** What becomes of the next write. */
export type Plan =
  | { readonly kind: 'whole' }
  /** A fault of {@link FAULTS}, before or after the exchange has carried the write out. */
  | { readonly kind: 'fault'; readonly name: string; readonly when: 'before' | 'after' }
  /** The connection is reset as soon as the first byte arrives: nothing is read. */
  | { readonly kind: 'reset unread' }
  /** A retCode in place of the answer. */
  | { readonly kind: 'code'; readonly retCode: number; readonly when: 'before' | 'after' };

/** A header by which a request is told from others. */
export const TRACE = 'x-trace';

/** How long a dripping or slow answer waits, ms of the clock given. */
const LATER_MS = 400;

/**
 * Stands on a raw socket before the paper exchange and breaks what it is told to break: things that no HTTP library
 * lets a server do. Counts what comes in; what takes effect, the ledger counts.
 */
export class BreakingServer {
  plan: Plan = { kind: 'whole' };
  /** Paths of the writes that came in whole, whatever became of them. */
  readonly writes: string[] = [];
  /** The fault that a read meets, asked for each; none without a name. */
  readFault: () => string | undefined = () => undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #idle = new Set<string>();
  #port = 0;

  constructor(
    private readonly ledger: Ledger,
    private readonly clock: LocalClock,
  ) {
    this.#server = createServer((socket) => this.#serve(socket));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async open(): Promise<void> {
    if (this.#server.listening) return;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Nobody listens any more, and open connections are gone: the next request is refused. */
  async shut(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Whether a request (by its {@link TRACE}) waits for the clock alone: no byte is on its way. */
  isIdle(id: string): boolean {
    return this.#idle.has(id);
  }

  /** Ends connections that wait for a next request, as servers do at any moment. */
  endIdle(): void {
    for (const socket of this.#sockets) socket.end();
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    const reader = new RequestReader();
    socket.on('data', (chunk: Buffer) => {
      if (this.plan.kind === 'reset unread' && chunk.toString('latin1', 0, 5) === 'POST ') {
        socket.resetAndDestroy();
        return;
      }
      for (const request of reader.take(chunk)) void this.#answer(socket, request);
    });
  }

  async #answer(socket: Socket, request: PaperRequest): Promise<void> {
    const isMoney = isWrite(request.path);
    if (isMoney) this.writes.push(request.path);
    const { plan } = this;
    const name = isMoney ? (plan.kind === 'fault' ? plan.name : undefined) : this.readFault();
    const isBefore = isMoney && (plan.kind === 'fault' || plan.kind === 'code') && plan.when === 'before';
    const answer = isBefore ? STAND_IN : await this.ledger.handle(request);
    const body = Buffer.from(isMoney && plan.kind === 'code' ? coded(plan.retCode) : answer.body);
    const given = { status: answer.status, headers: answer.headers, body };
    const fault = name === undefined ? undefined : FAULTS[name];
    if (socket.destroyed) return;
    if (fault === undefined) socket.write(whole(given));
    else {
      if (fault.hangs === true) this.#idle.add(request.headers[TRACE] ?? '');
      fault.deal(socket, given, (work) => this.#later(request, work));
    }
  }

  /** Does something when the clock has moved on; until then the client waits for nothing but the clock. */
  #later(request: PaperRequest, work: () => void): void {
    const id = request.headers[TRACE] ?? '';
    this.#idle.add(id);
    this.clock.sleep(LATER_MS).then(
      () => {
        this.#idle.delete(id);
        work();
      },
      () => undefined,
    );
  }
}

const STAND_IN = { status: 200, headers: { 'content-type': 'application/json' }, body: coded(10001) };

function coded(retCode: number): string {
  return JSON.stringify({ retCode, retMsg: 'broken', result: {}, retExtInfo: {}, time: Date.now() });
}
