import assert from 'node:assert/strict';
import { createExchange } from '../../../src/bybit/client';
import { getLoanableCoins, TERMS } from '../../../src/bybit/common';
import { computed, momentsOf, pastStretch } from '../../../src/desk/history/simulated';
import { openPaper } from '../../../src/paper/door';
import { temporaryFolder } from '../desk/bench';

const HOUR = 3_600_000;

describe('the past of the paper market', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('is what somebody would have read then', async () => {
    let now = Date.UTC(2026, 4, 1, 10, 20);
    const door = await openPaper({ folder: folder.path, clock: () => now });
    const exchange = createExchange({ ...door });
    const { list } = (await exchange.call(getLoanableCoins, { vipLevel: 'VIP2' })).result;
    const then = now;
    now += 40 * 24 * HOUR;
    const past = await door.past();
    assert.deepEqual([...past.coins].sort(), list.map(({ currency }) => currency).sort());
    for (const row of list) {
      const [rates] = past.rates(row.currency, [then], 'VIP2');
      assert.equal(rates?.flexible, row.flexibleAnnualizedInterestRate);
      for (const term of TERMS) {
        assert.equal(rates?.terms[term], row[`annualizedInterestRate${term}D`], `${row.currency} ${term}`);
      }
    }
    assert.deepEqual(past.rates('NONE', [then], 'VIP0'), []);
    exchange.dispose();
    door.dispose();
  });

  it('is computed by the hour for a week, and more widely before', async () => {
    const now = Date.UTC(2026, 4, 1, 10, 20);
    const stretch = pastStretch(now);
    const times = momentsOf(stretch, now);
    const steps = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / HOUR);
    assert.deepEqual([...new Set(steps)], [6, 1]);
    assert.ok(times.length < 550);
    const door = await openPaper({ folder: folder.path, clock: () => now });
    const [first] = computed(await door.past(), [stretch], now, 'VIP0');
    const flexible = first?.[1].get('flexible') ?? [];
    assert.equal(flexible[0]?.from, stretch.from);
    assert.equal(flexible.at(-1)?.to, now);
    assert.ok(new Set(flexible.map(({ rate }) => rate)).size > 100, 'it moves');
    door.dispose();
  });
});
