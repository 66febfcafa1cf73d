import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** An answer before anything happened to it. */
export interface Whole {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * What a fault leaves of an answer. `readable`: all the same, it can be read. `sure`: it says clearly that nothing was
 * done (so it only comes before). `unsure`: nobody can tell from it.
 */
export type Leaves = 'readable' | 'unsure' | 'sure';

export interface WireFault {
  readonly leaves: Leaves;
  /** The client is left waiting for ever. */
  readonly hangs?: true;
  /** Writes what the client gets to see, and ends the connection where that belongs to the fault. */
  readonly deal: (socket: Socket, whole: Whole, later: (work: () => void) => void) => void;
}

function head(
  { status, headers }: Omit<Whole, 'body'>,
  more: Readonly<Record<string, string | number>> = {},
): string {
  const all = Object.entries({ ...headers, ...more }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} X\r\n${all.join('')}\r\n`;
}

/** An answer as it should be. */
export function whole(answer: Whole): Buffer {
  return Buffer.concat([Buffer.from(head(answer, { 'content-length': answer.body.length })), answer.body]);
}

function half({ body }: Whole): Buffer {
  return body.subarray(0, body.length >> 1);
}

function plain(leaves: Leaves, make: (answer: Whole) => Whole): WireFault {
  return { leaves, deal: (socket, answer) => void socket.write(whole(make(answer))) };
}

function status(leaves: Leaves, code: number, body = '<html>fault</html>', headers = {}): WireFault {
  return plain(leaves, () => ({
    status: code,
    headers: { 'content-type': 'text/html', ...headers },
    body: Buffer.from(body),
  }));
}

function text(make: (body: string) => string | Buffer): WireFault {
  return plain('unsure', (answer) => ({ ...answer, body: Buffer.from(make(answer.body.toString('utf8'))) }));
}

/** An answer that tells another time than the exchange's, in its frame only. */
function stamped(time: (time: number) => number): WireFault {
  return plain('readable', (answer) => ({
    ...answer,
    body: Buffer.from(
      answer.body.toString('utf8').replace(/"time":(\d+)\}$/, (_, told) => `"time":${time(Number(told))}}`),
    ),
  }));
}

function packed(make: (packed: Buffer, answer: Whole) => Buffer): WireFault {
  return plain('unsure', (answer) => ({
    ...answer,
    headers: { ...answer.headers, 'content-encoding': 'gzip' },
    body: make(gzipSync(answer.body), answer),
  }));
}

function chunked(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')]);
}

const CHUNKS = { 'transfer-encoding': 'chunked' };

/** Every fault of the wire and of HTTP in promises.md §2 that has to do with an answer. */
export const FAULTS: Readonly<Record<string, WireFault>> = {
  reset: { leaves: 'unsure', deal: (socket) => socket.resetAndDestroy() },
  'end without an answer': { leaves: 'unsure', deal: (socket) => void socket.end() },
  'hang before headers': { leaves: 'unsure', hangs: true, deal: () => undefined },
  'hang after headers': {
    leaves: 'unsure',
    hangs: true,
    deal: (socket, answer) => void socket.write(head(answer, { 'content-length': answer.body.length })),
  },
  'hang in the body': {
    leaves: 'unsure',
    hangs: true,
    deal: (socket, answer) => {
      socket.write(head(answer, { 'content-length': answer.body.length }));
      socket.write(half(answer));
    },
  },
  drip: {
    leaves: 'unsure',
    deal: (socket, answer, later) => {
      socket.write(head(answer, { 'content-length': 1_000_000 }));
      const drop = () => {
        if (socket.destroyed) return;
        socket.write(' ');
        later(drop);
      };
      drop();
    },
  },
  'end inside the length': {
    leaves: 'unsure',
    deal: (socket, answer) => {
      socket.write(head(answer, { 'content-length': answer.body.length }));
      socket.end(half(answer));
    },
  },
  'reset inside the length': {
    leaves: 'unsure',
    deal: (socket, answer, later) => {
      socket.write(
        Buffer.concat([Buffer.from(head(answer, { 'content-length': answer.body.length })), half(answer)]),
      );
      later(() => socket.resetAndDestroy());
    },
  },
  'cut chunk': {
    leaves: 'unsure',
    deal: (socket, answer) => {
      socket.write(head(answer, CHUNKS));
      socket.end(chunked(answer.body).subarray(0, -8));
    },
  },
  'garbage chunk': {
    leaves: 'unsure',
    deal: (socket, answer) =>
      void socket.write(`${head(answer, CHUNKS)}zz\r\n${answer.body.toString('utf8')}`),
  },
  'gzip garbage': packed(() => Buffer.from('this was never packed')),
  'gzip cut': packed((bytes) => bytes.subarray(0, bytes.length >> 1)),
  'gzip bomb': packed(() => gzipSync(Buffer.alloc(30_000_000, 0x20))),
  'gzip said, plain sent': packed((_bytes, answer) => answer.body),
  'garbage status line': { leaves: 'unsure', deal: (socket) => void socket.end('HTP/7 2OO fine\r\n\r\n{}') },
  'huge headers': {
    leaves: 'unsure',
    deal: (socket, answer) =>
      void socket.write(
        whole({ ...answer, headers: { ...answer.headers, 'x-padding': 'x'.repeat(200_000) } }),
      ),
  },
  'huge body': text(() => Buffer.alloc(9_000_000, 0x20)),
  'continue, then an answer': {
    leaves: 'readable',
    deal: (socket, answer) =>
      void socket.write(Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), whole(answer)])),
  },
  'two answers': {
    leaves: 'readable',
    deal: (socket, answer) =>
      void socket.write(
        Buffer.concat([whole(answer), whole({ ...answer, body: Buffer.from('{"retCode":10001}') })]),
      ),
  },
  'cut inside a character': {
    leaves: 'readable',
    deal: (socket, answer, later) => {
      const body = Buffer.from(answer.body.toString('utf8').replace('"retMsg":"', '"retMsg":"€😀'));
      socket.write(head(answer, CHUNKS));
      const at = body.indexOf('€') + 1;
      socket.write(chunked(body.subarray(0, at)));
      later(() => socket.write(Buffer.concat([chunked(body.subarray(at)), Buffer.from('0\r\n\r\n')])));
    },
  },
  'byte order mark': plain('readable', (answer) => ({
    ...answer,
    body: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), answer.body]),
  })),
  'time in seconds': stamped((time) => Math.floor(time / 1000)),
  'time of the year 3000': stamped(() => Date.UTC(3000, 0)),
  slow: {
    leaves: 'readable',
    deal: (socket, answer, later) => later(() => void socket.write(whole(answer))),
  },
  'answer, then the connection closes': {
    leaves: 'readable',
    deal: (socket, answer) => void socket.end(whole(answer)),
  },
  ...Object.fromEntries(
    [301, 302, 303, 307, 308].map((code) => [
      `HTTP ${code}`,
      status('unsure', code, '', { location: 'http://127.0.0.1:9/v5/x' }),
    ]),
  ),
  ...Object.fromEntries(
    [400, 407, 408, 429, 500, 502, 503, 504].map((code) => [`HTTP ${code}`, status('unsure', code)]),
  ),
  ...Object.fromEntries([401, 403, 404].map((code) => [`HTTP ${code}`, status('sure', code)])),
  'HTTP 200 html': text(() => '<!DOCTYPE html><html>'),
  'HTTP 200 empty': text(() => ''),
  'HTTP 200 null': text(() => 'null'),
  'HTTP 200 list': text(() => '[]'),
  'HTTP 200 text': text(() => '"x"'),
  'HTTP 204': status('unsure', 204, ''),
  'half the JSON': text((body) => body.slice(0, body.length >> 1)),
  'no result': text((body) =>
    body.replace(/"result":\{[^}]*\},/, '"retMsg2":"",').replace('"retCode":0', '"retCode":"zero"'),
  ),
  'wrong types': text((body) => body.replace(/"time":\d+/, '"time":[]')),
  'deep JSON': text(() => `{"retCode":0,"time":1,"result":${'['.repeat(200_000)}`),
  'prototype key': text((body) => body.replace('{', '{"__proto__":{"retCode":0},')),
};

/** Names of the faults that leave an answer in one of these ways. */
export function faultsThat(...leaves: readonly Leaves[]): readonly string[] {
  return Object.entries(FAULTS)
    .filter(([, fault]) => leaves.includes(fault.leaves))
    .map(([name]) => name);
}
