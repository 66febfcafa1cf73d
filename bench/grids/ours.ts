// The other end of the rates page: hands over what the extension would, and works its controls as a person does.
import type { Column } from '../../src/webview/contract';
import { row, snapshot, start } from '../../test/browser/messages';

interface BenchData {
  readonly rows: readonly { readonly id: string; readonly cells: readonly (string | null)[] }[];
  readonly columns: readonly Omit<Column, 'hint'>[];
}

const session = document.body.dataset['session'];
const send = (message: object) => window.postMessage({ ...message, session }, '*');
const find = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector);
let shown: BenchData | undefined;

Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: () => undefined,
    getState: () => undefined,
    setState: () => undefined,
  }),
  bench: {
    show(data: BenchData) {
      shown = data;
      send(start());
      const message = snapshot([]);
      send({
        ...message,
        table: {
          ...message.table,
          columns: data.columns.map((column) => ({ ...column, hint: null })),
          rows: data.rows.map(({ id, cells }) => ({ ...row({ coin: id, deed: null }), cells })),
        },
      });
    },
    filter(text: string) {
      const input = find<HTMLInputElement>('#filter');
      if (input === null) return;
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    },
    sort(column: string, descending: boolean) {
      const index = shown?.columns.findIndex(({ id }) => id === column) ?? -1;
      const head = () => find(`.head [aria-colindex="${index + 1}"]`);
      const wanted = descending ? 'descending' : 'ascending';
      for (let clicks = 0; clicks < 3 && head()?.getAttribute('aria-sort') !== wanted; clicks += 1) {
        head()?.click();
      }
    },
    scroller: () => find('.scroller'),
    first: () => find('.body [aria-rowindex="2"] .name .text')?.textContent?.trim(),
    row: '.body .row',
  },
});
