import type { HistoryView, HistoryViewOptions } from './history-view';

/** What the bundle of the charts leaves behind. */
interface Charts {
  mount(options: HistoryViewOptions): HistoryView;
}

declare global {
  var loanDeskCharts: Charts | undefined;
}

let loading: Promise<Charts> | undefined;

/**
 * Loads the bundle of the charts, its script and beside it its style, once. The policy of the page lets scripts with its nonce run; `nonce` is that of the page's
 * own script, which the browser hides from everybody else. Rejects when it cannot be loaded; asking again tries again.
 */
export function loadCharts(uri: string, nonce: string): Promise<Charts> {
  loading ??= load(uri, nonce).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(uri: string, nonce: string): Promise<Charts> {
  if (globalThis.loanDeskCharts !== undefined) return globalThis.loanDeskCharts;
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = uri.replace(/js$/, 'css');
  const script = document.createElement('script');
  script.nonce = nonce;
  script.src = uri;
  await Promise.all([style, script].map(added));
  const charts = globalThis.loanDeskCharts;
  if (charts === undefined) throw new Error('The charts could not be loaded.');
  return charts;
}

/** Into the head of the page; rejects where it cannot be loaded, and leaves nothing behind. */
function added(element: HTMLElement): Promise<void> {
  return new Promise((resolve, reject) => {
    element.addEventListener('load', () => resolve());
    element.addEventListener('error', () => {
      element.remove();
      reject(new Error('The charts could not be loaded.'));
    });
    document.head.append(element);
  });
}
