import { type Words, words } from '../../../bybit/words';
import { formatCoin } from '../../format';
import { utcMinute } from '../../utc';
import type { Condition, Report } from '../event';
import { type Observation, POOL_SYSTEMS, type WatchedOrder } from '../observation';
import { blindPools, STALE_POLLS } from './pools';

/** Orders that were filled or ended otherwise. */
export function orderReport({ orders }: Observation, locale: string): Report | undefined {
  if (orders === undefined) return undefined;
  const conditions = orders.map((order): Condition => {
    const amount = formatCoin(order.amount, order.coin, { locale, maxPlaces: 8 });
    return {
      holds: order.state === 'matching' ? 'no' : 'yes',
      event: {
        key: `order:${order.side}:${order.orderId}:ended`,
        severity: order.state === 'failed' ? 'warning' : 'info',
        title: orderWords(order, amount),
        detail: words('Order {0}.', order.orderId),
        help: [],
      },
    };
  });
  return { scope: 'order', isHistory: true, conditions };
}

function orderWords({ side, state }: WatchedOrder, amount: string): Words {
  const isBorrow = side === 'borrow';
  switch (state) {
    case 'filled':
      return isBorrow ? words('Borrow order filled: {0}', amount) : words('Supply order filled: {0}', amount);
    case 'partlyFilled':
      return isBorrow
        ? words('Borrow order partly filled, the rest cancelled: {0}', amount)
        : words('Supply order partly filled, the rest cancelled: {0}', amount);
    case 'failed':
      return isBorrow ? words('Borrow order failed: {0}', amount) : words('Supply order failed: {0}', amount);
    case 'cancelled':
    case 'matching':
      return isBorrow ? words('Borrow order ended: {0}', amount) : words('Supply order ended: {0}', amount);
  }
}

/** Collateral that the exchange sold. */
export function liquidationReport({ liquidations }: Observation, locale: string): Report | undefined {
  if (liquidations === undefined) return undefined;
  const conditions = liquidations.map(
    ({ id, coin, amount }): Condition => ({
      holds: 'yes',
      event: {
        key: `liquidation:${id}`,
        severity: 'critical',
        title: words(
          'Liquidation: {0} of debt was repaid by selling collateral',
          formatCoin(amount, coin, { locale }),
        ),
        detail: words('Look at what is left, and bring the LTV down if more could follow.'),
        help: [{ deed: 'addCollateral' }, { deed: 'repay' }],
      },
    }),
  );
  return { scope: 'liquidation', isHistory: true, conditions };
}

/** The platform's limit on a collateral coin (`colRes`, API.md §6). */
export function collateralLimitReport({ collateralLimit }: Observation): Report | undefined {
  if (collateralLimit === undefined) return undefined;
  const isFull = collateralLimit === '2';
  const condition: Condition = {
    holds: collateralLimit === '0' ? 'no' : 'yes',
    event: {
      key: `collateralLimit:${collateralLimit}`,
      severity: isFull ? 'critical' : 'warning',
      title: isFull
        ? words('The platform takes no more of a collateral coin')
        : words('A collateral coin is close to the platform’s limit'),
      detail: words('In need, another coin may have to be pledged: have one ready in the Funding wallet.'),
      help: [{ deed: 'addCollateral' }],
    },
  };
  return { scope: 'collateralLimit', conditions: [condition] };
}

const DAY_MS = 86_400_000;

/** An API key about to end. */
export function keyReport({ keyEndsAt, now }: Observation): Report | undefined {
  if (keyEndsAt === undefined) return undefined;
  if (keyEndsAt === 'never') return { scope: 'key', conditions: [] };
  const conditions = [14, 3, 0].map(
    (days): Condition => ({
      holds: keyEndsAt - now <= days * DAY_MS ? 'yes' : 'no',
      event: {
        key: `key:${days}`,
        severity: days === 0 ? 'critical' : 'warning',
        title:
          days === 0
            ? words('The API key has ended ({0})', utcMinute(keyEndsAt))
            : words('The API key ends {0}', utcMinute(keyEndsAt)),
        detail: words(
          'Without it the desk can neither read nor act. Make a new one on the exchange and enter it here.',
        ),
        help: [{ deed: 'replaceKey' }],
      },
    }),
  );
  return { scope: 'key', isLadder: true, conditions };
}

/** Data too old to trust: an alarm that cannot see is no alarm. */
export function staleReport(seen: Observation): Report {
  const { failedPolls, readAt } = seen;
  const since =
    readAt === undefined ? words('It was never read.') : words('It was last read {0}.', utcMinute(readAt));
  const isWide = POOL_SYSTEMS.some(
    (system) => seen.pools[system].isOwed && seen.pools[system].failedPolls > 0,
  );
  const condition: Condition = {
    holds: failedPolls >= STALE_POLLS ? 'yes' : failedPolls === 0 ? 'no' : 'hold',
    event: {
      key: 'stale:position',
      severity: 'critical',
      title: words('The LTV cannot be read: its alarms are blind'),
      detail: isWide ? wideSince(readAt) : since,
      help: [{ deed: 'refresh' }],
    },
    ending: { title: words('The LTV is read again'), detail: since },
  };
  return { scope: 'stale', conditions: [condition, ...blindPools(seen)] };
}

/** Of an outage that is told once for all systems. */
function wideSince(readAt: number | undefined): Words {
  return readAt === undefined
    ? words('It was never read. Legacy loans or the risk unit cannot be read either.')
    : words('It was last read {0}. Legacy loans or the risk unit cannot be read either.', utcMinute(readAt));
}
