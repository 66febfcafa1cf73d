import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { createExchange } from '../../../src/bybit/client';
import { getCollateralCoins } from '../../../src/bybit/common';
import { TransportError } from '../../../src/bybit/errors';
import { borrowFlexible } from '../../../src/bybit/flexible';
import { noAnswer } from '../../../src/bybit/outcome';
import { createTransport, NoAnswer } from '../../../src/bybit/transport';
import { QuickClock } from '../../wire/quick-clock';
import { HMAC, rejection } from './bench';

const HOST = 'https://api.bybit.com';
const TLS = join(process.cwd(), 'test', 'data', 'tls');
const CERTIFICATE = readFileSync(join(TLS, 'certificate.pem'));
const KEY = readFileSync(join(TLS, 'key.pem'));
const ENVELOPE = JSON.stringify({
  retCode: 0,
  retMsg: '',
  result: { orderId: '1' },
  time: 1_700_000_000_000,
});

/**
 * VS Code's agent hands a proxy's refusal out as the answer to the request, on a socket without TLS. Here Node's own agent
 * does so; test/workbench/proxy.test.ts has VS Code's.
 */
describe('a proxy that makes no tunnel', () => {
  const agent = https.globalAgent;
  const own = agent.createConnection;
  let server: Server;
  let asked = 0;
  let answer = '';
  const answers = (status: number, body: string, length = body.length) => {
    asked = 0;
    answer = `HTTP/1.1 ${status} No\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`;
  };

  before(async () => {
    server = createServer((socket) => {
      socket
        .on('error', () => undefined)
        .once('data', () => {
          asked += 1;
          socket.end(answer);
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    agent.createConnection = () => connect((server.address() as AddressInfo).port, '127.0.0.1');
  });
  after(() => {
    agent.createConnection = own;
    agent.destroy();
    server.close();
  });

  /** How a loan fails that is asked for. */
  async function failure(): Promise<TransportError> {
    const request = { method: 'POST', target: '/v5/x', headers: {}, body: '{}' } as const;
    const transport = createTransport(HOST, undefined);
    const error: unknown = await transport({ ...request, signal: AbortSignal.timeout(10_000) }).then(
      () => assert.fail('taken for an answer of the exchange'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof NoAnswer, String(error));
    return noAnswer(borrowFlexible, error);
  }

  async function reading(times: number): Promise<readonly unknown[]> {
    const clock = new QuickClock(20);
    const exchange = createExchange({ baseUrl: HOST, credentials: HMAC, clock, random: () => 0 });
    const errors: unknown[] = [];
    for (let calls = 0; calls < times; calls += 1) {
      errors.push(await rejection(exchange.call(getCollateralCoins, {})));
    }
    exchange.dispose();
    return errors;
  }

  it('is told apart from the exchange, whatever it answers: nothing left', async () => {
    for (const status of [201, 302, 401, 403, 404, 407, 429, 502, 503]) {
      for (const body of ['', '<html>', ENVELOPE]) {
        answers(status, body);
        const { effect, httpStatus, proxyStatus, message } = await failure();
        assert.deepEqual([effect, httpStatus, proxyStatus], ['none', undefined, status]);
        assert.match(message, /^The proxy that VS Code uses \(setting http\.proxy\) .*\(HTTP \d+\)\.$/);
      }
    }
  });

  it('is not believed with a 200 either; but then something may have seen the request', async () => {
    answers(200, ENVELOPE);
    const { effect, code, proxyStatus } = await failure();
    assert.deepEqual([effect, code, proxyStatus], ['unknown', 'ENOTLS', undefined]);
  });

  it('is not what cuts off an answer of the exchange: its effect stays unknown', async () => {
    const exchange = tls.createServer({ key: KEY, cert: CERTIFICATE }, (socket) => {
      socket.on('error', () => undefined).once('data', () => socket.end(answer));
    });
    await new Promise<void>((resolve) => exchange.listen(0, '127.0.0.1', resolve));
    const { port } = exchange.address() as AddressInfo;
    const servername = new URL(HOST).host;
    agent.createConnection = () => tls.connect({ port, host: '127.0.0.1', ca: CERTIFICATE, servername });
    try {
      for (const status of [200, 403, 407, 502]) {
        answers(status, ENVELOPE, 1_000);
        const { effect, proxyStatus } = await failure();
        assert.deepEqual([effect, proxyStatus], ['unknown', undefined], String(status));
      }
    } finally {
      exchange.close();
    }
  });

  it('is told apart when its page is cut off', async () => {
    answers(407, '<html>', 100);
    const { effect, proxyStatus, advice } = await failure();
    assert.deepEqual([effect, proxyStatus], ['none', 407]);
    assert.match(advice?.text ?? '', /http:\/\/NAME:PASSWORD@HOST:PORT/);
  });

  it('is asked once where it wants a password, so that nobody is locked out, and again where it has a fault', async () => {
    for (const [status, times] of [
      [407, 1],
      [403, 1],
      [502, 3],
    ] as const) {
      answers(status, '');
      await reading(1);
      assert.equal(asked, times, String(status));
    }
  });

  it('begins no silence by its 403', async () => {
    answers(403, '');
    for (const error of await reading(2)) {
      assert.ok(error instanceof TransportError && error.proxyStatus === 403);
    }
  });

  it('and is not there at all is known by what VS Code says: nothing left', async () => {
    agent.createConnection = () => {
      throw new Error('Failed to establish a socket connection to proxies: PROXY 127.0.0.1:1');
    };
    const { effect, code, message } = await failure();
    assert.deepEqual([effect, code], ['none', 'EPROXY']);
    assert.match(message, /\(setting http\.proxy\) could not be reached \(EPROXY\)\.$/);
  });
});
