import { byCount, type Words, words } from '../../../bybit/words';
import { environmentWords } from '../../accounts/account-words';
import type { Session } from '../../session';
import { type Row, verbatim } from '../../tree/row';
import { readingRow } from '../read-rows';
import { accountRowOf } from './account-section';
import { SECTIONS } from './sections';

/** The rows of the Loans tree. None without an account, so that the welcome view shows. */
export function loanRows(session: Session, now: number, locale: string): readonly Row[] {
  switch (session.kind) {
    case 'loading':
      return [readingRow('loading', words('Opening the account'))];
    case 'none':
      return noneRows(session);
    case 'locked':
      return lockedRows(session);
    case 'account': {
      const { account, desk } = session;
      return SECTIONS.flatMap((section) => section({ account, desk, now, locale }));
    }
  }
}

function noneRows({ reason }: Extract<Session, { kind: 'none' }>): readonly Row[] {
  if (reason === undefined) return [];
  return [
    {
      id: 'none',
      label: words('No account could be opened'),
      description: reason,
      tooltip: [reason],
      icon: { id: 'error', color: 'list.errorForeground' },
      tokens: ['failed'],
      command: 'loanDesk.refresh',
    },
    { id: 'log', label: words('Show the log'), icon: { id: 'output' }, command: 'loanDesk.showLog' },
  ];
}

/** The account stays listed with what is wrong and every way on, each a row of its own. */
function lockedRows({ account, reason, unsettled }: Extract<Session, { kind: 'locked' }>): readonly Row[] {
  const about = { accountId: account.id };
  const hasKey = account.environment !== 'paper';
  const replace: Row = {
    id: 'replace',
    label: words('Enter the key again'),
    icon: { id: 'key' },
    command: 'loanDesk.replaceKey',
    about,
  };
  return [
    accountRowOf(account, words('not open')),
    {
      id: 'locked',
      label: words('Not open'),
      description: reason,
      tooltip: [reason],
      icon: { id: 'error', color: 'list.errorForeground' },
      tokens: [hasKey ? 'lost' : 'failed'],
      about,
    },
    ...unsettledRows(unsettled),
    ...(hasKey ? [replace] : []),
    { id: 'again', label: words('Try again'), icon: { id: 'refresh' }, command: 'loanDesk.refresh' },
    {
      id: 'switch',
      label: words('Choose another account'),
      icon: { id: 'account' },
      command: 'loanDesk.switchAccount',
    },
    {
      id: 'remove',
      label: words('Remove this account'),
      description: words('asks first'),
      icon: { id: 'trash' },
      command: 'loanDesk.removeAccount',
      about,
    },
  ];
}

/** What was confirmed and has no end yet is not forgotten where the account cannot be read. */
function unsettledRows(count: number): readonly Row[] {
  if (count === 0) return [];
  return [
    {
      id: 'unsettled',
      label: byCount(
        count,
        words('1 operation is not settled'),
        words('{0} operations are not settled', String(count)),
      ),
      description: words('looked up once the account is open'),
      tooltip: [
        words('It was confirmed, and nobody knows yet how it ended. Nothing is sent again.'),
        words('Once the account is open, the histories of the exchange tell. Until then, look at Bybit.'),
        words('Click to open the journal.'),
      ],
      icon: { id: 'question', color: 'list.warningForeground' },
      command: 'loanDesk.openJournal',
    },
  ];
}

/** Beside the title of the view, where it stays while the rows scroll: whose loans these are and where. */
export function loansTitle(session: Session): readonly Words[] | undefined {
  if (session.kind !== 'account' && session.kind !== 'locked') return undefined;
  const { label, environment } = session.account;
  const where = environmentWords(environment);
  return environment === 'paper' ? [where] : [where, verbatim(label)];
}
