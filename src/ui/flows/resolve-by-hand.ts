import { words } from '../../bybit/words';
import { formatAge } from '../../desk/format';
import type { OpenOperation } from '../../desk/operation';
import { utcTime } from '../../desk/utc';
import type { Choice, ConfirmQuestion } from '../flow/question';
import { pickStep } from '../flow/steps';
import { type Step, walk } from '../flow/walk';
import type { RowSubject, Text } from '../tree/row';
import { enterOpen } from './gate';
import type { FlowOptions, Host } from './host';
import { tell } from './verdict';

interface Answers {
  readonly id: string | undefined;
  readonly happened: boolean | undefined;
}

/** Ends an open operation by the person's word, when nothing that can be read names it. A modal explains and asks. */
export async function resolveByHand(options: FlowOptions, { operationId }: RowSubject): Promise<void> {
  const host = await enterOpen(options);
  if (host === undefined) return;
  const { desk, asker, where, ends } = host;
  const named = desk.open.find(({ id }) => id === operationId);
  // A row may be older than the end of what it shows, or be of another account: another operation is never taken for it.
  if (operationId !== undefined && named === undefined) return await tellGone(host, operationId);
  const only = desk.open.length === 1 || named !== undefined;
  const { id, happened } = await walk<Answers>(
    {
      title: words('Resolve by Hand'),
      where,
      plan: () => [...(only ? [] : [operationStep(host)]), answerStep(host)],
    },
    asker,
    { id: (named ?? desk.open[0])?.id, happened: undefined },
  );
  const operation = desk.open.find((one) => one.id === id);
  if (operation === undefined || happened === undefined) return await tellEnd(host, id);
  if (!(await asker.confirm(lastWord(operation, happened, host)))) return;
  ends.leave(operation.id);
  await desk.resolveByHand(operation.id, happened);
  await tellEnd(host, operation.id, operation);
}

/** It may have ended by itself meanwhile. */
async function tellEnd(host: Host, id: string | undefined, operation?: OpenOperation): Promise<void> {
  const verdict = id === undefined ? undefined : host.desk.verdictOf(id);
  if (id === undefined || verdict === undefined) return;
  const title = operation?.title ?? words('The operation has its end');
  await tell(host, title, verdict, undefined, host.ends.restOf(id));
}

/** What was asked for is not open here: how it ended, or that this account knows nothing of it. */
async function tellGone(host: Host, id: string): Promise<void> {
  if (host.desk.verdictOf(id) !== undefined) return await tellEnd(host, id);
  await host.asker.say({
    severity: 'info',
    words: [words('This account has no such operation open. Start from the list of loans.')],
    actions: [],
  });
}

function operationStep({ desk, now }: Host): Step<Answers> {
  return pickStep<Answers, string>(
    'operation',
    (context) => ({
      placeholder: words('Which operation?'),
      choices: () => desk.open.map((operation) => operationRow(operation, now())),
      isCurrent: (id) => id === context.id,
    }),
    (context, id) => ({ ...context, id }),
  );
}

function operationRow(operation: OpenOperation, now: number): Choice<string> {
  return { value: operation.id, label: operation.title, description: since(operation, now) };
}

function since({ since: at }: OpenOperation, now: number): Text {
  return [words('confirmed at {0}', utcTime(at, now)), formatAge(now - at)];
}

function answerStep({ desk, now }: Host): Step<Answers> {
  return pickStep<Answers, boolean>(
    'answer',
    ({ id }) => ({
      placeholder: words('Compare with the page of the exchange first: did it happen?'),
      choices: () => {
        const operation = desk.open.find((one) => one.id === id);
        const about = operation === undefined ? [] : [informing(operation, now())];
        return [
          ...about,
          {
            value: true,
            label: words('It happened'),
            detail: words('Its record stands in the history of the exchange, or the amounts show it.'),
            icon: 'check',
            group: words('Your answer'),
          },
          {
            value: false,
            label: words('It did not happen'),
            detail: words('There is no record of it and no amount has moved.'),
            icon: 'close',
          },
        ];
      },
    }),
    (context, happened) => ({ ...context, happened }),
  );
}

function informing(operation: OpenOperation, now: number): Choice<boolean> {
  return { value: undefined, label: operation.title, description: since(operation, now), icon: 'info' };
}

function lastWord(operation: OpenOperation, happened: boolean, { account, now }: Host): ConfirmQuestion {
  return {
    message: operation.title,
    detail: [
      words('Account: {0}', account.label),
      since(operation, now()),
      ...(operation.state === 'needsLook' ? [] : [stillLooking(operation)]),
      happened
        ? words('The journal will say that it happened, and that it was you who said so.')
        : words('The journal will say that it did not happen, and that it was you who said so.'),
      words('Nothing is sent. Other operations of the account can go on.'),
      words('If the answer is wrong, asking for it again could do it twice.'),
    ],
    deed: happened ? words('It Happened') : words('It Did Not Happen'),
  };
}

function stillLooking({ state }: OpenOperation) {
  return state === 'processing'
    ? words('The exchange took it and still works on it: waiting is safer than answering.')
    : words('It is still being looked up: waiting is safer than answering.');
}
