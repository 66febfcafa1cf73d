import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { InternalAxiosRequestConfig } from 'axios';
import type { Credentials } from '../../src/bybit/exchange';

/** What must be found nowhere: key, secret and every signature made with them, also encoded. */
export class Canary {
  readonly #needles = new Set<string>();
  readonly found: string[] = [];
  searched = 0;

  constructor(...keys: readonly Credentials[]) {
    for (const { apiKey, secret } of keys) {
      this.add(apiKey);
      for (const line of secret.split('\n'))
        if (line.length > 20 && !line.startsWith('-----')) this.add(line);
    }
  }

  add(secret: string): void {
    const bytes = Buffer.from(secret);
    const base64 = bytes.toString('base64').replace(/=+$/, '');
    for (const form of [secret, encodeURIComponent(secret), bytes.toString('hex'), base64])
      this.#needles.add(form);
  }

  /** Notes the signature of a request that leaves. */
  watch(config: InternalAxiosRequestConfig): void {
    const sign = config.headers.get('X-BAPI-SIGN');
    if (typeof sign === 'string') this.add(sign);
  }

  search(where: string, text: string): void {
    this.searched += 1;
    for (const needle of this.#needles) {
      if (text.includes(needle)) this.found.push(`${where}: ${text.slice(0, 200)}`);
    }
  }

  /** Searches a value printed in every way that anybody prints one. */
  searchValue(where: string, value: unknown): void {
    const printed = [
      String(value),
      inspect(value, { depth: 20, showHidden: true, getters: true }),
      JSON.stringify(value, (_name, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ??
        '',
    ];
    if (value instanceof Error)
      printed.push(value.stack ?? '', inspect(value.cause, { depth: 20 }), value.message);
    for (const text of printed) this.search(where, text);
  }

  searchFolder(folder: string): void {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      this.search('file name', entry.name);
      const path = join(entry.parentPath, entry.name);
      // As Latin-1, so that text is found between bytes of any kind.
      if (entry.isFile()) this.search(path, readFileSync(path, 'latin1'));
    }
  }
}
