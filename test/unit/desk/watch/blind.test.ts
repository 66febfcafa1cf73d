import assert from 'node:assert/strict';
import { getLoanPosition } from '../../../../src/bybit/common';
import { words } from '../../../../src/bybit/words';
import type { PartName, Snapshot } from '../../../../src/desk/snapshot';
import { BlindCount } from '../../../../src/desk/watch/blind';
import { read } from '../../bybit/answers';
import { snapshotOf } from '../snapshots';

/** A desk of which only the snapshot is looked at. */
class Shown {
  snapshot: Snapshot = snapshotOf({});
  readonly #listeners = new Set<() => void>();

  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** One poll, after which these parts have failed at that time and all others are read. */
  poll(at: number, ...names: readonly PartName[]): void {
    const { parts } = this.snapshot;
    const good = Object.entries(parts).map(([name, part]) => [name, { ...part, failure: undefined }]);
    const failure = { words: words('Gone.'), advice: undefined, code: 'ECONNRESET', at };
    const failed = names.map((name) => [name, { ...parts[name], failure }]);
    this.snapshot = { ...this.snapshot, parts: { ...parts, ...Object.fromEntries([...good, ...failed]) } };
    for (const listener of this.#listeners) listener();
  }
}

describe('blindness', () => {
  let desk: Shown;
  let blind: BlindCount;
  beforeEach(() => {
    desk = new Shown();
    blind = new BlindCount(desk);
  });

  it('is counted by polls in a row, and over with the first that sees', () => {
    assert.equal(blind.count, 0);
    const counts = [1, 2, 3].map((at) => {
      desk.poll(at, 'position');
      return blind.count;
    });
    assert.deepEqual(counts, [1, 2, 3]);
    desk.poll(4);
    assert.equal(blind.count, 0);
    desk.poll(5, 'prices');
    assert.equal(blind.count, 1);
  });

  it('is none while the exchange’s own LTV stands in for prices', () => {
    desk.snapshot = snapshotOf({ position: read(getLoanPosition) });
    for (const at of [1, 2, 3]) desk.poll(at, 'prices');
    assert.equal(blind.count, 0);
    assert.equal(blind.failed(['prices']), 3);
  });

  it('counts a failure once, however often the snapshot changes around it', () => {
    for (let times = 0; times < 5; times += 1) desk.poll(7, 'position');
    assert.equal(blind.count, 1);
    desk.poll(8, 'position');
    assert.equal(blind.count, 2);
  });

  it('is no blindness of today’s LTV while other parts cannot be read', () => {
    for (const at of [1, 2, 3]) desk.poll(at, 'wallet', 'legacyLoans', 'insOrders');
    assert.equal(blind.count, 0);
    assert.deepEqual([blind.failed(['legacyLoans']), blind.failed(['position', 'insOrders'])], [3, 3]);
    assert.deepEqual([blind.failed(['legacyRules', 'riskUnit']), blind.failed([])], [0, 0]);
    assert.equal(blind.failed(['wallet']), 0, 'no LTV rests on it');
  });

  it('is as long as that of the part that was gone longest', () => {
    desk.poll(1, 'position');
    desk.poll(2, 'position', 'prices');
    desk.poll(3, 'position', 'prices');
    assert.equal(blind.count, 3);
    desk.poll(4, 'prices');
    assert.equal(blind.count, 3);
    assert.equal(blind.failed(['position']), 0);
  });

  it('is counted no more once nobody asks', () => {
    desk.poll(1, 'position');
    blind.dispose();
    desk.poll(2, 'position');
    assert.equal(blind.count, 1);
  });
});
