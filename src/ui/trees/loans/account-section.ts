import { type KeyInfo, vipLevelOf } from '../../../bybit/account';
import { type Words, words } from '../../../bybit/words';
import type { Account, Environment } from '../../../desk/account';
import { daysUntil, keyEnd } from '../../../desk/key-life';
import { utcTime } from '../../../desk/utc';
import { environmentWords, regionWords } from '../../accounts/account-words';
import { type Row, type RowIcon, type Text, texts, verbatim } from '../../tree/row';
import type { LoansView, Section } from './section';

/** Which account this is and where it lives, and what its key may not do. */
export const accountSection: Section = (view) => [accountRow(view), ...keyRows(view)];

const ICONS: { readonly [Where in Environment]: RowIcon } = {
  mainnet: { id: 'globe', color: 'charts.blue' },
  testnet: { id: 'tools' },
  paper: { id: 'beaker', color: 'charts.purple' },
  loopback: { id: 'plug' },
};

/** The first row, also of an account that could not be opened. */
export function accountRowOf(account: Account, ...more: readonly (Words | undefined)[]): Row {
  const isPaper = account.environment === 'paper';
  const where = isPaper ? undefined : verbatim(account.host);
  return {
    id: 'account',
    ...namesOf(account, more),
    tooltip: texts<Text>(
      [verbatim(account.label), environmentWords(account.environment)],
      where === undefined ? undefined : texts(where, regionWords(account)),
      isPaper ? words('Everything here is simulated: no money, no network, no key.') : undefined,
      ...more,
    ),
    icon: ICONS[account.environment],
    tokens: ['account'],
    about: { accountId: account.id },
  };
}

/** The one paper account is called by its environment alone. */
function namesOf(account: Account, more: readonly (Words | undefined)[]): Pick<Row, 'label' | 'description'> {
  const where = environmentWords(account.environment);
  return account.environment === 'paper'
    ? { label: where, description: texts(...more) }
    : { label: verbatim(account.label), description: texts(where, verbatim(account.host), ...more) };
}

function accountRow({ account, desk }: LoansView): Row {
  const key = desk.snapshot.parts.key.value;
  const level = key === undefined ? undefined : verbatim(desk.snapshot.vipLevel);
  return accountRowOf(account, level, desk.canWrite === false ? words('read-only') : undefined);
}

/** Days before its end at which a key begins to warn. */
const SOON_DAYS = 14;

function keyRows({ account, desk, now }: LoansView): readonly Row[] {
  const key = desk.snapshot.parts.key.value;
  if (key === undefined || account.environment === 'paper') return [];
  return [...rightsRow(key, desk.canWrite), ...endRow(key, now), ...tierRow(key)].map((row) => ({
    ...row,
    about: { accountId: account.id },
  }));
}

function rightsRow(key: KeyInfo, canWrite: boolean | undefined): readonly Row[] {
  if (canWrite !== false) return [];
  const readsOnly = key.readOnly !== 0;
  return [
    {
      id: 'key-rights',
      label: words('This key only looks'),
      description: readsOnly ? words('it is read-only') : words('it lacks the permission Spot trade'),
      tooltip: [
        words('Loans are shown; borrowing and repaying are not offered.'),
        words('To act from here, enter a key that reads and writes, with the permission Spot trade.'),
      ],
      icon: { id: 'eye' },
    },
  ];
}

function endRow(key: KeyInfo, now: number): readonly Row[] {
  const end = keyEnd(key);
  if (end === undefined) return [];
  const days = daysUntil(end, now);
  if (days > SOON_DAYS) return [];
  const ended = end <= now;
  return [
    {
      id: 'key-end',
      label: ended ? words('This key has ended') : words('This key ends soon'),
      description: ended
        ? words('since {0}', utcTime(end, now))
        : words('in {0} days, {1}', String(days), utcTime(end, now)),
      tooltip: [
        words('Bybit ends keys that are not bound to an IP address after 90 days.'),
        words('Make a new key on Bybit, then click to enter it.'),
      ],
      icon: ended
        ? { id: 'error', color: 'list.errorForeground' }
        : { id: 'warning', color: 'list.warningForeground' },
      command: 'loanDesk.replaceKey',
    },
  ];
}

function tierRow(key: KeyInfo): readonly Row[] {
  if (vipLevelOf(key.vipLevel).known) return [];
  return [
    {
      id: 'key-tier',
      label: words('VIP level not known'),
      description: words('rates and limits of VIP0 are shown'),
      tooltip: [words('Bybit calls the level of this account {0}.', key.vipLevel.slice(0, 40))],
      icon: { id: 'info' },
    },
  ];
}
