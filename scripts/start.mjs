// `npm start`: sets up what is missing, then serves a real VS Code with the desk on loopback until it is stopped.
// Options after `--`: `--port N`, `--desktop` (an installed VS Code instead).
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './lib/root.mjs';
import { run, start, step } from './lib/run.mjs';
import { startServer, workbenchUrl } from './lib/server.mjs';
import { ensureHost, ensureModules, findProgram, NEWEST } from './lib/setup.mjs';

const { values } = parseArgs({ options: { port: { type: 'string' }, desktop: { type: 'boolean' } } });

function scratchFolder() {
  const folder = join(ROOT, '.host', 'scratch');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'README.md'),
    '# Loan Desk\n\nOpen **Loan Desk** in the activity bar, or press F1 and type `Loan Desk`.\n',
  );
  return folder;
}

function findDesktop() {
  const local = process.env['LOCALAPPDATA'] ?? '';
  return (
    findProgram(['code', 'code-insiders', 'codium', 'code.cmd']) ??
    [
      '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code',
      join(local, 'Programs', 'Microsoft VS Code', 'bin', 'code.cmd'),
    ].find((path) => existsSync(path))
  );
}

async function desktop() {
  const code = findDesktop();
  if (code === undefined) {
    throw new Error(
      'No desktop VS Code found. Install it (code.visualstudio.com) so that `code` is on the PATH, or use `npm start`.',
    );
  }
  const data = join(ROOT, '.host', 'desktop');
  const child = start(
    code,
    [
      '--wait',
      '--new-window',
      `--extensionDevelopmentPath=${ROOT}`,
      `--user-data-dir=${join(data, 'user')}`,
      `--extensions-dir=${join(data, 'extensions')}`,
      scratchFolder(),
    ],
    { stdio: 'inherit', shell: process.platform === 'win32' },
  );
  console.log('Loan Desk is open in VS Code. Close its window, or press Ctrl-C here, to end.');
  await new Promise((resolve) => child.once('exit', resolve));
}

async function workbench() {
  const host = await ensureHost(NEWEST);
  const token = randomBytes(16).toString('hex');
  const server = await step(`Starting VS Code ${host.version}`, () =>
    startServer({
      host,
      dataDir: join(ROOT, '.host', 'start-data'),
      token,
      extension: ROOT,
      ...(values.port === undefined ? {} : { port: Number(values.port) }),
    }),
  );
  const url = workbenchUrl({ port: server.port, token, folder: scratchFolder() });
  console.log(
    `\nLoan Desk is ready. Open this address in a browser on this machine:\n\n  ${url}\n\nCtrl-C ends it.`,
  );
  await new Promise(() => {
    // Until a signal comes; run.mjs ends the server then.
  });
}

try {
  await ensureModules();
  await step('Building the extension', () => run(process.execPath, ['esbuild.js'], { quiet: true }));
  await (values.desktop === true ? desktop() : workbench());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
