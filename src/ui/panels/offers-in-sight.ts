import { fixedOffers } from '../../desk/market/fixed-offers';
import type { MarketReads } from '../../desk/market/market';

/** Keeps the fixed offers of the coins that can be seen read, and no others. */
export class OffersInSight {
  readonly #watched = new Map<string, () => void>();
  #coins: readonly string[] = [];
  #market: Pick<MarketReads, 'watch'> | undefined;

  /** Coins that can be seen from now on. */
  look(coins: readonly string[]): void {
    this.#coins = coins;
    this.#update();
  }

  /** The market they are read from; undefined to read none. */
  follow(market: Pick<MarketReads, 'watch'> | undefined): void {
    if (market === this.#market) return;
    this.#market = market;
    this.#letGo(() => true);
    this.#update();
  }

  #update(): void {
    const market = this.#market;
    if (market === undefined) return;
    const wanted = new Set(this.#coins);
    this.#letGo((coin) => !wanted.has(coin));
    for (const coin of wanted) {
      if (!this.#watched.has(coin)) this.#watched.set(coin, market.watch(fixedOffers(coin)));
    }
  }

  #letGo(which: (coin: string) => boolean): void {
    for (const [coin, end] of this.#watched) {
      if (!which(coin)) continue;
      this.#watched.delete(coin);
      end();
    }
  }
}
