export interface ShortcutDeeds {
  /** Puts the keyboard into the rows. */
  readonly toRows: () => void;
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
    deeds.toRows();
  }
  if (event.key === 'Escape') deeds.clear();
}
