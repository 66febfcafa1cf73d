export interface ShortcutDeeds {
  /** Puts the keyboard into the rows: where it was, or into the first one. */
  readonly toRows: (isFirst: boolean) => void;
  readonly clear: () => void;
}

/** Keys of the page around its filter: to it from everywhere, from it to the rows, and to empty it. */
export function onShortcut(
  event: KeyboardEvent,
  filter: HTMLInputElement | null,
  deeds: ShortcutDeeds,
): void {
  if (filter === null) return;
  const inText = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  const isFind = (event.ctrlKey || event.metaKey) && event.key === 'f';
  if (isFind || (event.key === '/' && !inText)) {
    event.preventDefault();
    filter.focus();
    filter.select();
  }
  if (event.target !== filter) return;
  if (event.key === 'ArrowDown') {
    event.preventDefault();
    // Who has filtered wants what was found.
    deeds.toRows(filter.value.trim() !== '');
  }
  if (event.key === 'Escape') deeds.clear();
}
