/** A cell by its place: row -1 is the head. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit on the screen. */
  readonly page: number;
}

export interface Key {
  readonly key: string;
  readonly ctrl: boolean;
}

/** Where a key leads from a cell; undefined when it is no key of movement. Never outside the grid. */
export function moved(from: Place, { key, ctrl }: Key, extent: Extent): Place | undefined {
  const to = target(from, key, ctrl, extent);
  if (to === undefined) return undefined;
  return {
    row: Math.max(-1, Math.min(to.row, extent.rows - 1)),
    column: Math.max(0, Math.min(to.column, extent.columns - 1)),
  };
}

function target({ row, column }: Place, key: string, ctrl: boolean, extent: Extent): Place | undefined {
  const last = extent.columns - 1;
  switch (key) {
    case 'ArrowUp':
      return { row: ctrl ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: ctrl ? extent.rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: ctrl ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: ctrl ? last : column + 1 };
    case 'Home':
      return ctrl ? { row: 0, column: 0 } : { row, column: 0 };
    case 'End':
      return ctrl ? { row: extent.rows - 1, column: last } : { row, column: last };
    // From the first row up a page is the first row, not the head.
    case 'PageUp':
      return { row: row < 0 ? row : Math.max(0, row - extent.page), column };
    case 'PageDown':
      return { row: row + extent.page, column };
    default:
      return undefined;
  }
}
