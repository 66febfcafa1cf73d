import assert from 'node:assert/strict';
import { type Decimal, decimal } from '../../../../src/bybit/decimal';
import type { Exchange } from '../../../../src/bybit/exchange';
import type { HistoryPage, HistoryRow } from '../../../../src/desk/operations/definition';
import { type Deed, deedOf } from '../../../../src/desk/operations/registry';
import { findRecord, hasMoved, type Quarry, readBaseline } from '../../../../src/desk/settle/readback';
import { SAMPLES } from '../bench';
import { SeenExchange, SIGNED } from './seen-exchange';

const exchange = new SeenExchange() as Exchange;
const DAY = 86_400_000;

const row = (id: string, change: Partial<HistoryRow> = {}): HistoryRow => ({
  id,
  time: SIGNED + 500,
  status: 1,
  matches: true,
  ...change,
});
const page = (rows: readonly HistoryRow[], change: Partial<HistoryPage> = {}): HistoryPage => ({
  rows,
  cursor: undefined,
  time: SIGNED + 1_000,
  ...change,
});

const QUARRY: Quarry = {
  baseline: { ids: ['99'], totals: [] },
  sent: { first: SIGNED, last: SIGNED + 200 },
  accepted: false,
  recordId: undefined,
};

/** A look through pages, by cursor ('' is the first); with the cursors that were asked for. */
async function found(
  pages: Readonly<Record<string, HistoryPage>>,
  quarry: Partial<Quarry> = {},
  recordWithin = 0,
) {
  const asked: string[] = [];
  const deed = {
    ...deedOf(SAMPLES['flexible.repay']),
    recordWithin,
    history: async (_exchange: Exchange, cursor: string | undefined) => {
      asked.push(cursor ?? '');
      return pages[cursor ?? ''] ?? page([]);
    },
  } satisfies Deed;
  const { row: one, ...rest } = await findRecord(exchange, deed, { ...QUARRY, ...quarry });
  return { id: one?.id, ...rest, asked };
}

const idIn = async (rows: readonly HistoryRow[], quarry: Partial<Quarry> = {}, recordWithin = 0) =>
  (await found({ '': page(rows) }, quarry, recordWithin)).id;

describe('the record of an operation', () => {
  it('is the oldest new one that is like it', async () => {
    const rows = [
      row('5', { time: SIGNED + 900 }),
      row('4', { time: SIGNED + 300 }),
      row('3', { time: SIGNED + 100, matches: false }),
      row('99', { time: SIGNED + 50 }),
    ];
    assert.equal(await idIn(rows), '4');
    assert.equal(await idIn([row('99')]), undefined);
    assert.equal(await idIn([]), undefined);
  });

  it('is no older than the first sending, but for how far a signed time may run ahead', async () => {
    assert.equal(await idIn([row('1', { time: SIGNED - 1_000 })]), '1');
    assert.equal(await idIn([row('1', { time: SIGNED - 1_001 })]), undefined);
  });

  it('is no younger than it can be, unless the exchange took it or nobody knows when it left', async () => {
    const at = (ms: number) => [row('1', { time: SIGNED + 200 + ms })];
    assert.equal(await idIn(at(10_000)), '1');
    assert.equal(await idIn(at(10_001)), undefined);
    assert.equal(await idIn(at(10_001), {}, 1), '1');
    assert.equal(await idIn(at(10_002), {}, 1), undefined);
    assert.equal(await idIn(at(DAY), { accepted: true }), '1');
    assert.equal(await idIn([row('1', { time: 1_700_000_000_000 })], { sent: undefined }), '1');
    assert.equal(await idIn([row('1', { time: SIGNED + 60_000, undated: true })]), '1');
  });

  it('is the one that the answer named, and no other', async () => {
    const rows = [row('8'), row('7', { matches: false, time: SIGNED + DAY })];
    assert.equal(await idIn(rows, { recordId: '7' }), '7');
    assert.equal(await idIn(rows, { recordId: '6' }), undefined);
  });

  it('is rivalled by another that does not end as it does, or while it has no end', async () => {
    const both = async (a: number, b: number) =>
      (await found({ '': page([row('2', { status: b, time: SIGNED + 600 }), row('1', { status: a })]) }))
        .isRivalled;
    assert.equal(await both(1, 1), false);
    assert.equal(await both(3, 3), false);
    assert.equal(await both(1, 3), true);
    assert.equal(await both(3, 1), true);
    assert.equal(await both(2, 2), true);
    assert.equal(await both(1, 2), true);
    const twice = await found({ '': page([row('1', { status: 2 }), row('1', { status: 2 })]) });
    assert.deepEqual([twice.id, twice.isRivalled], ['1', false]);
    assert.equal((await found({ '': page([row('1', { status: 2 })]) })).isRivalled, false);
    assert.equal((await found({ '': page([]) })).isRivalled, false);
  });

  it('may be one whose time makes no sense: then nobody can say that there is none', async () => {
    const doubt = async (time: number, change: Partial<HistoryRow> = {}, id = '1') =>
      (await found({ '': page([row(id, { time, ...change })]) })).isDoubtful;
    const first = Date.UTC(2020, 0);
    const answered = SIGNED + 1_000;
    assert.equal(await doubt(0), true);
    assert.equal(await doubt(first - 1), true);
    assert.equal(await doubt(first), false);
    assert.equal(await doubt(answered + DAY), false);
    assert.equal(await doubt(answered + DAY + 1), true);
    assert.equal(await doubt(0, { matches: false }), false);
    assert.equal(await doubt(0, {}, '99'), false);
    assert.equal(await doubt(SIGNED + 500), false);
    assert.equal((await found({ '': page([], { isBlind: true }) })).isDoubtful, true);
    // It is it after all, whatever its time: the answer named it.
    const named = await found({ '': page([row('7', { time: 0 })]) }, { recordId: '7' });
    assert.deepEqual([named.id, named.isDoubtful], ['7', false]);
  });

  it('keeps the doubt of an earlier page, and the time of the latest answer', async () => {
    const { isDoubtful, time, asked } = await found({
      '': page([row('1', { time: 0 })], { cursor: 'a', time: SIGNED + 9_000 }),
      a: page([row('2', { matches: false })], { time: SIGNED + 8_000 }),
    });
    assert.deepEqual([isDoubtful, time, asked], [true, SIGNED + 9_000, ['', 'a']]);
  });

  it('is looked for on the next pages until there is one of before', async () => {
    const other = (id: string) => row(id, { matches: false });
    const pages = {
      '': page([other('4')], { cursor: 'a' }),
      a: page([other('3'), row('2')], { cursor: 'b' }),
      b: page([row('99')], { cursor: 'c' }),
      c: page([row('1')]),
    };
    const known = await found(pages);
    assert.deepEqual([known.id, known.asked], ['2', ['', 'a', 'b']]);
    const old = { ...pages, b: page([other('0'), row('x', { time: SIGNED - 1_001 })], { cursor: 'c' }) };
    assert.deepEqual((await found(old)).asked, ['', 'a', 'b']);
    const odd = { ...pages, b: page([row('x', { time: 0, matches: false })], { cursor: 'c' }) };
    assert.deepEqual((await found(odd)).asked, ['', 'a', 'b', 'c']);
    const ends = { ...pages, a: page([other('3')], { cursor: '' }) };
    assert.deepEqual((await found(ends)).asked, ['', 'a']);
  });

  it('is not looked for in circles, nor for ever', async () => {
    const other = [row('4', { matches: false })];
    const circle = { '': page(other, { cursor: 'a' }), a: page(other, { cursor: 'a' }) };
    assert.deepEqual((await found(circle)).asked, ['', 'a']);
    const long = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [
        n === 0 ? '' : String(n),
        page(other, { cursor: String(n + 1) }),
      ]),
    );
    assert.equal((await found(long)).asked.length, 20);
  });

  it('may stand behind two pages without a row, not behind three', async () => {
    const blank = (cursor: string) => page([], { cursor });
    const pages = { '': blank('a'), a: blank('b'), b: page([row('1')]) };
    assert.equal((await found(pages)).id, '1');
    const three = { '': blank('a'), a: blank('b'), b: blank('c'), c: page([row('1')]) };
    assert.deepEqual((await found(three)).asked, ['', 'a', 'b']);
    const broken = {
      '': blank('a'),
      a: blank('b'),
      b: page([row('4', { matches: false })], { cursor: 'c' }),
      c: blank('d'),
      d: blank('e'),
      e: page([row('1')]),
    };
    assert.equal((await found(broken)).id, '1');
  });
});

describe('what an operation moves', () => {
  const deed = deedOf(SAMPLES['flexible.repay']);
  const HOUR = 3_600_000;
  const totals = [
    { what: 'debt', coin: 'BTC', amount: decimal('0.1') },
    { what: 'wallet', coin: 'BTC', amount: decimal('0.5') },
  ] as const;

  async function moved(debt: string, wallet: string, ms = 0): Promise<boolean> {
    const seen = new SeenExchange();
    seen.debt = decimal(debt);
    seen.wallet = decimal(wallet);
    return await hasMoved(seen, deed, totals, ms);
  }

  it('is read before it is sent, with the ids of its history', async () => {
    const seen = new SeenExchange();
    seen.rows = [
      { id: '9', status: 1 },
      { id: '8', status: 3, amount: '7' },
    ];
    assert.deepEqual(await readBaseline(seen, deed), { ids: ['9', '8'], totals });
  });

  it('has moved when any of it fell, or rose by more than interest', async () => {
    assert.equal(await moved('0.1', '0.5'), false);
    assert.equal(await moved('0.09999999', '0.5'), true);
    assert.equal(await moved('0.1', '0.49999999'), true);
    assert.equal(await moved('0.1', '0.50000001'), true);
    // Three postings of 0.1 × 0.000001, each rounded up by a digit: 0.00000033.
    assert.equal(await moved('0.10000033', '0.5'), false);
    assert.equal(await moved('0.10000034', '0.5'), true);
  });

  it('may grow with the hours that have begun, at twice the rate of now', async () => {
    // Seven postings after an hour and a bit: 0.00000077.
    assert.equal(await moved('0.10000077', '0.5', HOUR + 1), false);
    assert.equal(await moved('0.10000078', '0.5', HOUR + 1), true);
    assert.equal(await moved('0.10000055', '0.5', HOUR), false);
    assert.equal(await moved('0.10000056', '0.5', HOUR), true);
    assert.equal(await moved('0.10000033', '0.5', -HOUR), false);
    assert.equal(await moved('0.10000034', '0.5', -HOUR), true);
  });

  it('was nothing before where nothing was read', async () => {
    const seen = new SeenExchange();
    const unread = (debt: Decimal) => {
      seen.debt = debt;
      seen.wallet = decimal('0');
      return hasMoved(seen, deed, [], 0);
    };
    assert.equal(await unread(decimal('0')), false);
    seen.wallet = decimal('0.5');
    assert.equal(await hasMoved(seen, deed, totals.slice(0, 1), 0), true);
  });

  it('is compared by its kind, its coin and its record', async () => {
    const seen = new SeenExchange();
    const contracts = new Map([
      ['570', '1'],
      ['571', '3'],
    ]);
    seen.others.set('getFixedBorrowContracts', {
      list: [...contracts].map(([loanId, owed]) => ({
        loanId,
        residualPrincipal: decimal(owed),
        residualPenaltyInterest: decimal('0'),
      })),
    });
    const both = deedOf({
      kind: 'fixed.repay',
      accountId: 'acc-1',
      params: { coin: 'ETH', loanIds: ['570', '571'], all: true, amount: decimal('4') },
    });
    const total = (id: string, amount: string, coin = 'ETH') =>
      ({ what: 'contract', coin, id, amount: decimal(amount) }) as const;
    assert.equal(await hasMoved(seen, both, [total('570', '1'), total('571', '3')], 0), false);
    assert.equal(await hasMoved(seen, both, [total('571', '3'), total('570', '1')], 0), false);
    assert.equal(await hasMoved(seen, both, [total('570', '1'), total('571', '3.5')], 0), true);
    const strange = { ...total('570', '9'), what: 'legacyDebt' as const };
    const foreign = total('570', '9', 'BTC');
    assert.equal(
      await hasMoved(seen, both, [strange, foreign, total('570', '1'), total('571', '3')], 0),
      false,
    );
  });
});
