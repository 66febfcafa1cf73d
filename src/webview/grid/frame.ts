/** The parts of a grid, empty: the head is outside of what scrolls. */
export function frame(): Readonly<Record<'element' | 'head' | 'scroller' | 'body', HTMLElement>> {
  const element = part('grid', 'grid');
  element.setAttribute('aria-readonly', 'true');
  element.setAttribute('aria-multiselectable', 'true');
  const head = part('head', 'rowgroup');
  const scroller = part('scroller', 'rowgroup');
  const body = part('body', 'presentation');
  scroller.append(body);
  element.append(head, scroller);
  return { element, head, scroller, body };
}

function part(name: string, role: string): HTMLElement {
  const made = document.createElement('div');
  made.className = name;
  made.setAttribute('role', role);
  return made;
}
