import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decimal } from '../../../../src/bybit/decimal';
import { keepWithinBound } from '../../../../src/desk/history/bound';
import type { Segment } from '../../../../src/desk/history/segments';
import { rateAt } from '../../../../src/desk/history/series';
import { HistoryStore } from '../../../../src/desk/history/store';
import { temporaryFolder } from '../bench';
import { FakeClock } from '../fake-clock';

const HOUR = 3_600_000;
const NOW = 1_790_000_000_000;

describe('the bound of all that is recorded', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());
  let count = 0;

  /** Sources of so many hours each, changing every hour. */
  async function sources(hours: Readonly<Record<string, number>>) {
    const root = join(folder.path, String(count++));
    const stores = await Promise.all(
      Object.entries(hours).map(async ([name, n]) => {
        const store = new HistoryStore(join(root, 'history', name));
        const segments: Segment[] = Array.from({ length: n }, (_, index) => {
          const from = NOW - (n - index) * HOUR;
          return { from, to: from + HOUR, rate: decimal(`0.0${1 + (index % 9)}`) };
        });
        await store.fold(
          [['BTC', new Map([['flexible', segments]])]],
          [{ from: NOW - n * HOUR, to: NOW - HOUR }],
        );
        return store;
      }),
    );
    const sizes = () => Promise.all(stores.map((store) => store.size()));
    const keep = (mostBytes: number) => keepWithinBound({ root, clock: new FakeClock(NOW), mostBytes });
    return { root, stores, sizes, keep };
  }
  const total = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size, 0);

  it('holds for exchanges and tiers together, and the largest give way', async () => {
    const { stores, sizes, keep } = await sources({
      'mainnet/api.bybit.com/VIP0': 2_000,
      'mainnet/api.bybit.com/VIP1': 100,
      'testnet/api-testnet.bybit.com/VIP0': 1_500,
    });
    const before = await sizes();
    await keep(40_000);
    const after = await sizes();
    assert.ok(total(before) > 40_000 && total(after) <= 30_000, `${before} -> ${after}`);
    assert.equal(after[1], before[1], 'the small one fits');
    for (const store of stores) {
      const series = (await store.read('BTC')).get('flexible') ?? [];
      assert.notEqual(rateAt(series, NOW - 2 * HOUR), undefined, 'what is newest stays');
    }
  });

  it('holds where little of what is old can stay, and changes nothing where there is room', async () => {
    const { stores, sizes, keep } = await sources({ 'mainnet/a/VIP0': 500, 'mainnet/b/VIP0': 500 });
    const before = await sizes();
    await keep(1_000_000);
    assert.deepEqual(await sizes(), before);
    await keep(6_000);
    assert.ok(total(await sizes()) <= 4_500, `${await sizes()}`);
    for (const store of stores) assert.notEqual((await store.read('BTC')).get('flexible'), undefined);
  });

  it('is of sources that are none and files of others, too', async () => {
    const root = join(folder.path, 'none');
    await keepWithinBound({ root, clock: new FakeClock(NOW), mostBytes: 1 });
    mkdirSync(join(root, 'history/mainnet/a'), { recursive: true });
    writeFileSync(join(root, 'history/mainnet/a/alerts.json'), 'x'.repeat(100));
    await keepWithinBound({ root, clock: new FakeClock(NOW), mostBytes: 1 });
  });
});
