import assert from 'node:assert/strict';
import { plain, type Words } from '../../../../src/bybit/words';
import type { PartName } from '../../../../src/desk/snapshot';
import { cancelOrder } from '../../../../src/ui/flows/fixed/cancel-order';
import { enter } from '../../../../src/ui/flows/gate';
import type { Host } from '../../../../src/ui/flows/host';
import { repayUnit } from '../../../../src/ui/flows/institutional/repay-unit';
import { repayLegacy } from '../../../../src/ui/flows/legacy/repay-legacy';
import { ACCOUNT, type Bench, bench } from '../../desk/bench';
import { type Bench as FlowBench, bench as flowBench } from './bench';

describe('the gate of the flows', function () {
  this.timeout(60_000);
  let on: Bench;

  beforeEach(() => {
    on = bench();
  });
  afterEach(() => on.close());

  /** Whether it lets in, and what it says. */
  async function enters(
    needs: readonly PartName[],
    obstacle?: (host: Host) => readonly Words[] | undefined,
  ): Promise<readonly [boolean, string]> {
    const desk = await on.open();
    const said: string[] = [];
    const asker = {
      say: async ({ words: lines }: { readonly words: readonly Words[] }) => {
        said.push(lines.map(plain).join(' '));
      },
      during: (_: unknown, work: () => Promise<unknown>) => work(),
    };
    const sessions = { ready: async () => ({ kind: 'account', account: ACCOUNT, desk }) };
    const options = { asker, sessions, now: () => on.clock.now(), locale: 'en' };
    const host = await on.clock.run(enter(options as never, needs, (found) => obstacle?.(found)));
    return [host !== undefined, said.join(' ')];
  }

  it('lets a borrow order be cancelled where the host has no orders to lend', async () => {
    on.exchange.loses('getFixedSupplyOrders', 404);
    assert.deepEqual(await enters(cancelOrder.needs), [true, '']);
  });

  it('says that there is no risk unit where there is none', async () => {
    on.exchange.loses('getInsLtv', 404);
    const [isIn, said] = await enters(repayUnit.needs, (host) => repayUnit.obstacle?.(host));
    assert.equal(isIn, false);
    assert.match(said, /belongs to no institutional/);
  });

  it('lets nobody at legacy loans whose rules are not there', async () => {
    on.exchange.loses('getLegacyCollateralCoins', 404);
    const [isIn, said] = await enters([...repayLegacy.needs, 'legacyRules']);
    assert.equal(isIn, false);
    assert.match(said, /could not be read/);
  });
});

describe('a flow of a loan by its name', function () {
  this.timeout(60_000);
  let on: FlowBench;

  beforeEach(async () => {
    on = await flowBench();
  });
  afterEach(() => on.close());

  it('does not say of a loan that it was repaid while the list of its kind is not read', async () => {
    const refresh = on.desk.refresh.bind(on.desk);
    on.desk.refresh = (names) => refresh((names ?? []).filter((name) => name !== 'legacyLoans'));
    on.user.answers();
    await on.run(on.flows.repay({ coin: 'SOL', record: '1' }));
    assert.match(on.user.last.title, /could not be read/);
    on.desk.refresh = refresh;
    on.user.answers();
    await on.run(on.flows.repay({ coin: 'SOL', record: '1' }));
    assert.match(on.user.last.title, /was repaid, or has ended/);
  });
});
