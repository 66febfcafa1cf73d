import assert from 'node:assert/strict';
import { TransportError } from '../../../src/bybit/errors';
import { plain, words } from '../../../src/bybit/words';
import { isStale, type PartName } from '../../../src/desk/snapshot';
import { Store } from '../../../src/desk/store';
import { ownReads } from '../../../src/desk/windows/reads';
import { Documented } from './documented';
import { FakeClock } from './fake-clock';

function lost(endpoint: string): TransportError {
  return new TransportError({
    endpoint,
    effect: 'none',
    code: 'ECONNRESET',
    words: words('The line broke.'),
  });
}

function table() {
  const clock = new FakeClock();
  const exchange = new Documented();
  const log: string[] = [];
  let changes = 0;
  const store = new Store({
    reads: ownReads(exchange, clock),
    clock,
    hasAccount: true,
    onChange: () => {
      changes += 1;
    },
    log: (line) => log.push(line),
  });
  return {
    clock,
    exchange,
    log,
    store,
    changes: () => changes,
    names: Object.keys(store.snapshot.parts) as PartName[],
  };
}

/** Requests of so many polls, 15 s apart. */
async function polled({ clock, exchange, store }: ReturnType<typeof table>, polls: number): Promise<number> {
  exchange.asked.length = 0;
  for (let n = 0; n < polls; n += 1) {
    await clock.pass(15_000);
    await store.readDue();
  }
  return exchange.asked.length;
}

describe('the snapshot in an outage', () => {
  it('keeps every other part, and the last good value, when an endpoint gives no answer', async () => {
    const endpoints = table();
    await endpoints.store.read();
    for (const endpoint of new Set(endpoints.exchange.asked)) {
      const { clock, exchange, store, log, names } = table();
      await store.read();
      const before = store.snapshot;
      await clock.pass(60_000);
      exchange.replies.set(endpoint, lost(endpoint));
      await store.read();
      const broken = names.filter((name) => isStale(store.snapshot.parts[name]));
      assert.ok(broken.length >= 1, endpoint);
      for (const name of names) {
        const [old, now] = [before.parts[name], store.snapshot.parts[name]];
        assert.equal(now.loading, false);
        if (!broken.includes(name)) {
          assert.ok((now.readAt ?? 0) > (old.readAt ?? 0), `${name} without ${endpoint}`);
          continue;
        }
        assert.deepEqual([now.value, now.readAt], [old.value, old.readAt]);
        assert.ok(now.value !== undefined);
        assert.equal(now.failure?.code, 'ECONNRESET');
        assert.equal(plain(now.failure?.words ?? words('')), 'The line broke.');
        assert.ok((now.failure?.at ?? 0) > (old.readAt ?? 0));
        assert.ok(log.some((line) => line.includes(name)));
      }
      exchange.replies.delete(endpoint);
      await store.read();
      assert.deepEqual(
        names.filter((name) => isStale(store.snapshot.parts[name])),
        [],
      );
    }
  });

  it('calls a fault of ours by no fine words, and logs it', async () => {
    const { exchange, store, log } = table();
    exchange.replies.set('getLoanPosition', new TypeError('x is not a function'));
    await store.read();
    assert.match(plain(store.snapshot.parts.position.failure?.words ?? words('')), /unexpected/);
    assert.ok(log.some((line) => line.includes('x is not a function')));
    assert.ok(store.snapshot.parts.wallet.value);
  });

  it('asks hardly more often than without one, and for everything once something is back', async () => {
    const good = table();
    await good.store.read();
    const normal = await polled(good, 480);
    for (const known of [true, false]) {
      const dark = table();
      if (known) await dark.store.read();
      for (const id of new Set(good.exchange.asked)) dark.exchange.replies.set(id, lost(id));
      for (const id of ['getApiKeyInfo', 'getCollateralCoins', 'getInsLtv'])
        dark.exchange.replies.set(id, lost(id));
      const asked = await polled(dark, 480);
      assert.ok(asked <= 1.2 * normal, `${asked} requests in two hours, ${normal} without an outage`);
      dark.exchange.replies.clear();
      await polled(dark, 1);
      for (const name of dark.names) assert.equal(dark.store.snapshot.parts[name].failure, undefined, name);
    }
  });

  it('has one flight a part: who asks meanwhile joins it, who asks anew gets what began after', async () => {
    const { exchange, store } = table();
    await Promise.all([store.read(['wallet']), store.read(['wallet']), store.read(['wallet'])]);
    assert.equal(exchange.asked.length, 1);
    await Promise.all([store.read(['wallet']), store.readAnew(['wallet'])]);
    assert.equal(exchange.asked.length, 3);
  });

  it('changes nothing any more once it is disposed', async () => {
    const { store, changes } = table();
    const reading = store.read();
    store.dispose();
    const [before, count] = [store.snapshot, changes()];
    await reading;
    assert.equal(store.snapshot, before);
    assert.equal(changes(), count);
  });
});
