import assert from 'node:assert/strict';
import { coinsAt } from '../../../../src/desk/market/coins-at';
import { Market } from '../../../../src/desk/market/market';
import type { Topic } from '../../../../src/desk/market/topic';
import { ownReads } from '../../../../src/desk/windows/reads';
import { FakeClock } from '../fake-clock';
import { FakeExchange } from '../fake-exchange';

describe('the market beside the snapshot', () => {
  let clock: FakeClock;
  let exchange: FakeExchange;
  let market: Market;
  let changes: number;
  let reads: number;

  beforeEach(() => {
    clock = new FakeClock();
    exchange = new FakeExchange(clock);
    changes = 0;
    reads = 0;
    market = new Market({
      reads: ownReads(exchange, clock),
      clock,
      onChange: () => {
        changes += 1;
      },
      log: () => undefined,
    });
  });

  function topic(key: string, read: Topic<number>['read'] = async () => reads): Topic<number> {
    return {
      key,
      life: 60_000,
      read: async (from, reading) => {
        reads += 1;
        return await read(from, reading);
      },
    };
  }

  it('knows nothing before it is asked, and reads nothing by itself', async () => {
    assert.equal(market.part(topic('a')).value, undefined);
    await market.readDue();
    assert.equal(reads, 0);
  });

  it('reads what is watched at once, and again after its life', async () => {
    const letGo = market.watch(topic('a'));
    await market.refresh(topic('a'));
    assert.equal(reads, 1);
    assert.equal(market.part(topic('a')).readAt, clock.now());
    await market.readDue();
    assert.equal(reads, 1);
    await clock.pass(60_000);
    await market.readDue();
    assert.equal(reads, 2);
    letGo();
    letGo();
    await clock.pass(60_000);
    await market.readDue();
    assert.equal(reads, 2);
  });

  it('watches as long as anybody does', async () => {
    const first = market.watch(topic('a'));
    const second = market.watch(topic('a'));
    await market.refresh(topic('a'));
    first();
    await clock.pass(60_000);
    await market.readDue();
    assert.equal(reads, 2);
    second();
  });

  it('keeps the last good value beside a failure, and asks again with the next poll', async () => {
    let fails = false;
    const own = topic('a', async () => {
      if (fails) throw new Error('secret detail');
      return 7;
    });
    market.watch(own);
    await market.refresh(own);
    const { readAt } = market.part(own);
    fails = true;
    await clock.pass(1_000);
    await market.refresh(own);
    const part = market.part(own);
    assert.equal(part.value, 7);
    assert.equal(part.readAt, readAt);
    assert.match(part.failure?.words.text ?? '', /unexpected/);
    fails = false;
    await market.readDue();
    assert.equal(market.part(own).failure, undefined);
  });

  it('joins flights, tells of every change, and of none once disposed', async () => {
    await Promise.all([market.refresh(topic('a')), market.refresh(topic('a'))]);
    assert.equal(reads, 1);
    assert.equal(changes, 2);
    const flight = market.refresh(topic('a'));
    market.dispose();
    const before = changes;
    await flight;
    assert.equal(changes, before);
  });

  describe('a long reading', () => {
    /** Ends when `go` is called, or gives up when nobody watches; tells 1 at once. */
    function long() {
      const ends: (() => void)[] = [];
      const own: Topic<number> = {
        ...topic('long', async (_, { before, signal, tell }) => {
          tell((before ?? 0) + 1);
          await new Promise<void>((resolve, reject) => {
            ends.push(resolve);
            signal.addEventListener('abort', () => reject(new Error('given up')));
          });
          return 100;
        }),
        isLong: true,
      };
      return { own, go: () => ends.at(-1)?.() };
    }

    it('shows what is known so far, and goes on from it', async () => {
      const { own, go } = long();
      const flight = market.refresh(own);
      assert.deepEqual(market.part(own), {
        value: 1,
        readAt: undefined,
        failure: undefined,
        loading: true,
      });
      go();
      await flight;
      assert.equal(market.part(own).value, 100);
      const second = market.refresh(own);
      assert.equal(market.part(own).value, 101);
      go();
      await second;
    });

    it('is not waited for by those who poll', async () => {
      const { own, go } = long();
      market.watch(own);
      await market.readDue();
      assert.equal(market.part(own).loading, true);
      go();
      await market.refresh(own);
    });

    it('gives up without a failure when nobody watches any more', async () => {
      const { own } = long();
      market.watch(own)();
      await market.readDue();
      await new Promise(setImmediate);
      const part = market.part(own);
      assert.deepEqual([part.value, part.failure, part.loading], [1, undefined, false]);
    });

    it('begins again when it is watched again before it gave up', async () => {
      const { own, go } = long();
      market.watch(own)();
      market.watch(own);
      await market.readDue();
      await new Promise(setImmediate);
      assert.equal(reads, 2);
      go();
      await market.refresh(own);
      assert.equal(market.part(own).value, 100);
    });
  });

  it('lets go of the oldest that nobody watches', async () => {
    market.watch(topic('watched'));
    await market.refresh(topic('watched'));
    for (let index = 0; index < 250; index++) await market.refresh(topic(`t${index}`));
    assert.notEqual(market.part(topic('watched')).value, undefined);
    assert.notEqual(market.part(topic('t249')).value, undefined);
    assert.equal(market.part(topic('t0')).value, undefined);
  });

  it('reads the coins of any VIP level', async () => {
    await clock.run(market.refresh(coinsAt('VIP5')));
    assert.ok((market.part(coinsAt('VIP5')).value?.length ?? 0) > 0);
    assert.equal(market.part(coinsAt('VIP4')).value, undefined);
  });
});
