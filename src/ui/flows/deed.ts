import { type Words, words } from '../../bybit/words';
import type { Operation, Review, Stage, Verdict } from '../../desk/operation';
import { deedOf } from '../../desk/operations/registry';
import { reviewText } from '../../desk/review-text';
import { type Entry, type Flow, type Step, walk } from '../flow/walk';
import type { RowSubject } from '../tree/row';
import { enter } from './gate';
import { type FlowOptions, type Host, isStillShown } from './host';
import { type Confirmed, REVIEW, type Reviewed, reviewStep } from './steps/review-step';
import { nothingSent, type Progress, refusedSinceSwitched, restWords, tell } from './verdict';

/**
 * How one kind of operation is asked for. `C` holds the answers. Everything around the questions (the gate before, the
 * review, the confirmation, sending, the verdict) is the same for all kinds and lives here and in the steps.
 */
export interface DeedFlow<C> extends Pick<Reviewed<C>, 'needs' | 'stepOf'> {
  readonly title: Words;
  /** Why there is nothing to do, with the way on; undefined when there is. */
  obstacle?(host: Host): readonly Words[] | undefined;
  /** The answers before anything was asked; what the person started from only pre-fills. */
  start(subject: RowSubject, host: Host): C;
  /** The step to begin at, since what the person started from answers those before it; undefined for the first. */
  beginAt?(context: C): string | undefined;
  /** The questions, without the review. */
  steps(context: C, host: Host): readonly Step<C>[];
  /** Called when every step is answered. */
  operation(context: C, host: Host): Operation;
  /**
   * What the one confirmation covers, in the order of sending, where it is more than {@link operation}, which then is all
   * of it as one and only reviewed. Sent one after the other, until one does not end well.
   */
  parts?(context: C, host: Host): readonly Operation[];
  /** The review of {@link operation}, where as one it would be told otherwise than its parts are sent. */
  told?(context: C, host: Host, review: Review): Review;
  /** The button of the modal dialog, e.g. "Borrow 0.1 BTC". */
  deed(context: C, host: Host): Words;
  terms?(context: C, host: Host): ReturnType<Reviewed<C>['terms']>;
}

const STAGE: { readonly [S in Stage]: Words } = {
  reading: words('reading the account once more'),
  sending: words('sending'),
  settling: words('waiting for the record of the exchange'),
};

/** Runs a flow from the gate to the verdict. Rejects when the person escapes, which sends nothing. */
export async function runDeed<C>(
  deed: DeedFlow<C>,
  options: FlowOptions,
  subject: RowSubject,
): Promise<void> {
  const host = await enter(options, deed.needs, (found) => deed.obstacle?.(found));
  if (host === undefined) return;
  const isOurs = subject.accountId === undefined || subject.accountId === host.account.id;
  let context = deed.start(isOurs ? subject : {}, host);
  const at = deed.beginAt?.(context);
  let entry: Entry | undefined = at === undefined ? undefined : { at };
  for (;;) {
    let confirmed: Confirmed | undefined;
    const flow = flowOf(deed, host, (what) => {
      confirmed = what;
    });
    context = await asked(flow, host, context, entry);
    if (confirmed === undefined) throw new Error('A flow ended without its last step.');
    const { title, operations, sections } = confirmed;
    const { verdict, progress } = await sent(host, title, {
      operations,
      review: reviewText(sections, host.say),
    });
    host.ends.follow(host, restWords(progress));
    const goesOn = await tell(host, title, verdict, progress);
    if (!goesOn) return;
    entry = { at: REVIEW, notice: { severity: 'error', words: verdict.words } };
  }
}

function flowOf<C>(deed: DeedFlow<C>, host: Host, confirmed: (what: Confirmed) => void): Flow<C> {
  const operation = (context: C) => deed.operation(context, host);
  const reviewed: Reviewed<C> = {
    needs: deed.needs,
    stepOf: deed.stepOf,
    deed: (context) => deed.deed(context, host),
    operation,
    parts: (context) => deed.parts?.(context, host) ?? [operation(context)],
    told: (context, review) => deed.told?.(context, host, review) ?? review,
    terms: (context) => deed.terms?.(context, host) ?? [],
  };
  const review = reviewStep(host, reviewed, confirmed);
  return {
    title: deed.title,
    where: host.where,
    plan: (context) => [...deed.steps(context, host), review],
  };
}

/** Asks; meanwhile the account is read again and again, so that the figures on the screen are today's. */
async function asked<C>(flow: Flow<C>, host: Host, context: C, entry: Entry | undefined): Promise<C> {
  const release = host.desk.watch();
  try {
    return await walk(flow, host.asker, context, entry);
  } finally {
    release();
  }
}

/** Sends what was confirmed, one after the other; the first that does not end well ends them all. */
async function sent(
  host: Host,
  title: Words,
  { operations, review }: { readonly operations: readonly Operation[]; readonly review: string },
): Promise<{ readonly verdict: Verdict; readonly progress: Progress }> {
  let verdict = nothingSent();
  let done = 0;
  let last: Operation | undefined;
  for (const operation of operations) {
    last = operation;
    verdict = isStillShown(host)
      ? await host.asker.during(title, (report) =>
          host.desk.execute(operation, { review, onStage: (stage) => report(STAGE[stage]) }),
        )
      : refusedSinceSwitched();
    if (verdict.state !== 'done') break;
    done += 1;
  }
  return { verdict, progress: { done, all: operations.length, last: last && titleOf(last, host) } };
}

function titleOf(operation: Operation, { say, locale }: Host): string {
  return say(deedOf(operation).title(locale));
}
