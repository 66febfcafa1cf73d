import { isOfKey } from '../../bybit/key-codes';
import { type Words, words } from '../../bybit/words';
import { formatAge } from '../../desk/format';
import type { Failure, Part, PartName, Snapshot } from '../../desk/snapshot';
import { utcTime } from '../../desk/utc';
import { type Row, type Text, texts } from '../tree/row';
import { ALL_PARTS, PART_NAMES } from './part-names';

/** The rows that say how reading went: under way, failed, how old. */

export type Parts = Snapshot['parts'];

/** A row for something that is being read for the first time. */
export function readingRow(id: string, label: Words): Row {
  return { id, label, description: words('reading…'), icon: { id: 'loading~spin' } };
}

/** Parts whose last read failed alike. */
export interface FailedAlike {
  readonly failure: Failure;
  readonly names: readonly PartName[];
}

/** By cause, so that a lost connection is one thing and not seven. */
export function failedAlike(parts: Parts, names: readonly PartName[]): ReadonlyMap<string, FailedAlike> {
  const byCause = new Map<string, { readonly failure: Failure; readonly names: PartName[] }>();
  for (const name of names) {
    const { failure } = parts[name];
    if (failure === undefined) continue;
    const cause = JSON.stringify([failure.words, failure.code]);
    const same = byCause.get(cause);
    if (same === undefined) byCause.set(cause, { failure, names: [name] });
    else same.names.push(name);
  }
  return byCause;
}

/**
 * One row a cause. Each says what went wrong, since when, and what is shown in the meantime; a click reads again, or asks for
 * the key where that is what was refused.
 */
export function failureRows(parts: Parts, names: readonly PartName[], now: number): readonly Row[] {
  return [...failedAlike(parts, names)].map(([cause, group]) => failureRow(cause, group, parts, now));
}

function failureRow(cause: string, { failure, names }: FailedAlike, parts: Parts, now: number): Row {
  const [first] = names;
  const alone = first !== undefined && names.length === 1;
  const isKeyRefused = isOfKey(failure.code);
  const nothing = names.some((name) => parts[name].value === undefined);
  const told = causeWords(failure);
  return {
    id: `failed:${cause}`,
    label: alone ? PART_NAMES[first] : words('{0} parts', String(names.length)),
    description: [words('not read'), told, formatAge(now - failure.at)],
    tooltip: texts<Text>(
      told,
      failure.advice,
      ...names.map((name) => [PART_NAMES[name], shownWords(parts[name], now)]),
      [words('Last tried {0}', utcTime(failure.at, now))],
      isKeyRefused ? words('Click to enter the key again.') : words('Click to read again.'),
    ),
    icon: nothing
      ? { id: 'error', color: 'list.errorForeground' }
      : { id: 'warning', color: 'list.warningForeground' },
    tokens: isKeyRefused ? ['failed', 'refusedKey'] : ['failed'],
    command: isKeyRefused ? 'loanDesk.replaceKey' : 'loanDesk.refresh',
    ...(alone ? {} : { children: names.map((name) => failedPartRow(name, parts[name], now)) }),
  };
}

/** The words of a failure with its code, once. */
export function causeWords({ words: told, code }: Failure): Words {
  if (code === undefined || told.code !== undefined) return told;
  const isSaid = told.args.some((argument) => code === argument || code === `HTTP ${argument}`);
  return isSaid ? told : { ...told, code };
}

/** What stands on screen for a part whose last read failed. */
function shownWords({ readAt }: Part<unknown>, now: number): Words {
  return readAt === undefined ? words('nothing to show yet') : words('shown as of {0}', utcTime(readAt, now));
}

function failedPartRow(name: PartName, part: Part<unknown>, now: number): Row {
  return { id: name, label: PART_NAMES[name], description: shownWords(part, now) };
}

/** How old what is shown may be before its row warns: polling is every 15 s unless a setting says otherwise. */
const OLD_MS = 5 * 60_000;

/** When the figures were read: the oldest of the parts named. None before the first read. */
export function freshnessRow(parts: Parts, names: readonly PartName[], now: number): readonly Row[] {
  const times = names.flatMap((name) => parts[name].readAt ?? []);
  if (times.length === 0) return [];
  const oldest = Math.min(...times);
  const isOld = now - oldest > OLD_MS;
  return [
    {
      id: 'read',
      label: words('Read {0}', utcTime(oldest, now)),
      description: texts(formatAge(now - oldest), isOld ? words('out of date') : undefined),
      tooltip: [
        words(
          'The oldest of what the figures above rest on. It is read again and again while a view is visible.',
        ),
      ],
      icon: isOld ? { id: 'warning', color: 'list.warningForeground' } : { id: 'history' },
      children: ALL_PARTS.map((name) => partRow(name, parts[name], now)),
    },
  ];
}

function partRow(name: PartName, { readAt, absent }: Part<unknown>, now: number): Row {
  return {
    id: name,
    label: PART_NAMES[name],
    description:
      readAt === undefined
        ? words('not read yet')
        : texts(
            absent === undefined ? undefined : words('none here'),
            words('read {0}', utcTime(readAt, now)),
            formatAge(now - readAt),
          ),
  };
}

/** For figures that rest on a part whose last read failed: "as of 14:03:22 UTC". Undefined when all is well. */
export function asOf(parts: Parts, names: readonly PartName[], now: number): Words | undefined {
  const stale = names.filter((name) => parts[name].failure !== undefined);
  const times = stale.flatMap((name) => parts[name].readAt ?? []);
  return times.length === 0 ? undefined : words('as of {0}', utcTime(Math.min(...times), now));
}
