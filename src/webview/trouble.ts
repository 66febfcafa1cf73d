import { html, nothing, type TemplateResult } from 'lit/html.js';
import { words } from '../bybit/words';
import type { Status } from './contract';
import type { Say } from './sentences';

export interface RetryModel {
  readonly say: Say;
  /** Whether it is being tried. */
  readonly isTrying: boolean;
  readonly onRetry: () => void;
}

export interface TroubleModel extends RetryModel {
  /** Why the last read failed; null where it did not. */
  readonly failure: Status['failure'];
}

/**
 * What failed while older figures are shown: under the table, where it takes what room its words need and moves no row. The
 * place is always there, so that readers hear what comes into it.
 */
export function troubleTemplate({ failure, ...retry }: TroubleModel): TemplateResult {
  const what = failure?.offline === true ? retry.say(words('Offline.')) : failure?.text;
  return html`<footer class=${failure === null ? '' : 'trouble'}>
    <span role="status">${what ?? ''} ${failure?.advice ?? ''}</span>${
      failure === null ? nothing : retryTemplate(retry, 'link')
    }
  </footer>`;
}

/** Stays where it is while it is tried, and with it the focus. */
export function retryTemplate({ say, isTrying, onRetry }: RetryModel, kind: string): TemplateResult {
  return html`<button class=${kind} aria-disabled=${isTrying ? 'true' : 'false'} @click=${isTrying ? nothing : onRetry}>
    ${isTrying ? say(words('Reading…')) : say(words('Try Again'))}
  </button>`;
}
