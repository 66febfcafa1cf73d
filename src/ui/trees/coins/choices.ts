import * as v from 'valibot';
import { isOrderId, type OrderId } from './order';

/** Where the choices are kept; VS Code's `Memento` is one. No money in it: two windows may overwrite each other. */
export interface Keeper {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

/** How a person looks at the coins. */
export interface Choices {
  /** Blank for all. */
  readonly filter: string;
  readonly order: OrderId;
  readonly favourites: ReadonlySet<string>;
}

const KEY = 'loanDesk.coins';
const MOST_FAVOURITES = 1000;
const MOST_LETTERS = 400;

const kept = v.object({
  filter: v.pipe(v.string(), v.maxLength(MOST_LETTERS)),
  order: v.pipe(v.string(), v.check(isOrderId)),
  favourites: v.pipe(v.array(v.pipe(v.string(), v.maxLength(MOST_LETTERS))), v.maxLength(MOST_FAVOURITES)),
});

const NONE: Choices = { filter: '', order: 'name', favourites: new Set() };

/** The choices of this window, kept over restarts. What was kept and does not read is forgotten. */
export class CoinChoices {
  readonly #keeper: Keeper;
  readonly #onChange: () => void;
  #current: Choices;

  constructor(keeper: Keeper, onChange: () => void) {
    this.#keeper = keeper;
    this.#onChange = onChange;
    const found = v.safeParse(kept, keeper.get(KEY));
    this.#current = found.success
      ? {
          filter: found.output.filter,
          order: found.output.order as OrderId,
          favourites: new Set(found.output.favourites),
        }
      : NONE;
  }

  get current(): Choices {
    return this.#current;
  }

  /** Looks at fewer coins, without keeping it: while somebody types. */
  tryFilter(filter: string): void {
    this.#change({ filter: filter.slice(0, MOST_LETTERS) });
  }

  async setFilter(filter: string): Promise<void> {
    this.tryFilter(filter.trim());
    await this.#keep();
  }

  async setOrder(order: OrderId): Promise<void> {
    this.#change({ order });
    await this.#keep();
  }

  async toggleFavourite(coin: string): Promise<void> {
    await this.setFavourite(coin, !this.#current.favourites.has(coin));
  }

  /** Beyond what can be kept nothing is added; the change is told all the same, so that who asked sees what holds. */
  async setFavourite(coin: string, isFavourite: boolean): Promise<void> {
    const favourites = new Set(this.#current.favourites);
    if (!isFavourite) favourites.delete(coin);
    else if (favourites.size < MOST_FAVOURITES && coin.length <= MOST_LETTERS) favourites.add(coin);
    this.#change({ favourites });
    await this.#keep();
  }

  #change(change: Partial<Choices>): void {
    this.#current = { ...this.#current, ...change };
    this.#onChange();
  }

  async #keep(): Promise<void> {
    const { filter, order, favourites } = this.#current;
    await this.#keeper.update(KEY, { filter, order, favourites: [...favourites] });
  }
}
