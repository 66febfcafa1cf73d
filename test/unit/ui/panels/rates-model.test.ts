import assert from 'node:assert/strict';
import { plain, words } from '../../../../src/bybit/words';
import { coinsAt } from '../../../../src/desk/market/coins-at';
import type { Desk } from '../../../../src/desk/operation';
import { ratesModel } from '../../../../src/ui/panels/rates-model';
import type { Session } from '../../../../src/ui/session';
import { FIRST_VIEW, parseHostMessage } from '../../../../src/webview/contract';
import { ACCOUNT, type Bench, bench } from '../../desk/bench';

describe('what the rates panel shows of a session', () => {
  let table: Bench;
  let desk: Desk;
  let session: Session;

  beforeEach(async () => {
    table = bench();
    desk = await table.open();
    session = { kind: 'account', account: ACCOUNT, desk };
  });
  afterEach(() => table.close());

  const model = (of: Session, view = FIRST_VIEW) => ratesModel(of, view, table.clock.now(), plain);

  it('is something the page accepts', () => {
    const { table: shown, status } = model(session);
    const message = { type: 'snapshot', session: 'session-0123456789', table: shown, status };
    assert.deepEqual(parseHostMessage(message, 'session-0123456789'), message);
    assert.ok((shown?.rows.length ?? 0) > 0);
    assert.equal(status.source, 'Test · Loopback');
    assert.equal(status.ownTier, status.tier);
  });

  it('offers to borrow flexible coins only, and only with an account that may', () => {
    const { table: shown, status } = model(session);
    assert.equal(shown?.rows.find(({ id }) => id === 'BTC')?.borrow, 'BTC');
    assert.equal(shown?.rows.find(({ id }) => id === 'USDC')?.borrow, null);
    assert.equal(status.canBorrow, true);
    assert.equal(model({ kind: 'none', desk }).status.canBorrow, false);
    assert.equal(
      model({ kind: 'locked', account: ACCOUNT, reason: words('Gone.'), desk }).status.canBorrow,
      false,
    );
  });

  it('has nothing yet while the session opens', () => {
    const { table: shown, status } = model({ kind: 'loading' });
    assert.equal(shown, null);
    assert.equal(status.ageMs, null);
  });

  it('shows another level’s coins once they were read, and says whose they are', async () => {
    const view = { ...FIRST_VIEW, tier: 'VIP5' };
    assert.equal(model(session, view).table, null);
    await table.clock.run(desk.market.refresh(coinsAt('VIP5')));
    const { table: shown, status } = model(session, view);
    assert.notEqual(shown, null);
    assert.equal(status.tier, 'VIP5');
    assert.equal(status.ownTier, 'VIP0');
    assert.equal(model(session, { ...FIRST_VIEW, tier: 'no level' }).status.tier, 'VIP0');
  });

  it('keeps the same basis until something was read anew', async () => {
    const { basis } = model(session);
    assert.equal(model(session).basis, basis);
    await table.clock.run(desk.refresh(['coins']));
    assert.notEqual(model(session).basis, basis);
  });

  it('keeps the figures with their age beside a failure', async () => {
    await table.clock.pass(5_000);
    table.exchange.beforeRead = () => {
      throw new Error('broken');
    };
    await table.clock.run(desk.refresh(['coins']));
    const { table: shown, status } = model(session);
    assert.notEqual(shown, null);
    assert.match(status.failure?.text ?? '', /unexpected/);
    assert.ok((status.ageMs ?? 0) >= 5_000);
    table.exchange.beforeRead = undefined;
  });
});
