import { type Words, words } from '../../../bybit/words';
import type { Environment } from '../../../desk/account';
import type { Finding, Operation, Review } from '../../../desk/operation';
import { changeWords, type ReviewLine, type ReviewSection, reviewSections } from '../../../desk/review-lines';
import type { PartName } from '../../../desk/snapshot';
import { utcTime } from '../../../desk/utc';
import type { Asker } from '../../flow/asker';
import type { Choice, ConfirmQuestion, Frame, PickQuestion, Remark } from '../../flow/question';
import type { Step, Turn } from '../../flow/walk';
import type { Text } from '../../tree/row';
import { freshen } from '../gate';
import type { Host } from '../host';
import { reviewOf, whyNoReview } from './review-of';

/** Id of the last step of every flow. */
export const REVIEW = 'review';

/** In front of what would be sent: the row that confirms stands for this and nothing else. */
const CONFIRM = 'confirm ';
/** In front of the id of the step that a row leads to. */
const CHANGE = 'change ';

/** What the last step needs to know of an operation's flow. */
export interface Reviewed<C> {
  readonly needs: readonly PartName[];
  operation(context: C): Operation;
  /** What is sent for it, in this order; all of it is reviewed as the one operation. */
  parts(context: C): readonly Operation[];
  /** The review of {@link operation} as it is to be told of its parts. */
  told(context: C, review: Review): Review;
  /** The button of the modal dialog, e.g. "Borrow 0.1 BTC". */
  deed(context: C): Words;
  /** What the exchange asks for it, e.g. the rate. */
  terms(context: C): readonly ReviewLine[];
  /** The step in which a field of a finding is answered; undefined for one that no answer changes. */
  stepOf(field: string): string | undefined;
}

/**
 * What a person said yes to, as it stood there when they did: prices, balances and loans go on changing meanwhile, and what is
 * sent must be this and no more.
 */
export interface Confirmed {
  readonly title: Words;
  readonly operations: readonly Operation[];
  readonly sections: readonly ReviewSection[];
}

/**
 * The last step: shows before -> after and asks; on a live account a modal asks once more. Passing it is the person's
 * confirmation, nothing else is; `confirmed` is told what it was of.
 */
export function reviewStep<C>(
  host: Host,
  reviewed: Reviewed<C>,
  confirmed: (what: Confirmed) => void,
): Step<C> {
  return {
    id: REVIEW,
    ask: async (context, asker, frame) => {
      await freshen(host, host.desk, reviewed.needs);
      let { notice } = frame;
      for (;;) {
        const turn = await ask(host, reviewed, context, asker, { ...frame, notice });
        if (turn.kind === 'again') {
          ({ notice } = turn);
          continue;
        }
        if (turn.kind !== 'confirmed') return turn;
        confirmed(turn.what);
        return { kind: 'forward', context };
      }
    },
  };
}

/** `again` when the person took the confirmation back, or what was confirmed may no longer be sent. */
type Asked<C> =
  | Turn<C>
  | { readonly kind: 'again'; readonly notice: Remark | undefined }
  | { readonly kind: 'confirmed'; readonly what: Confirmed };

async function ask<C>(
  host: Host,
  reviewed: Reviewed<C>,
  context: C,
  asker: Asker,
  frame: Frame,
): Promise<Asked<C>> {
  const reply = await asker.pick(question(host, reviewed, context), frame);
  if (reply.kind === 'back') return reply;
  const { review, errors } = found(host, reviewed, context);
  if (!reply.value.startsWith(CONFIRM)) {
    const to = reply.value.slice(CHANGE.length);
    const reason = errors.find(({ field }) => reviewed.stepOf(field) === to);
    return { kind: 'return', to, context, notice: noticeOf(reason) };
  }
  // A price may have moved since the rows were drawn, or the loan be gone.
  if (review === undefined || errors.length > 0) return { kind: 'again', notice: undefined };
  const operations = reviewed.parts(context);
  if (reply.value !== confirmValue(operations)) return { kind: 'again', notice: CHANGED };
  const options = { locale: host.locale, now: host.now() };
  const sections = reviewSections(review, options, reviewed.terms(context));
  const isSure =
    host.account.environment === 'paper' || (await asker.confirm(lastWord(host, reviewed, context, review)));
  if (!isSure) return { kind: 'again', notice: undefined };
  return { kind: 'confirmed', what: { title: review.title, operations, sections } };
}

const CHANGED: Remark = {
  severity: 'warning',
  words: words('What would be sent has changed just now: look at it again.'),
};

function confirmValue(operations: readonly Operation[]): string {
  return `${CONFIRM}${JSON.stringify(operations)}`;
}

/** The review as of now, and what stands in the way; without one something always does. */
function found<C>(
  { desk }: Host,
  reviewed: Reviewed<C>,
  context: C,
): { readonly review: Review | undefined; readonly errors: readonly Finding[] } {
  const operation = reviewed.operation(context);
  const whole = reviewOf(desk, operation);
  if (whole === undefined) return { review: whole, errors: whyNoReview(desk, operation) };
  const review = reviewed.told(context, whole);
  return { review, errors: review.findings.filter(({ severity }) => severity === 'error') };
}

function noticeOf(reason: Finding | undefined): Remark {
  return reason === undefined
    ? { severity: 'info', words: words('Change what you like; the rest stays.') }
    : { severity: 'error', words: reason.words };
}

// ── The rows ────────────────────────────────────────────────────────────────

function question<C>(host: Host, reviewed: Reviewed<C>, context: C): PickQuestion<string> {
  const { desk, now, locale } = host;
  return {
    placeholder: () => placeholderOf(found(host, reviewed, context), now()),
    choices: () => {
      const { review, errors } = found(host, reviewed, context);
      if (review === undefined) return errorRows(errors, reviewed);
      const sections = reviewSections(
        review,
        { locale, now: now(), errorsApart: true },
        reviewed.terms(context),
      );
      return [
        ...(errors.length > 0
          ? errorRows(errors, reviewed)
          : [confirmRow(review, reviewed.parts(context), host)]),
        ...sections.flatMap(sectionRows),
      ];
    },
    buttons: [{ icon: 'refresh', tooltip: words('Read Again'), press: () => desk.refresh(reviewed.needs) }],
    watch: (redraw) => desk.onDidChange(redraw),
  };
}

function placeholderOf({ review, errors }: ReturnType<typeof found>, now: number): Words {
  if (review === undefined) return words('There is nothing to review any more');
  const time = utcTime(review.readAt, now);
  return errors.length > 0
    ? words('As read at {0}. Choose the first row to change what stands in the way', time)
    : words('Before → after, as read at {0}. Choose the first row to go on', time);
}

function confirmRow(
  { title }: Review,
  operations: readonly Operation[],
  { where, account }: Host,
): Choice<string> {
  const money = account.environment === 'paper' ? [] : [words('asks once more')];
  return { value: confirmValue(operations), label: title, description: [...where, ...money], icon: 'check' };
}

function errorRows<C>(errors: readonly Finding[], { stepOf }: Reviewed<C>): readonly Choice<string>[] {
  return errors.map(({ field, words: text }, index) => {
    const step = stepOf(field);
    return {
      value: step === undefined ? undefined : `${CHANGE}${step}`,
      label: text,
      icon: 'error',
      ...(index === 0 && { group: words('This cannot be sent yet') }),
    };
  });
}

/** Notes that would not fit beside the figures get a line of their own. */
const MOST_BESIDE = 1;

function sectionRows({ title, lines }: ReviewSection): readonly Choice<string>[] {
  return lines.map((line, index) => {
    const change = changeWords(line);
    const figures = change === undefined ? [] : [change];
    const isLong = line.notes.length > MOST_BESIDE;
    const beside = isLong ? figures : [...figures, ...line.notes];
    return {
      value: undefined,
      label: line.label,
      ...(beside.length > 0 && { description: beside }),
      ...(isLong && { detail: line.notes }),
      ...(line.isWarning && { icon: 'warning' }),
      ...(index === 0 && { group: title }),
    };
  });
}

// ── The modal dialog ────────────────────────────────────────────────────────

function lastWord<C>(host: Host, reviewed: Reviewed<C>, context: C, review: Review): ConfirmQuestion {
  const options = { locale: host.locale, now: host.now() };
  const sections = reviewSections(review, options, reviewed.terms(context));
  const told = sections.filter(({ id }) => id !== 'data').flatMap((section) => section.lines.map(lineOf));
  const { account } = host;
  return {
    message: review.title,
    detail: [
      words('Account: {0}', account.label),
      moneyWords(account.environment),
      ...told,
      words(
        'It is carried out once at most, and sent again only where the exchange refuses it for its time or its rate. How it ends is written to the journal.',
      ),
    ],
    deed: reviewed.deed(context),
  };
}

function lineOf(line: ReviewLine): Text {
  const change = changeWords(line);
  return [line.label, ...(change === undefined ? [] : [change]), ...line.notes];
}

function moneyWords(environment: Environment): Words {
  switch (environment) {
    case 'mainnet':
      return words('Environment: Mainnet, real money');
    case 'testnet':
      return words('Environment: Testnet, no real money');
    case 'paper':
      return words('Environment: Paper, simulated money');
    case 'loopback':
      return words('Environment: Loopback, an exchange on this machine');
  }
}
