import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * In front of an exchange on loopback: notes every signature that comes, and quotes the whole request back, as Bybit's "error
 * sign!" does, for paths that are told.
 */
export class TelltaleServer {
  readonly signatures = new Set<string>();
  /** Paths whose next request is answered so, and the retCode. */
  readonly told = new Map<string, number>();
  /** Of these paths every request, until they are taken away. */
  readonly always = new Set<string>();
  readonly #server: Server;

  constructor(exchange: string) {
    this.#server = createServer((asked, answer) => {
      const sign = asked.headers['x-bapi-sign'];
      if (typeof sign === 'string') this.signatures.add(sign);
      const path = new URL(asked.url ?? '', exchange).pathname;
      const retCode = this.told.get(path);
      if (retCode !== undefined) {
        if (!this.always.has(path)) this.told.delete(path);
        const quoted = JSON.stringify(asked.headers);
        const retMsg = `${quoted} error sign! origin_string[${asked.headers['x-bapi-timestamp']}${asked.headers['x-bapi-api-key']}5000]`;
        asked.resume();
        answer.end(JSON.stringify({ retCode, retMsg, result: {}, retExtInfo: {}, time: Date.now() }));
        return;
      }
      const { method } = asked;
      const headers = { ...asked.headers, host: new URL(exchange).host };
      const onward = request(new URL(asked.url ?? '', exchange), { method, headers }, (given) => {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answer);
      });
      onward.on('error', () => answer.destroy());
      asked.pipe(onward);
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  open(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
