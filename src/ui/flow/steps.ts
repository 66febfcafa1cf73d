import type { Asker } from './asker';
import type {
  FileQuestion,
  Frame,
  InputQuestion,
  ManyQuestion,
  PickQuestion,
  Remark,
  Reply,
} from './question';
import type { Step, Turn } from './walk';

/** Puts an answer into the context. */
type Take<C, T> = (context: C, value: T) => C;

function turnOf<C, T>(reply: Reply<T>, context: C, take: Take<C, T>): Turn<C> {
  return reply.kind === 'back' ? reply : { kind: 'forward', context: take(context, reply.value) };
}

/** A step that picks one row, or types in place of it. */
export function pickStep<C, T>(
  id: string,
  question: (context: C) => PickQuestion<T>,
  take: Take<C, T>,
): Step<C> {
  const ask = async (context: C, asker: Asker, frame: Frame) =>
    turnOf(await asker.pick(question(context), frame), context, take);
  return { id, ask };
}

/** A step that ticks any number of rows. */
export function manyStep<C, T>(
  id: string,
  question: (context: C) => ManyQuestion<T>,
  take: Take<C, readonly T[]>,
): Step<C> {
  const ask = async (context: C, asker: Asker, frame: Frame) =>
    turnOf(await asker.pickMany(question(context), frame), context, take);
  return { id, ask };
}

/** A step that asks for a line of text. */
export function inputStep<C>(
  id: string,
  question: (context: C) => InputQuestion,
  take: Take<C, string>,
): Step<C> {
  const ask = async (context: C, asker: Asker, frame: Frame) =>
    turnOf(await asker.input(question(context), frame), context, take);
  return { id, ask };
}

/** A step that asks for a file and reads it. What `read` finds wrong leads to the step before, and is said there. */
export function fileStep<C>(
  id: string,
  question: (context: C) => FileQuestion,
  read: (context: C, path: string) => Promise<{ readonly context: C } | { readonly problem: Remark }>,
): Step<C> {
  return {
    id,
    ask: async (context, asker, frame) => {
      const reply = await asker.file(question(context), frame);
      if (reply.kind === 'back') return reply;
      const outcome = await read(context, reply.value);
      return 'problem' in outcome
        ? { kind: 'back', notice: outcome.problem }
        : { kind: 'forward', context: outcome.context };
    },
  };
}
