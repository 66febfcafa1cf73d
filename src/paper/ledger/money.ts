import { add, type Decimal, lt, negate, sub, ZERO } from '../../bybit/decimal';

/**
 * Where money can be. `market`, `lenders` (of fixed loans) and `insurance` stand for the world outside: they alone may
 * be below zero. `transit` holds what an operation under way has taken and not yet given, `reserved` what open fixed
 * orders will need. Legacy and institutional loans have a pool each, apart from the new system's; legacy collateral lies
 * apart too; `unified` is the Unified wallet, `earn` flexible savings.
 */
export type Place =
  | 'wallet'
  | 'unified'
  | 'pledged'
  | 'legacyPledged'
  | 'transit'
  | 'pool'
  | 'legacyPool'
  | 'institutionalPool'
  | 'earn'
  | 'reserved'
  | 'fees'
  | 'market'
  | 'lenders'
  | 'insurance';
const OUTSIDE: readonly Place[] = ['market', 'lenders', 'insurance'];

/** Amounts by coin; coins with nothing are left out. */
export type Purse = ReadonlyMap<string, Decimal>;
/** All money of the paper exchange. Nothing is made or lost: over all places every coin sums to zero. */
export type Money = ReadonlyMap<Place, Purse>;

const EMPTY: Purse = new Map();

export function purse(money: Money, place: Place): Purse {
  return money.get(place) ?? EMPTY;
}

export function held(money: Money, place: Place, coin: string): Decimal {
  return purse(money, place).get(coin) ?? ZERO;
}

/** The purse with a coin's amount replaced. */
export function withCoin(coins: Purse, coin: string, amount: Decimal): Purse {
  const next = new Map(coins);
  if (amount === ZERO) next.delete(coin);
  else next.set(coin, amount);
  return next;
}

/**
 * Moves an amount of a coin. Throws RangeError when it is negative or more than the place holds: callers have checked
 * before, so that would be a fault of the ledger and must not become money.
 */
export function move(money: Money, from: Place, to: Place, coin: string, amount: Decimal): Money {
  if (lt(amount, ZERO)) throw new RangeError('A negative amount cannot be moved.');
  if (amount === ZERO || from === to) return money;
  const left = sub(held(money, from, coin), amount);
  if (lt(left, ZERO) && !OUTSIDE.includes(from)) {
    throw new RangeError(`There is not enough ${coin} in ${from}.`);
  }
  const next = new Map(money);
  next.set(from, withCoin(purse(money, from), coin, left));
  next.set(to, withCoin(purse(money, to), coin, add(held(money, to, coin), amount)));
  return next;
}

/** Moves amounts of several coins. */
export function movePurse(money: Money, coins: Purse, from: Place, to: Place): Money {
  let next = money;
  for (const [coin, amount] of coins) next = move(next, from, to, coin, amount);
  return next;
}

/** Fills an empty place from outside, many coins at once. */
export function fill(money: Money, place: Place, amounts: Purse): Money {
  const given = new Map([...amounts].filter(([, amount]) => amount !== ZERO));
  const market = new Map(purse(money, 'market'));
  for (const [coin, amount] of given) market.set(coin, sub(market.get(coin) ?? ZERO, amount));
  return new Map(money).set('market', market).set(place, given);
}

/** Moves everything of a purse. */
export function moveAll(money: Money, from: Place, to: Place): Money {
  return movePurse(money, purse(money, from), from, to);
}

/** What is wrong with the money: coins that do not sum to zero, and places below zero. Empty when all is well. */
export function imbalances(money: Money): readonly string[] {
  const sums = new Map<string, Decimal>();
  const found: string[] = [];
  for (const [place, coins] of money) {
    for (const [coin, amount] of coins) {
      sums.set(coin, add(sums.get(coin) ?? ZERO, amount));
      if (lt(amount, ZERO) && !OUTSIDE.includes(place)) found.push(`${place} holds ${amount} ${coin}`);
    }
  }
  for (const [coin, sum] of sums) {
    if (sum !== ZERO) found.push(`${coin} is off by ${negate(sum)}`);
  }
  return found;
}
