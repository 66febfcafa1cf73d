import assert from 'node:assert/strict';
import { RefusalError, TransportError } from '../../../src/bybit/errors';
import type { Exchange } from '../../../src/bybit/exchange';
import { words } from '../../../src/bybit/words';
import type { PartName } from '../../../src/desk/snapshot';
import { emptySnapshot, Store } from '../../../src/desk/store';
import { ownReads } from '../../../src/desk/windows/reads';
import { Documented } from './documented';
import { FakeClock } from './fake-clock';

function refused(retCode: number): RefusalError {
  return new RefusalError({ endpoint: 'x', effect: 'none', words: words('No.'), retCode, retMsg: '' });
}

function storeOf(exchange: Exchange, clock = new FakeClock(), hasAccount = true): Store {
  return new Store({
    reads: ownReads(exchange, clock),
    clock,
    hasAccount,
    onChange: () => undefined,
    log: () => undefined,
  });
}

const UNIT_PARTS: readonly PartName[] = ['riskUnit', 'insOrders', 'insRepayments', 'unifiedWallet'];

const nowhere = new TransportError({ endpoint: 'x', effect: 'none', words: words('No.'), httpStatus: 404 });

describe('the parts of a snapshot', () => {
  it('are all read from the documented answers', async () => {
    const store = storeOf(new Documented());
    await store.read();
    for (const [name, part] of Object.entries(store.snapshot.parts)) {
      assert.equal(part.failure, undefined, name);
      assert.ok(part.value !== undefined, name);
    }
  });

  it('without an account are the public ones', async () => {
    const store = storeOf(new Documented(), new FakeClock(), false);
    await store.read();
    const known = Object.entries(store.snapshot.parts).filter(([, part]) => part.value !== undefined);
    assert.deepEqual(known.map(([name]) => name).sort(), [
      'coins',
      'collateralRules',
      'legacyRules',
      'prices',
    ]);
  });

  it('are absent, not failed, where the account has no risk unit; nothing more is asked then', async () => {
    for (const retCode of [3777003, 3777042, 10005, 10028]) {
      const exchange = new Documented();
      exchange.replies.set('getInsLtv', refused(retCode));
      const store = storeOf(exchange);
      await store.read();
      for (const name of UNIT_PARTS) {
        const { absent, value, failure } = store.snapshot.parts[name];
        assert.deepEqual({ absent, value, failure }, { absent: true, value: undefined, failure: undefined });
      }
      assert.ok(!exchange.asked.includes('getInsLoanOrders'), String(retCode));
    }
  });

  it('are absent where the answer names no risk unit', async () => {
    const exchange = new Documented();
    exchange.replies.set('getInsLtv', () => ({ ltvInfo: [] }));
    const store = storeOf(exchange);
    await store.read();
    assert.equal(store.snapshot.parts.riskUnit.absent, true);
  });

  it('are absent where the host does not know the system', async () => {
    const exchange = new Documented();
    exchange.replies.set('getLegacyUnpaidLoans', refused(10017));
    exchange.replies.set('getFixedBorrowContracts', nowhere);
    const store = storeOf(exchange);
    await store.read();
    assert.equal(store.snapshot.parts.legacyLoans.absent, true);
    assert.equal(store.snapshot.parts.fixedContracts.absent, true);
  });

  it('fail, and stay known, where what was read before is refused or not found', async () => {
    const exchange = new Documented();
    const store = storeOf(exchange);
    await store.read();
    const before = store.snapshot.parts;
    for (const reply of [refused(10005), refused(10028), refused(100028), nowhere]) {
      exchange.replies.set('getInsLtv', reply);
      exchange.replies.set('getLegacyUnpaidLoans', nowhere);
      exchange.replies.set('getFixedBorrowContracts', refused(10017));
      await store.readAnew();
      for (const name of ['riskUnit', 'legacyLoans', 'fixedContracts'] as const) {
        const { value, readAt, failure, absent } = store.snapshot.parts[name];
        assert.ok(failure !== undefined, name);
        assert.deepEqual(
          { value, readAt, absent },
          { value: before[name].value, readAt: before[name].readAt, absent: undefined },
          name,
        );
      }
    }
    exchange.replies.set('getInsLtv', refused(3777003));
    await store.readAnew();
    assert.equal(store.snapshot.parts.riskUnit.absent, true, 'the exchange says that the UID is not bound');
  });

  it('that seemed absent while nothing else could be read are asked for again once something can', async () => {
    const exchange = new Documented();
    const clock = new FakeClock();
    exchange.replies.set('getLoanPosition', nowhere);
    exchange.replies.set('getLegacyUnpaidLoans', nowhere);
    exchange.replies.set('getInsLtv', refused(3777042));
    const store = storeOf(exchange, clock);
    await store.read();
    assert.equal(store.snapshot.parts.legacyLoans.absent, true);
    exchange.replies.clear();
    exchange.asked.length = 0;
    await clock.pass(60_000);
    await store.readDue();
    assert.equal(store.snapshot.parts.legacyLoans.absent, undefined);
    assert.ok(store.snapshot.parts.legacyLoans.value !== undefined);
    assert.equal(store.snapshot.parts.riskUnit.absent, true, 'that was a word of the exchange');
    assert.ok(!exchange.asked.includes('getInsLtv'));
  });

  it('fail for any other reason, each for itself', async () => {
    const exchange = new Documented();
    exchange.replies.set('getInsLtv', refused(10003));
    exchange.replies.set('getFixedBorrowOrders', refused(10016));
    const store = storeOf(exchange);
    await store.read();
    assert.equal(store.snapshot.parts.riskUnit.failure?.code, '10003');
    assert.equal(store.snapshot.parts.riskUnit.absent, undefined);
    assert.equal(store.snapshot.parts.fixedOrders.failure?.code, '10016');
    assert.ok(store.snapshot.parts.fixedContracts.value !== undefined);
    assert.ok(store.snapshot.parts.insOrders.value !== undefined, 'a failure says nothing about the others');
  });

  it('that are absent are asked for again only after a long while, and come back with what they depend on', async () => {
    const exchange = new Documented();
    const clock = new FakeClock();
    exchange.replies.set('getInsLtv', refused(3777042));
    const store = storeOf(exchange, clock);
    await store.read();
    exchange.replies.delete('getInsLtv');
    exchange.asked.length = 0;
    await clock.pass(60_000);
    await store.readDue();
    assert.ok(exchange.asked.includes('getLoanPosition'));
    assert.ok(!exchange.asked.includes('getInsLtv'));
    await clock.pass(30 * 60_000);
    await store.readDue();
    for (const name of UNIT_PARTS) assert.ok(store.snapshot.parts[name].value !== undefined, name);
    assert.equal(store.snapshot.parts.riskUnit.absent, undefined);
  });

  it('that a changed fixed debt makes out of date are read again with it, before their time', async () => {
    const exchange = new Documented();
    const clock = new FakeClock();
    const store = storeOf(exchange, clock);
    await store.read();
    const fixed = (...debts: readonly (readonly [string, string])[]) => {
      exchange.replies.set('getLoanPosition', (result) => ({
        ...(result as object),
        borrowList: debts.map(([loanCurrency, fixedTotalDebt]) => ({ loanCurrency, fixedTotalDebt })),
      }));
    };
    const asked = async (): Promise<readonly boolean[]> => {
      exchange.asked.length = 0;
      await clock.pass(1_000);
      await store.readDue();
      return [exchange.asked.includes('getLoanPosition'), exchange.asked.includes('getFixedBorrowContracts')];
    };
    assert.deepEqual(await asked(), [true, false]);
    fixed(['ETH', '0.2']);
    assert.deepEqual(await asked(), [true, true], 'more');
    assert.ok(exchange.asked.includes('getFixedBorrowOrders'));
    assert.deepEqual(await asked(), [true, false], 'the same');
    fixed(['ETH', '0.2'], ['BTC', '0']);
    assert.deepEqual(await asked(), [true, false], 'nothing of another coin');
    fixed(['ETH', '0.2'], ['BTC', '1']);
    assert.deepEqual(await asked(), [true, true], 'another coin');
    fixed();
    assert.deepEqual(await asked(), [true, true], 'gone');
  });

  it('that depend on the tier wait for the key and follow it', async () => {
    const exchange = new Documented();
    exchange.replies.set('getApiKeyInfo', (info) => ({ ...(info as object), vipLevel: 'PRO-1' }));
    const store = storeOf(exchange);
    await store.read();
    const asked = (id: string) => exchange.requests[exchange.asked.indexOf(id)];
    assert.deepEqual(asked('getLoanableCoins'), { vipLevel: 'PRO1' });
    assert.deepEqual(asked('getLegacyCollateralCoins'), { vipLevel: 'PRO1' });
    assert.equal(exchange.asked.filter((id) => id === 'getLoanableCoins').length, 1);
  });

  it('begin empty', () => {
    const { parts } = emptySnapshot();
    for (const part of Object.values(parts)) {
      assert.deepEqual(part, { value: undefined, readAt: undefined, failure: undefined, loading: false });
    }
  });
});
