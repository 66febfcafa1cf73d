import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import type { Exchange } from '../../../../src/bybit/exchange';
import { type FixedBorrowContract, getFixedBorrowContracts } from '../../../../src/bybit/fixed-borrow';
import { FIXED_SOURCES } from '../../../../src/desk/records/fixed';
import { read } from '../../bybit/answers';

/** What the history of fixed borrowings tells of the documented contracts, each changed like this. */
async function amounts(change: Partial<FixedBorrowContract> = {}): Promise<readonly (string | undefined)[]> {
  const list = read(getFixedBorrowContracts).list.map((row) => ({ ...row, ...change }));
  const exchange = { call: async () => ({ result: { list, nextPageCursor: '' } }) } as unknown as Exchange;
  const source = FIXED_SOURCES.find(({ id }) => id === 'fixedContracts');
  const page = await source?.read({ exchange, locale: 'en', signal: undefined }, undefined);
  assert.equal(page?.records.length, list.length);
  return page?.records.map(({ amount }) => amount) ?? [];
}

describe('the history of fixed borrowings', () => {
  it('tells what each contract began with, as its interest does', async () => {
    assert.deepEqual(await amounts(), ['1.4', '0.1']);
  });

  it('tells it still once some or all of it is repaid', async () => {
    assert.deepEqual(await amounts({ residualPrincipal: decimal('0.03') }), ['1.4', '0.1']);
    assert.deepEqual(await amounts({ residualPrincipal: decimal('0') }), ['1.4', '0.1']);
  });

  it('tells no amount that the interest does not prove', async () => {
    const none = [undefined, undefined];
    assert.deepEqual(await amounts({ interestPaid: decimal('0.002531506849315068') }), none);
    assert.deepEqual(await amounts({ interestPaid: decimal('0'), annualRate: decimal('0') }), none);
    assert.deepEqual(await amounts({ interestPaid: decimal('0') }), none);
    assert.deepEqual(await amounts({ residualPrincipal: decimal('1.5') }), none);
  });
});
