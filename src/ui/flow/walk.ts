import type { Words } from '../../bybit/words';
import type { Asker } from './asker';
import type { Frame, Remark } from './question';

/** What came of a step. */
export type Turn<C> =
  | { readonly kind: 'forward'; readonly context: C }
  /** To the step before, where there is one; with the reason, unless the person asked for it. */
  | { readonly kind: 'back'; readonly notice?: Remark }
  /** To a step before this one, with the reason; what was answered since stays in the context. */
  | { readonly kind: 'return'; readonly to: string; readonly context: C; readonly notice: Remark };

/** One question of a flow. It reads earlier answers from the context and shows its own as what stands there already. */
export interface Step<C> {
  /** Unique in its flow, also among steps made from answers, e.g. `amount.ETH`. */
  readonly id: string;
  ask(context: C, asker: Asker, frame: Frame): Promise<Turn<C>>;
}

export interface Flow<C> {
  readonly title: Words;
  /** What it is done to: the account with its environment. */
  readonly where?: readonly Words[];
  /** The steps that the answers so far call for, in order. Earlier steps must not depend on later answers. */
  plan(context: C): readonly Step<C>[];
}

/** Where to begin when not at the first step: everything before it counts as answered. */
export interface Entry {
  readonly at: string;
  readonly notice?: Remark;
}

/**
 * Goes through the steps of a flow until all are answered, and gives the last context. Going back shows the earlier
 * answer again and forgets nothing that was answered after it. Rejects when the person escapes.
 */
export async function walk<C>(flow: Flow<C>, asker: Asker, start: C, entry?: Entry): Promise<C> {
  let context = start;
  let notice = entry?.notice;
  let passed = entry === undefined ? [] : idsBefore(flow.plan(context), entry.at);
  for (;;) {
    const plan = flow.plan(context);
    passed = passed.filter((id) => plan.some((step) => step.id === id));
    const ahead = plan.filter((step) => !passed.includes(step.id));
    const [step] = ahead;
    if (step === undefined) return context;
    const turn = await step.ask(context, asker, {
      title: [flow.title, ...(flow.where ?? [])],
      step: passed.length + 1,
      steps: passed.length + ahead.length,
      canGoBack: passed.length > 0,
      notice,
    });
    notice = undefined;
    switch (turn.kind) {
      case 'forward':
        context = turn.context;
        passed.push(step.id);
        break;
      case 'back':
        notice = turn.notice;
        passed.pop();
        break;
      case 'return':
        context = turn.context;
        notice = turn.notice;
        passed = passed.includes(turn.to) ? passed.slice(0, passed.indexOf(turn.to)) : passed;
        break;
    }
  }
}

function idsBefore<C>(plan: readonly Step<C>[], id: string): string[] {
  const index = plan.findIndex((step) => step.id === id);
  return plan.slice(0, Math.max(index, 0)).map((step) => step.id);
}
