// `npm start`: sets up what is missing, then serves a real VS Code with the desk on loopback until it is stopped.
// Options after `--`: `--port N`, `--desktop` (an installed VS Code instead).
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seedPaperAccount } from './lib/paper-account.mjs';
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
    [
      '# Loan Desk',
      'Open **Loan Desk** in the activity bar (the percent sign over a desk), or press F1 and type `Loan Desk`.',
      'You are on the paper account: a simulated exchange on this machine. Nothing here is real money.',
      'To see what a newcomer sees who has no account, run **Loan Desk: Remove Account…**.',
    ].join('\n\n'),
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
  seedPaperAccount(join(data, 'user', 'User'));
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
  const dataDir = join(ROOT, '.host', 'start-data');
  seedPaperAccount(join(dataDir, 'data', 'User'));
  const server = await step(`Starting VS Code ${host.version}`, () =>
    startServer({
      host,
      dataDir,
      token,
      extension: ROOT,
      // The folder's README says where the desk is; it is read, not edited.
      settings: { 'workbench.editorAssociations': { 'README.md': 'vscode.markdown.preview.editor' } },
      ...(values.port === undefined ? {} : { port: Number(values.port) }),
    }),
  );
  const folder = scratchFolder();
  const url = workbenchUrl({ port: server.port, token, folder, open: join(folder, 'README.md') });
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
