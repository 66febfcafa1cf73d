import type { Credentials } from '../../bybit/exchange';
import { type Words, words } from '../../bybit/words';
import type { Account } from '../../desk/account';
import type { AccountSecrets, Found } from '../accounts/secrets';
import type { Log } from '../log';
import type { ReadySession } from '../session';
import type { Opened, Opener } from './opener';

/** A session with what it holds; whoever asked for it disposes it. */
export interface Arrival {
  readonly session: ReadySession;
  readonly opened: Opened;
  /** The key it was opened with; none for paper, and while locked. */
  readonly credentials?: Credentials;
}

export interface Arrivals {
  readonly opener: Pick<Opener, 'paper' | 'live' | 'visitor' | 'unsettled'>;
  readonly secrets: Pick<AccountSecrets, 'read' | 'isKept'>;
  readonly log: Log;
}

/** The session of an account: with its key, or locked with the reason why not. */
export async function arriveAt(account: Account, arrivals: Arrivals): Promise<Arrival> {
  const { opener, secrets, log } = arrivals;
  const locked = async (reason: Words): Promise<Arrival> => {
    const unsettled = await unsettledOf(account, arrivals);
    const opened = await visitorOf(account, arrivals);
    return { session: { kind: 'locked', account, reason, desk: opened.desk, unsettled }, opened };
  };
  try {
    if (account.environment === 'paper') {
      const opened = await opener.paper(account);
      return { session: { kind: 'account', account, desk: opened.desk }, opened };
    }
    const found = await secrets.read(account);
    if (found.kind !== 'found') return await locked(reasonOf(found.kind));
    const { credentials } = found;
    const opened = await opener.live(account, credentials, () => secrets.isKept(account, credentials));
    return { session: { kind: 'account', account, desk: opened.desk }, opened, credentials };
  } catch (error) {
    log.error(`session: ${account.environment} account could not be opened:`, error);
    return await locked(words('The account could not be opened. Refresh to try again; the log has more.'));
  }
}

/** The session without an account; `reason` where there should have been one. */
export async function arriveAtNone({ opener }: Arrivals, reason?: Words): Promise<Arrival> {
  const opened = await opener.visitor();
  return {
    session: { kind: 'none', desk: opened.desk, ...(reason === undefined ? {} : { reason }) },
    opened,
  };
}

/** Public rates of the account's own host, or of the first one where that host may not be called. */
async function visitorOf(account: Account, { opener }: Arrivals): Promise<Opened> {
  try {
    return await opener.visitor(account);
  } catch {
    return await opener.visitor();
  }
}

/** How many operations have no end; none where the journal cannot be read: the log says that. */
export async function unsettledOf(
  account: Account,
  { opener, log }: Pick<Arrivals, 'opener' | 'log'>,
): Promise<number> {
  try {
    return await opener.unsettled(account);
  } catch (error) {
    log.error('session: the journal of an account that is not open could not be read:', error);
    return 0;
  }
}

function reasonOf(kind: Exclude<Found['kind'], 'found'>): Words {
  switch (kind) {
    case 'lost':
      return words('The key of this account is gone from the secret storage of VS Code. Enter it again.');
    case 'unreadable':
      return words(
        'The secret storage of VS Code could not be read. Refresh to try again, or enter the key again.',
      );
    case 'moved':
      return words('The key was stored for another host than the one the account names. Enter it again.');
  }
}
