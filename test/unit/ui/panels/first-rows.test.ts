import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstRows } from '../../../../src/ui/panels/first-rows';
import { parseHostMessage, type Table } from '../../../../src/webview/contract';
import { FIRST_LOOK } from '../../../../src/webview/look-contract';
import { shownRows } from '../../../../src/webview/model/order';
import { many, snapshot, table } from '../../../browser/messages';

const SESSION = 'session-0123456789';
const NONE: ReadonlySet<string> = new Set();

describe('the first rows of a long table', () => {
  it('are sent ahead where there are many, in a message that the page takes', () => {
    const all = snapshot(many(5_000));
    const first = firstRows(all, NONE);
    assert.ok(first?.table != null);
    assert.deepEqual(first.table.rows, all.table?.rows.slice(0, 60));
    assert.equal(first.ahead, 5_000);
    assert.deepEqual(first.status, all.status);
    assert.ok(parseHostMessage({ ...first, session: SESSION }, SESSION) !== undefined);
  });

  it('are not where all are few, or nothing was read', () => {
    assert.equal(firstRows(snapshot(many(200)), NONE), undefined);
    assert.equal(firstRows(snapshot(null), NONE), undefined);
  });

  it('are those that the page shows first, whichever coins are favourites', () => {
    const rows = many(1_000);
    const coins = rows.map(({ coin }) => coin ?? '');
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...coins), { maxLength: 150 }), (chosen) => {
        const favourites = new Set(chosen);
        const all = table(rows);
        const first = firstRows(snapshot(rows), favourites)?.table;
        assert.ok(first != null);
        const shown = (of: Table) => shownRows(of, FIRST_LOOK, favourites).slice(0, 60);
        assert.deepEqual(shown(first), shown(all));
      }),
    );
  });

  it('are none when there are no more than these', () => {
    const few = { ...snapshot(many(5)), session: SESSION };
    assert.equal(parseHostMessage({ ...few, ahead: 5 }, SESSION), undefined);
    assert.equal(parseHostMessage({ ...few, table: null, ahead: 9 }, SESSION), undefined);
    assert.ok(parseHostMessage({ ...few, ahead: 6 }, SESSION) !== undefined);
  });
});
