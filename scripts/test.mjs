// `npm test`: sets up what is missing and runs every stage; `npm test -- unit host` only those named.
// `--long` runs what a scale makes smaller at full size instead of a tenth (`npm run test:long`).
// The last line adds up: tests of the mocha stages, and one for every stage that has none.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { ensureChromium, ensureHost, ensureModules, NEWEST, OLDEST } from './lib/setup.mjs';

const LONG = '--long';
const REPORT = join(ROOT, 'out', 'report.json');

/** @param {string} name */
function bin(name, ...path) {
  return join(ROOT, 'node_modules', name, ...path);
}

/**
 * @param {string} folder below test/
 * @param {readonly string[]} [options]
 */
async function mocha(folder, options = []) {
  const compiled = join(ROOT, 'out', 'js', 'test', folder);
  const files = existsSync(compiled)
    ? readdirSync(compiled, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.js'))
    : [];
  if (files.length === 0) throw new Error(`No test found in test/${folder}.`);
  /** @param {string} name */
  const own = (name) => join(ROOT, 'scripts', 'lib', `${name}.cjs`);
  await run(
    process.execPath,
    [
      bin('mocha', 'bin', 'mocha.js'),
      ...['--reporter', own('reporter'), '--require', own('unhandled')],
      ...options,
      ...files.sort().map((file) => join(compiled, file)),
    ],
    { env: { ...process.env, LOAN_DESK_REPORT: REPORT } },
  );
}

/** @param {string} version */
function host(version) {
  return run(process.execPath, [join('scripts', 'host-tests.mjs'), version], {
    env: { ...process.env, LOAN_DESK_REPORT: REPORT },
  });
}

/** @param {readonly string[]} args */
const node = (...args) => run(process.execPath, args);

let hosts = Promise.resolve();

/** @type {Record<string, () => Promise<unknown>>} */
const STAGES = {
  typecheck: async () => {
    await node(bin('typescript', 'bin', 'tsc'), '-p', '.');
    await node(bin('typescript', 'bin', 'tsc'), '-p', 'src/webview');
    await node(bin('typescript', 'bin', 'tsc'), '-p', 'test/browser');
  },
  lint: async () => {
    await node(bin('@biomejs/biome', 'bin', 'biome'), 'ci', '--error-on-warnings', '.');
    await node('scripts/l10n.mjs', '--check');
  },
  build: () => node('esbuild.js', '--production'),
  // Long enough for a machine that is busy with something else; nothing here is a measurement.
  unit: () => mocha('unit', ['--timeout', '60000', '--parallel', '--jobs', '2']),
  promises: () => mocha('promises', ['--timeout', '7200000', '--parallel', '--jobs', '2']),
  clients: () => mocha('clients', ['--timeout', '60000']),
  browser: () => mocha('browser', ['--timeout', '60000']),
  'host-oldest': () => hosts.then(() => host(OLDEST)),
  'host-newest': () => hosts.then(() => host(NEWEST)),
  workbench: () => hosts.then(() => mocha('workbench', ['--timeout', '180000'])),
  package: () => node('scripts/package.mjs'),
};
const HOSTED = ['browser', 'host-oldest', 'host-newest', 'workbench'];

/** The names asked for; `host` stands for both. */
function chosen() {
  const names = process.argv.slice(2).filter((name) => name !== LONG);
  if (names.length < process.argv.length - 2) process.env.LOAN_DESK_SCALE ??= '1';
  const asked = names.flatMap((name) => (name === 'host' ? ['host-oldest', 'host-newest'] : [name]));
  const unknown = asked.filter((name) => STAGES[name] === undefined);
  if (unknown.length > 0) {
    throw new Error(`No stage ${unknown.join(', ')}; there are ${Object.keys(STAGES).join(', ')}, host.`);
  }
  return asked.length > 0 ? asked : Object.keys(STAGES);
}

async function prepareHosts() {
  await ensureChromium();
  await ensureHost(OLDEST);
  await ensureHost(NEWEST);
}

/** @typedef {{ passed: number, failed: number, skipped?: number, names?: { title: string, message: string }[] }} Report */

/** @returns {Report | undefined} */
function counted() {
  return existsSync(REPORT) ? JSON.parse(readFileSync(REPORT, 'utf8')) : undefined;
}

/**
 * Runs one stage; a failure is printed and counted, not thrown.
 * @param {string} name
 */
async function runStage(name) {
  console.log(`\n━━ ${name}`);
  const from = performance.now();
  rmSync(REPORT, { force: true });
  let ended = true;
  try {
    if (name === 'browser') await hosts;
    await STAGES[name]?.();
  } catch (error) {
    ended = false;
    console.error(error instanceof Error ? error.message : error);
  }
  /** @type {Report} */
  const report = counted() ?? { passed: ended ? 1 : 0, failed: ended ? 0 : 1 };
  const { passed, failed, skipped = 0, names = [] } = report;
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  return {
    passed,
    failed: ended ? failed : Math.max(1, failed),
    skipped,
    failures: names.map(({ title, message }) => `${name}: ${title}\n  ${message.replaceAll('\n', '\n  ')}\n`),
    line: `${ended ? 'passed' : 'FAILED'}  ${name.padEnd(12)} ${seconds} s, ${passed} passed`,
  };
}

async function main() {
  const names = chosen();
  await ensureModules();
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  if (names.some((name) => HOSTED.includes(name))) {
    hosts = prepareHosts();
    hosts.catch(() => undefined);
  }
  await node('esbuild.js', '--tests');
  if (!names.includes('build')) await node('esbuild.js', '--production');
  const results = [];
  for (const name of names) results.push(await runStage(name));
  // Once more at the end, where a log that keeps only its last lines still has it.
  const failures = results.flatMap((result) => result.failures);
  if (failures.length > 0) console.log(`\nWhat failed:\n\n${failures.join('\n')}`);
  console.log(`\n${results.map(({ line }) => line).join('\n')}\n`);
  /** @param {'passed' | 'failed' | 'skipped'} what */
  const sum = (what) => results.reduce((total, result) => total + result[what], 0);
  console.log(
    `${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`,
  );
  if (sum('failed') > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
