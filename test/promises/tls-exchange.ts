import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const FOLDER = join(process.cwd(), 'test', 'data', 'tls');
/** Made for these tests; names api.bybit.com and api-testnet.bybit.com, and nobody trusts it by itself. */
export const CERTIFICATE = readFileSync(join(FOLDER, 'certificate.pem'), 'utf8');

/** Something that answers in the place of the exchange, over TLS, and notes what reached it. */
export class TlsExchange {
  readonly heard: string[] = [];
  readonly #server = https.createServer(
    { key: readFileSync(join(FOLDER, 'key.pem')), cert: CERTIFICATE },
    (request, response) => {
      this.heard.push(`${request.method} ${(request.url ?? '').split('?')[0]} ${request.headers.host}`);
      const time = Date.now();
      const result = { timeSecond: String(Math.floor(time / 1000)), timeNano: `${time}000000`, orderId: '7' };
      request.resume().on('end', () => {
        response.end(JSON.stringify({ retCode: 0, retMsg: '', result, retExtInfo: {}, time }));
      });
    },
  );

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Rejects where the machine has no such address. */
  listen(address: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject).listen(0, address, resolve);
    });
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

type Lookup = (
  host: string,
  options: { readonly all?: boolean },
  done: (error: Error | null, ...found: unknown[]) => void,
) => void;

/** What the network between the desk and the exchange is like, for the time of `work`. */
export interface Network {
  /** What every name resolves to, in this order; a code is the resolver's failure. */
  readonly addresses: readonly string[] | { readonly code: string };
  /** The port that stands for 443. */
  readonly port: number;
  /** The certificates that the machine trusts beside its own, as VS Code adds them. */
  readonly ca?: string;
}

export async function within<T>({ addresses, port, ca }: Network, work: () => Promise<T>): Promise<T> {
  const { lookup } = dns;
  const agent = https.globalAgent;
  const own = agent.createConnection;
  const { ca: trusted } = agent.options;
  const resolve: Lookup = (_host, { all }, done) => {
    if (!Array.isArray(addresses)) {
      done(Object.assign(new Error('no such name'), addresses));
      return;
    }
    const found = (addresses as readonly string[]).map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    if (all === true) done(null, found);
    else done(null, found[0]?.address, found[0]?.family);
  };
  Object.assign(dns, { lookup: resolve });
  agent.createConnection = (options, done) => own.call(agent, Object.assign({}, options, { port }), done);
  if (ca !== undefined) agent.options.ca = ca;
  try {
    return await work();
  } finally {
    agent.destroy();
    Object.assign(dns, { lookup });
    agent.createConnection = own;
    if (trusted === undefined) delete agent.options.ca;
    else agent.options.ca = trusted;
  }
}
