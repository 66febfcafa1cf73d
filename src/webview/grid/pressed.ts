/** By these a press begins: of a finger the mouse's own follow once it has left. */
const BEGINS = ['pointerdown', 'mousedown'] as const;
/** By these it ends; without the window's focus, or by a drag, its end is not told. */
const ENDS = ['pointerup', 'mouseup', 'pointercancel', 'dragend', 'blur'] as const;

/**
 * Whether a pointer is pressed on what is within an element. The browser makes a click of a press and its release only where
 * what was pressed has stayed in its place in the document.
 */
export class Pressed {
  readonly #released: () => void;
  /** Ends the listening of the press that is going on. */
  #press: AbortController | undefined;
  #ending: ReturnType<typeof setTimeout> | undefined;

  /** `released` is called after every press, once its click was heard. */
  constructor(element: HTMLElement, released: () => void) {
    this.#released = released;
    for (const type of BEGINS) element.addEventListener(type, () => this.#begin(), { capture: true });
  }

  get isPressed(): boolean {
    return this.#press !== undefined;
  }

  #begin(): void {
    clearTimeout(this.#ending);
    if (this.#press !== undefined) return;
    this.#press = new AbortController();
    const listening = { capture: true, signal: this.#press.signal };
    for (const type of ENDS) window.addEventListener(type, () => this.#end(), listening);
    const onMove = ({ buttons }: PointerEvent) => {
      if (buttons === 0) this.#end();
    };
    window.addEventListener('pointermove', onMove, listening);
  }

  /** The click comes right after the release. */
  #end(): void {
    clearTimeout(this.#ending);
    this.#ending = setTimeout(() => {
      this.#press?.abort();
      this.#press = undefined;
      this.#released();
    });
  }
}
