import * as v from 'valibot';
import { parseDecimal } from '../bybit/decimal';
import { TERMS } from '../bybit/terms';
import type { RowSubject } from './tree/row';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(400));

const subject = v.object({
  coin: v.optional(text),
  amount: v.optional(
    v.pipe(
      v.string(),
      v.check((value) => parseDecimal(value) !== undefined),
    ),
  ),
  term: v.optional(v.picklist(TERMS)),
  direction: v.optional(v.picklist(['add', 'reduce'])),
  sold: v.optional(text),
  record: v.optional(text),
  operationId: v.optional(text),
  accountId: v.optional(text),
});

/** A row of one of our trees carries its subject; anybody else may hand over the subject itself. */
const row = v.looseObject({ about: subject });

/**
 * What a command was started from, out of arguments that any extension can make up: a row of ours, a plain object of the
 * same fields, or nothing. What does not have that shape is left out altogether: it only ever pre-fills.
 */
export function subjectOf(args: readonly unknown[]): RowSubject {
  const [first] = args;
  if (first === null || typeof first !== 'object') return {};
  const own = v.safeParse('about' in first ? row : subject, first);
  if (!own.success) return {};
  const { coin, amount, term, direction, sold, record, operationId, accountId } =
    'about' in own.output ? own.output.about : own.output;
  return {
    ...(coin === undefined ? {} : { coin }),
    ...(amount === undefined ? {} : { amount }),
    ...(term === undefined ? {} : { term }),
    ...(direction === undefined ? {} : { direction }),
    ...(sold === undefined ? {} : { sold }),
    ...(record === undefined ? {} : { record }),
    ...(operationId === undefined ? {} : { operationId }),
    ...(accountId === undefined ? {} : { accountId }),
  };
}
