import { type Words, withCode, words } from '../../bybit/words';
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
}

/**
 * Tells how an operation ended, with the ways on; of several, how the last one that was sent did. True when the person
 * wants to change something and ask anew, which is not offered once something was done: it would be done twice.
 */
export async function tell(
  options: Pick<FlowOptions, 'asker' | 'run'>,
  title: Words,
  verdict: Verdict,
  { done, all }: Progress = { done: 0, all: 1 },
): Promise<boolean> {
  const manner = MANNER[verdict.state];
  const { severity } = manner;
  const isPartly = all > 1 && done > 0;
  const lead = isPartly ? progressWords(done, all) : manner.lead;
  const actions = isPartly ? withoutAgain(manner) : manner.actions;
  const chosen = await options.asker.say<Action>({
    severity,
    about: title,
    words: said(verdict, lead),
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
): Promise<void> {
  const manner = MANNER[verdict.state];
  const chosen = await asker.say<Exclude<Action, 'again'>>({
    severity: manner.severity,
    about: title,
    words: said(verdict, manner.lead),
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

function progressWords(done: number, all: number): Words {
  return done === all
    ? words('All {0} orders were sent. The last one:', String(all))
    : words(
        '{0} of {1} orders were sent and are done; nothing was sent after the next one:',
        String(done),
        String(all),
      );
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
