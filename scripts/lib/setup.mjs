import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './root.mjs';
import { NPM, run, step } from './run.mjs';

const HOSTS = join(ROOT, '.host');

/**
 * The VS Codes that run here, from the npm registry (code-server's folder lib/vscode is a complete VS Code server).
 * @type {Record<string, { codeServer: string, node: number, nodePackage: string }>}
 */
const VERSIONS = {
  '1.100.3': { codeServer: '4.100.3', node: 20, nodePackage: '20.20.2' },
  '1.139.1': { codeServer: '4.139.1', node: 24, nodePackage: '24.9.0' },
};
export const OLDEST = '1.100.3';
export const NEWEST = '1.139.1';

/** Installs the packages of the lockfile where they are missing or older than it. */
export async function ensureModules() {
  const stamp = join(ROOT, 'node_modules', '.loan-desk-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await step('Installing the packages of the lockfile', () =>
    run(NPM, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { quiet: true }),
  );
  writeFileSync(stamp, wanted);
}

/**
 * Where a VS Code server is: `node` runs `main`.
 * @typedef {{ version: string, node: string, main: string }} Host
 */

/**
 * Installs a VS Code server under `.host/` unless it is there. A marker written last tells a whole one.
 * @param {string} version
 * @returns {Promise<Host>}
 */
export async function ensureHost(version) {
  const facts = VERSIONS[version];
  if (facts === undefined)
    throw new Error(`No host for VS Code ${version}; known: ${Object.keys(VERSIONS).join(', ')}.`);
  if (process.platform !== 'linux') {
    throw new Error(
      'The VS Code server from the npm registry runs on Linux only. Use: npm start -- --desktop',
    );
  }
  const folder = join(HOSTS, version);
  const server = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const ownNode = Number(process.versions.node.split('.')[0]) === facts.node;
  const nodePackage = `node-linux-${process.arch}`;
  const host = {
    version,
    node: ownNode ? process.execPath : join(folder, 'node_modules', nodePackage, 'bin', 'node'),
    main: join(server, 'out', 'server-main.js'),
  };
  const marker = join(folder, 'complete');
  if (existsSync(marker) && existsSync(host.node) && existsSync(host.main)) return host;
  await step(`Installing VS Code ${version} (once; up to 400 MB)`, async () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const npm = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
    const node = ownNode ? [] : [`${nodePackage}@${facts.nodePackage}`];
    await run(NPM, [...npm, `code-server@${facts.codeServer}`, ...node], { cwd: folder, quiet: true });
    // code-server would install these in its postinstall, which also wants a compiler for things not needed here.
    await run(NPM, [...npm, '--omit=dev'], { cwd: server, quiet: true });
  });
  writeFileSync(marker, `${new Date().toISOString()}\n`);
  return host;
}

/**
 * The first of the names that is a program on the PATH.
 * @param {readonly string[]} names
 * @returns {string | undefined}
 */
export function findProgram(names) {
  for (const name of names) {
    for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}

function findChromium() {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && existsSync(named)) return named;
  return findProgram(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);
}

/**
 * The path of a Chromium; installs Debian's where there is none.
 * @returns {Promise<string>}
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  if (findProgram(['apt-get']) === undefined) {
    throw new Error('No Chromium found. Install Chromium or Chrome, or name it in CHROME_PATH.');
  }
  const root = process.getuid?.() === 0;
  if (!root && findProgram(['sudo']) === undefined) {
    throw new Error('No Chromium found. Run as root: apt-get install chromium');
  }
  const command = root ? 'apt-get' : 'sudo';
  const prefix = root ? [] : ['apt-get'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step("Installing Debian's Chromium", async () => {
    await run(command, [...prefix, 'update', '-qq'], { env, quiet: true });
    const packages = ['chromium', 'fonts-liberation'];
    await run(command, [...prefix, 'install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env,
      quiet: true,
    });
  });
  const installed = findChromium();
  if (installed === undefined) throw new Error('Chromium was installed but is not on the PATH.');
  return installed;
}

/** Flags under which Chromium stays quiet and off the network. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
