import { readFileSync } from 'node:fs';
import { createExchange } from '../../../src/bybit/client';
import { createDesk } from '../../../src/desk/desk';
import type { Operation } from '../../../src/desk/operation';
import { THRESHOLDS } from '../../unit/desk/bench';
import { ACCOUNT, KEY } from '../../wire/ledger';

/** A window with a real client on a real socket, which carries out one confirmed operation and says how it ended. */
async function main(baseUrl: string, folder: string, operationFile: string): Promise<void> {
  const operation = JSON.parse(readFileSync(operationFile, 'utf8')) as Operation;
  const desk = await createDesk({
    account: ACCOUNT,
    exchange: createExchange({ baseUrl, credentials: KEY }),
    folder,
    thresholds: () => THRESHOLDS,
    intervalMs: () => 60_000,
    log: () => undefined,
  });
  const told = await desk.execute(operation);
  process.stdout.write(`${told.state}\n`);
  process.exit(0);
}

const [baseUrl = '', folder = '', operationFile = ''] = process.argv.slice(2);
void main(baseUrl, folder, operationFile);
