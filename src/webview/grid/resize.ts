export interface Resize {
  /** Pixels the column has. */
  readonly from: number;
  readonly preview: (width: number) => void;
  /** Without a width where nothing came of it. */
  readonly end: (width?: number) => void;
}

/** Follows the pointer from the edge of a head until it is let go. */
export function resize(event: PointerEvent, edge: HTMLElement, { from, preview, end }: Resize): void {
  const start = event.clientX;
  const widthAt = (at: PointerEvent) => from + at.clientX - start;
  const ended = new AbortController();
  const { signal } = ended;
  // The text of the page is not selected meanwhile.
  event.preventDefault();
  edge.setPointerCapture(event.pointerId);
  edge.addEventListener('pointermove', (at) => preview(widthAt(at)), { signal });
  // After the pointer was let go, and where it was taken away.
  edge.addEventListener(
    'lostpointercapture',
    (at) => {
      ended.abort();
      end(at.clientX === start ? undefined : widthAt(at));
    },
    { signal },
  );
}
