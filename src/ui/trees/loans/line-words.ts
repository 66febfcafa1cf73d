import { type Words, words } from '../../../bybit/words';
import type { Line } from '../../../desk/lines';
import type { RowIcon } from '../../tree/row';

interface LineWords {
  readonly name: Words;
  /** What it means to be past it, in a few words. */
  readonly past: Words;
  /** What the exchange does there. */
  readonly meaning: Words;
  /** Of the LTV when this is the worst line that is reached. */
  readonly icon: RowIcon;
}

/** How each line of the LTV is spoken of. */
export const LINE_WORDS: { readonly [L in Line]: LineWords } = {
  initial: {
    name: words('Initial'),
    past: words('above the initial line: no new loans'),
    meaning: words('Bybit gives no loan that takes the LTV above this line.'),
    icon: { id: 'info', color: 'charts.yellow' },
  },
  marginCall: {
    name: words('Margin call'),
    past: words('margin call'),
    meaning: words('From this line on Bybit warns, and no collateral may leave.'),
    icon: { id: 'warning', color: 'charts.orange' },
  },
  delayedLiquidation: {
    name: words('Delayed liquidation'),
    past: words('delayed liquidation'),
    meaning: words(
      'From this line on Bybit may sell collateral after a delay whose length it does not publish.',
    ),
    icon: { id: 'error', color: 'charts.red' },
  },
  liquidation: {
    name: words('Liquidation'),
    past: words('liquidation'),
    meaning: words('From this line on Bybit sells collateral to pay the debts.'),
    icon: { id: 'flame', color: 'charts.red' },
  },
};
