import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Undo } from '../../../../src/webview/model/undo';

describe('a value with the way back', () => {
  it('goes back step by step, and to the first value by a step that can be undone', () => {
    const value = new Undo(0);
    assert.equal(value.canUndo, false);
    value.set(1);
    value.set(2);
    value.undo();
    assert.equal(value.now, 1);
    value.reset();
    assert.equal(value.now, 0);
    value.undo();
    assert.equal(value.now, 1);
    value.undo();
    assert.equal(value.now, 0);
    assert.equal(value.canUndo, false);
    value.undo();
    assert.equal(value.now, 0);
  });

  it('takes a drag as one step, and gives up one that is under way', () => {
    const value = new Undo(0);
    value.drag(1);
    value.drag(2);
    value.set(3);
    value.undo();
    assert.equal(value.now, 0);
    value.drag(5);
    value.drag(6);
    assert.equal(value.canUndo, true);
    value.undo();
    assert.equal(value.now, 0);
    assert.equal(value.canUndo, false);
  });

  it('undoes whatever was done, in the order turned around', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(), { minLength: 1 })), (steps) => {
        const value = new Undo(-1);
        const seen = steps.map((step) => {
          const before = value.now;
          for (const drag of step.slice(0, -1)) value.drag(drag);
          value.set(step.at(-1) ?? 0);
          return before;
        });
        for (const before of seen.reverse()) {
          value.undo();
          assert.equal(value.now, before);
        }
      }),
    );
  });
});
