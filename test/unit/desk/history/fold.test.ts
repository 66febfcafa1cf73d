import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { decimal } from '../../../../src/bybit/decimal';
import type { Foreign } from '../../../../src/desk/history/fold';
import { joined, outside, type Segment, within } from '../../../../src/desk/history/segments';
import { type Rates, rateAt } from '../../../../src/desk/history/series';
import { fileOf, HistoryStore } from '../../../../src/desk/history/store';
import { temporaryFolder } from '../bench';

const d = decimal;
const T0 = 1_790_000_000_000;
const HOUR = 3_600_000;

const one = (coin: string, rate: string): ReadonlyMap<string, Rates> =>
  new Map([[coin, new Map([['flexible', d(rate)]])]]);
const flexible = (...segments: readonly Segment[]): Foreign => new Map([['flexible', segments]]);

describe('stretches of time', () => {
  const stretches = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 9 })), { maxLength: 8 })
    .map((pairs) => pairs.map(([from, length]) => ({ from, to: from + length })));

  it('outside and within make up the whole, and never meet', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 30 }),
        stretches,
        (from, n, all) => {
          const others = joined(all);
          const whole = { from, to: from + n };
          const parts = [...within(whole, others), ...outside(whole, others)];
          for (let time = from; time < whole.to; time += 1) {
            assert.equal(parts.filter((part) => part.from <= time && time < part.to).length, 1);
          }
          assert.ok(parts.every((part) => part.from >= whole.from && part.to <= whole.to));
        },
      ),
    );
  });
});

describe('rates from elsewhere', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());
  let count = 0;
  const place = () => join(folder.path, String(count++));

  /** Read here from T0 to T0 + 2 h, and from T0 + 10 h to T0 + 12 h. */
  async function recorded(path = place()): Promise<HistoryStore> {
    const store = new HistoryStore(path);
    for (const [hours, rate] of [
      [0, '0.05'],
      [2, '0.06'],
      [10, '0.07'],
      [12, '0.07'],
    ] as const) {
      await store.record(T0 + hours * HOUR, new Map([...one('BTC', rate), ...one('ETH', '0.01')]));
    }
    return store;
  }
  const rates = async (store: HistoryStore, coin: string, ...hours: readonly number[]) => {
    const series = (await store.read(coin)).get('flexible') ?? [];
    return hours.map((hour) => rateAt(series, T0 + hour * HOUR + 2_000));
  };

  it('fill the gaps, and never what was recorded here', async () => {
    const store = await recorded();
    const foreign = flexible({ from: T0 - 5 * HOUR, to: T0 + 20 * HOUR, rate: d('0.99') });
    await store.fold([['BTC', foreign]], [{ from: T0 - 5 * HOUR, to: T0 + 11 * HOUR }]);
    assert.deepEqual(await rates(store, 'BTC', -6, -5, -1, 0, 1, 2, 9, 10, 11), [
      undefined,
      '0.99',
      '0.99',
      '0.05',
      '0.05',
      '0.99',
      '0.99',
      '0.07',
      '0.07',
    ]);
    assert.deepEqual(await rates(store, 'ETH', -1, 1, 5, 11), [undefined, '0.01', undefined, '0.01']);
    assert.deepEqual(await store.coverage(), [{ from: T0 - 5 * HOUR, to: T0 + 12 * HOUR }]);
  });

  it('leave what is read next a change or none, as it was', async () => {
    const store = await recorded();
    await store.fold([['BTC', flexible({ from: T0 - HOUR, to: T0, rate: d('0.04') })]], []);
    const next = (btc: string) => new Map([...one('BTC', btc), ...one('ETH', '0.01')]);
    assert.equal(await store.record(T0 + 13 * HOUR, next('0.07')), 0);
    assert.equal(await store.record(T0 + 14 * HOUR, next('0.08')), 1);
  });

  it('later than all that was read here end what was read last, of every coin', async () => {
    const store = await recorded();
    const covered = [{ from: T0 + 20 * HOUR, to: T0 + 30 * HOUR }];
    await store.fold(
      [['BTC', flexible({ from: T0 + 20 * HOUR, to: T0 + 30 * HOUR, rate: d('0.99') })]],
      covered,
    );
    assert.deepEqual(await rates(store, 'BTC', 11, 15, 25), ['0.07', undefined, '0.99']);
    assert.deepEqual(await rates(store, 'ETH', 11, 15, 25), ['0.01', undefined, undefined]);
    await store.record(T0 + 31 * HOUR, new Map([...one('BTC', '0.99'), ...one('ETH', '0.01')]));
    await store.record(T0 + 32 * HOUR, new Map([...one('BTC', '0.99'), ...one('ETH', '0.01')]));
    assert.deepEqual(await rates(store, 'ETH', 25, 31), [undefined, '0.01']);
    assert.deepEqual(await rates(store, 'BTC', 25, 31), ['0.99', '0.99']);
  });

  it('taken in twice are the same', async () => {
    const store = await recorded();
    const foreign = flexible({ from: T0 - 5 * HOUR, to: T0 + 5 * HOUR, rate: d('0.99') });
    const covered = [{ from: T0 - 5 * HOUR, to: T0 + 5 * HOUR }];
    await store.fold([['BTC', foreign]], covered);
    const first = [await store.read('BTC'), await store.coverage()];
    await store.fold([['BTC', foreign]], covered);
    assert.deepEqual([await store.read('BTC'), await store.coverage()], first);
  });

  it('come to a coin and a folder that had none', async () => {
    const store = new HistoryStore(place());
    const covered = [{ from: T0, to: T0 + HOUR }];
    await store.fold([['<img>', flexible({ from: T0, to: T0 + HOUR, rate: d('0.5') })]], covered);
    assert.deepEqual(await rates(store, '<img>', 0, 1), ['0.5', undefined]);
    assert.deepEqual(await store.coverage(), covered);
  });

  it('leave a file of another version alone', async () => {
    const path = place();
    const store = await recorded(path);
    const file = join(path, fileOf('SOL'));
    writeFileSync(file, 'loan-desk-rates 9 "SOL"\n');
    await store.fold([['SOL', flexible({ from: T0, to: T0 + HOUR, rate: d('0.5') })]], []);
    assert.deepEqual([...(await store.read('SOL'))], []);
  });
});
