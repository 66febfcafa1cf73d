import { html, nothing, type TemplateResult } from 'lit/html.js';
import { words } from '../bybit/words';
import { formatAge } from '../desk/format';
import type { Status } from './contract';
import type { Say } from './sentences';

export interface StatusModel {
  readonly status: Status | undefined;
  readonly shown: number;
  /** Rows there are; undefined before any were read. */
  readonly all: number | undefined;
  /** Milliseconds since what is shown was read. */
  readonly age: number | undefined;
  readonly say: Say;
  readonly onRetry: () => void;
}

/** One line that is always there and always as high, so that nothing jumps: whose rates, how many, how old, what failed. */
export function statusTemplate({ status, shown, all, age, say, onRetry }: StatusModel): TemplateResult {
  const failure = all === undefined ? null : (status?.failure ?? null);
  const old = age === undefined ? undefined : say(formatAge(age));
  return html`<div class="status ${failure === null ? '' : 'failed'}">
    <span class="source">${status?.source ?? ''}</span>
    <span role="status">${all === undefined ? '' : countOf(shown, all, say)}${
      failure === null
        ? nothing
        : html`<span class="failure" title=${failure.advice ?? nothing}>${
            failure.offline ? say(words('Offline.')) : failure.text
          }</span>`
    }</span>
    ${failure === null ? nothing : html`<button class="link" @click=${onRetry}>${say(words('Try Again'))}</button>`}
    <span class="age">${old === undefined ? '' : say(words('Rates of {0}', old))}</span>
  </div>`;
}

function countOf(shown: number, all: number, say: Say): string {
  if (shown === all) return say(words('{0} coins', String(all)));
  return say(words('{0} of {1} coins', String(shown), String(all)));
}
