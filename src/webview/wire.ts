import * as v from 'valibot';

// What the contracts of all panels share.

/** What every message carries beside its own. */
export interface Message {
  readonly type: string;
  /** Names one load of one page. */
  readonly session: string;
}

/** A message before it is sent; the session is added. */
export type Unsent<M extends Message> = M extends Message ? Omit<M, 'session'> : never;

/** A handler for every kind of message: a missing one does not compile. What takes time gives its promise. */
export type Handlers<M extends { readonly type: string }> = {
  readonly [Type in M['type']]: (message: Extract<M, { readonly type: Type }>) => unknown;
};

/** Hands a message to the handler of its kind, and gives what that gives. */
export function dispatch<M extends { readonly type: string }>(handlers: Handlers<M>, message: M): unknown {
  // The compiler cannot see that a message and the handler under its own type belong together.
  return (handlers[message.type as M['type']] as (message: M) => unknown)(message);
}

/** Reads a message of the load that is named; gives undefined for everything else. */
export type Parser<M extends Message> = (data: unknown, own: string) => M | undefined;

/** A parser of the messages that a schema knows. */
export function parserOf<M extends Message>(schema: v.GenericSchema<unknown, M>): Parser<M> {
  return (data, own) => {
    const parsed = v.safeParse(schema, data, { abortEarly: true });
    return parsed.success && parsed.output.session === own ? parsed.output : undefined;
  };
}
