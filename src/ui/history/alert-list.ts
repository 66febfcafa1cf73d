import { words } from '../../bybit/words';
import { inOneLine, type RateAlert } from '../../desk/history/alerts';
import { coinName } from '../coin-name';
import type { Choice } from '../flow/question';
import { askSingle } from '../flow/single';
import { verbatim } from '../tree/row';
import type { Listed, ListedRow } from '../watch/watch-list';
import { type AlertFlowOptions, askAlert } from './alert-flow';
import type { RateAlerts } from './rate-alerts';

export interface AlertListOptions extends AlertFlowOptions {
  readonly alerts: Pick<RateAlerts, 'shown' | 'alerts' | 'put' | 'remove'>;
}

/** The rate alerts as a part of the watch list: each can be changed and removed there, and new ones added. */
export function alertList(options: AlertListOptions): Listed {
  return {
    rows: () => rowsOf(options),
    told: async () => (await options.alerts.shown?.watcher.fired()) ?? [],
  };
}

async function rowsOf(options: AlertListOptions): Promise<readonly ListedRow[]> {
  const { alerts, locale } = options;
  if (alerts.shown === undefined) return [];
  const group = words('Rate alerts');
  const own = (await alerts.alerts()).map(
    (alert): ListedRow => ({
      label: verbatim(inOneLine({ ...alert, coin: coinName(alert.coin) }, locale)),
      description: words('change or remove'),
      icon: 'bell',
      group,
      open: () => openAlert(alert, options),
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

type Deed = 'change' | 'remove';

async function openAlert(alert: RateAlert, options: AlertListOptions): Promise<void> {
  const { alerts, asker, locale } = options;
  const choices: readonly Choice<Deed>[] = [
    { value: 'change', label: words('Change…'), icon: 'edit' },
    { value: 'remove', label: words('Remove'), icon: 'trash' },
  ];
  const title = verbatim(inOneLine({ ...alert, coin: coinName(alert.coin) }, locale));
  const deed = await askSingle<Deed>(title, { choices: () => choices }, asker);
  const { shown } = alerts;
  if (shown === undefined) return;
  if (deed === 'remove') await alerts.remove(alert.id);
  else await alerts.put(await askAlert(alert, shown, options), alert.id);
}

/** Asks for a new alert, on a coin where one is named already, and says what will happen. */
export async function addAlert(coin: string | undefined, options: AlertListOptions): Promise<void> {
  const { alerts, asker, locale } = options;
  const { shown } = alerts;
  if (shown === undefined) {
    await asker.say({
      severity: 'info',
      words: [words('Rates are not known yet. Try again in a moment.')],
      actions: [],
    });
    return;
  }
  if (shown.desk.snapshot.parts.coins.value === undefined) {
    await asker.during(words('Reading rates …'), () => shown.desk.refresh(['coins']));
  }
  const isKnown = shown.desk.snapshot.parts.coins.value?.some(({ currency }) => currency === coin);
  const alert = await askAlert(coin !== undefined && isKnown === true ? { coin } : {}, shown, options);
  await alerts.put(alert);
  const line = inOneLine({ ...alert, coin: coinName(alert.coin) }, locale);
  await asker.say({
    severity: 'info',
    words: [words('Alert set: {0}. It is told once while VS Code is open; the watch lists it.', line)],
    actions: [],
  });
}
