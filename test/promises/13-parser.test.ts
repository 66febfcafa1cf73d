import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createExchange } from '../../src/bybit/client';
import type { Endpoint } from '../../src/bybit/endpoint';
import { readEnvelope, readResult } from '../../src/bybit/envelope';
import { BybitError, UnreadableError } from '../../src/bybit/errors';
import type { Exchange } from '../../src/bybit/exchange';
import { getFlexibleBorrowHistory } from '../../src/bybit/flexible';
import { getServerTime } from '../../src/bybit/market';
import { rowsOf } from '../../src/bybit/pages';
import { plain } from '../../src/bybit/words';
import { type Desk, NoReview, type Operation } from '../../src/desk/operation';
import { ratesModel } from '../../src/ui/panels/rates-model';
import { FIRST_VIEW } from '../../src/webview/contract';
import { allEndpoints } from '../unit/bybit/endpoints';
import { ACCOUNT, deeds, isWrite } from '../wire/ledger';
import { mutated, ODD, scrambled } from './mutations';
import { pick, report, scaled, seeded } from './scale';
import { laid } from './table';

const SAMPLES = join(process.cwd(), 'test/data/responses');

interface Sample {
  readonly endpoint: Endpoint<object, unknown>;
  readonly value: unknown;
  readonly text: string;
}

async function samples(): Promise<readonly Sample[]> {
  const endpoints = await allEndpoints();
  return readdirSync(SAMPLES)
    .filter((name) => name.endsWith('.json'))
    .map((name): Sample => {
      const endpoint = endpoints.get(name.split('.')[0] ?? '');
      if (endpoint === undefined) throw new Error(name);
      const text = readFileSync(join(SAMPLES, name), 'utf8');
      return { endpoint, value: JSON.parse(text), text };
    });
}

/** Whether the answer was read; what else it may be is our error for what cannot be. */
function reads(endpoint: Endpoint<object, unknown>, text: string): boolean {
  try {
    readResult(endpoint, readEnvelope(endpoint, text).result);
    return true;
  } catch (error) {
    if (error instanceof UnreadableError) return false;
    throw error;
  }
}

describe('answers of any kind', function () {
  this.timeout(3_600_000);

  it('are read or refused by our error: every schema, changed at places and in its text', async () => {
    const all = await samples();
    const runs = scaled(200_000);
    const random = seeded(13);
    const counts = { read: 0, refused: 0 };
    let slowest = 0;
    const failures: string[] = [];
    for (let n = 0; n < runs; n += 1) {
      const { endpoint, value, text } = all[n % all.length] ?? assert.fail();
      const body = random() < 0.75 ? JSON.stringify(mutated(value, random)) : scrambled(text, random);
      const from = performance.now();
      try {
        counts[reads(endpoint, body) ? 'read' : 'refused'] += 1;
      } catch (error) {
        failures.push(`${endpoint.id}: ${String(error)}: ${body.slice(0, 300)}`);
      }
      slowest = Math.max(slowest, performance.now() - from);
    }
    report(
      13,
      `${runs} changed answers of ${new Set(all.map(({ endpoint }) => endpoint.id)).size} endpoints`,
      `${counts.read} read`,
      `${counts.refused} refused`,
      `${failures.length} other errors`,
      // Told, not judged: what a machine takes is no fault of the code.
      `the slowest ${slowest.toFixed(1)} ms`,
    );
    assert.deepEqual(failures.slice(0, 5), []);
    assert.ok(counts.read > 0 && counts.refused > 0);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  /** Asks a server that deals with its first request so; what came of it and what it cost. */
  const asked = async (head: string, deal: (socket: Socket) => void) => {
    let tries = 0;
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        tries += 1;
        socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${head}\r\n\r\n`);
        deal(socket);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const before = process.memoryUsage().rss;
    const { port } = server.address() as AddressInfo;
    const exchange = createExchange({ baseUrl: `http://127.0.0.1:${port}`, random: () => 0 });
    try {
      await assert.rejects(exchange.call(getServerTime, {}), BybitError);
    } finally {
      exchange.dispose();
      await new Promise((resolve) => server.close(resolve));
    }
    return { tries, grown: Math.round((process.memoryUsage().rss - before) / 1_000_000) };
  };

  it('without end cost a bounded number of bytes', async () => {
    const megabyte = Buffer.alloc(1_000_000, 0x20);
    let written = 0;
    const { tries, grown } = await asked('transfer-encoding: chunked', (socket) => {
      const more = () => {
        if (socket.destroyed || written >= 200_000_000) return;
        written += megabyte.length;
        socket.write(`${megabyte.length.toString(16)}\r\n`);
        socket.write(megabyte);
        if (socket.write('\r\n')) setImmediate(more);
        else socket.once('drain', more);
      };
      more();
    });
    report(
      13,
      `a body of 200 MB: ${Math.round(written / 1_000_000)} MB taken in ${tries} tries, ${grown} MB of memory`,
    );
    assert.ok(tries > 0 && written < tries * 30_000_000, `${written} bytes in ${tries} tries`);
    assert.ok(grown < 200, `${grown} MB`);
  });

  it('that unpack to far more than came cost no more than that', async () => {
    const megabytes = 500;
    // Gzip may have several members, so that nothing of that size has to be made here.
    const bomb = Buffer.concat(Array(megabytes).fill(gzipSync(Buffer.alloc(1_000_000, 0x20))));
    const { tries, grown } = await asked(
      `content-encoding: gzip\r\ncontent-length: ${bomb.length}`,
      (socket) => socket.write(bomb),
    );
    report(
      13,
      `a body of ${bomb.length} bytes that unpacks to ${megabytes} MB: ${tries} tries, ${grown} MB of memory`,
    );
    assert.ok(tries > 0);
    assert.ok(grown < 200, `${grown} MB`);
  });

  it('whose cursors never end are given up', async () => {
    let asked = 0;
    const endless = {
      call: async () => {
        asked += 1;
        return { result: { list: [{ orderId: String(asked) }], nextPageCursor: `c${asked}` }, time: 0 };
      },
    } as unknown as Exchange;
    let rows = 0;
    const all = async () => {
      for await (const _row of rowsOf(endless, getFlexibleBorrowHistory, {})) rows += 1;
    };
    await assert.rejects(all(), BybitError);
    report(13, `cursors without end: given up after ${asked} pages`);
    assert.ok(asked <= 200 && rows === asked);
  });

  it('leave the desk standing: it refreshes, figures, checks and shows whatever the exchange says', async () => {
    const operations = await deeds();
    const runs = scaled(300);
    const failures: string[] = [];
    let changed = 0;
    for (let seed = 0; seed < runs; seed += 1) {
      const random = seeded(seed + 1_000);
      const table = await laid({ random });
      try {
        const through = table.passage.adapter;
        const adapter: typeof through = async (config) => {
          const given = await through(config);
          const path = config.url ?? '';
          if (isWrite(path) || path.startsWith('/v5/market/time') || random() < 0.4) return given;
          changed += 1;
          return { ...given, data: JSON.stringify(hostile(JSON.parse(String(given.data)), random)) };
        };
        Object.assign(table.passage, { adapter });
        const desk = await table.open();
        await table.clock.run(desk.refresh());
        lookedAt(desk, operations, table.clock.now());
      } catch (error) {
        failures.push(`seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`);
      } finally {
        await table.close();
      }
    }
    report(13, `${runs} desks on ${changed} hostile answers`, `${failures.length} fell`);
    assert.deepEqual(failures.slice(0, 3), []);
  });
});

/** Everything that surfaces ask of a desk without a request. */
function lookedAt(desk: Desk, operations: readonly Operation[], now: number): void {
  void desk.figures;
  for (const operation of operations) {
    desk.check(operation);
    try {
      desk.review(operation);
    } catch (error) {
      if (!(error instanceof NoReview)) throw error;
    }
  }
  ratesModel({ kind: 'account', account: ACCOUNT, desk }, FIRST_VIEW, now, { say: plain, locale: 'en' });
}

/** An answer in which a few values are hostile, most of them such that they pass a schema. */
function hostile(value: unknown, random: () => number): unknown {
  if (random() < 0.5) return mutated(value, random);
  const texts = ODD.filter((odd) => typeof odd === 'string');
  return JSON.parse(JSON.stringify(value), (name, inner: unknown) =>
    typeof inner === 'string' && name !== 'retMsg' && random() < 0.02 ? pick(random, texts) : inner,
  );
}
