import { html, nothing, type TemplateResult } from 'lit/html.js';
import { words } from '../bybit/words';
import type { Column, Table } from './contract';
import type { Look } from './look-contract';
import { arranged } from './model/columns';
import { allColumns } from './model/order';
import type { Say } from './sentences';

type Sort = Look['sort'];

/** By which columns the rows are sorted. */
export interface SortParts {
  /** Those that the table has: what was sorted by in rates may be none of what a loan costs, and the other way round. */
  readonly inEffect: Sort;
  /** Of these the ones with a head that says so. */
  readonly seen: Sort;
  /** Those that a person hid, or that stand behind the costs. */
  readonly unseen: readonly { readonly column: Column; readonly descending: boolean }[];
}

/** Tells apart what a person can see of the order of the rows and what not. */
export function sortParts(
  table: Pick<Table, 'columns' | 'behind'>,
  { sort, columns }: Pick<Look, 'sort'> & Partial<Look>,
): SortParts {
  const shown = new Set(
    arranged(table.columns, columns).flatMap(({ column, isShown }) => (isShown ? [column.id] : [])),
  );
  const all = allColumns(table);
  const inEffect = sort.filter(({ column: id }) => all.some((one) => one.id === id));
  const unseen = inEffect.flatMap(({ column: id, descending }) => {
    const column = shown.has(id) ? undefined : all.find((one) => one.id === id);
    return column === undefined ? [] : [{ column, descending }];
  });
  return { inEffect, seen: inEffect.filter(({ column: id }) => shown.has(id)), unseen };
}

/** The order that no head tells, and the way out of it; nothing where heads tell all of it. */
export function unseenSortTemplate(
  { unseen }: Pick<SortParts, 'unseen'>,
  say: Say,
  onClear: () => void,
): TemplateResult | typeof nothing {
  if (unseen.length === 0) return nothing;
  const told = unseen.map(({ column: { title }, descending }) =>
    say(descending ? words('{0}, falling', title) : words('{0}, rising', title)),
  );
  return html`<span class="filters">${say(words('sorted by {0}', told.join(' · ')))}</span
    ><button class="link" @click=${onClear}>${say(words('Clear Sort'))}</button>`;
}
