import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { type Words, words } from '../../bybit/words';
import type { Say } from '../sentences';
import { canZoom, Plot, type PlotModel } from './plot';
import { DASHES } from './theme';

export interface FigureModel {
  /** Unique on the page, fit for an id. */
  readonly id: string;
  readonly title: string;
  readonly note: string | undefined;
  readonly plot: PlotModel;
  /** What a place on the axis is called, e.g. "2026-11-24 08:01 UTC"; exact. */
  readonly places: readonly string[];
  /** Head of the places in the table. */
  readonly placeTitle: string;
  /** By line and place what is read there; exact. Null where there is nothing. */
  readonly values: readonly (readonly (string | null)[])[];
  /** Places that were told, among those that drawing needs. */
  readonly stops: readonly number[];
  /** A sentence a line: what it says as a whole. */
  readonly summaries: readonly string[];
  /** What stands in place of a drawing without any value. */
  readonly empty: string;
}

/** Rows of the table; a page of more would be slow to draw, and they are in the export. */
const MOST_ROWS = 2_000;
const PAGE = 10;
const ZOOM = 0.5;

/**
 * A drawing with everything that a drawing lacks: a title, a legend in words, the exact values at the cursor, keys, and the
 * same numbers as a table.
 */
export class Figure {
  readonly element: HTMLElement = document.createElement('figure');
  readonly #say: Say;
  readonly #plot: Plot;
  readonly #place = document.createElement('div');
  #model: FigureModel | undefined;
  #room: TemplateResult | typeof nothing = nothing;
  #index: number | undefined;
  #isByKeys = false;
  #isZoomed = false;
  #isTable = false;

  constructor(say: Say) {
    this.#say = say;
    this.element.className = 'chart';
    this.#place.className = 'canvas';
    this.#plot = new Plot(this.#place, {
      onCursor: (index) => {
        if (index === this.#index) return;
        this.#index = index;
        this.#draw();
      },
      onZoom: (isZoomed) => {
        if (isZoomed === this.#isZoomed) return;
        this.#isZoomed = isZoomed;
        this.#draw();
      },
    });
  }

  show(model: FigureModel): void {
    this.#model = model;
    this.#room = this.#widest(model);
    if (this.#index !== undefined && this.#index >= model.places.length) this.#index = undefined;
    this.#draw();
    if (this.#hasValues) this.#plot.show(model.plot);
  }

  dispose(): void {
    this.#plot.dispose();
  }

  get #hasValues(): boolean {
    return this.#model?.values.some((line) => line.some((value) => value !== null)) ?? false;
  }

  #draw(): void {
    const model = this.#model;
    if (model === undefined) return;
    render(this.#template(model), this.element);
  }

  #template(model: FigureModel): TemplateResult {
    const { id, title, note } = model;
    return html`<figcaption>
        <h2 id=${`${id}-title`}>${title}</h2>
        ${note === undefined ? nothing : html`<span class="note" id=${`${id}-note`}>${note}</span>`}
        ${
          this.#isZoomed && this.#hasValues
            ? html`<button class="link" @click=${() => this.#plot.reset()}>${this.#say(words('Show All'))}</button>`
            : nothing
        }
      </figcaption>
      ${this.#hasValues ? this.#drawing(model) : html`<p class="nothing">${model.empty}</p>`}`;
  }

  #drawing(model: FigureModel): TemplateResult {
    const { id, note } = model;
    return html`${this.#legend(model)}
      <div
        class="plot"
        tabindex="0"
        role="group"
        aria-labelledby=${`${id}-title`}
        aria-describedby=${note === undefined ? `${id}-keys` : `${id}-note ${id}-keys`}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        @pointermove=${() => {
          this.#isByKeys = false;
        }}
      >
        ${this.#place}
      </div>
      <p class="unseen" id=${`${id}-keys`}>
        ${this.#say(keysWords(model))}
      </p>
      <div class="reading">
        <p class="readout" aria-live=${this.#isByKeys ? 'polite' : 'off'}>${this.#readout(model)}</p>
        <p class="room" aria-hidden="true">${this.#room}</p>
      </div>
      ${this.#table(model)}`;
  }

  #legend({ plot, summaries }: FigureModel): TemplateResult {
    return html`<ul class="legend">
      ${plot.lines.map(
        ({ name, hasPoints }, index) =>
          html`<li>
            <svg width="30" height="12" aria-hidden="true">
              <line
                class=${`line-${index}`}
                x1="1"
                y1="6"
                x2="29"
                y2="6"
                stroke-width="2"
                stroke-dasharray=${(DASHES[index] ?? []).join(' ')}
              />
              ${hasPoints ? html`<circle class=${`line-${index}`} cx="15" cy="6" r="3.5" stroke-width="2" />` : nothing}
            </svg>
            <b>${name}</b> <span>${summaries[index] ?? ''}</span>
          </li>`,
      )}
    </ul>`;
  }

  #readout({ places, values, plot }: FigureModel): TemplateResult {
    const index = this.#index;
    if (index === undefined)
      return html`${this.#say(words('Point at the chart, or use the arrow keys in it, to read exact values.'))}`;
    return html`<span>${places[index] ?? ''}</span>
      ${plot.lines.map(
        ({ name }, line) =>
          html`<span><b>${name}</b> ${values[line]?.[index] ?? this.#say(words('nothing known'))}</span>`,
      )}`;
  }

  /** The longest that can be read: keeps room for it, so that nothing moves when a person points at it. */
  #widest({ places, values, plot }: FigureModel): TemplateResult {
    const nothingKnown = this.#say(words('nothing known'));
    return html`<span>${longest(places)}</span>
      ${plot.lines.map(
        ({ name }, line) => html`<span><b>${name}</b> ${longest(values[line] ?? [], nothingKnown)}</span>`,
      )}`;
  }

  #table({ id, title: name, places, values, plot, stops, placeTitle }: FigureModel): TemplateResult {
    const rows = stops.slice(-MOST_ROWS);
    const title = this.#say(words('The same numbers as a table'));
    return html`<details
      @toggle=${(event: Event) => {
        this.#isTable = event.target instanceof HTMLDetailsElement && event.target.open;
        this.#draw();
      }}
    >
      <summary>${title}</summary>
      ${
        this.#isTable
          ? html`<div class="numbers" role="region" tabindex="0" aria-label=${`${name}: ${title}`}>
              ${rows.length < stops.length ? html`<p>${this.#say(words('The last {0} of {1} rows.', String(rows.length), String(stops.length)))}</p>` : nothing}
              <table aria-labelledby=${`${id}-title`}>
                <thead>
                  <tr>
                    <th scope="col">${placeTitle}</th>
                    ${plot.lines.map(({ name }) => html`<th scope="col">${name}</th>`)}
                  </tr>
                </thead>
                <tbody>
                  ${[...rows].map(
                    (index) => html`<tr>
                      <th scope="row">${places[index]}</th>
                      ${values.map((line) => html`<td>${line[index] ?? '–'}</td>`)}
                    </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
          : nothing
      }
    </details>`;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const isZoomable = this.#model !== undefined && canZoom(this.#model.plot);
    const target = this.#targetOf(event.key);
    if (target !== undefined) {
      this.#isByKeys = true;
      this.#plot.point(target);
    } else if (!isZoomable) return;
    else if (event.key === '+' || event.key === '=') this.#plot.zoom(ZOOM, this.#index);
    else if (event.key === '-') this.#plot.zoom(1 / ZOOM, this.#index);
    else if (event.key === 'Escape' && this.#isZoomed) this.#plot.reset();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The place that a key leads to; from nowhere, the last one. */
  #targetOf(key: string): number | undefined {
    const stops = this.#model?.stops ?? [];
    const last = stops.length - 1;
    const index = this.#index;
    const at = index === undefined ? last + 1 : stops.findLastIndex((stop) => stop <= index);
    const moves = new Map([
      ['ArrowLeft', at - 1],
      ['ArrowRight', index === undefined ? last : at + 1],
      ['PageUp', at - PAGE],
      ['PageDown', at + PAGE],
      ['Home', 0],
      ['End', last],
    ]);
    const wanted = moves.get(key);
    return wanted === undefined ? undefined : stops[Math.min(Math.max(wanted, 0), last)];
  }
}

function longest(texts: readonly (string | null)[], none = ''): string {
  return texts.reduce<string>(
    (most, text) => (text !== null && text.length > most.length ? text : most),
    none,
  );
}

/** What the keys do in it. */
function keysWords({ plot }: FigureModel): Words {
  return canZoom(plot)
    ? words(
        'Arrow keys read value by value, Page Up and Page Down in tens, Home and End the first and last. Plus and minus zoom, Escape shows all.',
      )
    : words('Arrow keys read value by value, Home and End the first and last.');
}
