import { type Words, words } from '../../bybit/words';
import type { Deed } from '../contract';

/** What a button says of what it starts: in a word, and all of it, for those who do not see the row. */
export function deedWords({ kind, coin, term }: Deed): { readonly short: Words; readonly whole: Words } {
  switch (kind) {
    case 'borrow':
      return { short: words('Borrow'), whole: words('Borrow {0}', coin) };
    case 'borrowFixed':
      return {
        short: words('Borrow'),
        whole:
          term === null
            ? words('Borrow {0} at a fixed rate', coin)
            : words('Borrow {0} for {1} days', coin, term),
      };
    case 'addRateAlert':
      return { short: words('Alert'), whole: words('Add a Rate Alert…') };
    case 'supply':
      return {
        short: words('Lend'),
        whole: term === null ? words('Lend {0}', coin) : words('Lend {0} for {1} days', coin, term),
      };
  }
}
