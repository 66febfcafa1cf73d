/** More than any coin's name has; what is longer would push the figures off the screen. */
const LONGEST = 24;
/** What is not seen, or makes its neighbours read in another order: controls, formats, surrogates, private use. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * A coin's name as it is shown. Names come from the exchange and are shown beside amounts of money: what could hide in
 * one, or turn the digits beside it around, is shown as a replacement mark, and a long one is cut. For display only:
 * the name itself is what commands and requests use.
 */
export function coinName(coin: string): string {
  const seen = coin.replace(UNSEEN, '\uFFFD');
  const letters = [...seen];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : seen;
}
