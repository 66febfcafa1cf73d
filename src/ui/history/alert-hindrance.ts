import { type Words, words } from '../../bybit/words';
import type { RateAlert } from '../../desk/history/alerts';
import type { ReadSetting } from '../settings';
import { watchIntervalOf } from '../watch/watch-settings';
import { historyIntervalOf } from './history-settings';

/** Why an alert cannot be told as the settings are. */
export interface Hindrance {
  readonly why: Words;
  /** The setting that has to be another one, by its whole name. */
  readonly setting: string;
}

/** What keeps an alert of this kind from ever being told; undefined when nothing does. */
export function hindranceOf(kind: RateAlert['kind'], read: ReadSetting): Hindrance | undefined {
  if (watchIntervalOf(read) === undefined)
    return { why: words('It is not told while the watch is off.'), setting: 'loanDesk.watch.enabled' };
  if (kind === 'jump' && historyIntervalOf(read) === undefined) {
    return {
      why: words('It needs the rate that was recorded a day before, and recording is off.'),
      setting: 'loanDesk.history.enabled',
    };
  }
  return undefined;
}
