import * as v from 'valibot';

const text = v.pipe(v.string(), v.maxLength(1_000));

/** Why a read failed, as both ends of a panel tell it. */
export const readFailure = v.object({
  text,
  advice: v.nullable(text),
  /** This machine reaches nothing, rather than that the exchange fails. */
  offline: v.boolean(),
});
export type ReadFailure = v.InferOutput<typeof readFailure>;
