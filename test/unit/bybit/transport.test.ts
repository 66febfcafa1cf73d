import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createExchange } from '../../../src/bybit/client';
import { BybitError, TransportError } from '../../../src/bybit/errors';
import type { Exchange } from '../../../src/bybit/exchange';
import { borrowFlexible, getFlexibleLoans } from '../../../src/bybit/flexible';
import { createTransport, NoAnswer } from '../../../src/bybit/transport';
import { QuickClock } from '../../wire/quick-clock';
import { HMAC, rejection, TIME_PATH } from './bench';

interface Heard {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

const FACTOR = 20;

describe('the transport, over a socket', () => {
  const servers: Server[] = [];
  const exchanges: Exchange[] = [];
  let heard: Heard[] = [];
  let answer: (heard: Heard, response: ServerResponse) => void;

  async function listen(handle: (heard: Heard, response: ServerResponse) => void): Promise<string> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url: target = '', headers, rawHeaders } = request;
        handle(
          { method, target, headers, rawHeaders, body: Buffer.concat(chunks).toString('utf8') },
          response,
        );
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function client(): Promise<Exchange> {
    heard = [];
    const clock = new QuickClock(FACTOR);
    const frame = (result: unknown) => JSON.stringify({ retCode: 0, retMsg: '', result, time: clock.now() });
    const host = await listen((one, response) => {
      heard.push(one);
      if (one.target !== TIME_PATH) answer(one, response);
      else response.end(frame({ timeSecond: '1', timeNano: '1' }));
    });
    const exchange = createExchange({ baseUrl: `http://${host}`, credentials: HMAC, clock, random: () => 0 });
    exchanges.push(exchange);
    return exchange;
  }

  const frame = (result: unknown) => JSON.stringify({ retCode: 0, retMsg: '', result, time: Date.now() });

  afterEach(() => {
    for (const exchange of exchanges.splice(0)) exchange.dispose();
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  });

  it('sends the signed string byte for byte', async () => {
    answer = (_heard, response) => response.end(frame({ orderId: '1', list: [] }));
    const exchange = await client();
    const strange = "a,b%25 ü'(*)!\u2028😀+/=&";
    await exchange.call(getFlexibleLoans, { loanCurrency: strange });
    await exchange.call(borrowFlexible, {
      loanCurrency: strange,
      loanAmount: '0.10',
      collateralList: [{ currency: strange, amount: '1' }],
    });
    const signed = heard.filter(({ headers }) => headers['x-bapi-sign'] !== undefined);
    assert.equal(signed.length, 2);
    for (const { method, target, headers, rawHeaders, body } of signed) {
      const payload = method === 'GET' ? target.slice(target.indexOf('?') + 1) : body;
      const text = `${String(headers['x-bapi-timestamp'])}${HMAC.apiKey}5000${payload}`;
      assert.equal(headers['x-bapi-sign'], createHmac('sha256', HMAC.secret).update(text).digest('hex'));
      assert.ok(rawHeaders.includes('X-BAPI-SIGN'));
      assert.equal(headers['content-type'], method === 'GET' ? undefined : 'application/json');
      assert.equal(method === 'GET' && (body !== '' || headers['content-length'] !== undefined), false);
    }
  });

  it('follows no redirect: key, signature and body reach nobody else', async () => {
    let reached = 0;
    const other = await listen((_heard, response) => {
      reached += 1;
      response.end(frame({ orderId: '1' }));
    });
    for (const status of [300, 301, 302, 303, 307, 308]) {
      answer = (_heard, response) => response.writeHead(status, { Location: `http://${other}/v5/x` }).end();
      const exchange = await client();
      const error = await rejection(exchange.call(borrowFlexible, { loanCurrency: 'BTC', loanAmount: '1' }));
      assert.ok(error instanceof TransportError && error.httpStatus === status && error.effect === 'unknown');
      assert.match(error.message, /redirect/);
    }
    assert.equal(reached, 0);
  });

  it('reads no proxy from the environment', async () => {
    let reached = 0;
    const proxy = await listen((_heard, response) => {
      reached += 1;
      response.end(frame({ list: [] }));
    });
    const names = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
    const before = names.map((name) => process.env[name]);
    for (const name of names) process.env[name] = `http://${proxy}`;
    try {
      answer = (_heard, response) => response.end(frame({ list: [] }));
      const exchange = await client();
      await exchange.call(getFlexibleLoans, {});
    } finally {
      names.forEach((name, n) => {
        const value = before[n];
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      });
    }
    assert.equal(reached, 0);
  });

  it('ends a body that drips for ever at its deadline', async () => {
    const drips: NodeJS.Timeout[] = [];
    answer = (_heard, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      drips.push(setInterval(() => response.write(' '), 10));
    };
    const exchange = await client();
    try {
      const error = await rejection(exchange.call(borrowFlexible, { loanCurrency: 'BTC', loanAmount: '1' }));
      assert.ok(
        error instanceof TransportError && error.code === 'ETIMEDOUT' && error.effect === 'unknown',
        String(error),
      );
    } finally {
      for (const drip of drips) clearInterval(drip);
    }
  });

  it('takes an answer that is cut, too long or not what it says for none', async () => {
    const whole = Buffer.from(frame({ orderId: '1' }));
    const spoilt: readonly ((response: ServerResponse) => void)[] = [
      (response) => {
        response.writeHead(200, { 'Content-Length': whole.length + 10 }).write(whole);
        setTimeout(() => response.destroy(), 20);
      },
      (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(whole),
      (response) =>
        response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(whole).subarray(0, 40)),
      (response) =>
        response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(20_000_000, 0x20))),
      (response) => response.end(Buffer.alloc(9_000_000, 0x20)),
      (response) => response.end(Buffer.concat([Buffer.from([0xff, 0xfe]), whole])),
      (response) => response.end(whole.subarray(0, -1)),
    ];
    for (const [n, spoil] of spoilt.entries()) {
      answer = (_heard, response) => spoil(response);
      const exchange = await client();
      const error = await rejection(exchange.call(borrowFlexible, { loanCurrency: 'BTC', loanAmount: '1' }));
      assert.ok(error instanceof BybitError && error.effect === 'unknown', `${n}: ${String(error)}`);
      assert.equal(heard.filter(({ method }) => method === 'POST').length, 1);
    }
  });

  it('reads text that is cut inside a character, packed, or begins with a byte order mark', async () => {
    const name = '€😀ü';
    const row = { loanCurrency: name, hourlyInterestRate: '0', totalDebt: '1' };
    const bytes = Buffer.from(frame({ list: [row] }));
    const inside = bytes.indexOf('😀') + 2;
    const ways: readonly ((response: ServerResponse) => void)[] = [
      (response) => {
        response.write(bytes.subarray(0, inside));
        setTimeout(() => response.end(bytes.subarray(inside)), 20);
      },
      (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(bytes)),
      (response) => response.end(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])),
    ];
    for (const way of ways) {
      answer = (_heard, response) => way(response);
      const exchange = await client();
      const { result } = await exchange.call(getFlexibleLoans, {});
      assert.equal(result.list[0]?.loanCurrency, name);
    }
  });

  it('knows that nothing left where nobody listens', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const { signal } = new AbortController();
    const request = { method: 'POST', headers: {}, body: '{}', signal, target: '/v5/x' } as const;
    const error = await rejection(createTransport(`http://127.0.0.1:${port}`, undefined)(request));
    assert.ok(error instanceof NoAnswer);
    assert.deepEqual([error.code, error.mayHaveLeft], ['ECONNREFUSED', false]);
  });

  it('calls no address that is not compiled in, and nothing but paths of the API', async () => {
    let reached = 0;
    const host = await listen((_heard, response) => {
      reached += 1;
      response.end('{}');
    });
    const port = host.split(':')[1];
    const signal = new AbortController().signal;
    const request = { method: 'GET', headers: {}, body: undefined, signal } as const;
    for (const baseUrl of [
      `http://localhost:${port}`,
      `http://${host}/`,
      `http://user@${host}`,
      `https://${host}`,
    ]) {
      const error = await rejection(createTransport(baseUrl, undefined)({ ...request, target: '/v5/x' }));
      assert.ok(error instanceof NoAnswer && error.code === 'EHOSTREFUSED', baseUrl);
    }
    for (const target of [
      `http://${host}/v5/x`,
      `//${host}/v5/x`,
      '/paper/state',
      '@evil.example/v5/x',
      '',
    ]) {
      const error = await rejection(createTransport(`http://${host}`, undefined)({ ...request, target }));
      assert.ok(error instanceof NoAnswer && error.code === 'EHOSTREFUSED', target);
    }
    assert.equal(reached, 0);
    await createTransport(`http://${host}`, undefined)({ ...request, target: '/v5/x' });
    assert.equal(reached, 1);
  });
});
