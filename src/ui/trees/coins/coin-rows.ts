import type { LoanableCoin } from '../../../bybit/common';
import { byCount, type Words, words } from '../../../bybit/words';
import { countText } from '../../../desk/locale';
import type { Session } from '../../session';
import type { Row } from '../../tree/row';
import { failureRows, readingRow } from '../read-rows';
import type { Choices } from './choices';
import type { CoinList, CoinListInput } from './coin-list';
import { matches } from './filter';
import { ORDERS } from './order';

export interface CoinsView {
  readonly session: Session;
  readonly choices: Choices;
  /** Local epoch milliseconds. */
  readonly now: number;
  readonly locale: string;
  /** Further lines of a coin's tooltip. Never rejects. */
  readonly standing?: CoinListInput['standing'];
}

/** The rows of the Coins tree: what went wrong first, then every coin; the last good rates stay when reading fails. */
export function coinRows(
  { session, choices, now, locale, standing }: CoinsView,
  list: CoinList,
): readonly Row[] {
  if (session.kind === 'loading') return [readingRow('loading', words('Coins'))];
  const { parts, vipLevel } = session.desk.snapshot;
  const failures = failureRows(parts, ['coins'], now);
  const { value, readAt } = parts.coins;
  if (value === undefined) return failures.length > 0 ? failures : [readingRow('loading', words('Coins'))];
  const coins = list.rows(
    {
      coins: value,
      vipLevel,
      readAt: readAt ?? now,
      choices,
      locale,
      ...(standing === undefined ? {} : { standing }),
    },
    now,
  );
  if (coins.length > 0) return failures.length > 0 ? [...failures, ...coins] : coins;
  return [...failures, emptyRow(value.length === 0, choices)];
}

function emptyRow(isEmpty: boolean, { filter }: Choices): Row {
  if (isEmpty) {
    return {
      id: 'empty',
      label: words('No coin is lent now'),
      description: words('click to read again'),
      icon: { id: 'info' },
      command: 'loanDesk.refresh',
    };
  }
  return {
    id: 'empty',
    label: words('No coin matches “{0}”', filter),
    description: words('click to show all'),
    icon: { id: 'filter' },
    command: 'loanDesk.clearCoinFilter',
  };
}

/** Beside the title of the view: "filter: usd · by name · 14 of 132 coins". */
export function coinsTitle(view: CoinsView): readonly Words[] {
  const { filter, order } = view.choices;
  const coins = coinsOf(view.session);
  return [
    ...(filter === '' ? [] : [words('filter: {0}', filter)]),
    ORDERS[order].short,
    ...(coins === undefined ? [] : [coinsCount(view)]),
    words('rates a year'),
  ];
}

/** How many coins there are, and how many of them the filter leaves. */
export function coinsCount({ session, choices, locale }: CoinsView): Words {
  const coins = coinsOf(session) ?? [];
  const total = countText(coins.length, locale);
  if (choices.filter === '') return byCount(coins.length, words('1 coin'), words('{0} coins', total));
  return words('{0} of {1} coins', countText(coins.filter(matches(choices.filter)).length, locale), total);
}

function coinsOf(session: Session): readonly LoanableCoin[] | undefined {
  return session.kind === 'loading' ? undefined : session.desk.snapshot.parts.coins.value;
}
