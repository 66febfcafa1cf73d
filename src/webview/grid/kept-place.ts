import type { Active } from '../model/active';
import type { Heights } from '../model/heights';
import type { Selection } from '../model/selection';
import type { GridPlace } from '../place-contract';
import type { GridModel } from './grid-model';
import type { Opened } from './opened';
import type { Sight } from './sight';

interface Parts {
  readonly sight: Pick<Sight, 'scrolled'>;
  readonly heights: Heights;
  readonly active: Active;
  readonly selection: Selection;
  readonly opened: Opened;
}

/** Where a person is in a table; undefined where there are no rows to be in. */
export function placeIn(model: GridModel | undefined, parts: Parts): GridPlace | undefined {
  const { heights, active, selection, opened } = parts;
  const { scrolled } = parts.sight;
  if (model === undefined || model.rows.length === 0) return undefined;
  const at = heights.indexAt(scrolled.top);
  const id = model.rows[at]?.id;
  const past = Math.round(scrolled.top - heights.topOf(at));
  return {
    top: scrolled.top <= 0 || id === undefined ? null : { id, at, past },
    left: Math.round(scrolled.left),
    cell: active.kept(model.columns),
    chosen: selection.kept,
    open: opened.kept,
  };
}

/** Pixels above a place; where its row is gone, above the one that stands there. */
export function pixelsAbove(top: GridPlace['top'], rows: GridModel['rows'], heights: Heights): number {
  if (top === null) return 0;
  const at = rows.findIndex(({ id }) => id === top.id);
  return at < 0 ? heights.topOf(Math.min(top.at, rows.length)) : heights.topOf(at) + top.past;
}
