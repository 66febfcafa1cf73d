import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { HistoryStore } from '../../../../src/desk/history/store';
import { borrowTable } from '../../../../src/desk/tables/borrow-table';
import type { ShownHistory } from '../../../../src/ui/history/history-service';
import { PastLines } from '../../../../src/ui/history/past-lines';
import { Signal } from '../../../../src/ui/signal';
import { temporaryFolder } from '../../desk/bench';
import { FakeClock, quiet } from '../../desk/fake-clock';
import { FakeLog } from '../fake-log';
import { RatesDesk } from './shown-desk';

const HOUR = 3_600_000;

describe('the past in the rate table', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('is read while somebody looks, and again when something was recorded', async () => {
    const clock = new FakeClock(Date.UTC(2026, 10, 24, 8));
    const store = new HistoryStore(folder.path);
    for (let hour = 20 * 24; hour >= 0; hour -= 1) {
      const rate = decimal(hour > 5 * 24 ? '0.09' : '0.05');
      await store.record(clock.now() - hour * HOUR, new Map([['BTC', new Map([['flexible', rate]])]]));
    }
    const recorded = new Signal();
    const rates = new RatesDesk(clock, new Signal());
    let holds = 0;
    let shown: ShownHistory | undefined = {
      source: { environment: 'mainnet', host: 'x', vipLevel: 'VIP0' },
      store,
      desk: rates.desk,
      write: (work) => work(),
    };
    const lines = new PastLines({
      history: {
        get shown() {
          return shown;
        },
        onDidChange: recorded.event,
        hold: () => {
          holds += 1;
          return () => {
            holds -= 1;
          };
        },
      },
      log: new FakeLog(),
      now: () => clock.now(),
    });
    let told = 0;
    lines.onDidChange(() => {
      told += 1;
    });
    recorded.fire();
    lines.look(true);
    await quiet();
    assert.deepEqual([told, lines.past.size], [0, 0], 'no rates to compare with yet');
    assert.equal(holds, 1, 'what other windows record is asked for');
    await rates.refresh();
    lines.update();
    lines.update();
    await quiet();
    assert.equal(told, 1);
    const btc = lines.past.get('BTC');
    assert.deepEqual(btc?.line, { path: 'M33.33 2H83.33V18H100', low: '0.05', high: '0.09' });
    assert.equal(lines.past.has('ETH'), false);
    const coins = rates.snapshot.parts.coins.value ?? [];
    const [row, bare] = borrowTable(coins, lines.past).rows;
    assert.deepEqual(row?.cells.slice(0, 4), ['BTC', '0.05', '75', 'M33.33 2H83.33V18H100;0.05;0.09;0.05']);
    assert.deepEqual(bare?.cells.slice(0, 4), ['ETH', '0.03', null, null]);
    // What is shown changes with every poll, and nothing is recorded of it.
    for (const [rate, share] of [
      ['0.2', '0'],
      ['0.09', '0'],
      ['0.0899', '75'],
      ['0.01', '100'],
    ] as const) {
      rates.rates = { BTC: rate };
      await rates.refresh();
      lines.update();
      await quiet();
      const [now] = borrowTable(rates.snapshot.parts.coins.value ?? [], lines.past).rows;
      assert.deepEqual(now?.cells.slice(1, 3), [rate, share]);
    }
    assert.equal(told, 1, 'nothing was read for it');
    recorded.fire();
    await quiet();
    assert.equal(told, 2);
    lines.update();
    await quiet();
    assert.equal(told, 2, 'nothing more was recorded');
    await clock.run(clock.sleep(HOUR));
    lines.update();
    await quiet();
    assert.equal(told, 3, 'other days are looked back on');
    lines.look(false);
    assert.equal(holds, 0);
    recorded.fire();
    lines.update();
    await quiet();
    assert.equal(told, 3);
    shown = undefined;
    assert.equal(lines.past.size, 0);
    lines.look(true);
    lines.dispose();
    assert.equal(holds, 0);
  });
});
