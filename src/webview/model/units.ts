import { words } from '../../bybit/words';
import type { Kind, View } from '../contract';
import type { Say } from '../sentences';

/** The unit of a column's numbers; undefined where they are none. */
export function unitOf(kind: Kind, period: View['period'], say: Say): string | undefined {
  switch (kind) {
    case 'rate':
      return period === 'year' ? say(words('% a year')) : say(words('% an hour'));
    case 'ratio':
      return say(words('%'));
    case 'amount':
      return say(words('of the coin'));
    case 'usd':
      return say(words('USD'));
    case 'cost':
      return say(words('USD, and the coin'));
    case 'times':
      return say(words('×'));
    case 'days':
      return say(words('days'));
    default:
      return undefined;
  }
}
