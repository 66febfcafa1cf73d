// Works the rates page as a person does; what the extension would send it lies in `data.messages`, made by `messages.ts`.

interface BenchData {
  readonly columns: readonly { readonly id: string }[];
  readonly messages: readonly object[];
}

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
      const session = document.body.dataset['session'];
      for (const message of data.messages) window.postMessage({ ...message, session }, '*');
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
