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
 * Loads the bundle of the charts, once. The policy of the page lets scripts with its nonce run; `nonce` is that of the page's
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
  const script = document.createElement('script');
  script.nonce = nonce;
  script.src = uri;
  await new Promise<void>((resolve, reject) => {
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error('The charts could not be loaded.')));
    document.head.append(script);
  });
  const charts = globalThis.loanDeskCharts;
  if (charts === undefined) throw new Error('The charts could not be loaded.');
  return charts;
}
