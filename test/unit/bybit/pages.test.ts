import assert from 'node:assert/strict';
import { UnreadableError } from '../../../src/bybit/errors';
import { getFlexibleBorrowHistory } from '../../../src/bybit/flexible';
import { rowsOf } from '../../../src/bybit/pages';
import { type Sent, TIME_PATH, type Wire, wire } from './bench';

const row = (orderId: number) => ({
  orderId,
  borrowTime: 1,
  initialLoanAmount: '1',
  loanCurrency: 'BTC',
  status: 1,
});

/** Pages by cursor: "" is the first. */
function history(
  pages: Readonly<Record<string, { readonly rows: readonly number[]; readonly next: string | null }>>,
) {
  return wire((sent: Sent, self: Wire) => {
    if (sent.path === TIME_PATH) return undefined;
    const cursor = new URLSearchParams(sent.target.split('?')[1]).get('cursor') ?? '';
    const page = pages[cursor];
    assert.ok(page, `asked for ${cursor}`);
    return self.envelope({ list: page.rows.map(row), nextPageCursor: page.next });
  });
}

async function ids(line: Wire, request = {}): Promise<string[]> {
  const all: string[] = [];
  const read = async () => {
    for await (const { orderId } of rowsOf(line.exchange, getFlexibleBorrowHistory, request))
      all.push(orderId);
  };
  await line.clock.run(read());
  return all;
}

describe('the pages of a history', () => {
  it('are read until the cursor is empty; a short page ends nothing', async () => {
    const line = history({
      '': { rows: [5, 4], next: 'a%2C b' },
      'a%2C b': { rows: [3], next: 'c' },
      c: { rows: [2, 1], next: '' },
    });
    assert.deepEqual(await ids(line, { limit: '2' }), ['5', '4', '3', '2', '1']);
    assert.ok(line.sent.slice(1).every(({ target }) => target.includes('limit=2')));
  });

  it('end with an empty page, whatever its cursor says', async () => {
    assert.deepEqual(await ids(history({ '': { rows: [2], next: 'x' }, x: { rows: [], next: 'y' } })), ['2']);
    assert.deepEqual(await ids(history({ '': { rows: [2], next: null } })), ['2']);
  });

  it('give each row once, when rows move on to the next page or a page comes twice', async () => {
    const moved = history({ '': { rows: [3, 2], next: 'x' }, x: { rows: [2, 1], next: null } });
    assert.deepEqual(await ids(moved), ['3', '2', '1']);
    // An exchange that does not know its own cursor gives the first page for ever.
    const same = { rows: [2, 1], next: 'x' };
    const stuck = history({ '': same, x: { ...same, next: 'y' }, y: { ...same, next: 'z' } });
    assert.deepEqual(await ids(stuck), ['2', '1']);
    assert.equal(stuck.sent.filter(({ path }) => path !== TIME_PATH).length, 2);
  });

  it('end when a cursor comes again', async () => {
    const line = history({
      '': { rows: [1], next: 'x' },
      x: { rows: [2], next: 'y' },
      y: { rows: [3], next: 'x' },
    });
    assert.deepEqual(await ids(line), ['1', '2', '3']);
  });

  it('are given up after 200 without an end, instead of leaving rows out', async () => {
    const line = wire((sent, self) =>
      sent.path === TIME_PATH
        ? undefined
        : self.envelope({ list: [row(sent.count)], nextPageCursor: `c${sent.count}` }),
    );
    await assert.rejects(ids(line), UnreadableError);
    assert.equal(line.sent.filter(({ path }) => path !== TIME_PATH).length, 200);
  });
});
