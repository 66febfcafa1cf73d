import type { Words } from '../bybit/words';

/** An amount with its unit as `formatCoin` and `formatUsd` write it; a percentage is none. */
const AMOUNT = /^-?[\d.,\s'’٫٬]*\d (?!%)(\S.*)$/u;

/** The sentence with every amount in it hidden, its unit kept: "••• USDT". Rates, ratios and times stay. */
export function veiled(sentence: Words): Words {
  return { ...sentence, args: sentence.args.map((arg) => arg.replace(AMOUNT, '••• $1')) };
}
