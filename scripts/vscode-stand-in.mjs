#!/usr/bin/env node
// Takes the place of a VS Code executable in `runTests` of @vscode/test-electron: runs the tests named by
// `--extensionTestsPath` in the extension host of a VS Code server (LOAN_DESK_HOST names its version) that a headless
// Chromium has opened, and ends with their exit code.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import { startBrowser } from './lib/browser.mjs';
import { ROOT } from './lib/root.mjs';
import { startServer, workbenchUrl } from './lib/server.mjs';
import { ensureHost, NEWEST } from './lib/setup.mjs';

const LIMIT_MS = 5 * 60_000;

/** @param {string} name */
function argument(name) {
  const found = process.argv.find((arg) => arg.startsWith(`--${name}=`));
  if (found === undefined) throw new Error(`--${name}=… is missing.`);
  return found.slice(name.length + 3);
}

const extension = argument('extensionDevelopmentPath');
const tests = argument('extensionTestsPath');
const dataDir = mkdtempSync(join(tmpdir(), 'loan-desk-host-'));
process.on('exit', () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 }));

const host = await ensureHost(process.env['LOAN_DESK_HOST'] ?? NEWEST);
const server = await startServer({ host, dataDir });
const browser = await startBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
/** @type {string[]} */
const consoleErrors = [];
let begun = false;
page.on('console', (message) => {
  if (message.type() === 'error') consoleErrors.push(message.text());
});

const code = await new Promise((/** @type {(code: number) => void} */ resolve) => {
  const watchdog = setTimeout(async () => {
    console.error(`The tests did not end within ${LIMIT_MS / 60_000} minutes.`);
    mkdirSync(join(ROOT, 'out', 'screenshots'), { recursive: true });
    await page.screenshot({ path: join(ROOT, 'out', 'screenshots', 'host-hung.png') }).catch(() => undefined);
    console.error(server.output());
    console.error(consoleErrors.slice(-20).join('\n'));
    resolve(1);
  }, LIMIT_MS);
  const exposed = Promise.all([
    // The workbench's own lines come the same way; the tests' begin with the heading of test/host/index.ts.
    page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
      const line = format(...args);
      begun ||= line.startsWith('Tests in VS Code');
      if (begun && type === 'info') console.log(line);
      else consoleErrors.push(line);
    }),
    page.exposeFunction('codeAutomationExit', (/** @type {number} */ exit) => {
      clearTimeout(watchdog);
      resolve(exit);
    }),
  ]);
  exposed
    .then(() => page.goto(workbenchUrl({ port: server.port, extension, tests }), { timeout: LIMIT_MS }))
    .catch((error) => {
      console.error(error);
      clearTimeout(watchdog);
      resolve(1);
    });
});
await browser.close();
await server.stop();
process.exit(code);
