/** Keeps a key here: VS Code hears the keys of its panels, too. */
export function take(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
