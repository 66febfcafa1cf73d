import { type Words, words } from '../../bybit/words';
import { formatLevel } from '../../desk/format';
import { type Line, ownLines } from '../../desk/lines';
import type { PoolName } from '../../desk/pools/pool';
import type { AccountPool } from '../../desk/pools/pools';
import { utcMinute } from '../../desk/utc';
import type { WirePool } from '../../webview/position-contract';
import { DEFAULT_THRESHOLDS } from '../settings';
import { LINE_WORDS } from '../trees/loans/line-words';

type Said = Omit<WirePool['lines'][number], 'line'>;
type LineWords = { readonly [Word in keyof Said]: Words };

/** A risk unit's lines narrow other things than those of a loan (`pools/institutional.ts`). */
const UNIT_WORDS: { readonly [L in Line]: LineWords } = {
  initial: {
    name: words('No withdrawal'),
    past: words('no withdrawal'),
    meaning: words('From this line on nothing may be withdrawn from the unit.'),
  },
  marginCall: {
    name: words('No spot selling'),
    past: words('no spot selling'),
    meaning: words('From this line on the unit may not sell on the spot market.'),
  },
  delayedLiquidation: {
    name: words('Deferred liquidation'),
    past: words('deferred liquidation'),
    meaning: words('From this line on Bybit announces the liquidation of the unit.'),
  },
  liquidation: {
    name: words('Liquidation'),
    past: words('liquidation'),
    meaning: words('From this line on Bybit liquidates the unit.'),
  },
};

const WORDS: { readonly [Name in PoolName]: { readonly [L in Line]: LineWords } } = {
  shared: LINE_WORDS,
  legacy: LINE_WORDS,
  institutional: UNIT_WORDS,
};

/** The lines that a pool has of its own, in words. */
export function linesOf(
  { name, thresholds }: AccountPool,
  say: (sentence: Words) => string,
): WirePool['lines'] {
  return ownLines(thresholds).map((line) => {
    const told = WORDS[name][line];
    return { line, name: say(told.name), past: say(told.past), meaning: say(told.meaning) };
  });
}

/** Where the lines of a pool come from, and of when: nobody should trust a line more than its source. */
export function sourceWords({ source, linesReadAt, thresholds }: AccountPool, locale: string): Words {
  switch (source) {
    case 'api':
      return linesReadAt === undefined
        ? words('Lines: from Bybit’s API.')
        : words('Lines: from Bybit’s API, read {0}.', utcMinute(linesReadAt));
    case 'documentation':
      return words('Line: from the text of Bybit’s API documentation; no product of the unit names one.');
    case 'unknown':
      return words(
        'Lines: not known, since the rules of the coin could not be read. A debt worth its collateral is taken as the line.',
      );
    case 'settings': {
      const changed = ownLines(DEFAULT_THRESHOLDS).some(
        (line) => thresholds[line] !== DEFAULT_THRESHOLDS[line],
      );
      const published = (['initial', 'marginCall', 'delayedLiquidation', 'liquidation'] as const)
        .map((line) => formatLevel(DEFAULT_THRESHOLDS[line], locale))
        .join(' / ');
      return changed
        ? words(
            'Lines: your settings. Bybit’s help page of January 2026 says {0}; no API tells them.',
            published,
          )
        : words('Lines: Bybit’s help page of January 2026, kept in the settings; no API tells them.');
    }
  }
}
