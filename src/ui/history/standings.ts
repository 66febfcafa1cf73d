import { words } from '../../bybit/words';
import { ratesOf, type SeriesName } from '../../desk/history/series';
import { rateRows } from '../../desk/rates';
import type { Text } from '../tree/row';
import type { HistoryService } from './history-service';
import { STANDING_DAYS, standingAt, standingWords } from './standing-words';

const DAY_MS = 86_400_000;

/** Lines for a coin's tooltip: how its flexible and its best fixed rate stand among the recorded ones. */
export async function standingLines(
  history: Pick<HistoryService, 'shown'>,
  coin: string,
  now: number,
): Promise<readonly Text[]> {
  const { shown } = history;
  const own = shown?.desk.snapshot.parts.coins.value?.find(({ currency }) => currency === coin);
  const [row] = own === undefined ? [] : rateRows([own]);
  if (shown === undefined || row === undefined) return [];
  const [recorded, coverage] = await Promise.all([
    shown.store.read(coin, now - STANDING_DAYS * DAY_MS),
    shown.store.coverage(),
  ]);
  const asked = { rates: ratesOf(row), history: recorded, coverage, now };
  const names: readonly SeriesName[] = ['flexible', ...(row.best === undefined ? [] : [row.best.term])];
  const lines = names.flatMap((name): Text[] => {
    const standing = standingAt(name, asked);
    if (standing === undefined) return [];
    const label = name === 'flexible' ? words('Flexible') : words('{0} days', name);
    return [[label, ...standingWords(standing)]];
  });
  return lines.length > 0 && shown.source.environment === 'paper'
    ? [...lines, words('simulated market')]
    : lines;
}
