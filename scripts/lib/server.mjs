import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { endGroup, start } from './run.mjs';

/** Quiet, and without what a first start of VS Code shows. */
const SETTINGS = {
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.enabled': false,
};

/** What the extension consists of once it is built. */
const PARTS = ['package.json', 'package.nls.json', 'dist', 'media', 'README.md', 'CHANGELOG.md', 'LICENSE'];

/**
 * Installs the built extension of a folder as a person would have it, in place of one that is there.
 * @param {string} extension
 * @param {string} extensions the server's folder of extensions
 * @param {readonly string[]} [parts] all of it without
 */
function install(extension, extensions, parts = ['']) {
  const { publisher, name, version } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
  const target = join(extensions, `${publisher}.${name}-${version}`);
  mkdirSync(target, { recursive: true });
  for (const part of parts) cpSync(join(extension, part), join(target, part), { recursive: true });
}

/** @returns {Promise<number>} a free port on loopback */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/**
 * @typedef {object} ServerOptions
 * @property {import('./setup.mjs').Host} host
 * @property {string} dataDir settings, state and logs of the server; made when missing
 * @property {string} [token] asked of every connection; none without
 * @property {number} [port] a free one without
 * @property {Record<string, unknown>} [settings] machine settings beside the quiet ones
 * @property {string} [extension] folder of the built extension to install; without, a page names the extension to develop
 * @property {Record<string, unknown>} [user] the person's settings, for those of application scope
 * @property {string} [beside] folder of another extension to install with it
 * @property {boolean} [trust] whether folders have to be trusted; without, all of them are
 */

/**
 * Starts a VS Code server on loopback; resolves when it listens.
 * @param {ServerOptions} options
 */
export async function startServer(options) {
  const { host, dataDir, token, port, settings = {}, user, extension, beside, trust = false } = options;
  const chosen = port ?? (await freePort());
  const machine = join(dataDir, 'data', 'Machine');
  const extensions = join(dataDir, 'extensions');
  mkdirSync(machine, { recursive: true });
  mkdirSync(extensions, { recursive: true });
  if (extension !== undefined) {
    // With the folder goes the list of what is installed, which the server makes anew from what it finds.
    rmSync(extensions, { recursive: true, force: true });
    install(extension, extensions, PARTS);
    if (beside !== undefined) install(beside, extensions);
  }
  writeFileSync(join(machine, 'settings.json'), JSON.stringify({ ...SETTINGS, ...settings }, undefined, 2));
  if (user !== undefined) {
    const own = join(dataDir, 'data', 'User');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'settings.json'), JSON.stringify(user, undefined, 2));
  }
  const access = token === undefined ? ['--without-connection-token'] : [`--connection-token=${token}`];
  const child = start(
    host.node,
    [
      host.main,
      '--host=127.0.0.1',
      `--port=${chosen}`,
      ...access,
      '--accept-server-license-terms',
      // Without it a page cannot name an extension to develop or its tests; with it VS Code shows no toasts.
      ...(extension === undefined ? ['--enable-smoke-test-driver'] : []),
      `--server-data-dir=${dataDir}`,
      `--extensions-dir=${extensions}`,
      '--telemetry-level=off',
      ...(trust ? [] : ['--disable-workspace-trust']),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  /** @type {Promise<void>} */
  const listening = new Promise((resolve, reject) => {
    /** @param {Buffer} chunk */
    const read = (chunk) => {
      output = (output + chunk).slice(-20_000);
      if (/listening on/.test(output)) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The VS Code server ended with ${code}.\n${output}`)));
  });
  await listening;
  return {
    port: chosen,
    /** The last of what the server printed. */
    output: () => output,
    /** Ends the server and waits until it is gone. */
    stop: () =>
      new Promise((/** @type {(value: void) => void} */ resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        const force = setTimeout(() => endGroup(child, 'SIGKILL'), 5000);
        child.once('exit', () => {
          clearTimeout(force);
          endGroup(child, 'SIGKILL');
          resolve();
        });
        endGroup(child);
      }),
  };
}

/**
 * The address that opens a workbench; with an extension to develop and its tests, and a file that is open, where named.
 * @param {{ port: number, token?: string, extension?: string, tests?: string, folder?: string, open?: string }} options
 */
export function workbenchUrl({ port, token, extension, tests, folder, open }) {
  const remote = `vscode-remote://127.0.0.1:${port}`;
  const payload = [
    ['skipWelcome', 'true'],
    ...(extension === undefined ? [] : [['extensionDevelopmentPath', `${remote}${extension}`]]),
    ...(open === undefined ? [] : [['openFile', `${remote}${open}`]]),
    ...(tests === undefined ? [] : [['extensionTestsPath', `${remote}${tests}`]]),
  ];
  const query = new URLSearchParams();
  if (token !== undefined) query.set('tkn', token);
  if (folder === undefined) query.set('ew', 'true');
  else query.set('folder', folder);
  query.set('payload', JSON.stringify(payload));
  return `http://127.0.0.1:${port}/?${query}`;
}
