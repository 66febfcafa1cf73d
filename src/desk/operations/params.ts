import * as v from 'valibot';
import { type Decimal, parseDecimal } from '../../bybit/decimal';

/** A decimal number in a line of the journal. */
export const decimalText = v.pipe(
  v.string(),
  v.rawTransform<string, Decimal>(({ dataset, addIssue, NEVER }) => {
    const value = parseDecimal(dataset.value);
    if (value !== undefined) return value;
    addIssue({ message: 'not a decimal number' });
    return NEVER;
  }),
);

export const coinAmount = v.object({ coin: v.string(), amount: decimalText });
