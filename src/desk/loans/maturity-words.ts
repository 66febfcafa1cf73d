import { type Words, words } from '../../bybit/words';
import type { AtMaturity } from './loan';

/** What a fixed loan comes to at its due date. */
export const AT_MATURITY: { readonly [What in AtMaturity]: Words } = {
  repay: words('repaid from the Funding wallet'),
  toFlexible: words('becomes a flexible loan'),
  nothing: words('nothing happens by itself'),
};
