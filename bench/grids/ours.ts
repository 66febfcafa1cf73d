// Works the rates page as a person does; what the extension would send it lies in `data.messages`, made by `messages.ts`.

interface BenchData {
  readonly columns: readonly { readonly id: string }[];
  readonly messages: readonly object[];
}

const find = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector);
let shown: BenchData | undefined;

function post(message: object | undefined): void {
  window.postMessage({ ...message, session: document.body.dataset['session'] }, '*');
}

Object.assign(window, {
  acquireVsCodeApi: () => ({
    // The rest of a long table is sent when the page asks for it.
    postMessage: ({ type }: { readonly type: string }) => {
      if (type === 'all') post(shown?.messages.at(-1));
    },
    getState: () => undefined,
    setState: () => undefined,
  }),
  bench: {
    show(data: BenchData) {
      shown = data;
      for (const message of data.messages.slice(0, 2)) post(message);
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
