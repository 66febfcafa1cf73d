// Serves a VS Code for test/workbench/: prints one JSON line `{"port":n}`, ends when its standard input does.
// Options: `--version V`, `--data FOLDER`, `--settings JSON`, `--user JSON`, `--beside FOLDER` of another extension, `--trust`.
import { parseArgs } from 'node:util';
import { ROOT } from './lib/root.mjs';
import { startServer } from './lib/server.mjs';
import { ensureHost, NEWEST } from './lib/setup.mjs';

const { values } = parseArgs({
  options: {
    version: { type: 'string' },
    data: { type: 'string' },
    settings: { type: 'string' },
    user: { type: 'string' },
    beside: { type: 'string' },
    trust: { type: 'boolean' },
  },
});
if (values.data === undefined) throw new Error('--data FOLDER is missing.');
const server = await startServer({
  host: await ensureHost(values.version ?? NEWEST),
  dataDir: values.data,
  extension: ROOT,
  ...(values.user !== undefined && { user: JSON.parse(values.user) }),
  ...(values.beside !== undefined && { beside: values.beside }),
  trust: values.trust === true,
  settings: values.settings === undefined ? {} : JSON.parse(values.settings),
});
console.log(JSON.stringify({ port: server.port }));
process.stdin.resume();
process.stdin.once('end', () => {
  server.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
