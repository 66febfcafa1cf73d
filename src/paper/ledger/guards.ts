import { add, type Decimal, gt, lte, max, min, places, round, sub, ZERO } from '../../bybit/decimal';
import type { Coin } from '../market/coin';
import { maximumFor } from '../market/market';
import { PLACES } from './collateral';
import { held, purse } from './money';
import { refuse, require_ } from './refusal';
import type { State } from './state';
import { debtsOf, tierOfAccount, type World } from './world';

export interface CoinAmount {
  readonly coin: string;
  readonly amount: Decimal;
}

/** How many coins one request may pledge (API.md §13 point 6). */
const MOST_COINS = 100;

/** Refuses while a liquidation (148031) or another operation (148021) is under way. */
export function guardIdle(world: World, state: State): void {
  require_(state.risk.stage !== 'liquidating', 148031);
  require_(!world.parts.some((part) => part.busy(state)), 148021);
}

/** What the account owes of a coin over all systems. */
export function owedOf(world: World, state: State, coin: string): Decimal {
  return add(...debtsOf(world, state).flatMap((debt) => (debt.coin === coin ? [debt.amount] : [])));
}

/** What still may be lent of a coin: the account's quota, the platform's quota, the pool. */
export interface Room {
  readonly personal: Decimal;
  readonly platform: Decimal;
  readonly pool: Decimal;
}

export function roomOf(world: World, state: State, coin: Coin): Room {
  const owed = owedOf(world, state, coin.name);
  return {
    personal: max(ZERO, sub(maximumFor(coin, tierOfAccount(state)), owed)),
    platform: max(ZERO, sub(coin.platformQuota, owed)),
    pool: held(state.money, 'pool', coin.name),
  };
}

/** The least of a coin's rooms, rounded down to what may be borrowed. */
export function inventoryOf(world: World, state: State, coin: Coin): Decimal {
  const room = roomOf(world, state, coin);
  return round(min(room.personal, room.platform, room.pool), coin.flexiblePlaces, 'down');
}

/** Refuses collateral the exchange does not take or the Funding wallet does not hold; the amounts by coin. */
export function checkPledges(
  world: World,
  state: State,
  list: readonly CoinAmount[],
): ReadonlyMap<string, Decimal> {
  require_(list.length <= MOST_COINS, 10001, `collateralList has more than ${MOST_COINS} coins`);
  const pledges = new Map<string, Decimal>();
  for (const { coin, amount } of list) {
    require_(!pledges.has(coin), 148039, coin.slice(0, 40));
    checkPledge(world, state, coin, amount);
    pledges.set(coin, amount);
  }
  return pledges;
}

/** Refuses one coin of collateral that cannot be pledged. */
export function checkPledge(world: World, state: State, name: string, amount: Decimal): void {
  const coin = pledgeable(world, name);
  require_(gt(amount, ZERO), 148008);
  require_(places(amount) <= PLACES, 148005);
  const after = add(held(state.money, 'pledged', name), amount);
  require_(lte(after, coin.pledgeRoom), 148048);
  require_(lte(after, coin.pledgeCap), 148006);
  require_(lte(amount, held(state.money, 'wallet', name)), 148012);
}

function pledgeable(world: World, name: string): Coin {
  const coin = world.market.coins.get(name);
  return coin?.collateral === true ? coin : refuse(148004, name.slice(0, 40));
}

/**
 * Whether the platform takes more collateral (API.md §10 colRes): "2" when a pledged coin has no room left, "1" when it
 * is near, "0" otherwise.
 */
export function collateralRestriction(world: World, state: State): '0' | '1' | '2' {
  let worst: '0' | '1' | '2' = '0';
  for (const [name, amount] of purse(state.money, 'pledged')) {
    const coin = world.market.coins.get(name);
    if (coin === undefined) continue;
    if (!gt(coin.pledgeRoom, amount)) return '2';
    if (gt(add(amount, coin.pledgeCap), coin.pledgeRoom)) worst = '1';
  }
  return worst;
}
