import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FIRST_VIEW, parseHostMessage, parsePanelMessage, viewOf } from '../../../src/webview/contract';
import { FIRST_LOOK } from '../../../src/webview/look-contract';
import { FIRST_PLACE, type GridPlace, MOST_OPEN } from '../../../src/webview/place-contract';
import { row, SOME, snapshot, start } from '../../browser/messages';

const SESSION = 'session-0123456789';
const host = (message: object) => parseHostMessage({ ...message, session: SESSION }, SESSION);
const panel = (message: object) => parsePanelMessage({ ...message, session: SESSION }, SESSION);
const PLACE: GridPlace = {
  top: { id: 'BTC', at: 4, past: 12 },
  left: 40,
  cell: { row: { id: '__proto__', at: 7 }, column: 'flexible' },
  chosen: { from: 'ETH' },
  open: ['BTC', 'ETH'],
};
const withRows = (rows: unknown) => {
  const message = snapshot(SOME);
  return { ...message, table: { ...message.table, rows } };
};

describe('the contract of the panels', () => {
  it('lets through what each side sends', () => {
    assert.equal(host(start())?.type, 'start');
    assert.deepEqual(host(snapshot(SOME)), { ...snapshot(SOME), session: SESSION });
    assert.equal(host(snapshot(null))?.type, 'snapshot');
    for (const message of [
      { type: 'ready' },
      { type: 'view', view: FIRST_VIEW },
      { type: 'deed', deed: { kind: 'borrow', coin: 'BTC', term: null } },
      { type: 'deed', deed: { kind: 'borrowFixed', coin: 'BTC', term: '30' } },
      { type: 'deed', deed: { kind: 'supply', coin: 'BTC', term: '180' } },
      { type: 'favourite', coin: 'BTC', isFavourite: false },
      { type: 'copy', text: 'BTC\t1' },
      {
        type: 'export',
        of: 'borrow',
        sheet: {
          columns: [
            { title: 'Coin', isNumber: false },
            { title: 'Rate', isNumber: true },
          ],
          rows: [
            ['BTC', '0.5'],
            ['=1', null],
          ],
        },
      },
      { type: 'retry' },
      { type: 'places', places: [{ table: 'lend', ...PLACE }] },
      { type: 'sight', rows: ['BTC', '__proto__'] },
    ]) {
      assert.deepEqual(panel(message), { ...message, session: SESSION });
    }
  });

  it('drops what belongs to another load of the page', () => {
    assert.equal(parseHostMessage({ ...start(), session: 'session-9999999999' }, SESSION), undefined);
    assert.equal(parsePanelMessage({ type: 'ready', session: 'session-9999999999' }, SESSION), undefined);
    assert.equal(parsePanelMessage({ type: 'ready' }, SESSION), undefined);
    // Before the first load there is no session that anything could belong to.
    assert.equal(parsePanelMessage({ type: 'ready', session: '' }, ''), undefined);
  });

  it('drops unknown kinds and the other side’s', () => {
    assert.equal(panel({ type: 'execute', command: 'x' }), undefined);
    assert.equal(panel(start()), undefined);
    assert.equal(host({ type: 'ready' }), undefined);
  });

  it('strips what does not belong to a message', () => {
    const deed = { kind: 'borrow', coin: 'BTC', term: null };
    assert.deepEqual(
      panel({ type: 'deed', deed: { ...deed, amount: '1000', confirm: true }, command: 'loanDesk.repay' }),
      { type: 'deed', deed, session: SESSION },
    );
  });

  it('keeps a place of each table, within bounds', () => {
    const places = (...all: readonly object[]) =>
      panel({ type: 'places', places: all.map((place) => ({ table: 'borrow', ...place })) });
    assert.ok(places(FIRST_PLACE) !== undefined);
    assert.ok(places({ ...PLACE, cell: { row: null, column: 'coin' }, chosen: 'all' }) !== undefined);
    assert.ok(places({ ...PLACE, open: Array(MOST_OPEN).fill('BTC') }) !== undefined);
    for (const wrong of [
      { table: 'wallet' },
      { top: { id: 'BTC', at: -1, past: 0 } },
      { top: { id: 'BTC', at: 0.5, past: 0 } },
      { top: { id: 'x'.repeat(1_001), at: 0, past: 0 } },
      { left: Number.NaN },
      { cell: { row: { id: 'BTC', at: 1 } } },
      { chosen: 'some' },
      { open: Array(MOST_OPEN + 1).fill('BTC') },
    ]) {
      assert.equal(places({ ...PLACE, ...wrong }), undefined, JSON.stringify(wrong).slice(0, 80));
    }
    assert.equal(places(...Array(7).fill(PLACE)), undefined);
    const view = { ...FIRST_VIEW, places: [{ table: 'lend' as const, ...PLACE }] };
    assert.deepEqual(viewOf(view), view);
    assert.deepEqual(host(start({ view })), { ...start({ view }), session: SESSION });
    const { places: _, ...older } = FIRST_VIEW;
    assert.deepEqual(viewOf(older), FIRST_VIEW);
  });

  it('starts nothing but what rows offer', () => {
    for (const deed of [
      { kind: 'repay', coin: 'BTC', term: null },
      { kind: 'borrow', coin: '', term: null },
      { kind: 'borrow', coin: 'BTC' },
      { kind: 'borrowFixed', coin: 'BTC', term: '31' },
      { kind: 'borrowFixed', coin: 'BTC', term: 30 },
      { kind: 'borrow', coin: 1, term: null },
      'borrow',
      null,
    ]) {
      assert.equal(panel({ type: 'deed', deed }), undefined, JSON.stringify(deed));
      if (deed !== null)
        assert.equal(host(withRows([{ ...row({ coin: 'BTC' }), deed }])), undefined, JSON.stringify(deed));
    }
  });

  it('drops a table that is not the one it says', () => {
    assert.equal(host({ ...snapshot(SOME), of: 'lend' }), undefined);
    assert.equal(host({ ...snapshot(SOME), of: 'other' }), undefined);
    assert.equal(host({ ...snapshot(null), of: 'lend' })?.type, 'snapshot');
  });

  it('wants second lines for every column or for none, of known marks', () => {
    const whole = row({ coin: 'BTC' });
    const note = { text: '5 BTC', value: '5', limit: null, mark: 'best' };
    const withNotes = (notes: unknown) => host(withRows([{ ...whole, notes }]));
    assert.notEqual(withNotes(whole.cells.map(() => note)), undefined);
    assert.notEqual(withNotes(whole.cells.map(() => null)), undefined);
    assert.equal(withNotes([note]), undefined);
    assert.equal(withNotes(whole.cells.map(() => ({ ...note, mark: 'good' }))), undefined);
    assert.equal(withNotes(whole.cells.map(() => ({ ...note, text: 5 }))), undefined);
    assert.equal(withNotes('5 BTC'), undefined);
  });

  it('drops what is beyond all reason in size', () => {
    assert.equal(panel({ type: 'sight', rows: Array.from({ length: 61 }, () => 'A') }), undefined);
    const long = 'x'.repeat(1001);
    assert.equal(panel({ type: 'deed', deed: { kind: 'borrow', coin: long, term: null } }), undefined);
    assert.equal(panel({ type: 'view', view: { ...FIRST_VIEW, tier: long } }), undefined);
    assert.equal(host(withRows([row({ coin: long })])), undefined);
    assert.equal(host(withRows(Array.from({ length: 20_001 }, () => row({ coin: 'A' })))), undefined);
    assert.equal(host(snapshot(SOME, { source: long })), undefined);
  });

  it('wants exact decimals in columns of numbers, and a cell for every column', () => {
    for (const cells of [
      ['BTC', '1e3', null, '1'],
      ['BTC', 'abc', null, '1'],
      ['BTC', '0.10', null, '1'],
      ['BTC', 0.1, null, '1'],
      ['BTC', '0.1', null],
      ['BTC', '0.1', null, '1', '2'],
      ['BTC', '0.1', undefined, '1'],
      [1, '0.1', null, '1'],
      'BTC',
    ]) {
      assert.equal(
        host(withRows([{ id: 'BTC', cells, notes: null, deed: null }])),
        undefined,
        JSON.stringify(cells),
      );
    }
    assert.equal(host(withRows([{ id: 'BTC', cells: ['BTC', '0.1', null, '1'], deed: 1 }])), undefined);
    assert.equal(host(withRows([null])), undefined);
    assert.equal(host(withRows('rows')), undefined);
  });

  describe('a look that was kept', () => {
    const old = { table: 'borrow', filter: 'usd', sort: [{ column: 'flexible', descending: true }] };
    const filters = [{ column: 'flexible', kind: 'rate', op: '..', values: ['1', '2.5'], period: 'hour' }];
    const looks = (table: object) => viewOf({ ...FIRST_VIEW, tables: [table] }).tables;

    it('reads as an older version wrote it', () => {
      assert.deepEqual(looks(old), [{ ...FIRST_LOOK, ...old }]);
    });

    it('keeps columns that can be, and those only', () => {
      const columns = [{ id: 'flexible', width: 120, isShown: false }];
      assert.deepEqual(looks({ ...old, columns })[0]?.columns, columns);
      for (const change of [{ width: 10 }, { width: 1e6 }, { width: 99.5 }, { isShown: 1 }, { id: '' }]) {
        assert.deepEqual(
          looks({ ...old, columns: [{ ...columns[0], ...change }] }),
          [],
          JSON.stringify(change),
        );
      }
    });

    it('keeps filters that can be, and those only', () => {
      assert.deepEqual(looks({ ...old, filters })[0]?.filters, filters);
      for (const change of [
        { op: '<>' },
        { values: ['1'] },
        { values: ['1', 'x'] },
        { values: ['1', '2', '3'] },
        { op: '>', values: ['1,5'] },
        { op: '>', values: ['1.0'] },
        { op: 'has', values: [''] },
        { period: 'day' },
        { kind: 'colour' },
        { column: '' },
      ]) {
        assert.deepEqual(
          looks({ ...old, filters: [{ ...filters[0], ...change }] }),
          [],
          JSON.stringify(change),
        );
      }
    });
  });

  it('lets only rows become a file that fit their columns', () => {
    const message = (rows: unknown, columns: unknown = [{ title: 'Rate', isNumber: true }]) =>
      panel({ type: 'export', of: 'borrow', sheet: { columns, rows } });
    assert.notEqual(message([['0.5'], [null]]), undefined);
    for (const rows of [
      [['0.5', '1']],
      [[]],
      [['x']],
      [['0.50']],
      [[0.5]],
      ['0.5'],
      [['1'.repeat(1_001)]],
      'x',
    ]) {
      assert.equal(message(rows), undefined, JSON.stringify(rows));
    }
    assert.equal(message([], []), undefined);
    assert.equal(message([['x']], [{ title: 'T', isNumber: 1 }]), undefined);
    assert.equal(panel({ type: 'copy', text: 1 }), undefined);
  });

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (data) => {
        assert.equal(parseHostMessage(data, SESSION), undefined);
        assert.equal(parsePanelMessage(data, SESSION), undefined);
        assert.deepEqual(viewOf(data), FIRST_VIEW);
      }),
      { numRuns: 2000 },
    );
  });

  it('survives a message that was changed at one place', () => {
    const good = JSON.stringify({ ...snapshot(SOME), session: SESSION });
    fc.assert(
      fc.property(
        fc.nat(good.length - 1),
        fc.constantFrom('0', 'null', '"', '[', '{}', '-', 'x'),
        (at, put) => {
          const text = good.slice(0, at) + put + good.slice(at + 1);
          let data: unknown;
          try {
            data = JSON.parse(text);
          } catch {
            return;
          }
          const message = parseHostMessage(data, SESSION);
          if (message?.type !== 'snapshot' || message.table === null) return;
          for (const { cells } of message.table.rows)
            assert.equal(cells.length, message.table.columns.length);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
