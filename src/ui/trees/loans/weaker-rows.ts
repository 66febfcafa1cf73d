import { gt } from '../../../bybit/decimal';
import { type Words, words } from '../../../bybit/words';
import type { Thresholds } from '../../../desk/book';
import { formatLevel } from '../../../desk/format';
import { LINES } from '../../../desk/lines';
import { DEFAULT_THRESHOLDS, type ReadSetting, thresholdsOf } from '../../settings';
import type { Row } from '../../tree/row';
import { watchIntervalOf } from '../../watch/watch-settings';

const MINUTE_MS = 60_000;
/** A watch that looks less often than this is told of. */
const SELDOM_MS = 5 * MINUTE_MS;

/**
 * What the settings weaken, and what of them is not taken, shown as long as that is so: any extension may write a person's
 * settings, so what takes warnings away is seen where the loans are. `locale`: BCP 47.
 */
export function weakerRows(read: ReadSetting, locale: string): readonly Row[] {
  return [...lineRows(read, locale), ...watchRows(read)];
}

function lineRows(read: ReadSetting, locale: string): readonly Row[] {
  const { value, problem } = thresholdsOf(read);
  if (problem !== undefined) {
    return [
      {
        id: 'weaker-lines',
        label: words('LTV lines of the settings are not taken'),
        description: words('the default lines are used'),
        tooltip: [problem, words('Change it in the settings: {0}', 'loanDesk.thresholds')],
        icon: { id: 'warning', color: 'list.warningForeground' },
      },
    ];
  }
  if (!LINES.some((line) => gt(value[line], DEFAULT_THRESHOLDS[line]))) return [];
  const levels = (lines: Thresholds) => LINES.map((line) => formatLevel(lines[line], locale)).join(', ');
  return [
    {
      id: 'weaker-lines',
      label: words('LTV lines raised in the settings'),
      description: words('{0} instead of {1}', levels(value), levels(DEFAULT_THRESHOLDS)),
      tooltip: [
        words('Warnings come later, and more is offered, than by the lines that Bybit published.'),
        words('Change it in the settings: {0}', 'loanDesk.thresholds'),
      ],
      icon: { id: 'warning', color: 'list.warningForeground' },
    },
  ];
}

function watchRows(read: ReadSetting): readonly Row[] {
  const interval = watchIntervalOf(read);
  if (interval === undefined) {
    const meaning = words('Nobody tells of LTV levels, due dates and liquidations.');
    return [watchRow(words('The watch is off'), meaning)];
  }
  if (interval <= SELDOM_MS) return [];
  const minutes = String(Math.round(interval / MINUTE_MS));
  const meaning = words('LTV levels, due dates and liquidations are told of that late.');
  return [watchRow(words('The watch looks only every {0} min', minutes), meaning)];
}

function watchRow(label: Words, meaning: Words): Row {
  return {
    id: 'weaker-watch',
    label,
    description: words('by the settings'),
    tooltip: [meaning, words('Change it in the settings: {0}', 'loanDesk.watch')],
    icon: { id: 'bell-slash' },
    command: 'loanDesk.openWatch',
  };
}
