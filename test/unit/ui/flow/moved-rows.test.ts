import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MovedRows } from '../../../../src/ui/flow/moved-rows';

const listOf = (...labels: readonly string[]) => labels.map((label) => ({ value: label, label }));
const [btc, eth, sol] = ['BTC', 'ETH', 'SOL'].map((label) => ({ value: label, label })) as [
  { value: string; label: string },
  { value: string; label: string },
  { value: string; label: string },
];

describe('rows that changed their places', () => {
  it('leave no doubt where nothing was drawn anew', () => {
    assert.equal(new MovedRows().doubt(0, btc), undefined);
  });

  it('leave a doubt until the other list is on the screen', () => {
    const moved = new MovedRows<typeof btc>();
    const shown = moved.replaced([btc, eth]);
    assert.equal(moved.doubt(0, eth), btc);
    assert.equal(moved.doubt(1, btc), eth);
    shown();
    assert.equal(moved.doubt(0, eth), undefined);
  });

  it('leave none where the same row stands, with another figure or another answer behind its name', () => {
    const moved = new MovedRows<{ value: string; label: string }>();
    moved.replaced([{ value: 'BTC', label: 'BTC, 3 %' }, eth]);
    assert.equal(moved.doubt(0, { value: 'BTC', label: 'BTC, 4 %' }), undefined);
    assert.equal(moved.doubt(1, { value: 'ETH of now', label: 'ETH' }), undefined);
  });

  it('leave none where nothing could be chosen before', () => {
    const moved = new MovedRows<{ value: string | undefined; label: string }>();
    moved.replaced([{ value: undefined, label: 'Coins' }]);
    assert.equal(moved.doubt(0, btc), undefined);
    assert.equal(moved.doubt(7, btc), undefined);
  });

  it('tell the one that was seen last where lists follow each other', () => {
    const moved = new MovedRows<typeof btc>();
    const [first, second] = [moved.replaced([btc]), moved.replaced([eth])];
    assert.equal(moved.doubt(0, sol), eth);
    first();
    assert.equal(moved.doubt(0, sol), eth);
    second();
    assert.equal(moved.doubt(0, sol), undefined);
  });

  it('let only a row through that every list may have had there', () => {
    const list = fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D', 'E'), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(list, { maxLength: 4 }), list, fc.nat(4), (before, after, place) => {
        const moved = new MovedRows<typeof btc>();
        for (const labels of before) moved.replaced(listOf(...labels));
        const row = listOf(...after)[place];
        if (row === undefined) return;
        const others = before.flatMap((labels) => labels[place] ?? []).filter((label) => label !== row.label);
        assert.equal(moved.doubt(place, row)?.label, others.at(-1));
      }),
    );
  });
});
