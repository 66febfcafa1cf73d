import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { ownLines } from '../../../../src/desk/lines';
import { poolIdOf, poolsOf } from '../../../../src/desk/pools/pools';
import { THRESHOLDS } from '../bench';
import { book } from '../books';
import { documentedParts, READ_AT, snapshotOf } from '../snapshots';

const PARTS = documentedParts();
const [LOAN] = PARTS.legacyLoans;
const [RULES] = PARTS.legacyRules;
const [ORDER] = PARTS.insOrders;
if (LOAN === undefined || RULES === undefined || ORDER === undefined) throw new Error('incomplete data');
const PRICES = new Map([
  ['USDT', decimal('1')],
  ['BTC', decimal('47035.7')],
]);
const BOOK = book({ prices: PRICES });

describe('the pools of an account', () => {
  it('are the shared one, every legacy loan and the unit, each with the source of its lines', () => {
    const legacyRules = [{ ...RULES, currency: LOAN.collateralCurrency }];
    const pools = poolsOf(snapshotOf({ ...PARTS, legacyRules, prices: PRICES }), {
      book: BOOK,
      thresholds: THRESHOLDS,
    });
    assert.deepEqual(
      pools.map(({ id, source, linesReadAt, record }) => [id, source, linesReadAt, record]),
      [
        ['shared', 'settings', undefined, undefined],
        [`legacy ${LOAN.orderId}`, 'api', READ_AT, LOAN.orderId],
        ['institutional', 'api', READ_AT, PARTS.riskUnit.parentUid],
      ],
    );
    assert.equal(poolIdOf({ system: 'legacy', id: LOAN.orderId }), pools[1]?.id);
    assert.equal(poolIdOf({ system: 'fixed', id: '1' }), 'shared');
    assert.deepEqual(pools.map(({ thresholds }) => ownLines(thresholds).length)[1], 3);
  });

  it('say so where nobody tells their lines', () => {
    const unnamed = { ...ORDER, liquidationLine: undefined };
    const snapshot = snapshotOf({ ...PARTS, legacyRules: [], insOrders: [unnamed], prices: PRICES });
    const pools = poolsOf(snapshot, { book: undefined, thresholds: THRESHOLDS });
    assert.deepEqual(
      pools.map(({ source, linesReadAt }) => [source, linesReadAt]),
      [
        ['unknown', undefined],
        ['documentation', undefined],
      ],
    );
  });

  it('are none before anything was read', () => {
    assert.deepEqual(poolsOf(snapshotOf({}), { book: undefined, thresholds: THRESHOLDS }), []);
  });
});
