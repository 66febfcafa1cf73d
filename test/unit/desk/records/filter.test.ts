import assert from 'node:assert/strict';
import { EVERYTHING, passes, type RecordFilter } from '../../../../src/desk/records/filter';

const record = { kind: 'repay', coin: 'USDT', time: Date.UTC(2026, 10, 25, 23, 59, 59, 999) };
const does = (filter: Partial<RecordFilter>) => passes({ ...EVERYTHING, ...filter })(record);

describe('the filter of records', () => {
  it('lets everything through that it does not name', () => {
    assert.equal(does({}), true);
    assert.equal(does({ from: 'soon', to: '2026-13-45' }), true);
  });

  it('wants the kind, one of the coins, and the days with both ends, in UTC', () => {
    assert.equal(does({ kind: 'repay' }), true);
    assert.equal(does({ kind: 'borrow' }), false);
    assert.equal(does({ coin: 'btc, usd' }), true);
    assert.equal(does({ coin: 'btc' }), false);
    assert.equal(does({ from: '2026-11-25', to: '2026-11-25' }), true);
    assert.equal(does({ from: '2026-11-26' }), false);
    assert.equal(does({ to: '2026-11-24' }), false);
  });
});
