import assert from 'node:assert/strict';
import { firstRows } from '../../../../src/ui/panels/first-rows';
import { parseHostMessage } from '../../../../src/webview/contract';
import { many, snapshot } from '../../../browser/messages';

const SESSION = 'session-0123456789';

describe('the first rows of a long table', () => {
  it('are sent ahead where there are many, in a message that the page takes', () => {
    const all = snapshot(many(5_000));
    const first = firstRows(all);
    assert.ok(first?.table != null);
    assert.deepEqual(first.table.rows, all.table?.rows.slice(0, 100));
    assert.equal(first.ahead, 5_000);
    assert.deepEqual(first.status, all.status);
    assert.ok(parseHostMessage({ ...first, session: SESSION }, SESSION) !== undefined);
  });

  it('are not where all are few, or nothing was read', () => {
    assert.equal(firstRows(snapshot(many(500))), undefined);
    assert.equal(firstRows(snapshot(null)), undefined);
  });

  it('are none when there are no more than these', () => {
    const few = { ...snapshot(many(5)), session: SESSION };
    assert.equal(parseHostMessage({ ...few, ahead: 5 }, SESSION), undefined);
    assert.equal(parseHostMessage({ ...few, table: null, ahead: 9 }, SESSION), undefined);
    assert.ok(parseHostMessage({ ...few, ahead: 6 }, SESSION) !== undefined);
  });
});
