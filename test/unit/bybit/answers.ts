import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Endpoint } from '../../../src/bybit/endpoint';
import { readEnvelope, readResult } from '../../../src/bybit/envelope';

/** The documented example answer of an endpoint as text; `name` tells variants apart. */
export function sampleOf(name: string): string {
  return readFileSync(join(process.cwd(), 'test/data/responses', `${name}.json`), 'utf8');
}

/** What the client makes of a documented answer, after `change` has been made to its text. */
export function read<Req, Res>(
  endpoint: Endpoint<Req, Res>,
  change: (text: string) => string = (text) => text,
  name = endpoint.id,
): Res {
  return readResult(endpoint, readEnvelope(endpoint, change(sampleOf(name))).result);
}
