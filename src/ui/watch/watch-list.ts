import { type Words, words } from '../../bybit/words';
import { formatPercent } from '../../desk/format';
import type { Fired } from '../../desk/watch/state';
import type { CommandId } from '../commands';
import type { Asker } from '../flow/asker';
import type { Choice } from '../flow/question';
import { askSingle } from '../flow/single';
import type { ReadSetting } from '../settings';
import type { WatchService } from './watch-service';
import { levelsOf, watchIntervalOf } from './watch-settings';
import { type Deed, deedOf, iconOf, labelOf, SNOOZES, toldAt } from './watch-words';

/** A row of something else that is listed here; `open` is what choosing it does. */
export interface ListedRow
  extends Pick<Choice<unknown>, 'label' | 'description' | 'detail' | 'icon' | 'group'> {
  readonly open: () => Promise<void>;
}

/** Something else that is watched, and what was told of it. */
export interface Listed {
  rows(): Promise<readonly ListedRow[]>;
  /** Newest last. */
  told(): Promise<readonly Fired[]>;
}

export interface WatchListOptions {
  /** What is watched beside the account. */
  readonly more?: Listed;
  readonly service: WatchService;
  readonly asker: Asker;
  readonly readSetting: ReadSetting;
  /** BCP 47. */
  readonly locale: string;
  readonly now: () => number;
  readonly start: (deed: Deed) => void;
  /** Runs a command of ours. */
  readonly run: (command: CommandId) => void;
  /** Opens the settings of the watch. */
  readonly openSettings: () => void;
  readonly show: (sentence: Words) => Words;
}

type Chosen =
  | { readonly kind: 'fired'; readonly fired: Fired; readonly canSnooze: boolean }
  | { readonly kind: 'more'; readonly open: () => Promise<void> }
  | { readonly kind: 'settings' };

/** Told lately: as many rows as a person reads. */
const SHOWN = 100;

/** What is watched and what was told, in one list; a row offers what helps, or silence for a while. */
export async function showWatchList(options: WatchListOptions): Promise<void> {
  const { service, asker, show, more } = options;
  const { watcher, account } = service;
  const listed = (await more?.rows()) ?? [];
  if ((watcher === undefined || account === undefined) && listed.length === 0) {
    const way = await asker.say<'tryPaper' | 'addAccount' | 'addRateAlert'>({
      severity: 'info',
      words: [words('What is owed is watched once an account is chosen; rates are watched without one.')],
      actions: [
        { id: 'tryPaper', label: words('Try the Paper Account') },
        { id: 'addAccount', label: words('Add an API Key') },
        { id: 'addRateAlert', label: words('Add a Rate Alert') },
      ],
    });
    if (way !== undefined) options.run(way);
    return;
  }
  const told = [
    ...((await watcher?.fired()) ?? []).map((fired) => ({ fired, canSnooze: true })),
    ...((await more?.told()) ?? []).map((fired) => ({ fired, canSnooze: false })),
  ];
  const newest = told.sort((a, b) => b.fired.at - a.fired.at).slice(0, SHOWN);
  const chosen = await askSingle<Chosen>(
    account === undefined ? words('Watch') : words('Watch · {0}', account.label),
    {
      choices: () => [
        ...(watcher === undefined ? [] : watchedRows(options)),
        ...listed.map(moreRow),
        ...newest.map(({ fired, canSnooze }) => firedRow(fired, canSnooze, show)),
      ],
    },
    asker,
  );
  if (chosen.kind === 'settings') options.openSettings();
  else if (chosen.kind === 'more') await chosen.open();
  else await openFired(chosen, options);
}

function moreRow({ open, ...row }: ListedRow): Choice<Chosen> {
  return { ...row, value: { kind: 'more', open } };
}

function watchedRows({ readSetting, locale }: WatchListOptions): readonly Choice<Chosen>[] {
  const interval = watchIntervalOf(readSetting);
  const levels = levelsOf(readSetting).map((level) => formatPercent(level, 1, locale));
  const group = words('Watched');
  const rows: readonly Words[] = [
    words('LTV at {0}, and at the exchange’s own lines', levels.join(', ')),
    words('Due dates: 7 days, 1 day and 6 hours before; what is overdue'),
    words('Automatic repayments that the Funding wallet will not cover within a day'),
    words('Orders filled, liquidations, legacy and institutional lines'),
    words('Platform limits on collateral, the end of the API key, data too old to trust'),
  ];
  const state =
    interval === undefined
      ? words('The watch is off. Change it in the settings.')
      : words(
          'Every {0} s while a window is open in which the desk was used. Change it in the settings.',
          String(interval / 1000),
        );
  return [
    { value: { kind: 'settings' }, label: state, icon: 'settings-gear', group },
    ...rows.map((label): Choice<Chosen> => ({ value: undefined, label, icon: 'eye', group })),
  ];
}

function firedRow(fired: Fired, canSnooze: boolean, show: (sentence: Words) => Words): Choice<Chosen> {
  const { event, at, ended } = fired;
  return {
    value: { kind: 'fired', fired, canSnooze },
    label: show(event.title),
    description: toldAt(at),
    detail: show(event.detail),
    icon: iconOf(event, ended),
    group: words('Told lately'),
  };
}

async function openFired(
  { fired, canSnooze }: { readonly fired: Fired; readonly canSnooze: boolean },
  options: WatchListOptions,
): Promise<void> {
  const { service, asker, start, show } = options;
  const { event } = fired;
  const deeds = event.help.map((help) => deedOf(help, service.account?.id));
  const answer = await asker.say<`${number}` | 'snooze'>({
    severity: 'info',
    words: [show(event.title), show(event.detail)],
    actions: [
      ...event.help.map((help, index) => ({ id: `${index}` as const, label: labelOf(help.deed) })),
      ...(fired.ended || !canSnooze ? [] : [{ id: 'snooze' as const, label: words('Snooze…') }]),
    ],
  });
  if (answer === 'snooze') await askSnooze(fired, options);
  else if (answer !== undefined) {
    const deed = deeds[Number(answer)];
    if (deed !== undefined) start(deed);
  }
}

/** Asks how long an event may stay silent, and keeps it so for every window. */
export async function askSnooze(
  { event }: Fired,
  { service, asker, now }: Pick<WatchListOptions, 'service' | 'asker' | 'now'>,
): Promise<void> {
  const { watcher } = service;
  if (watcher === undefined) return;
  const ms = await askSingle<number>(
    words('Silence this for …'),
    { choices: () => SNOOZES.map(({ label, ms: value }) => ({ label, value })) },
    asker,
  );
  await watcher.snooze(event.key, now() + ms);
}
