import assert from 'node:assert/strict';
import { plain } from '../../../src/bybit/words';
import { statusOf } from '../../../src/ui/status-words';
import { type Bench, bench } from './flows/bench';
import { deskOf } from './trees/desks';

describe('the status bar', function () {
  this.timeout(20_000);
  let on: Bench;

  beforeEach(async () => {
    on = await bench();
    await on.run(on.desk.refresh());
  });

  afterEach(() => on.close());

  const status = () => statusOf(on.desk, 'en');
  const tooltip = () => status().tooltip.map(plain);

  it('shows the pool nearest to its own line, by name where others owe beside the account', async () => {
    await on.owe('BTC', '0.1', { USDT: '20000' });
    await on.run(on.desk.refresh());
    assert.match(plain(status().ltv), /^Legacy loan USDT: LTV 77\.\d %$/);
    await on.door.control.price('BTC', '150000');
    await on.run(on.desk.refresh());
    assert.match(plain(status().ltv), /^LTV \d\d\.\d %$/);
  });

  it('tells every pool with its LTV and line, and which loan is due next', async () => {
    await on.owe('BTC', '0.01', { USDT: '20000' });
    await on.run(on.desk.refresh());
    const lines = tooltip();
    assert.equal(lines.length, 8, lines.join('\n'));
    assert.match(lines.at(-1) ?? '', /^Next due: legacy loan SOL, 20\d\d-\d\d-\d\d \d\d:\d\d UTC$/);
    const text = lines.join('\n');
    assert.match(text, /^Flexible and fixed loans: LTV [\d.]+ %, liquidation at 95 %$/m);
    assert.match(text, /^Legacy loan SOL against ETH: LTV \d\d\.\d\d %, liquidation at 95 %$/m);
    assert.match(text, /^Institutional unit: LTV \d\d\.\d\d %, liquidation at 90 %$/m);
    assert.doesNotMatch(text, /\d (USDT|USD|SOL|BTC|ETH|XRP)\b/, 'no amounts');
    assert.match(plain(status().due ?? { text: '', args: [] }), /^in 4 d$/);
  });

  it('says that a due date may be missing where a list of them could not be read', async () => {
    await on.close();
    on = await bench();
    on.door.control.fault('/v5/crypto-loan/ongoing-orders', 'http-500', 3);
    await on.run(on.desk.refresh());
    assert.equal(tooltip().at(-1), 'Not every due date is known: a list could not be read.');
    await on.run(on.desk.refresh());
    assert.match(tooltip().at(-1) ?? '', /^Next due/);
  });

  it('is about the account alone where nothing else owes', () => {
    const seen = statusOf(deskOf(), 'en');
    assert.match(plain(seen.ltv), /^LTV \d\d\.\d %$/);
    assert.deepEqual([seen.due, seen.isDanger, seen.isStale], [undefined, false, false]);
    assert.equal(seen.tooltip.length, 1);
    const nothing = statusOf(deskOf({ holdings: {} }), 'en');
    assert.equal(plain(nothing.ltv), 'LTV –');
    assert.deepEqual(nothing.tooltip, []);
  });
});
