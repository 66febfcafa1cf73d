import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { AlertFile, MOST_ALERTS } from '../../../../src/desk/history/alert-file';
import type { RateAlert } from '../../../../src/desk/history/alerts';
import { WatchFile } from '../../../../src/desk/watch/file';
import { temporaryFolder } from '../bench';

const ROUNDS = 40;
const alert = (id: string): RateAlert => ({
  id,
  coin: 'BTC',
  series: 'flexible',
  kind: 'above',
  value: decimal('0.05'),
});
const fail = (line: string) => assert.fail(line);

describe('files that two windows change at once', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('lose no alert that one sets or removes while the other does', async () => {
    const [one, other] = [new AlertFile(folder.path, fail), new AlertFile(folder.path, fail)];
    for (let round = 0; round < ROUNDS; round += 1) {
      await Promise.all([
        one.put(alert(`one-${round}`)),
        other.put(alert(`other-${round}`)),
        ...(round === 0 ? [] : [other.remove(`one-${round - 1}`)]),
      ]);
    }
    const ids = (await one.read()).map(({ id }) => id).sort();
    const wanted = Array.from({ length: ROUNDS }, (_, round) => `other-${round}`);
    assert.deepEqual(ids, [`one-${ROUNDS - 1}`, ...wanted].sort());
  });

  it('lose nothing that one silences while the other does', async () => {
    const files = [1, 2].map(() => new WatchFile(folder.path, 'acc', fail));
    for (let round = 0; round < ROUNDS; round += 1) {
      await Promise.all(
        files.map((file, window) =>
          file.changeSnoozes((before) => new Map([...before, [`${window}-${round}`, round]])),
        ),
      );
    }
    assert.equal((await files[0]?.snoozes())?.size, 2 * ROUNDS);
  });

  it('take no more alerts than can be, and drop none for another', async () => {
    const file = new AlertFile(folder.path, fail);
    for (let count = (await file.read()).length; count < MOST_ALERTS; count += 1) {
      assert.notEqual(await file.put(alert(`more-${count}`)), 'full');
    }
    const before = await file.read();
    assert.equal(await file.put(alert('one too many')), 'full');
    assert.deepEqual(await file.read(), before);
    const changed = await file.put(alert('changed'), before[7]?.id);
    assert.ok(changed !== 'full' && changed.length === MOST_ALERTS && changed[7]?.id === 'changed');
  });
});
