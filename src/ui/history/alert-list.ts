import { type Words, words } from '../../bybit/words';
import { MOST_ALERTS } from '../../desk/history/alert-file';
import { inOneLine, type RateAlert } from '../../desk/history/alerts';
import { coinName } from '../coin-name';
import type { Choice } from '../flow/question';
import { askSingle } from '../flow/single';
import type { ReadSetting } from '../settings';
import type { Listed, ListedRow } from '../watch/watch-list';
import { type AlertFlowOptions, askAlert } from './alert-flow';
import { hindranceOf } from './alert-hindrance';
import type { RateAlerts, ShownAlerts } from './rate-alerts';

export interface AlertListOptions extends AlertFlowOptions {
  readonly alerts: Pick<RateAlerts, 'shown' | 'alerts' | 'put' | 'remove'>;
  readonly readSetting: ReadSetting;
  /** In the person's language, for a sentence within another. */
  readonly say: (sentence: Words) => string;
  /** Opens the settings at the one of that name. */
  readonly openSetting: (name: string) => void;
}

/** The rate alerts as a part of the watch list: each can be changed and removed there, and new ones added. */
export function alertList(options: AlertListOptions): Listed {
  return {
    rows: () => rowsOf(options),
    told: async () => (await options.alerts.shown?.watcher.fired()) ?? [],
  };
}

async function rowsOf(options: AlertListOptions): Promise<readonly ListedRow[]> {
  const { alerts, locale, readSetting } = options;
  const { shown } = alerts;
  if (shown === undefined) return [];
  const group = words('Rate alerts');
  const own = (await alerts.alerts()).map(
    (alert): ListedRow => ({
      label: inOneLine({ ...alert, coin: coinName(alert.coin) }, locale),
      description: words('change or remove'),
      icon: 'bell',
      group,
      ...detailOf(hindranceOf(alert.kind, readSetting)?.why),
      open: () => openAlert(alert, shown, options),
    }),
  );
  const add: ListedRow = {
    label: words('Add a Rate Alert…'),
    icon: 'add',
    group,
    open: () => addAlert(undefined, options),
  };
  return [...own, add];
}

function detailOf(why: Words | undefined): Pick<ListedRow, 'detail'> {
  return why === undefined ? {} : { detail: why };
}

type Deed = 'change' | 'remove';

async function openAlert(alert: RateAlert, shown: ShownAlerts, options: AlertListOptions): Promise<void> {
  const { alerts, asker, locale } = options;
  const choices: readonly Choice<Deed>[] = [
    { value: 'change', label: words('Change…'), icon: 'edit' },
    { value: 'remove', label: words('Remove'), icon: 'trash' },
  ];
  const title = inOneLine({ ...alert, coin: coinName(alert.coin) }, locale);
  const deed = await askSingle<Deed>(title, { choices: () => choices }, asker);
  if (deed === 'remove') await alerts.remove(alert.id, shown);
  else await put(await askAlert(alert, shown, options), shown, options, alert.id);
}

/** Asks for a new alert, on a coin where one is named already, and says what will happen. */
export async function addAlert(coin: string | undefined, options: AlertListOptions): Promise<void> {
  const { alerts, asker } = options;
  const { shown } = alerts;
  if (shown === undefined) {
    await asker.say({
      severity: 'info',
      words: [words('Rates are not known yet. Try again in a moment.')],
      actions: [],
    });
    return;
  }
  if ((await alerts.alerts()).length >= MOST_ALERTS) {
    await sayFull(options);
    return;
  }
  if (shown.desk.snapshot.parts.coins.value === undefined) {
    await asker.during(words('Reading rates …'), () => shown.desk.refresh(['coins']));
  }
  const isKnown = shown.desk.snapshot.parts.coins.value?.some(({ currency }) => currency === coin);
  const alert = await askAlert(coin !== undefined && isKnown === true ? { coin } : {}, shown, options);
  await put(alert, shown, options);
}

/** Sets an alert, and says whether and when it is told. */
async function put(
  alert: RateAlert,
  shown: ShownAlerts,
  options: AlertListOptions,
  instead?: string,
): Promise<void> {
  const { alerts, asker, locale, say, readSetting, openSetting } = options;
  if ((await alerts.put(alert, instead, shown)) === 'full') {
    await sayFull(options);
    return;
  }
  const line = say(inOneLine({ ...alert, coin: coinName(alert.coin) }, locale));
  const hindrance = hindranceOf(alert.kind, readSetting);
  if (hindrance !== undefined) {
    const { why, setting } = hindrance;
    const answer = await asker.say<'setting'>({
      severity: 'warning',
      words: [words('Alert set: {0}.', line), why],
      actions: [{ id: 'setting', label: words('Open the Setting') }],
    });
    if (answer === 'setting') openSetting(setting);
  } else if (instead === undefined) {
    await asker.say({
      severity: 'info',
      words: [
        words('Alert set: {0}.', line),
        words('It is told once, while a window is open in which the desk was used; the watch lists it.'),
      ],
      actions: [],
    });
  }
}

async function sayFull({ asker }: AlertListOptions): Promise<void> {
  await asker.say({
    severity: 'error',
    words: [words('There are {0} rate alerts, and no more are kept. Remove one first.', String(MOST_ALERTS))],
    actions: [],
  });
}
