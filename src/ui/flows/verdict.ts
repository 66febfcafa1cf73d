import { byCount, type Words, withCode, words } from '../../bybit/words';
import type { Verdict, VerdictState } from '../../desk/operation';
import type { Message } from '../flow/question';
import type { FlowOptions } from './host';

type Action = 'again' | 'openJournal' | 'lookAgain' | 'resolveByHand';

const LABEL: { readonly [A in Action]: Words } = {
  again: words('Change and Try Again'),
  openJournal: words('Show Journal'),
  lookAgain: words('Look Again'),
  resolveByHand: words('Resolve by Hand'),
};

interface Manner {
  readonly severity: Message<Action>['severity'];
  readonly actions: readonly Action[];
  /** In front of the verdict's own words. */
  readonly lead?: Words;
}

const MANNER: { readonly [State in VerdictState]: Manner } = {
  done: { severity: 'info', actions: ['openJournal'] },
  failed: { severity: 'error', actions: ['again', 'openJournal'] },
  refused: { severity: 'error', actions: ['again', 'openJournal'], lead: words('Nothing has changed.') },
  absent: { severity: 'warning', actions: ['again', 'openJournal'] },
  processing: { severity: 'info', actions: ['lookAgain', 'openJournal'] },
  unknown: { severity: 'warning', actions: ['lookAgain', 'openJournal'] },
  needsLook: { severity: 'warning', actions: ['resolveByHand', 'lookAgain', 'openJournal'] },
};

/** How far one confirmation of several operations was carried out. */
export interface Progress {
  readonly done: number;
  readonly all: number;
  /** The last one that was begun, as the person reads it; undefined where none was. */
  readonly last: string | undefined;
}

const ALONE: Progress = { done: 0, all: 1, last: undefined };

/**
 * Tells how an operation ended, with the ways on; of several, how the last one that was sent did. True when the person
 * wants to change something and ask anew, which is not offered once something was done: it would be done twice. `rest` is what
 * was confirmed with it and not sent, where that was told before.
 */
export async function tell(
  options: Pick<FlowOptions, 'asker' | 'run'>,
  title: Words,
  verdict: Verdict,
  progress: Progress = ALONE,
  rest: readonly Words[] = [],
): Promise<boolean> {
  const manner = MANNER[verdict.state];
  const { severity } = manner;
  const isPartly = isPart(verdict, progress);
  const lead = isPartly ? progressWords(progress) : manner.lead;
  const actions = isPartly ? withoutAgain(manner) : manner.actions;
  const chosen = await options.asker.say<Action>({
    severity,
    about: title,
    words: [...said(verdict, lead), ...(isPartly ? restWords(progress) : rest)],
    actions: actions.map((id) => ({ id, label: LABEL[id] })),
  });
  if (chosen === 'again') return true;
  if (chosen !== undefined) await options.run(chosen);
  return false;
}

/** Tells how an operation ended whose flow is over, so that there are no questions to go back to. */
export async function tellEnd(
  { asker, run }: Pick<FlowOptions, 'asker' | 'run'>,
  title: Words,
  verdict: Verdict,
  rest: readonly Words[] = [],
): Promise<void> {
  const manner = MANNER[verdict.state];
  const chosen = await asker.say<Exclude<Action, 'again'>>({
    severity: manner.severity,
    about: title,
    words: [...said(verdict, manner.lead), ...rest],
    actions: withoutAgain(manner).map((id) => ({ id, label: LABEL[id] })),
  });
  if (chosen !== undefined) await run(chosen);
}

function withoutAgain({ actions }: Manner): readonly Exclude<Action, 'again'>[] {
  return actions.filter((action) => action !== 'again');
}

function said(verdict: Verdict, lead: Words | undefined): readonly Words[] {
  return [...(lead ? [lead] : []), coded(verdict), ...(verdict.advice ? [verdict.advice] : [])];
}

const UNDONE: ReadonlySet<VerdictState> = new Set(['refused', 'failed', 'absent']);

/** Whether only a part of what was confirmed was sent, or may have been: one that failed as the first changed nothing. */
function isPart({ state }: Verdict, { done, all }: Progress): boolean {
  return all > 1 && (done > 0 || !UNDONE.has(state));
}

function progressWords({ done, all, last = '' }: Progress): Words {
  if (done === all) return words('All {0} orders were sent. The last one:', String(all));
  const [next, total] = [String(done + 1), String(all)];
  return done === 0
    ? words('Order {0} of {1}, “{2}”:', next, total, last)
    : words('{0} of {1} orders are done. The next one, “{2}”:', String(done), total, last);
}

/** What of one confirmation was not sent, for as long as somebody may take a part for the whole. */
export function restWords({ done, all }: Progress): readonly Words[] {
  const rest = all - done - 1;
  if (rest < 1) return [];
  return [
    byCount(
      rest,
      words('The order after it was not sent.'),
      words('The {0} orders after it were not sent.', String(rest)),
    ),
  ];
}

/** The words with the exchange's code, where they do not name it already. */
function coded({ words: said, code }: Verdict): Words {
  if (code === undefined || said.code !== undefined) return said;
  return said.args.some((arg) => code.endsWith(arg)) ? said : withCode(said, code);
}

/** The window shows another account than the one that was confirmed for. */
export function refusedSinceSwitched(): Verdict {
  return {
    state: 'refused',
    words: words('The account was switched meanwhile, so nothing was sent.'),
    advice: words('Switch back and ask again.'),
    recordId: undefined,
    code: undefined,
  };
}

/** A confirmation that covered no operation. */
export function nothingSent(): Verdict {
  return {
    state: 'refused',
    words: words('There was nothing to send.'),
    advice: undefined,
    recordId: undefined,
    code: undefined,
  };
}
