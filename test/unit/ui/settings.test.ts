import assert from 'node:assert/strict';
import fc from 'fast-check';
import { gt, lte, ONE, ZERO } from '../../../src/bybit/decimal';
import { intervalMsOf, overriddenDefaults, type ReadSetting, thresholdsOf } from '../../../src/ui/settings';

const DEFAULTS = { initial: '0.8', marginCall: '0.85', delayedLiquidation: '0.93', liquidation: '0.95' };

function reader(values: Readonly<Record<string, unknown>>): ReadSetting {
  return (key) => values[key];
}

describe('settings', () => {
  it('gives the documented lines where nothing is set', () => {
    assert.deepEqual(thresholdsOf(reader({})), { value: DEFAULTS, problem: undefined });
  });

  it('takes lines that rise', () => {
    const { value, problem } = thresholdsOf(
      reader({ 'thresholds.initial': 70.5, 'thresholds.liquidation': 96 }),
    );
    assert.equal(problem, undefined);
    assert.deepEqual(value, { ...DEFAULTS, initial: '0.705', liquidation: '0.96' });
  });

  it('takes the default lines altogether when one is no percentage, and names it', () => {
    for (const bad of [0, -1, 100.1, '80%', Number.NaN, true, {}]) {
      const { value, problem } = thresholdsOf(reader({ 'thresholds.marginCall': bad }));
      assert.deepEqual(value, DEFAULTS);
      assert.equal(problem?.args[0], 'loanDesk.thresholds.marginCall', String(bad));
    }
  });

  it('takes the default lines when they do not rise', () => {
    const { value, problem } = thresholdsOf(reader({ 'thresholds.initial': 90 }));
    assert.deepEqual(value, DEFAULTS);
    assert.ok(problem?.text.includes('must rise'));
  });

  it('gives lines above 0 and up to 1 whatever is set', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (initial, liquidation) => {
        const { value } = thresholdsOf(
          reader({ 'thresholds.initial': initial, 'thresholds.liquidation': liquidation }),
        );
        for (const line of Object.values(value)) assert.ok(gt(line, ZERO) && lte(line, ONE));
      }),
      { examples: [[1e-99, undefined]] },
    );
  });

  it('keeps the interval within its bounds', () => {
    assert.equal(intervalMsOf(reader({})), 15_000);
    assert.equal(intervalMsOf(reader({ refreshInterval: 60 })), 60_000);
    assert.equal(intervalMsOf(reader({ refreshInterval: 0.001 })), 5_000);
    assert.equal(intervalMsOf(reader({ refreshInterval: 1e12 })), 3_600_000);
    for (const bad of ['60', Number.NaN, Number.POSITIVE_INFINITY, null, {}])
      assert.equal(intervalMsOf(reader({ refreshInterval: bad })), 15_000);
  });

  it('names the defaults that another extension has changed', () => {
    const properties = { 'loanDesk.a': { default: [75, 80] }, 'loanDesk.b': { default: true } };
    const manifest = { contributes: { configuration: { properties } } };
    assert.deepEqual(
      overriddenDefaults(manifest, (name) => ({ 'loanDesk.a': [75, 80], 'loanDesk.b': false })[name]),
      ['loanDesk.b'],
    );
  });
});
