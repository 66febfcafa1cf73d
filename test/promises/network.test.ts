import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import Module from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { createExchange } from '../../src/bybit/client';
import { BybitError, TransportError } from '../../src/bybit/errors';
import { borrowFlexible } from '../../src/bybit/flexible';
import { HOSTS } from '../../src/bybit/hosts';
import type { Desk, Verdict } from '../../src/desk/operation';
import { loanRows } from '../../src/ui/trees/loans/loan-rows';
import { outline } from '../unit/ui/trees/read';
import { ACCOUNT, deeds, KEY } from '../wire/ledger';
import { QuickClock } from '../wire/quick-clock';
import { expectedNews, FIRST, ltvOf, randomHolding } from './price-path';
import { pick, report, scaled, seeded } from './scale';
import { CALM } from './shaken';
import { laid, type Table } from './table';
import { CERTIFICATE, type Network, TlsExchange, within } from './tls-exchange';
import { LADDERS, POLL_MS, SLACK_MS, Watched } from './watched';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
/** A part that failed is asked again after a minute at the latest, by the next poll. */
const BACK_MS = 80 * SECOND;
const NOT_READ = /\| not read · /;

function screen(desk: Desk, now: number): string {
  return outline(loanRows({ kind: 'account', account: ACCOUNT, desk }, now, 'en')).join('\n');
}

/** A loan is asked for at a host. Its failure, or undefined when it was accepted. */
async function asked(host: string): Promise<BybitError | undefined> {
  const exchange = createExchange({
    baseUrl: `https://${host}`,
    credentials: KEY,
    clock: new QuickClock(4),
    random: () => 0,
  });
  try {
    await exchange.call(borrowFlexible, { loanCurrency: 'USDT', loanAmount: '1', collateralList: [] });
    return undefined;
  } catch (error) {
    if (error instanceof BybitError) return error;
    throw error;
  } finally {
    exchange.dispose();
  }
}

/** Issue 6, §7. */
describe('the network as it is', function () {
  this.timeout(3_600_000);

  describe('over TLS', () => {
    const servers: TlsExchange[] = [];
    afterEach(() => {
      for (const server of servers.splice(0)) server.close();
    });
    async function exchangeAt(address: string): Promise<TlsExchange> {
      const server = new TlsExchange();
      servers.push(server);
      await server.listen(address);
      return server;
    }

    it('IPv6 alone is enough, and where one family is dead the other is taken', async function () {
      let server: TlsExchange;
      try {
        server = await exchangeAt('::1');
      } catch {
        // A machine without IPv6.
        this.skip();
      }
      const worlds: readonly (readonly string[])[] = [['::1'], ['127.0.0.1', '::1']];
      for (const addresses of worlds) {
        const network = { addresses, port: server.port, ca: CERTIFICATE };
        assert.equal(await within(network, () => asked('api.bybit.com')), undefined, addresses.join());
      }
      const other = await exchangeAt('127.0.0.1');
      const network = { addresses: ['::1', '127.0.0.1'], port: other.port, ca: CERTIFICATE };
      assert.equal(await within(network, () => asked('api.bybit.com')), undefined);
      const posts = [...server.heard, ...other.heard].filter((line) => line.startsWith('POST'));
      report(
        'network',
        `${posts.length} loans over IPv6, over IPv4 behind a dead IPv6, and the other way round`,
      );
      assert.deepEqual(posts, Array(3).fill('POST /v5/crypto-loan-flexible/borrow api.bybit.com'));
    });

    it('a certificate that is not trusted, or of another host, lets nothing out', async () => {
      const server = await exchangeAt('127.0.0.1');
      const addresses = ['127.0.0.1'];
      let refused = 0;
      for (const { host } of HOSTS) {
        for (const ca of [undefined, CERTIFICATE]) {
          if (ca !== undefined && /^api(-testnet)?\.bybit\.com$/.test(host)) continue;
          const network: Network = { addresses, port: server.port, ...(ca !== undefined && { ca }) };
          const error = await within(network, () => asked(host));
          assert.ok(error instanceof TransportError, host);
          assert.equal(error.effect, 'none');
          assert.match(error.code ?? '', ca === undefined ? /CERT/ : /ALTNAME/);
          refused += 1;
        }
      }
      report(
        'network',
        `${refused} connections with a wrong certificate`,
        `${server.heard.length} requests left`,
      );
      assert.deepEqual(server.heard, []);
    });

    it('a host that has no name or does not listen: nothing left, and it is said', async () => {
      const server = await exchangeAt('127.0.0.1');
      const { port } = server;
      server.close();
      let told = 0;
      for (const { host } of HOSTS) {
        for (const addresses of [{ code: 'ENOTFOUND' }, { code: 'EAI_AGAIN' }, ['127.0.0.1']] as const) {
          const error = await within({ addresses, port }, () => asked(host));
          assert.ok(error instanceof TransportError, host);
          assert.deepEqual(
            [error.effect, error.code],
            ['none', 'code' in addresses ? addresses.code : 'ECONNREFUSED'],
          );
          assert.notEqual(error.message, '');
          told += 1;
        }
      }
      report('network', `${told} hosts down, each told as such`);
    });
  });

  describe('as VS Code patches it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'loan-desk-patched-'));
    after(() => rmSync(folder, { recursive: true, force: true }));

    it('the bundle calls what VS Code puts in the place of Node’s http, where its proxies are', async () => {
      const { node } = require(join(process.cwd(), 'esbuild.js')) as { readonly node: BuildOptions };
      const entryPoints = { transport: 'src/bybit/transport.ts' };
      buildSync({ ...node, absWorkingDir: process.cwd(), entryPoints, outdir: folder });
      const server = createServer((request, response) => response.end(String(request.headers['x-by'])));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      let patched = 0;
      // VS Code hands its own object out when an extension requires the module (proxyAgent's patch of the loader).
      const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown };
      const load = loader._load;
      loader._load = function (name, ...rest) {
        const real = load.call(this, name, ...rest);
        if (name !== 'http') return real;
        const { request } = real as typeof import('node:http');
        const own = (options: { readonly headers: object }, ...more: unknown[]) => {
          patched += 1;
          const call = request as (...args: unknown[]) => unknown;
          return call({ ...options, headers: { ...options.headers, 'x-by': 'VS Code' } }, ...more);
        };
        return { ...(real as object), request: own };
      };
      try {
        const bundled = require(join(folder, 'transport.js')) as typeof import('../../src/bybit/transport');
        const transport = bundled.createTransport(
          `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
          undefined,
        );
        const request = { method: 'GET' as const, target: '/v5/market/time', headers: {}, body: undefined };
        const { text } = await transport({ ...request, signal: AbortSignal.timeout(10 * SECOND) });
        assert.deepEqual([text, patched], ['VS Code', 1]);
      } finally {
        loader._load = load;
        server.close();
      }
    });
  });

  describe('out of reach', () => {
    async function start(table: Table): Promise<Desk> {
      const desk = await table.open();
      assert.match(screen(desk, table.clock.now()), NOT_READ);
      return desk;
    }

    it('a start without a network opens, says so, refuses to write, and is whole once the network is there', async () => {
      const codes = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH'];
      const [, , operation] = await deeds();
      assert.ok(operation);
      let slowest = 0;
      for (const code of codes) {
        const table = await laid({ random: seeded(90) });
        try {
          table.passage.world = { ...CALM, down: code };
          const desk = await start(table);
          const release = desk.watch();
          await table.clock.pass(5 * 60 * SECOND);
          const refused: Verdict = await table.clock.run(desk.execute(operation));
          assert.deepEqual([refused.state, table.ledger.arrived()], ['refused', 0], code);
          table.passage.world = CALM;
          const from = table.clock.monotonic();
          while (NOT_READ.test(screen(desk, table.clock.now()))) {
            await table.clock.pass(SECOND);
            assert.ok(table.clock.monotonic() - from <= BACK_MS, screen(desk, table.clock.now()));
          }
          slowest = Math.max(slowest, table.clock.monotonic() - from);
          const done: Verdict = await table.clock.run(desk.execute(operation));
          assert.equal(done.state, 'done', code);
          release();
        } finally {
          await table.close();
        }
      }
      report(
        'network',
        `${codes.length} starts without a network`,
        `everything read ${(slowest / SECOND).toFixed(0)} s after it was there at the latest`,
      );
    });

    it('an address that is barred is told with what it may mean, and nothing is sent', async () => {
      const table = await laid({ random: seeded(91) });
      try {
        const desk = await table.open();
        const [operation] = await deeds();
        assert.ok(operation);
        table.passage.world = { ...CALM, barred: true };
        await table.clock.run(desk.refresh(['position']));
        const verdict = await table.clock.run(desk.execute(operation));
        assert.equal(verdict.state, 'refused');
        assert.match(
          screen(desk, table.clock.now()),
          /refuses this IP address: .*a region it does not serve.* \(HTTP 403\)\. · just now/,
        );
        assert.match(verdict.advice?.text ?? '', /a region the exchange does not serve/);
        assert.equal(table.ledger.arrived(), 0);
      } finally {
        await table.close();
      }
    });
  });

  describe('after sleep', () => {
    /** Clocks that stand still in the sleep of the machine, and clocks that go on. */
    function sleep(table: Pick<Table, 'clock'>, ms: number, stands: boolean): void {
      if (stands) table.clock.jump(ms);
      else table.clock.leap(ms);
    }

    it('everything is read anew at once, without a storm, and nothing is refused for its time', async () => {
      const runs = scaled(200);
      let slowest = 0;
      let most = 0;
      let late = 0;
      let crossed = 0;
      for (let seed = 0; seed < runs; seed += 1) {
        const random = seeded(92_000 + seed);
        const table = await laid({ random, shared: true });
        try {
          const desk = await table.open();
          const release = desk.watch();
          await table.clock.pass(60 * SECOND + random() * 30 * SECOND);
          const total = () => [...table.passage.asked.values()].reduce((sum, count) => sum + count, 0);
          const ms = pick(random, [20 * SECOND, HOUR, 8 * HOUR, 72 * HOUR]) * (0.5 + random());
          const stands = random() < 0.5;
          // What was signed before the sleep and arrives after it is too old, whatever the desk does.
          const { onWay } = table.passage;
          sleep(table, ms, stands);
          if (stands) table.skew += ms;
          const [woke, before, at] = [table.clock.monotonic(), total(), table.clock.now()];
          while ((desk.snapshot.parts.position.readAt ?? 0) < at) {
            await table.clock.pass(SECOND);
            assert.ok(table.clock.monotonic() - woke <= 20 * SECOND, `seed ${seed}: still old`);
          }
          slowest = Math.max(slowest, table.clock.monotonic() - woke);
          await table.clock.pass(20 * SECOND);
          most = Math.max(most, total() - before);
          const refused = table.passage.codes.get('10002') ?? 0;
          crossed += Math.min(refused, onWay);
          late += Math.max(refused - onWay, 0);
          const failed = Object.entries(desk.snapshot.parts).filter(
            ([, { failure }]) => failure !== undefined,
          );
          assert.deepEqual(failed, [], `seed ${seed}: what was refused is asked again`);
          release();
        } finally {
          await table.close();
        }
      }
      report(
        'network',
        `${runs} sleeps of up to 108 h`,
        `the position read within ${(slowest / SECOND).toFixed(0)} s`,
        `at most ${most} requests in the half minute after`,
        `${late} × 10002, and ${crossed} for what was on its way when the machine fell asleep, asked again`,
      );
      // Every part once, the clock, and one more poll.
      assert.ok(most <= 60, `${most} requests`);
      assert.equal(late, 0);
    });

    it('what the LTV passed meanwhile is told with the first poll, once', async () => {
      const runs = scaled(100);
      let told = 0;
      for (let seed = 0; seed < runs; seed += 1) {
        const random = seeded(93_000 + seed);
        const watched = new Watched(randomHolding(random), pick(random, LADDERS));
        const { clock, exchange, holding, levels, news } = watched;
        try {
          await watched.open();
          await clock.pass(2 * POLL_MS + random() * POLL_MS);
          const seen = [ltvOf(holding, FIRST)];
          news.length = 0;
          sleep(watched, HOUR * (1 + random() * 20), random() < 0.5);
          const factor = BigInt(Math.round(500 + random() * 800));
          exchange.price = { eth: (FIRST.eth * factor) / 1_000n, btc: (FIRST.btc * factor) / 1_000n };
          seen.push(ltvOf(holding, exchange.price));
          await clock.pass(POLL_MS + SLACK_MS);
          const expected = expectedNews(seen, levels);
          assert.deepEqual(news.map(({ what }) => what).sort(), [...expected].sort(), `seed ${seed}`);
          told += expected.length;
        } finally {
          await watched.close();
        }
      }
      report(
        'network',
        `${runs} sleeps under a watch`,
        `${told} alerts with the first poll, 0 missed, 0 false`,
      );
      assert.ok(told > 0);
    });
  });
});
