import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Habits } from './ledger/state';
import { openExchange, type PaperOptions } from './paper';
import { serve } from './server';

const HELP = `The paper exchange: Bybit's loan API simulated on this computer. No network, no real money.

  npm run paper -- [options]

  --port P          port on 127.0.0.1 (any free one)
  --seed N          seed of prices and rates, a whole number
  --folder D        keeps the ledger in D; without it a temporary folder that goes with the process
  --control         lets unsigned loopback calls steer it:
                      POST /paper/advance {"hours":1}
                      POST /paper/price   {"coin":"BTC","usd":"60000"}
                      POST /paper/fault   {"path":"/v5/...","kind":"timeout-after","count":1}
                      GET  /paper/state
  --read-only-key   prints a second key that may only read
  --settle MS       operations take effect that much later (status 2 until then)
  --history-lag MS  rows show in the histories that much later

It prints one JSON line first: {"url","apiKey","apiSecret"}.
`;

function whole(name: string, text: string, most: number): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) > most) {
    throw new Error(`--${name} must be a whole number from 0 to ${most}`);
  }
  return Number(text);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      seed: { type: 'string' },
      folder: { type: 'string' },
      control: { type: 'boolean', default: false },
      'read-only-key': { type: 'boolean', default: false },
      settle: { type: 'string', default: '0' },
      'history-lag': { type: 'string', default: '0' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const port = whole('port', values.port, 65_535);
  const habits: Partial<Habits> = {
    settleMs: whole('settle', values.settle, 3_600_000),
    historyLagMs: whole('history-lag', values['history-lag'], 3_600_000),
  };
  const seed = values.seed === undefined ? {} : { seed: whole('seed', values.seed, 2_147_483_647) };
  const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'loan-desk-paper-'));
  const options: PaperOptions = {
    folder,
    habits,
    ...seed,
    onAside: (file) =>
      console.error(`The ledger could not be read. It is kept as ${file}; a fresh one was begun.`),
  };
  const paper = await openExchange(options);
  const server = await serve(paper, { port, control: values.control });
  const [main_, reader] = await paper.keys();
  const secretOf = (key: typeof main_): string => (key?.proof.kind === 'hmac' ? key.proof.secret : '');
  const line = {
    url: server.url,
    apiKey: main_?.apiKey,
    apiSecret: secretOf(main_),
    ...(values['read-only-key']
      ? { readOnlyApiKey: reader?.apiKey, readOnlyApiSecret: secretOf(reader) }
      : {}),
  };
  console.log(JSON.stringify(line));
  console.error(
    `The paper exchange answers at ${server.url}: simulated, no real money. Stop it with Ctrl+C.`,
  );
  if (values.control) console.error('It can be steered: see --help.');
  console.error(
    values.folder === undefined ? 'Its ledger goes when it stops.' : `Its ledger is kept in ${folder}.`,
  );

  const stop = (): void => {
    server
      .close()
      .catch(() => undefined)
      .finally(() => {
        if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
        process.exit(0);
      });
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
