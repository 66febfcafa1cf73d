import { type Decimal, decimal } from '../../bybit/decimal';
import { HOUR, MINUTE } from '../market/market';

const NEAR = decimal('0.9');
const MIDDLE = decimal('0.75');

/**
 * The next moment to look at an LTV, from how much of its line it has reached: every minute close to it, every four hours
 * far away, since prices move by a tenth in a quarter of an hour, and by a third in four hours, on no path of the market.
 * A moment of a grid, so that all windows look at the same ones.
 */
export function nextLook(time: number, reaches: (share: Decimal) => boolean): number {
  const far = reaches(MIDDLE) ? 15 * MINUTE : 4 * HOUR;
  const pace = reaches(NEAR) ? MINUTE : far;
  return (Math.floor(time / pace) + 1) * pace;
}
