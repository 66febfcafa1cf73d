import { join } from 'node:path';
import { readJson, writeJson } from '../json-file';
import { setAside } from '../set-aside';
import { alertsValue, type RateAlert, readAlerts } from './alerts';

/** More would be no alerts any more. */
export const MOST_ALERTS = 200;

/** The rate alerts of one exchange, in a file that windows share. */
export class AlertFile {
  readonly #path: string;
  readonly #log: (line: string) => void;

  constructor(folder: string, log: (line: string) => void) {
    this.#path = join(folder, 'alerts.json');
    this.#log = log;
  }

  /** None without a file; one that cannot be understood is set aside and said so. */
  async read(): Promise<readonly RateAlert[]> {
    const read = await readJson(this.#path);
    if (read === 'missing') return [];
    const alerts = read === 'damaged' ? undefined : readAlerts(read.value);
    if (alerts !== undefined) return alerts;
    const aside = await setAside(this.#path);
    this.#log(`rate alerts: the file could not be read and was set aside as ${aside ?? 'nothing'}`);
    return [];
  }

  /** Puts an alert in the place of another, or at the end. */
  async put(alert: RateAlert, instead?: string): Promise<readonly RateAlert[]> {
    const before = await this.read();
    const isKnown = before.some(({ id }) => id === instead);
    const alerts = isKnown
      ? before.map((one) => (one.id === instead ? alert : one))
      : [...before, alert].slice(-MOST_ALERTS);
    await writeJson(this.#path, alertsValue(alerts));
    return alerts;
  }

  async remove(id: string): Promise<readonly RateAlert[]> {
    const alerts = (await this.read()).filter((one) => one.id !== id);
    await writeJson(this.#path, alertsValue(alerts));
    return alerts;
  }
}
