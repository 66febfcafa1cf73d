import { type Words, words } from '../../bybit/words';
import { utcMinute } from '../../desk/utc';
import type { Help, Severity, WatchEvent } from '../../desk/watch/event';
import type { Fired } from '../../desk/watch/state';
import type { CommandId } from '../commands';
import type { Message } from '../flow/question';
import { type RowSubject, verbatim } from '../tree/row';

/** What each way to help is called, and the command it starts. */
const HELP: { readonly [Deed in Help['deed']]: { readonly label: Words; readonly command: CommandId } } = {
  addCollateral: { label: words('Add Collateral'), command: 'adjustCollateral' },
  repay: { label: words('Repay'), command: 'repay' },
  renew: { label: words('Look at the Loan'), command: 'refresh' },
  replaceKey: { label: words('Enter the Key Again'), command: 'replaceKey' },
  refresh: { label: words('Read Again'), command: 'refresh' },
  openJournal: { label: words('Open Journal'), command: 'openJournal' },
  openRates: { label: words('Open Rates'), command: 'openRates' },
};

/** A command that helps, and what it starts from; it only prefills. */
export interface Deed {
  readonly command: CommandId;
  readonly subject: RowSubject;
}

/** What a way to help is called. */
export function labelOf(deed: Help['deed']): Words {
  return HELP[deed].label;
}

/** `accountId` is left out for what concerns no account. */
export function deedOf({ deed, coin, amount }: Help, accountId: string | undefined): Deed {
  const direction = deed === 'addCollateral' ? { direction: 'add' as const } : {};
  return {
    command: HELP[deed].command,
    subject: {
      ...(accountId === undefined ? {} : { accountId }),
      ...direction,
      ...(coin === undefined ? {} : { coin }),
      ...(amount === undefined ? {} : { amount }),
    },
  };
}

const SEVERITY: { readonly [S in Severity]: Message<string>['severity'] } = {
  critical: 'error',
  warning: 'warning',
  info: 'info',
};

/** What is chosen at a notification: the n-th help, a snooze, or the list. */
export type Answer = `help${number}` | 'snooze' | 'list';

/** The notification of an event. */
export function messageOf({ event, ended }: Fired, account: string): Message<Answer> {
  const helps = event.help.map(({ deed }, index) => ({
    id: `help${index}` as const,
    label: HELP[deed].label,
  }));
  const snooze =
    ended || event.severity === 'info' ? [] : [{ id: 'snooze' as const, label: words('Snooze…') }];
  return {
    severity: SEVERITY[event.severity],
    words: [verbatim(`${account}:`), event.title, event.detail],
    actions: [...helps, ...snooze, { id: 'list', label: words('Show Watch') }],
  };
}

/** How long a key may be silenced. */
export const SNOOZES: readonly { readonly label: Words; readonly ms: number }[] = [
  { label: words('One hour'), ms: 3_600_000 },
  { label: words('Four hours'), ms: 4 * 3_600_000 },
  { label: words('One day'), ms: 24 * 3_600_000 },
  { label: words('One week'), ms: 7 * 24 * 3_600_000 },
];

/** Icon of an event in lists. */
export function iconOf({ severity }: WatchEvent, ended: boolean): string {
  if (ended) return 'check';
  return severity === 'critical' ? 'error' : severity === 'warning' ? 'warning' : 'info';
}

/** When something was told. */
export function toldAt(at: number): Words {
  return words('told {0}', utcMinute(at));
}
