import { BybitError } from '../../bybit/errors';
import type { Exchange } from '../../bybit/exchange';
import {
  getInsMarginCoins,
  getInsProductInfo,
  type InsMarginCoins,
  type InsProduct,
  signed,
} from '../../bybit/institutional-products';
import { isNotOffered } from '../parts/absence';
import type { Topic } from './topic';

type MarginCoin = InsMarginCoins['marginToken'][number]['tokenInfo'][number];

/** An institutional product with the coins that count as margin in it. */
export interface InsOffer {
  readonly product: InsProduct;
  readonly margin: readonly MarginCoin[];
  /** Whether it is one of the risk unit's own; everybody sees the others. */
  readonly isOwn: boolean;
}

const LIFE_MS = 10 * 60_000;

/**
 * Institutional products: those that everybody sees, and before them those of the account's own risk unit where it
 * belongs to one, which only a signed call tells. None where the host has no such loans.
 */
export function insProducts(hasUnit: boolean): Topic<readonly InsOffer[]> {
  return {
    key: `institutional products${hasUnit ? ' of the unit' : ''}`,
    life: LIFE_MS,
    read: async (exchange, { before, tell }) => {
      try {
        const all = await offers(exchange, false);
        if (!hasUnit) return all;
        // Should the signed call fail, what everybody sees is there all the same.
        tell(joined(before?.filter(({ isOwn }) => isOwn) ?? [], all));
        return joined(await offers(exchange, true), all);
      } catch (error) {
        if (error instanceof BybitError && isNotOffered(error)) return [];
        throw error;
      }
    },
  };
}

/** The own ones first; what is among them is not shown again. */
function joined(own: readonly InsOffer[], all: readonly InsOffer[]): readonly InsOffer[] {
  const known = new Set(own.map(({ product }) => product.productId));
  return [...own, ...all.filter(({ product }) => !known.has(product.productId))];
}

async function offers(exchange: Exchange, isOwn: boolean): Promise<readonly InsOffer[]> {
  const [info, coins] = await Promise.all([
    exchange.call(isOwn ? signed(getInsProductInfo) : getInsProductInfo, {}),
    exchange.call(isOwn ? signed(getInsMarginCoins) : getInsMarginCoins, {}),
  ]);
  const margins = new Map(coins.result.marginToken.map(({ productId, tokenInfo }) => [productId, tokenInfo]));
  return info.result.marginProductInfo.map((product) => ({
    product,
    margin: margins.get(product.productId) ?? [],
    isOwn,
  }));
}
