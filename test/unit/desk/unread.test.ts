import assert from 'node:assert/strict';
import { type Bench, bench, SAMPLES } from './bench';

describe('a desk on an account of which something is not read', function () {
  this.timeout(60_000);
  let on: Bench;

  beforeEach(() => {
    on = bench();
  });
  afterEach(() => on.close());

  it('does not take a wallet for empty of which it did not know what to ask', async () => {
    on.exchange.loses('getInsLtv');
    const desk = await on.open();
    const { value, failure } = desk.snapshot.parts.unifiedWallet;
    assert.deepEqual([value, failure?.code], [undefined, 'ECONNRESET']);
    on.exchange.loses(undefined);
    await on.clock.pass(10_000);
    await on.clock.run(desk.refresh(['riskUnit', 'unifiedWallet']));
    assert.ok(desk.snapshot.parts.unifiedWallet.value?.has('USDT'));
    assert.deepEqual(
      desk
        .check(SAMPLES['institutional.repay'])
        .map(({ severity }) => severity)
        .filter((one) => one === 'error'),
      [],
    );
  });

  it('reviews the repaying of a contract as of when the list of contracts was read', async () => {
    const desk = await on.open();
    const readAt = desk.snapshot.parts.fixedContracts.readAt;
    on.exchange.loses('getFixedBorrowContracts');
    await on.clock.pass(3_600_000);
    await on.clock.run(desk.refresh());
    assert.equal(desk.review(SAMPLES['fixed.repay']).readAt, readAt);
    assert.ok(on.clock.now() - (readAt ?? 0) >= 3_600_000);
  });
});
