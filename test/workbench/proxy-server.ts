import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import https from 'node:https';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';

/** A certificate for one host with its key, made for one run and gone with it. */
export interface Certificate {
  /** The file to trust. */
  readonly path: string;
  readonly cert: string;
  readonly key: string;
  remove(): void;
}

export function makeCertificate(host: string): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'loan-desk-tls-'));
  const [path, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const name = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  execFileSync('openssl', ['req', '-x509', ...curve, ...name, '-keyout', key, '-out', path], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return {
    path,
    cert: readFileSync(path, 'utf8'),
    key: readFileSync(key, 'utf8'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What the proxy does with whoever asks for a tunnel. */
export type Manner =
  /** Makes it, to what stands for the exchange. */
  | 'tunnels'
  /** Makes it, to somebody who has a certificate of his own. */
  | 'intercepts'
  /** Says 403, as one that bars the host. */
  | 'bars';

export interface ProxyOptions {
  /** Asked of everybody, as "name:password". */
  readonly login: string;
  /** Port on loopback of the exchange, over HTTP. */
  readonly exchange: number;
  readonly trusted: Certificate;
  readonly untrusted: Certificate;
}

/** A proxy on loopback that notes what reaches it. */
export class ProxyServer {
  /** Asked for: "CONNECT api.bybit.com:443". */
  readonly asked = new Set<string>();
  /** Everything that came before a tunnel was made, and instead of one. */
  clear = '';
  /** Everything that an interceptor could read. */
  intercepted = '';
  manner: Manner = 'tunnels';
  login: string;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => this.#take(socket));
  readonly #exchange: https.Server;
  readonly #interceptor: tls.Server;
  #port = 0;

  constructor(options: ProxyOptions) {
    this.login = options.login;
    this.#exchange = https.createServer({ ...options.trusted }, (asked, answer) => {
      pass(asked, answer, options.exchange);
    });
    this.#interceptor = tls.createServer({ ...options.untrusted }, (socket) => {
      socket
        .on('error', () => undefined)
        .on('data', (data) => {
          this.intercepted += data.toString('latin1');
        });
    });
    this.#interceptor.on('tlsClientError', () => undefined);
  }

  get port(): number {
    return this.#port;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Down; `open` takes the same port again. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket)).on('error', () => undefined);
    let head = '';
    const read = (data: Buffer) => {
      head += data.toString('latin1');
      this.clear += data.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', read);
      this.#answer(socket, head);
    };
    socket.on('data', read);
  }

  #answer(socket: Socket, head: string): void {
    const [line = ''] = head.split('\r\n');
    this.asked.add(line.replace(/ HTTP\/1\.1$/, ''));
    const login = `Basic ${Buffer.from(this.login).toString('base64')}`;
    if (!head.includes(`\r\nProxy-Authorization: ${login}\r\n`)) {
      this.#refuse(socket, 407, 'Proxy-Authenticate: Basic realm="the office"\r\n');
    } else if (this.manner === 'bars') {
      this.#refuse(socket, 403);
    } else {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      (this.manner === 'tunnels' ? this.#exchange : this.#interceptor).emit('connection', socket);
    }
  }

  #refuse(socket: Socket, status: number, header = ''): void {
    socket.on('data', (data: Buffer) => {
      this.clear += data.toString('latin1');
    });
    const page = '<html>No.</html>';
    socket.end(`HTTP/1.1 ${status} No\r\n${header}Content-Length: ${page.length}\r\n\r\n${page}`);
  }
}

/** The paper exchange answers to its own name only. */
function pass(asked: IncomingMessage, answer: ServerResponse, port: number): void {
  const { method, url: path, headers } = asked;
  const own = { ...headers, host: `127.0.0.1:${port}` };
  const passed = request({ host: '127.0.0.1', port, method, path, headers: own }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
  });
  asked.pipe(passed.on('error', () => answer.destroy()));
}
