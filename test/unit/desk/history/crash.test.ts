import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { decimal } from '../../../../src/bybit/decimal';
import { HistoryStore } from '../../../../src/desk/history/store';
import { temporaryFolder } from '../bench';

const T0 = 1_790_000_000;

/** Records as fast as it can, tidies now and then, and says after each reading which one it was. */
const RECORDER = `
const { HistoryStore } = require(process.argv[1]);
const store = new HistoryStore(process.argv[2]);
(async () => {
  for (let n = Number(process.argv[3]); ; n += 1) {
    const rate = '0.' + (n + 1) + '1';
    const coins = ['BTC', 'ETH', 'SOL'].map((coin) => [coin, new Map([['flexible', rate], ['30', rate]])]);
    await store.record((${T0} + n) * 1000, new Map(coins));
    if (n % 20 === 0) await store.tidy((${T0} + n) * 1000);
    process.stdout.write(n + '\\n');
  }
})();`;

describe('a recorder that is killed', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('has lost nothing that it had recorded, and the next one goes on', async () => {
    const module = join(__dirname, '../../../../src/desk/history/store.js');
    let next = 0;
    for (let kill = 1; kill <= 6; kill += 1) {
      const child = spawn(process.execPath, ['-e', RECORDER, module, folder.path, String(next)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const gone = once(child, 'exit');
      let said = -1;
      for await (const line of createInterface({ input: child.stdout })) {
        said = Number(line);
        if (said >= next + kill * 13) child.kill('SIGKILL');
      }
      await gone;
      const store = new HistoryStore(folder.path);
      for (const coin of ['BTC', 'ETH', 'SOL']) {
        const series = (await store.read(coin)).get('flexible') ?? [];
        const times = new Map(series.map(({ time, rate }) => [time, rate]));
        for (let n = 0; n <= said; n += 1) {
          assert.equal(times.get((T0 + n) * 1000), decimal(`0.${n + 1}1`), `${coin} ${n}`);
        }
      }
      assert.ok(((await store.coverage()).at(-1)?.to ?? 0) >= (T0 + said) * 1000);
      // One may have been recorded that could not be said any more.
      next = said + 2;
      await store.record(
        (T0 + said + 1) * 1000,
        new Map(
          ['BTC', 'ETH', 'SOL'].map((coin) => [coin, new Map([['flexible', decimal(`0.${said + 2}1`)]])]),
        ),
      );
    }
    await new HistoryStore(folder.path).tidy((T0 + next) * 1000);
    assert.deepEqual(readdirSync(folder.path).sort(), ['BTC.rates', 'ETH.rates', 'SOL.rates', 'readings']);
  });
});
