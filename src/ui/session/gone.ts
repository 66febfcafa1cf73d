import { type Words, words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import type { Asker } from '../flow/asker';
import type { Session } from '../session';

/** An account that was removed while it was shown. */
export interface Gone {
  readonly account: Account;
  /** Operations without an end in its journal. */
  readonly unsettled: number;
}

/** What becomes of operations without an end when their account is removed. */
export function unsettledWords(count: number): readonly Words[] {
  if (count === 0) return [];
  return [
    words(
      'Operations without an end: {0}. Nobody looks them up until a key of the same user is added again.',
      String(count),
    ),
  ];
}

/** Says that another window removed the account that was shown here, and what is shown in its place. */
export async function tellGone(
  asker: Pick<Asker, 'say'>,
  { account, unsettled }: Gone,
  now: Session,
): Promise<void> {
  const shown = now.kind === 'account' || now.kind === 'locked' ? now.account.label : undefined;
  await asker.say({
    severity: 'warning',
    words: [
      words('The account {0} was removed in another window.', account.label),
      shown === undefined
        ? words('No account is shown here now.')
        : words('This window now shows {0}.', shown),
      ...unsettledWords(unsettled),
    ],
    actions: [],
  });
}
