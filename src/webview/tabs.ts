import { html, type TemplateResult } from 'lit/html.js';
import type { Words } from '../bybit/words';
import type { Say } from './sentences';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly title: Words;
}

export interface TabsModel<Id extends string> {
  readonly tabs: readonly Tab<Id>[];
  readonly chosen: Id;
  readonly label: Words;
  readonly say: Say;
  readonly onChoose: (id: Id) => void;
}

/** Id of the panel of a tab, which has to carry it. */
export function panelIdOf(tab: string): string {
  return `panel-${tab}`;
}

/** Brings a tab to where it can be seen; there may be more than fit. */
export function showTab(tab: string): void {
  document.getElementById(`tab-${tab}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** Tabs as ARIA has them: one stop of the Tab key, arrows from one to the next. */
export function tabsTemplate<Id extends string>(model: TabsModel<Id>): TemplateResult {
  const { tabs, chosen, label, say, onChoose } = model;
  return html`<div
    class="tabs"
    role="tablist"
    aria-label=${say(label)}
    @keydown=${(event: KeyboardEvent) => onKey(event, model)}
  >
    ${tabs.map(
      ({ id, title }) =>
        html`<button
          id=${`tab-${id}`}
          role="tab"
          aria-selected=${id === chosen ? 'true' : 'false'}
          aria-controls=${id === chosen ? panelIdOf(id) : ''}
          tabindex=${id === chosen ? 0 : -1}
          @click=${() => onChoose(id)}
        >
          ${say(title)}
        </button>`,
    )}
  </div>`;
}

function onKey<Id extends string>(event: KeyboardEvent, { tabs, chosen, onChoose }: TabsModel<Id>): void {
  const at = tabs.findIndex(({ id }) => id === chosen);
  const moves = new Map([
    ['ArrowLeft', at - 1 + tabs.length],
    ['ArrowRight', at + 1],
    ['Home', 0],
    ['End', tabs.length - 1],
  ]);
  const wanted = moves.get(event.key);
  const next = wanted === undefined ? undefined : tabs[wanted % tabs.length];
  if (next === undefined) return;
  event.preventDefault();
  onChoose(next.id);
  document.getElementById(`tab-${next.id}`)?.focus();
}
