import assert from 'node:assert/strict';
import { words } from '../../../../src/bybit/words';
import { readAtOf } from '../../../../src/desk/pools/pool';
import type { PartName, Snapshot } from '../../../../src/desk/snapshot';
import { emptySnapshot } from '../../../../src/desk/store';

const GROUNDS: readonly PartName[] = ['position', 'prices', 'collateralRules'];

function snapshot(times: Partial<Record<PartName, number>>, failed?: PartName): Snapshot {
  const empty = emptySnapshot();
  const failure = { words: words('No.'), advice: undefined, code: undefined, at: 900 };
  const parts = Object.entries(times).map(([name, readAt]) => [
    name,
    { value: undefined, readAt, failure: name === failed ? failure : undefined, loading: false },
  ]);
  return { ...empty, parts: { ...empty.parts, ...Object.fromEntries(parts) } };
}

describe('when the figures of a pool were read', () => {
  const at = (...given: Parameters<typeof snapshot>) => readAtOf({ grounds: GROUNDS }, snapshot(...given));

  it('is the oldest of them, but for rules that hold for hours', () => {
    assert.equal(at({ position: 500, prices: 400, collateralRules: 1 }), 400);
  });

  it('counts rules that could not be read again', () => {
    assert.equal(at({ position: 500, prices: 400, collateralRules: 1 }, 'collateralRules'), 1);
  });

  it('is of the rules where nothing else was read, and nothing where nothing was', () => {
    assert.equal(at({ collateralRules: 1 }), 1);
    assert.equal(at({}), undefined);
  });
});
