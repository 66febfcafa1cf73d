import { html, type TemplateResult } from 'lit/html.js';
import { type Words, words } from '../bybit/words';
import type { Obstacle, WayOn } from './obstacle-contract';

const LABELS: { readonly [Way in WayOn]: Words } = {
  tryPaper: words('Try the Paper Account'),
  addAccount: words('Add an API Key'),
  replaceKey: words('Enter the Key Again'),
  switchAccount: words('Switch Account'),
  refresh: words('Try Again'),
  showLog: words('Show Log'),
};

export interface ObstacleModel {
  readonly obstacle: Obstacle;
  readonly say: (sentence: Words) => string;
  readonly onWay: (way: WayOn) => void;
}

/** What stands in place of a page that has no account to show, with a button for each way on. */
export function obstacleTemplate({ obstacle, say, onWay }: ObstacleModel): TemplateResult {
  return html`<div class="instead">
    <p class="what">${obstacle.text}</p>
    ${obstacle.waysOn.map(
      (way, index) =>
        html`<button class=${index === 0 ? 'main-deed' : 'quiet-deed'} @click=${() => onWay(way)}>
          ${say(LABELS[way])}
        </button> `,
    )}
  </div>`;
}
