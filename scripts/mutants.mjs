// `npm run test:mutants`: puts one small fault after the other into the money core and runs the core's tests on each. A fault
// that no test notices survives. Prints the survivors, the share that was killed and the lines that the tests run; fails below
// the figures of promises.md, row 18. `npm run test:mutants -- risk` takes only files whose name has that word.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { transform } from 'esbuild';
import { mutationsOf } from './lib/mutations.mjs';
import { ROOT } from './lib/root.mjs';
import { endGroup, run, start } from './lib/run.mjs';
import { ensureModules } from './lib/setup.mjs';

const LEAST_KILLED = 0.85;
const LEAST_LINES = 95;
/** A fault that makes a loop endless is noticed by the time it takes. */
const PATIENCE_MS = 60_000;
const FOLDER = join(ROOT, 'out', 'mutants');
/** The compiled tests of its own, as deep as `out/js`, so that other runs may go on meanwhile. */
const JS = join(ROOT, 'out', 'core');

/** The files of the money core, each with the tests that answer for it, below test/unit. @type {Record<string, string[]>} */
const CORE = {
  'src/bybit/decimal.ts': ['bybit/decimal', 'bybit/decimal-order'],
  'src/desk/tiers.ts': ['desk/risk'],
  'src/desk/interest.ts': ['desk/rates'],
  'src/desk/shock.ts': ['desk/shock'],
  'src/desk/risk.ts': ['desk/risk'],
  'src/desk/safe-range.ts': ['desk/risk'],
  'src/desk/limits.ts': ['desk/limits'],
  'src/desk/cure.ts': ['desk/cure'],
  'src/desk/change.ts': ['desk/change'],
  'src/desk/effect.ts': ['desk/effect'],
  'src/desk/refinance.ts': ['desk/refinance'],
  'src/desk/cost/ask.ts': ['desk/cost/ask', 'desk/cost/cost'],
  'src/desk/cost/cost.ts': ['desk/cost/cost'],
  'src/desk/fixed/interest.ts': ['desk/fixed/interest'],
  'src/desk/fixed/order-book.ts': ['desk/fixed/order-book'],
  'src/desk/fixed/sweep.ts': ['desk/fixed/order-book', 'desk/fixed/pledge-shares'],
  'src/desk/settle/look.ts': ['desk/settle/look', 'desk/settle/failure'],
  'src/desk/settle/readback.ts': ['desk/settle/readback'],
  'src/desk/settle/operator.ts': ['desk/settle/operator', 'desk/settle/settling'],
  'src/desk/settle/verdicts.ts': ['desk/settle/verdicts'],
  'src/desk/settle/ends.ts': ['desk/settle/ends'],
  'src/desk/settle/account-lock.ts': ['desk/settle/account-lock'],
  'src/desk/settle/gauges/gauges.ts': ['desk/settle/gauges'],
  'src/desk/settle/gauges/institutional.ts': ['desk/settle/gauges'],
  'src/desk/settle/gauges/legacy.ts': ['desk/settle/gauges'],
  'src/desk/settle/gauges/new-loans.ts': ['desk/settle/gauges'],
  'src/desk/settle/gauges/wallets.ts': ['desk/settle/gauges'],
  'src/desk/watch/pools.ts': ['desk/watch/observe'],
  'src/desk/watch/observe.ts': ['desk/watch/observe'],
  'src/desk/watch/blind.ts': ['desk/watch/blind'],
  'src/desk/watch/step.ts': ['desk/watch/step'],
  'src/desk/watch/rules/ltv.ts': ['desk/watch/ltv-rules', 'desk/watch/rules'],
  'src/desk/watch/rules/pools.ts': ['desk/watch/ltv-rules'],
  'src/desk/watch/turn.ts': ['desk/watch/watcher'],
  'src/desk/watch/watcher.ts': ['desk/watch/watcher'],
};

/** @param {string} file a source @returns {string} its compiled text */
function compiled(file) {
  return join(JS, file.replace(/\.ts$/, '.js'));
}

/** @param {readonly string[]} tests */
function mochaOf(tests) {
  const files = tests.map((name) => join(JS, 'test', 'unit', `${name}.test.js`));
  const mocha = join(ROOT, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const unhandled = join(ROOT, 'scripts', 'lib', 'unhandled.cjs');
  const options = ['--reporter', 'min', '--require', unhandled, '--bail', '--timeout', String(PATIENCE_MS)];
  return [mocha, ...options, ...files];
}

/**
 * Whether the tests pass with a text in the place of a compiled file.
 * @param {string} file a source
 * @param {string} mutant path of the text
 * @returns {Promise<boolean>}
 */
function survives(file, mutant) {
  const [mocha = '', ...options] = mochaOf(CORE[file] ?? []);
  const child = start(
    process.execPath,
    [mocha, '--require', join(ROOT, 'scripts', 'lib', 'mutant-hook.cjs'), ...options],
    {
      stdio: 'ignore',
      env: { ...process.env, LOAN_DESK_MUTANT_OF: compiled(file), LOAN_DESK_MUTANT: mutant },
    },
  );
  const timer = setTimeout(() => endGroup(child, 'SIGKILL'), PATIENCE_MS);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}

/** @param {string} source @param {import('./lib/mutations.mjs').Mutation} mutation */
function described(source, { start, end, text }) {
  const line = source.slice(0, start).split('\n').length;
  const was = source.slice(start, end).replaceAll(/\s+/g, ' ');
  return `${line}: ${was} → ${text === '' ? 'nothing' : text}`;
}

/** @param {string} file @returns {Promise<{ killed: number, all: number, survivors: string[] }>} */
async function examine(file) {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const own = join(FOLDER, 'none.js');
  writeFileSync(own, (await transform(source, { loader: 'ts', format: 'cjs', target: 'node20' })).code);
  if (!(await survives(file, own))) throw new Error(`The tests of ${file} fail without any fault.`);
  const waiting = mutationsOf(source).map((mutation, index) => ({ mutation, index }));
  const all = waiting.length;
  /** @type {{ index: number, words: string }[]} */
  const survivors = [];
  async function work() {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { mutation, index } = next;
      const changed = `${source.slice(0, mutation.start)}${mutation.text}${source.slice(mutation.end)}`;
      const path = join(FOLDER, `${index}.js`);
      writeFileSync(path, (await transform(changed, { loader: 'ts', format: 'cjs', target: 'node20' })).code);
      if (await survives(file, path)) survivors.push({ index, words: described(source, mutation) });
      rmSync(path);
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  survivors.sort((a, b) => a.index - b.index);
  return { killed: all - survivors.length, all, survivors: survivors.map(({ words }) => words) };
}

/** Percent of the core's lines that its tests run. @param {readonly string[]} files */
async function coverage(files) {
  const tests = [...new Set(files.flatMap((file) => CORE[file] ?? []))];
  const folder = join(FOLDER, 'coverage');
  await run(
    process.execPath,
    [
      join(ROOT, 'node_modules', 'c8', 'bin', 'c8.js'),
      '--reporter',
      'json-summary',
      '--reports-dir',
      folder,
      '--temp-directory',
      join(folder, 'tmp'),
      ...files.flatMap((file) => ['--include', relative(ROOT, compiled(file))]),
      process.execPath,
      ...mochaOf(tests),
    ],
    { quiet: true },
  );
  /** @type {{ total: { lines: { total: number, covered: number, pct: number } } }} */
  const { total } = JSON.parse(readFileSync(join(folder, 'coverage-summary.json'), 'utf8'));
  return total.lines;
}

await ensureModules();
await run(process.execPath, ['esbuild.js', `--tests=${relative(ROOT, JS)}`]);
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const [word = ''] = process.argv.slice(2);
const files = Object.keys(CORE).filter((file) => file.includes(word));
let killed = 0;
let all = 0;
for (const file of files) {
  const found = await examine(file);
  killed += found.killed;
  all += found.all;
  console.log(`${file}: ${found.killed} of ${found.all} killed`);
  for (const survivor of found.survivors) console.log(`  survived ${survivor}`);
}
const lines = await coverage(files);
console.log(
  `promise 18: ${all} faults in ${files.length} files, ${killed} killed (${((killed / all) * 100).toFixed(1)} %), ` +
    `${lines.covered} of ${lines.total} lines run (${lines.pct} %)`,
);
if (killed / all < LEAST_KILLED || lines.pct < LEAST_LINES) process.exitCode = 1;
