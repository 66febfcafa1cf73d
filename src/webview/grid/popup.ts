/** Pixels kept free at the edges of the page. */
const EDGE = 4;

/** Where a popup belongs: under this, or above it where there is no room. */
export type Anchor = Pick<DOMRect, 'left' | 'top' | 'bottom'>;

/** Where the pointer is. */
export function anchorOf({ clientX, clientY }: MouseEvent): Anchor {
  return { left: clientX, top: clientY, bottom: clientY };
}

export interface PopupOptions {
  /** Its class in the styles. */
  readonly name: string;
  /** `manual` where the one who fills it closes it. */
  readonly mode?: 'auto' | 'manual';
  /** Called once, with the element as it was made. */
  readonly prepare?: (element: HTMLElement) => void;
}

/**
 * A surface over the page. The browser closes it by Escape and by a click elsewhere, and gives the focus back to where it
 * was; the one who fills it takes the focus. It lies outside of what the page draws, so that drawing leaves it alone.
 */
export class Popup {
  readonly #options: PopupOptions;
  #element: HTMLElement | undefined;
  #onClose: (() => void) | undefined;

  constructor(options: PopupOptions) {
    this.#options = options;
  }

  /** Made when it is needed first: most are never opened, and the first rows would wait for them. */
  get element(): HTMLElement {
    this.#element ??= this.#make();
    return this.#element;
  }

  #make(): HTMLElement {
    const { name, mode = 'auto', prepare } = this.#options;
    const element = document.createElement('div');
    element.className = `popup ${name}`;
    element.popover = mode;
    document.body.append(element);
    element.addEventListener('beforetoggle', (event) => {
      if (event.newState === 'closed') this.#onClose?.();
    });
    prepare?.(element);
    return element;
  }

  get isOpen(): boolean {
    return this.#element?.matches(':popover-open') ?? false;
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
