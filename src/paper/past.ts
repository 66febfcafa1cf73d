import { TERMS, type Term } from '../bybit/common';
import { type Decimal, decimal, mul } from '../bybit/decimal';
import type { World } from './ledger/world';
import { isVipLevel } from './market/vip';

/** A coin's rates at one moment of the past; annual fractions, undefined where nothing was offered. */
export interface PastRates {
  /** Local epoch milliseconds. */
  readonly time: number;
  readonly flexible: Decimal | undefined;
  readonly terms: Readonly<Record<Term, Decimal | undefined>>;
}

/** What the paper exchange's market was like before anybody looked. */
export interface Past {
  /** Coins that are lent. */
  readonly coins: readonly string[];
  /** The rates of a coin at moments (local epoch milliseconds), for a tier; VIP0 for a tier not known here. */
  rates(coin: string, times: readonly number[], vipLevel: string): readonly PastRates[];
}

const HOURS_A_YEAR = decimal('8760');

/**
 * The market is a pure function of its seed and of time, so its past is computed, not remembered. The account's own orders
 * are no part of it. `offset` is server time less the local clock, milliseconds.
 */
export function pastOf({ market, book }: World, offset: number): Past {
  const coins = [...market.coins.values()].filter((coin) => coin.flexible || coin.fixed);
  return {
    coins: coins.map(({ name }) => name),
    rates(name, times, vipLevel) {
      const coin = market.coins.get(name);
      if (coin === undefined) return [];
      const level = isVipLevel(vipLevel) ? vipLevel : 'VIP0';
      const lowest = (term: Term, time: number) => book.best({ coin, term, side: 'supply' }, time);
      return times.map((time) => ({
        time,
        flexible: coin.flexible
          ? mul(market.hourlyRate(coin, time + offset, level), HOURS_A_YEAR)
          : undefined,
        terms: termRates((term) => (coin.fixed ? lowest(term, time + offset) : undefined)),
      }));
    },
  };
}

function termRates(rate: (term: Term) => Decimal | undefined): PastRates['terms'] {
  const found: Record<Term, Decimal | undefined> = {
    '7': undefined,
    '14': undefined,
    '30': undefined,
    '60': undefined,
    '90': undefined,
    '180': undefined,
  };
  for (const term of TERMS) found[term] = rate(term);
  return found;
}
