import { html, type TemplateResult } from 'lit/html.js';
import { type Words, words } from '../bybit/words';
import type { Column } from './contract';
import type { Look } from './look-contract';
import { filterText, isOf } from './model/condition';
import { unitOf } from './model/units';
import type { Say } from './sentences';
import type { TableFace } from './tables';

export const NO_FILTERS: Pick<Look, 'filter' | 'filters'> = { filter: '', filters: [] };

export interface NarrowedModel {
  readonly look: Pick<Look, 'filter' | 'filters'>;
  /** Undefined before any were read. */
  readonly columns: readonly Column[] | undefined;
  readonly locale: string;
  readonly say: Say;
}

/** What keeps rows away, as a person reads it: “usd”, Flexible >5 % a year. Empty without filters. */
export function narrowedBy({ look, columns = [], locale, say }: NarrowedModel): readonly string[] {
  const quoted = (text: string) => say(words('“{0}”', text));
  const name = look.filter.trim();
  const own = look.filters.flatMap((filter) => {
    const column = columns.find((one) => isOf(filter, one));
    if (column === undefined) return [];
    const text = filterText(filter, locale);
    const told = filter.op === 'has' ? quoted(text) : text;
    return [[column.title, told, unitOf(column.kind, filter.period, say)].filter(Boolean).join(' ')];
  });
  return name === '' ? own : [quoted(name), ...own];
}

/** Of the button that takes them away. */
export function clearWords(filters: readonly string[]): Words {
  return filters.length > 1 ? words('Clear Filters') : words('Clear Filter');
}

/** In place of rows where there are some, but none passes. */
export function nothingMatches(
  face: Pick<TableFace, 'unmatched'>,
  filters: readonly string[],
  say: Say,
  onClear: () => void,
): TemplateResult {
  return html`<div class="instead">
    <p class="what">${say(face.unmatched(filters.join(' · ')))}</p>
    <button class="main-deed" @click=${onClear}>${say(clearWords(filters))}</button>
  </div>`;
}
