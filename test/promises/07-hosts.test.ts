import assert from 'node:assert/strict';
import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { createExchange } from '../../src/bybit/client';
import { baseUrlOf, HOSTS, mayCall } from '../../src/bybit/hosts';
import { createTransport, NoAnswer } from '../../src/bybit/transport';
import { allEndpoints } from '../unit/bybit/endpoints';
import { FakeClock } from '../unit/desk/fake-clock';
import { KEY } from '../wire/ledger';
import { pick, report, scaled, seeded } from './scale';

/** A server that answers whatever it is told to, and counts who came. */
class Trap {
  connections = 0;
  answer = '';
  readonly #server: Server = createServer((socket) => {
    this.connections += 1;
    socket.on('error', () => undefined);
    socket.on('data', () => socket.end(this.answer));
  });

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  open(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  close(): void {
    this.#server.close();
  }
}

/** Hosts that look like one of ours and are not. */
function disguised(random: () => number): string {
  const { host } = pick(random, HOSTS);
  const evil = pick(random, [
    'evil.example',
    '127.0.0.1',
    'localhost',
    '169.254.169.254',
    '[::1]',
    'xn--bybt-5qa.com',
  ]);
  return pick<(name: string) => string>(random, [
    (name) => `${name}.${evil}`,
    (name) => `${name}@${evil}`,
    (name) => `${evil}#${name}`,
    (name) => `${evil}/${name}`,
    (name) => `${evil}?${name}`,
    (name) => `${evil}\\@${name}`,
    (name) => `${name}:443@${evil}`,
    (name) => `${name}.`,
    (name) => `${name}:8443`,
    (name) => `${name}/../../`,
    (name) => ` ${name}`,
    (name) => `${name}\n`,
    (name) => `${name}\u0000.${evil}`,
    (name) => name.toUpperCase(),
    (name) => name.replace('.', '\u3002'),
    (name) => name.replace('a', '\u0430'),
    (name) => `evil-${name}`,
    () => evil,
    (name) => `127.0.0.1:${Math.floor(random() * 70_000)}@${name}`,
    () => `127.0.0.1:0${Math.floor(random() * 9_999)}`,
    () => `127.0.0.1:${65_536 + Math.floor(random() * 10_000)}`,
    () => '127.1:80',
    () => '0x7f000001:80',
  ])(host);
}

describe('only our hosts are called', function () {
  this.timeout(3_600_000);
  const trap = new Trap();
  before(() => trap.open());
  after(() => trap.close());

  it('no host but those compiled in, however it is disguised, is looked up or connected to', async () => {
    const random = seeded(7);
    const runs = scaled(10_000);
    const { lookup } = dns;
    let lookups = 0;
    Object.assign(dns, {
      lookup: (...args: readonly unknown[]) => {
        lookups += 1;
        (args.at(-1) as (error: Error) => void)(new Error('no'));
      },
    });
    try {
      for (let n = 0; n < runs; n += 1) {
        const host = disguised(random);
        for (const environment of ['mainnet', 'testnet', 'loopback', 'paper', host]) {
          assert.throws(() => baseUrlOf({ environment, host }), RangeError, `${environment} ${host}`);
        }
        const baseUrl = pick(random, [
          `https://${host}`,
          `http://${host}`,
          host,
          `https://${host}/v5`,
          `ftp://${host}`,
        ]);
        assert.equal(mayCall(baseUrl), false, baseUrl);
        if (n % 10 > 0) continue;
        const transport = createTransport(baseUrl, undefined);
        const request = { method: 'GET' as const, target: '/v5/market/time', headers: {}, body: undefined };
        const { signal } = new AbortController();
        await assert.rejects(
          transport({ ...request, signal }),
          (error) => error instanceof NoAnswer && error.code === 'EHOSTREFUSED',
        );
      }
    } finally {
      Object.assign(dns, { lookup });
    }
    report(7, `${runs} disguised hosts`, `${lookups} looked up`, `${trap.connections} connected to`);
    assert.equal(lookups, 0);
    assert.equal(trap.connections, 0);
  });

  it('an environment never takes the host of another one', () => {
    let pairs = 0;
    for (const { host, environment } of HOSTS) {
      for (const other of ['mainnet', 'testnet', 'loopback', 'paper', 'demo', '']) {
        pairs += 1;
        if (other === environment) assert.equal(baseUrlOf({ environment, host }), `https://${host}`);
        else assert.throws(() => baseUrlOf({ environment: other, host }), RangeError);
      }
    }
    report(7, `${pairs} pairs of host and environment`);
  });

  it('proxies of the environment and redirects lead nowhere', async () => {
    const own = new Trap();
    await own.open();
    const names = [
      'HTTP_PROXY',
      'http_proxy',
      'HTTPS_PROXY',
      'https_proxy',
      'ALL_PROXY',
      'all_proxy',
      'npm_config_proxy',
    ];
    const before = names.map((name) => [name, process.env[name]] as const);
    for (const name of names) process.env[name] = `http://127.0.0.1:${trap.port}`;
    process.env['NO_PROXY'] = '';
    let calls = 0;
    try {
      const exchange = createExchange({
        baseUrl: `http://127.0.0.1:${own.port}`,
        credentials: KEY,
        random: () => 0,
      });
      const away = `http://127.0.0.1:${trap.port}/v5/x`;
      const endpoints = [...(await allEndpoints()).values()].filter(({ mutates, auth }) => mutates || !auth);
      for (const status of [301, 302, 303, 307, 308]) {
        own.answer = `HTTP/1.1 ${status} X\r\nLocation: ${away}\r\nRefresh: 0;url=${away}\r\nAlt-Svc: h2="127.0.0.1:${trap.port}"\r\nContent-Length: 0\r\n\r\n`;
        for (const endpoint of endpoints.slice(0, scaled(8))) {
          calls += 1;
          await assert.rejects(exchange.call(endpoint, {}));
        }
      }
      exchange.dispose();
      assert.ok(own.connections > 0, 'nothing left at all');
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      own.close();
    }
    report(
      7,
      `${calls} calls answered by redirects, with seven proxies set`,
      `${trap.connections} connections elsewhere`,
    );
    assert.equal(trap.connections, 0);
  });

  it('no parameter changes where a request goes', async () => {
    const random = seeded(70);
    const targets = new Set<string>();
    const clock = new FakeClock();
    const exchange = createExchange({
      baseUrl: 'http://127.0.0.1:1',
      credentials: KEY,
      adapter: async (config) => {
        targets.add(`${config.baseURL} ${(config.url ?? '').split('?')[0]}`);
        const time = clock.now();
        const result = { timeSecond: String(Math.floor(time / 1000)), timeNano: `${time}000000` };
        const text = JSON.stringify({ retCode: 0, retMsg: '', result, retExtInfo: {}, time });
        return { status: 200, statusText: '', data: text, headers: {}, config };
      },
      clock,
      random,
    });
    const endpoints = [...(await allEndpoints()).values()];
    const runs = scaled(5_000);
    const texts = [
      '//evil.example',
      'https://evil.example',
      '../..',
      '?x=',
      '#',
      '\r\nHost: evil.example',
      '@evil.example',
      '%2f%2e%2e',
      '\u0000',
      '😀',
      '__proto__',
      'baseURL',
    ];
    for (let n = 0; n < runs; n += 1) {
      const request: Record<string, string> = {};
      for (let field = 0; field < 3; field += 1) request[pick(random, texts)] = pick(random, texts);
      await clock.run(exchange.call(pick(random, endpoints), request).catch(() => undefined));
    }
    exchange.dispose();
    const known = new Set(endpoints.map(({ path }) => `http://127.0.0.1:1 ${path}`));
    report(7, `${runs} requests with hostile parameters`, `${targets.size} targets, all of them known paths`);
    assert.deepEqual(
      [...targets].filter((target) => !known.has(target)),
      [],
    );
  });

  it('no setting names an address, and none is read from a workspace', () => {
    const manifest = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as {
      contributes: { configuration: { properties: Record<string, { scope?: string }> } };
    };
    const settings = Object.entries(manifest.contributes.configuration.properties);
    const about = /host|url|address|server|endpoint|proxy|key|secret|confirm|limit/i;
    assert.deepEqual(
      settings.filter(([name]) => about.test(name)).map(([name]) => name),
      [],
    );
    const shared = settings.filter(([, { scope }]) => scope !== 'application').map(([name]) => name);
    report(7, `${settings.length} settings`, `${shared.length} of them not of application scope`);
    assert.ok(settings.length > 0);
    assert.deepEqual(shared, []);
  });
});
