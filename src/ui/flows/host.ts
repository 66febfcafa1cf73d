import type { Words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import type { Desk } from '../../desk/operation';
import type { CommandId } from '../commands';
import type { Asker } from '../flow/asker';
import type { Sessions } from '../session';
import type { Ends } from './ends';

/** What the flows are given once. */
export interface FlowOptions {
  readonly asker: Asker;
  readonly sessions: Pick<Sessions, 'current' | 'ready'>;
  /** BCP 47 of the person. */
  readonly locale: string;
  /** A sentence in the person's language. */
  say(sentence: Words): string;
  /** Local epoch milliseconds. */
  now(): number;
  /** Coins that stand first where one is chosen. */
  favourites(): ReadonlySet<string>;
  /** Starts another command of ours and waits until it has ended. */
  run(command: CommandId): Promise<void>;
  /** What goes on after its flow. */
  readonly ends: Ends;
}

/** What one run of a flow works with: the account it began on, whatever the window shows meanwhile. */
export interface Host extends FlowOptions {
  readonly account: Account;
  readonly desk: Desk;
  /** The account and its environment, for titles. */
  readonly where: readonly Words[];
}

/** Whether the window still shows the account on which the flow began. */
export function isStillShown({ sessions, desk }: Host): boolean {
  return sessions.current.kind === 'account' && sessions.current.desk === desk;
}
