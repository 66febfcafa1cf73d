import assert from 'node:assert/strict';
import { decimal } from '../../../../src/bybit/decimal';
import { dueLadder } from '../../../../src/desk/loans/due-ladder';
import { knownDebts } from '../../../../src/desk/loans/known-debts';
import type { Loan } from '../../../../src/desk/loans/loan';
import { loansOf } from '../../../../src/desk/loans/loans';
import { book } from '../books';
import { documentedParts, READ_AT, snapshotOf } from '../snapshots';

const PARTS = documentedParts();
const [SAMPLE] = loansOf('fixed', snapshotOf(PARTS), READ_AT) ?? [];
if (SAMPLE === undefined) throw new Error('incomplete data');

function due(id: string, time: number, owed: string, change: Partial<Loan> = {}): Loan {
  return {
    ...(SAMPLE as Loan),
    id,
    coin: 'USDT',
    due: time,
    owed: decimal(owed),
    status: 'running',
    atMaturity: 'repay',
    ...change,
  };
}

describe('the ladder of due dates', () => {
  const loans = [
    due('later', 30, '50'),
    due('never', 0, '50', { due: undefined }),
    due('soon', 20, '60'),
    due('turns', 25, '500', { atMaturity: 'toFlexible' }),
    due('late', 40, '10', { status: 'overdue' }),
  ];

  it('has overdue loans first of all, then the soonest', () => {
    assert.deepEqual(
      dueLadder(loans, undefined).map(({ loan, short }) => [loan.id, short]),
      [
        ['late', undefined],
        ['soon', undefined],
        ['turns', undefined],
        ['later', undefined],
      ],
    );
  });

  it('tells what the wallet lacks once it has paid what is due before', () => {
    const wallet = new Map([['USDT', decimal('100')]]);
    // 100 less 10 and 60 leave 30 for the 50; what becomes flexible takes nothing.
    assert.deepEqual(
      dueLadder(loans, wallet).map(({ short }) => short),
      [undefined, undefined, undefined, '20'],
    );
  });
});

describe('everything an account owes', () => {
  it('is told by the position where the loans themselves were not read', () => {
    const of = book({
      debts: [
        { coin: 'BTC', amount: decimal('0.1'), hourlyRate: decimal('0.00001') },
        { coin: 'ETH', amount: decimal('2'), system: 'fixed' },
      ],
      prices: new Map(),
    });
    const unread = knownDebts(snapshotOf({ legacyLoans: PARTS.legacyLoans }), of, READ_AT);
    assert.deepEqual(
      unread.map(({ system, coin, owed, annualRate, can }) => [
        system,
        coin,
        owed,
        annualRate,
        can.length > 0,
      ]),
      [
        ['legacy', 'USDT', unread[0]?.owed, unread[0]?.annualRate, true],
        ['flexible', 'BTC', '0.1', '0.0876', false],
        ['fixed', 'ETH', '2', undefined, false],
      ],
    );
    const read = knownDebts(
      snapshotOf({ fixedContracts: PARTS.fixedContracts, flexibleLoans: [] }),
      of,
      READ_AT,
    );
    assert.ok(read.every(({ id, can }) => can.length > 0 && id !== 'ETH'));
  });
});
