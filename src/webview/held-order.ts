import { html, nothing, type TemplateResult } from 'lit/html.js';
import { words } from '../bybit/words';
import type { Row, Status, Table } from './contract';
import type { Look } from './look-contract';
import { favouritesFirst, shownRows } from './model/order';
import type { Say } from './sentences';

/**
 * The order of rows that show costs: it stays while figures arrive, until a person sorts, filters or asks for other costs. A
 * row that somebody is about to press would be another one otherwise.
 */
export class HeldOrder {
  readonly #onChange: () => void;
  /** What the order was made for. */
  #key = '';
  #ids: readonly string[] = [];
  #isOld = false;

  /** `onChange` draws anew. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The rows that pass the filters, in the order they had for the same question; those that are new stand last. */
  rows(
    table: Table,
    look: Look,
    favourites: ReadonlySet<string>,
    status: Status | undefined,
  ): readonly Row[] {
    const costs = status?.costs ?? null;
    if (costs === null || look.sort.length === 0) {
      this.#forget();
      return shownRows(table, look, favourites);
    }
    const rows = shownRows(table, look);
    const { filter, filters, sort } = look;
    const key = JSON.stringify([
      table.id,
      filter,
      filters,
      sort,
      costs.amount,
      costs.days,
      status?.source,
      status?.tier,
    ]);
    const held = key === this.#key ? inOrder(rows, this.#ids) : rows;
    this.#key = key;
    this.#ids = held.map(({ id }) => id);
    this.#isOld = held.some((row, at) => row !== rows[at]);
    return favouritesFirst(held, favourites);
  }

  /** That the figures would stand in another order by now, and the way to it; nothing where they would not. */
  template(say: Say): TemplateResult | typeof nothing {
    if (!this.#isOld) return nothing;
    const again = () => {
      this.#forget();
      this.#onChange();
    };
    return html`<span class="filters">${say(words('figures came after sorting'))}</span
      ><button class="link" @click=${again}>${say(words('Sort Again'))}</button>`;
  }

  #forget(): void {
    this.#key = '';
    this.#ids = [];
    this.#isOld = false;
  }
}

function inOrder(rows: readonly Row[], ids: readonly string[]): readonly Row[] {
  const places = new Map(ids.map((id, at) => [id, at]));
  const placeOf = ({ id }: Row) => places.get(id) ?? ids.length;
  return [...rows].sort((a, b) => placeOf(a) - placeOf(b));
}
