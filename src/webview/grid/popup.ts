/** Pixels kept free at the edges of the page. */
const EDGE = 4;

/** Where a popup belongs: under this, or above it where there is no room. */
export type Anchor = Pick<DOMRect, 'left' | 'top' | 'bottom'>;

/** Where the pointer is. */
export function anchorOf({ clientX, clientY }: MouseEvent): Anchor {
  return { left: clientX, top: clientY, bottom: clientY };
}

/**
 * A surface over the page. The browser closes it by Escape and by a click elsewhere, and gives the focus back to where it
 * was; the one who fills it takes the focus. It lies outside of what the page draws, so that drawing leaves it alone.
 */
export class Popup {
  readonly element = document.createElement('div');
  #onClose: (() => void) | undefined;

  /** `manual` where the one who fills it closes it. */
  constructor(className: string, mode: 'auto' | 'manual' = 'auto') {
    this.element.className = `popup ${className}`;
    this.element.popover = mode;
    document.body.append(this.element);
    this.element.addEventListener('beforetoggle', (event) => {
      if (event.newState === 'closed') this.#onClose?.();
    });
  }

  get isOpen(): boolean {
    return this.element.matches(':popover-open');
  }

  /** Shows what was put into the element. */
  open(anchor: Anchor, onClose?: () => void): void {
    this.close();
    this.#onClose = onClose;
    this.element.showPopover();
    const { width, height } = this.element.getBoundingClientRect();
    const left = Math.max(EDGE, Math.min(anchor.left, innerWidth - width - EDGE));
    const below = anchor.bottom + height + EDGE <= innerHeight;
    const top = below ? anchor.bottom : Math.max(EDGE, anchor.top - height);
    this.element.style.left = `${left}px`;
    this.element.style.top = `${top}px`;
  }

  close(): void {
    if (this.isOpen) this.element.hidePopover();
  }
}
