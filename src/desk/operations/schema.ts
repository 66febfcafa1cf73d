import * as v from 'valibot';
import type { Operation, OperationKind } from '../operation';
import { DEFINITIONS } from './registry';

const outline = v.object({ kind: v.string(), accountId: v.string(), params: v.unknown() });

/** An operation in a line of the journal; the parameters are those of its kind. */
export const schemaOfOperation = v.pipe(
  outline,
  v.rawTransform<v.InferOutput<typeof outline>, Operation>(({ dataset, addIssue, NEVER }) => {
    const { kind, accountId, params } = dataset.value;
    const operation = isKind(kind) ? operationOf(kind, accountId, params) : undefined;
    if (operation !== undefined) return operation;
    addIssue({ message: 'not an operation' });
    return NEVER;
  }),
);

function isKind(text: string): text is OperationKind {
  return Object.hasOwn(DEFINITIONS, text);
}

function operationOf(kind: OperationKind, accountId: string, params: unknown): Operation | undefined {
  const read = v.safeParse(DEFINITIONS[kind].schema, params);
  // The schema is the kind's own, so the parameters are too.
  return read.success ? ({ kind, accountId, params: read.output } as Operation) : undefined;
}
