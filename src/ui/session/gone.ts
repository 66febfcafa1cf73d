import { words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import type { Asker } from '../flow/asker';
import type { Session } from '../session';

/** Says that another window removed the account that was shown here, and what is shown in its place. */
export async function tellGone(asker: Pick<Asker, 'say'>, gone: Account, now: Session): Promise<void> {
  const shown = now.kind === 'account' || now.kind === 'locked' ? now.account.label : undefined;
  await asker.say({
    severity: 'warning',
    words: [
      words('The account {0} was removed in another window.', gone.label),
      shown === undefined
        ? words('No account is shown here now.')
        : words('This window now shows {0}.', shown),
    ],
    actions: [],
  });
}
