/** Gives cells whose text is cut off a title that has all of it, while the pointer is on them. */
export function titleCut(body: HTMLElement): void {
  let titled: Element | undefined;
  body.addEventListener('mouseover', ({ target }) => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[aria-colindex]') : null;
    if (cell === titled) return;
    titled?.removeAttribute('title');
    titled = undefined;
    // Its kind has a title already.
    if (cell === null || cell.title !== '') return;
    const parts = partsOf(cell);
    if (!parts.some((part) => isCut(part, cell))) return;
    cell.title = parts.map(({ textContent }) => textContent?.trim()).join('\n');
    titled = cell;
  });
  body.addEventListener('mouseleave', () => {
    titled?.removeAttribute('title');
    titled = undefined;
  });
}

/** The lines of a cell, without its buttons. */
function partsOf(cell: HTMLElement): readonly HTMLElement[] {
  const lines = [...cell.querySelectorAll<HTMLElement>('.text, .note')];
  return lines.length > 0 ? lines : [cell];
}

function isCut(part: HTMLElement, cell: HTMLElement): boolean {
  const range = document.createRange();
  range.selectNodeContents(part);
  const { paddingLeft, paddingRight } = getComputedStyle(cell);
  const room = cell.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
  // Half a pixel is how texts are set, not cut.
  return (
    range.getBoundingClientRect().width > (part === cell ? room : Math.min(room, part.clientWidth)) + 0.5
  );
}
