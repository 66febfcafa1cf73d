import { join } from 'node:path';
import { type LocalClock, systemClock } from '../../bybit/local-clock';
import { readJson, writeJson } from '../json-file';
import { whileLocked } from '../lock';
import { setAside } from '../set-aside';
import { alertsValue, type RateAlert, readAlerts } from './alerts';

/** More would be no alerts any more. */
export const MOST_ALERTS = 200;

/** The rate alerts of one exchange, in a file that windows share: of changes at the same time none is lost. */
export class AlertFile {
  readonly #path: string;
  readonly #log: (line: string) => void;
  readonly #clock: LocalClock;

  constructor(folder: string, log: (line: string) => void, clock = systemClock) {
    this.#path = join(folder, 'alerts.json');
    this.#log = log;
    this.#clock = clock;
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

  /** Puts an alert in the place of another, or at the end; `full`, and nothing is changed, where there are as many as can be. */
  async put(alert: RateAlert, instead?: string): Promise<readonly RateAlert[] | 'full'> {
    return await this.#change((before) => {
      if (before.some(({ id }) => id === instead))
        return before.map((one) => (one.id === instead ? alert : one));
      return before.length >= MOST_ALERTS ? 'full' : [...before, alert];
    });
  }

  async remove(id: string): Promise<readonly RateAlert[]> {
    return await this.#change((before) => before.filter((one) => one.id !== id));
  }

  async #change<T extends readonly RateAlert[] | 'full'>(
    change: (before: readonly RateAlert[]) => T,
  ): Promise<T> {
    return await whileLocked(`${this.#path}.lock`, this.#clock, async () => {
      const alerts = change(await this.read());
      if (alerts !== 'full') await writeJson(this.#path, alertsValue(alerts));
      return alerts;
    });
  }
}
