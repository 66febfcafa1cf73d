/** Calls let in during a rolling span, by name. */
class Rolling {
  readonly #span: number;
  readonly #calls = new Map<string, number[]>();

  constructor(span: number) {
    this.#span = span;
  }

  /** Times still counting, oldest first. */
  recent(name: string, now: number): number[] {
    const recent = (this.#calls.get(name) ?? []).filter((time) => time > now - this.#span && time <= now);
    this.#calls.set(name, recent);
    return recent;
  }
}

const SECOND = 1000;
const IP_SPAN = 5000;
const IP_CALLS = 600;
const IP_BAN = 600_000;

export interface Verdict {
  readonly allowed: boolean;
  /** The three headers of API.md §4. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The limits of API.md §4: a rolling second for each key and path, and 600 calls in five seconds for one address, which
 * then is silent for ten minutes. Refused calls do not count.
 */
export class Limits {
  readonly #keys = new Rolling(SECOND);
  readonly #addresses = new Rolling(IP_SPAN);
  readonly #bans = new Map<string, number>();

  /** False while the address is shut out (HTTP 403). */
  admit(address: string, now: number): boolean {
    const ban = this.#bans.get(address);
    if (ban !== undefined && now < ban && now >= ban - IP_BAN) return false;
    const recent = this.#addresses.recent(address, now);
    if (recent.length >= IP_CALLS) {
      this.#bans.set(address, now + IP_BAN);
      return false;
    }
    recent.push(now);
    return true;
  }

  /** Counts one call of a key on a path. */
  count(name: string, perSecond: number, now: number): Verdict {
    const recent = this.#keys.recent(name, now);
    const allowed = recent.length < perSecond;
    const reset = allowed ? now : (recent[0] ?? now) + SECOND;
    if (allowed) recent.push(now);
    return {
      allowed,
      headers: {
        'X-Bapi-Limit': String(perSecond),
        'X-Bapi-Limit-Status': String(Math.max(0, perSecond - recent.length)),
        'X-Bapi-Limit-Reset-Timestamp': String(reset),
      },
    };
  }
}
