import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Endpoint } from '../../../src/bybit/endpoint';

const FOLDER = join(__dirname, '../../../src/bybit');

function isEndpoint(value: unknown): value is Endpoint<object, unknown> {
  return typeof value === 'object' && value !== null && 'path' in value && 'perSecond' in value;
}

/** Every endpoint that a file of src/bybit exports, by id. */
export async function allEndpoints(): Promise<ReadonlyMap<string, Endpoint<object, unknown>>> {
  const found = new Map<string, Endpoint<object, unknown>>();
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.js'))) {
    const module = (await import(join(FOLDER, file))) as Record<string, unknown>;
    for (const value of Object.values(module)) if (isEndpoint(value)) found.set(value.id, value);
  }
  return found;
}
