// Works the rates page as a person does; what the extension would send it is made by
// `messages.ts`: `data.messages` at once, the rest of a long table when the page asks for it.

interface BenchData {
  readonly columns: readonly { readonly id: string }[];
  readonly messages: readonly object[];
  /** Where what is sent when asked for lies. */
  readonly rest: string;
}

const find = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector);
let shown: BenchData | undefined;

function post(message: object): void {
  window.postMessage({ ...message, session: document.body.dataset['session'] }, '*');
}

async function postRest(url: string): Promise<void> {
  const answer = await fetch(url);
  post((await answer.json()) as object);
}

Object.assign(window, {
  acquireVsCodeApi: () => ({
    // The rest of a long table is sent when the page asks for it.
    postMessage: ({ type }: { readonly type: string }) => {
      if (type === 'all' && shown !== undefined) void postRest(shown.rest);
    },
    getState: () => undefined,
    setState: () => undefined,
  }),
  bench: {
    show(data: BenchData) {
      shown = data;
      for (const message of data.messages) post(message);
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
    last: (size: number) => find(`.body [aria-rowindex="${size + 1}"] .name .text`)?.textContent?.trim(),
  },
});
