import type { KeyInfo } from '../../bybit/account';
import { type Words, words } from '../../bybit/words';
import { mayWrite } from '../../desk/parts/key';

/** One fact about a key. */
export interface KeyFact {
  readonly words: Words;
  /** Whether a person should think about it. */
  readonly isWarning: boolean;
}

/**
 * Why a key is not taken at all; undefined when it is. A key that may withdraw can empty the account, and nothing here
 * ever needs that.
 */
export function keyRefusal({ permissions }: KeyInfo): Words | undefined {
  const rights = Object.values(permissions).flatMap((area) => area ?? []);
  return rights.some((right) => /withdraw/i.test(right))
    ? words('This key may withdraw coins. Loan Desk never does: make a key without that permission.')
    : undefined;
}

/** What a key is and may do, for a look before it is kept. docs/v5/user/apikey-info. */
export function keyFacts(info: KeyInfo): readonly KeyFact[] {
  return [rightsFact(info), permissionsFact(info), addressesFact(info), endFact(info), ...ownerFacts(info)];
}

const plainly = (sentence: Words): KeyFact => ({ words: sentence, isWarning: false });
const warning = (sentence: Words): KeyFact => ({ words: sentence, isWarning: true });

function rightsFact(info: KeyInfo): KeyFact {
  if (mayWrite(info)) return plainly(words('Reads and writes: the desk can borrow and repay with it'));
  return info.readOnly === 0
    ? warning(words('Spot trade is missing: the desk shows, and cannot borrow or repay with it'))
    : plainly(words('Reads only: the desk shows, and offers no borrowing or repaying'));
}

function permissionsFact({ permissions }: KeyInfo): KeyFact {
  const areas = Object.entries(permissions).flatMap(([area, rights]) =>
    rights === null || rights.length === 0 ? [] : [`${area} (${rights.join(', ')})`],
  );
  return areas.length === 0
    ? warning(words('Permissions: none'))
    : plainly(words('Permissions: {0}', areas.join(', ')));
}

function isBound({ ips }: KeyInfo): boolean {
  return ips !== null && ips.length > 0 && !ips.includes('*');
}

function addressesFact(info: KeyInfo): KeyFact {
  return isBound(info)
    ? plainly(words('Bound to the IP addresses {0}', (info.ips ?? []).join(', ')))
    : warning(words('Not bound to an IP address: whoever has the key can use it from anywhere'));
}

/** Keys without bound addresses end after 90 days (API.md §2). */
function endFact(info: KeyInfo): KeyFact {
  const { deadlineDay, expiredAt = '' } = info;
  if (isBound(info)) return plainly(words('Does not expire, since it is bound to addresses'));
  const day = /^(?!1970-01-01)\d{4}-\d{2}-\d{2}/.exec(expiredAt)?.[0];
  if (deadlineDay !== undefined && deadlineDay >= 0) {
    const days = String(deadlineDay);
    return warning(
      day === undefined
        ? words('Expires in {0} days', days)
        : words('Expires in {0} days, on {1} (UTC)', days, day),
    );
  }
  return day === undefined
    ? plainly(words('When it expires is not known'))
    : warning(words('Expires on {0} (UTC)', day));
}

function ownerFacts({ vipLevel, userID, isMaster, note }: KeyInfo): readonly KeyFact[] {
  const user =
    isMaster === false
      ? words('Sub-account, user {0}, {1}', userID, vipLevel)
      : words('User {0}, {1}', userID, vipLevel);
  return [plainly(user), ...(note === '' ? [] : [plainly(words('Its name at the exchange: {0}', note))])];
}
