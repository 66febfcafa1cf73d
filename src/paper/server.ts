import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlCall } from './control-http';
import { type PaperResponse, plainAnswer, SIMULATED } from './exchange/wire';
import type { Paper } from './paper';

/** The only address the paper exchange listens on. */
const LOOPBACK = '127.0.0.1';
const LARGEST_BODY = 65_536;

export interface PaperServer {
  readonly url: string;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Whether the control calls exist. */
  readonly control: boolean;
}

/** The door over HTTP on loopback. Rejects when the port is taken. */
export async function serve(paper: Paper, { port, control }: ServerOptions): Promise<PaperServer> {
  let hosts: readonly string[] = [];
  const server = createServer((request, response) => {
    answer(paper, control, hosts, request)
      .then((given) => give(response, given))
      .catch(() => give(response, plainAnswer(500)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  hosts = [`${LOOPBACK}:${bound}`, `localhost:${bound}`];
  return {
    url: `http://${LOOPBACK}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Given = PaperResponse | 'silence' | 'reset';

async function answer(
  paper: Paper,
  control: boolean,
  hosts: readonly string[],
  request: IncomingMessage,
): Promise<Given> {
  // A web page that reaches loopback through a name of its own, or from another origin, is turned away.
  if (!hosts.includes(request.headers.host ?? '')) return plainAnswer(403, 'wrong host');
  const { origin } = request.headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
    return plainAnswer(403, 'wrong origin');
  }
  const body = await bodyOf(request);
  if (body === undefined) return plainAnswer(413);
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const method = request.method ?? '';
  if (control) {
    const steered = await controlCall(paper.control, method, path, body);
    if (steered !== undefined) {
      return plainAnswer(steered.status, JSON.stringify(steered.body), 'application/json');
    }
  }
  const delivery = await paper.deliver({
    method,
    path,
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers: headersOf(request),
    body,
    remote: request.socket.remoteAddress ?? LOOPBACK,
  });
  return delivery.kind === 'answer' ? delivery.response : delivery.kind;
}

function give(response: ServerResponse, given: Given): void {
  // Nothing is ever sent: the client's own deadline ends it, or the server's end.
  if (given === 'silence') return;
  if (given === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(given.status, { ...SIMULATED, ...given.headers }).end(given.body);
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
