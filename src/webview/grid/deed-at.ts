import { TERMS } from '../../bybit/terms';
import type { Deed, Row } from '../contract';
import type { Place } from '../model/move';
import type { GridModel } from './grid-model';

/** What Enter starts from a cell: under a term that has a figure, a loan for that term; null where nothing can be started. */
export function deedAt(model: GridModel | undefined, place: Place): Deed | null {
  const { deed = null, cells } = model?.rows[place.row] ?? {};
  if (deed === null || model?.canAct !== true) return null;
  const { column, at } = model.columns[place.column] ?? {};
  const term = TERMS.find((one) => column?.id === `term${one}`);
  return term === undefined || cells?.[at ?? -1] == null ? deed : { ...fixed(deed), term };
}

/** The way for a term, which the person chooses, beside a flexible one; null where no term has a figure. */
export function fixedDeed({ table }: GridModel, { deed, cells }: Row): Deed | null {
  const isThere = table.columns.some(({ id }, at) => id.startsWith('term') && cells[at] != null);
  return deed?.kind === 'borrow' && isThere ? fixed(deed) : null;
}

function fixed(deed: Deed): Deed {
  return deed.kind === 'borrow' ? { ...deed, kind: 'borrowFixed' } : deed;
}
