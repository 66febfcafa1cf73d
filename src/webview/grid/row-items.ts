import { words } from '../../bybit/words';
import type { Deed, Row } from '../contract';
import { deedWords } from '../model/deed-words';
import { fixedDeed } from './deed-at';
import type { GridModel } from './grid-model';
import type { MenuItem } from './menu';

export interface RowRuns {
  /** What Enter starts from the cell. */
  readonly deed: Deed | null;
  readonly begin: (deed: Deed) => void;
  readonly star: () => void;
  readonly twist: () => void;
  readonly isOpen: boolean;
  readonly history: ((coin: string) => void) | undefined;
  readonly copy: (hasHeads: boolean) => void;
  readonly selectAll: () => void;
}

/** What can be done with a row. */
export function rowItems(model: GridModel, row: Row, runs: RowRuns): readonly MenuItem[] {
  const { favourites, say } = model;
  const { coin } = row;
  // A row that begins a flexible loan begins one for a term, too; under a term the other way about.
  const other = runs.deed?.kind === row.deed?.kind ? fixedDeed(model, row) : row.deed;
  const items: MenuItem[] = [runs.deed, other].flatMap((deed, at) =>
    deed === null || !model.canAct
      ? []
      : {
          title: say(deedWords(deed).whole),
          ...(at === 0 && { keys: { key: 'enter' as const } }),
          run: () => runs.begin(deed),
        },
  );
  if (favourites !== undefined && coin !== null) {
    const title = favourites.has(coin)
      ? words('Remove {0} from favourites', coin)
      : words('Add {0} to favourites', coin);
    items.push({ title: say(title), keys: { key: 'space' }, run: runs.star });
  }
  items.push({
    title: runs.isOpen ? say(words('Hide Details')) : say(words('Show Details')),
    keys: { held: ['alt'], key: 'enter' },
    run: runs.twist,
  });
  const { history } = runs;
  if (history !== undefined && coin !== null) {
    // Whoever sees the past of a coin may want to hear of its future; that needs no account.
    const alert: Deed = { kind: 'addRateAlert', coin, term: null };
    items.push(
      { title: say(words('Show History')), run: () => history(coin) },
      { title: say(deedWords(alert).whole), run: () => runs.begin(alert) },
    );
  }
  items.push(
    { title: say(words('Copy')), keys: { held: ['mod'], key: 'C' }, run: () => runs.copy(false) },
    {
      title: say(words('Copy with Heads')),
      keys: { held: ['mod', 'shift'], key: 'C' },
      run: () => runs.copy(true),
    },
    { title: say(words('Select All')), keys: { held: ['mod'], key: 'A' }, run: runs.selectAll },
  );
  return items;
}
