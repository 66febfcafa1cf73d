/** Pixels of the page that are never the rows': tabs, what is above the table, and its head. */
const LEAST_ABOVE = 120;

/** Where it is scrolled to, in pixels. */
export interface Scrolled {
  readonly top: number;
  readonly left: number;
}

/** Where it is to be scrolled to; without `left` it stays where it is. */
type Beginning = Pick<Scrolled, 'top'> & Partial<Scrolled>;

/** What is in sight, in pixels. */
interface Seen extends Scrolled {
  readonly height: number;
}

/**
 * What part of the rows is in sight, as the browser last told, and the head kept above it. Asking the browser while drawing
 * would make it lay out at once what was just drawn, several times until the first rows are there.
 */
export class Sight {
  readonly #scroller: HTMLElement;
  readonly #head: HTMLElement;
  /** Undefined while it is not laid out: before the first time, and out of the document. */
  #seen: Seen | undefined;
  /**
   * Where it begins once it is laid out: the browser keeps where a hidden element was scrolled to. Asked for as late as
   * that, since how high open rows are depends on the room.
   */
  #beginning: (() => Beginning) | undefined;
  #headLeft = 0;

  constructor(scroller: HTMLElement, head: HTMLElement) {
    this.#scroller = scroller;
    this.#head = head;
  }

  get isLaid(): boolean {
    return this.#seen !== undefined;
  }

  /** Where it is, or where it is going to begin. */
  get scrolled(): Scrolled {
    return this.#seen ?? { left: 0, top: 0, ...this.#beginning?.() };
  }

  /** First and last pixel in sight of rows that are `total` high; what may be in sight before it is laid out. */
  within(total: number): { readonly first: number; readonly last: number } {
    const { top } = this.scrolled;
    const height = this.#seen?.height ?? Math.max(0, innerHeight - LEAST_ABOVE);
    // Fewer rows than before: the browser is going to scroll back.
    const first = Math.max(0, Math.min(top, total - height));
    return { first, last: first + height - 1 };
  }

  /** Asks the browser: it was laid out or scrolled. */
  look(): void {
    const { clientHeight: height } = this.#scroller;
    if (height > 0 && this.#beginning !== undefined) {
      this.#scroller.scrollTo(this.#beginning());
      this.#beginning = undefined;
    }
    const { scrollTop: top, scrollLeft: left } = this.#scroller;
    this.#seen = height === 0 ? undefined : { top, left, height };
    this.alignHead();
  }

  /** Goes to a place, now or once it is laid out. */
  begin(place: () => Beginning): void {
    if (this.#seen === undefined) {
      this.#beginning = place;
      return;
    }
    const { top, left } = this.#seen;
    const wanted = { left, ...place() };
    if (top === wanted.top && left === wanted.left) return;
    this.#scroller.scrollTo(wanted);
    this.look();
  }

  /** It is out of the document. */
  leave(): void {
    this.#seen = undefined;
    this.#beginning = undefined;
  }

  alignHead(): void {
    const left = this.#seen?.left ?? 0;
    if (left !== this.#headLeft) this.#head.scrollLeft = left;
    this.#headLeft = left;
  }

  /** The head scrolls by itself only to show the cell that gets the focus. */
  alignBody(): void {
    this.#headLeft = this.#head.scrollLeft;
    if (this.#scroller.scrollLeft !== this.#headLeft) this.#scroller.scrollLeft = this.#headLeft;
  }
}
