import assert from 'node:assert/strict';
import { type Bench, bench } from '../ui/flows/bench';

describe('a fresh paper account', () => {
  let on: Bench;

  beforeEach(async () => {
    on = await bench();
    await on.run(on.desk.refresh());
  });

  afterEach(() => on.close());

  it('is read whole, every part of it', () => {
    const failed = Object.entries(on.desk.snapshot.parts).filter(([, { failure }]) => failure !== undefined);
    assert.deepEqual(
      failed.map(([name]) => name),
      [],
    );
  });

  it('shows of the Unified wallet what the risk unit owes and holds', () => {
    const { riskUnit, unifiedWallet } = on.desk.snapshot.parts;
    const held = riskUnit.value?.balanceInfo.map(({ token }) => token) ?? [];
    assert.ok(held.length > 0);
    for (const coin of held) assert.ok(unifiedWallet.value?.has(coin), coin);
  });
});
