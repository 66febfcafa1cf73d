import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Decimal, decimal } from '../../../src/bybit/decimal';
import { fill } from '../../../src/bybit/words';
import { formatCoin, formatPercent, formatUsd } from '../../../src/desk/format';
import { utcMinute } from '../../../src/desk/utc';
import { veiled } from '../../../src/ui/privacy';
import { levelsOf, watchIntervalOf } from '../../../src/ui/watch/watch-settings';

const locales = fc.constantFrom('en', 'de', 'fr', 'de-CH', 'pl', 'hi', 'es', 'pt-BR', 'ru', 'ja', 'ar', 'fa');
const values: fc.Arbitrary<Decimal> = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 1, max: 8 }))
  .map(([digits, places]) => {
    const text = digits.toString().padStart(places + 1, '0');
    return decimal(`${text.slice(0, -places)}.${text.slice(-places)}`);
  });
const hidden = (arg: string) => {
  const { text, args } = veiled({ text: 'LTV {0}', args: [arg] });
  return fill(text, args);
};

describe('hidden amounts', () => {
  it('are hidden in every locale, with their unit kept', () => {
    fc.assert(
      fc.property(values, locales, (value, locale) => {
        assert.equal(hidden(formatCoin(value, 'USDT', { locale })), 'LTV ••• USDT');
        assert.equal(hidden(formatUsd(value, locale)), 'LTV ••• USD');
      }),
    );
    assert.equal(hidden('-1,234.5 BTC'), 'LTV ••• BTC');
  });

  it('leave rates, ratios, times and names alone', () => {
    fc.assert(
      fc.property(values, locales, (value, locale) => {
        const percent = formatPercent(value, 2, locale);
        assert.equal(hidden(percent), `LTV ${percent}`);
      }),
    );
    for (const text of ['BTC', utcMinute(0), '12', 'UID 42 x', '1000BONK'])
      assert.equal(hidden(text), `LTV ${text}`);
  });
});

describe('the settings of the watch', () => {
  const levels = (value: unknown) => levelsOf((key) => (key === 'watch.ltvLevels' ? value : undefined));
  const interval = (values: Record<string, unknown>) =>
    watchIntervalOf((key) => values[key.slice('watch.'.length)]);

  it('take levels in percent, and the defaults for what is none', () => {
    assert.deepEqual(levels([90, 70.5, 70.5]), ['0.705', '0.9']);
    for (const bad of [undefined, [], 'x', [NaN, -1, 101, {}, null]]) {
      assert.deepEqual(levels(bad), ['0.75', '0.8', '0.85', '0.9']);
    }
  });

  it('keep the interval within its bounds', () => {
    assert.equal(interval({}), 60_000);
    assert.equal(interval({ interval: 1 }), 15_000);
    assert.equal(interval({ interval: 1e9 }), 3_600_000);
    assert.equal(interval({ interval: Number.NaN }), 60_000);
    assert.equal(interval({ enabled: false, interval: 60 }), undefined);
  });
});
