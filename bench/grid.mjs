// `npm run bench`: the rates page beside AG Grid Community and Tabulator; what is measured stands in README.md here.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startBrowser } from '../scripts/lib/browser.mjs';
import { ROOT } from '../scripts/lib/root.mjs';
import { NPM, run, step } from '../scripts/lib/run.mjs';
import { ensureModules } from '../scripts/lib/setup.mjs';
import { COLUMNS, firstName, rows } from './data.mjs';
import {
  measureFilter,
  measureLast,
  measureMemory,
  measureScroll,
  measureSort,
  measureStart,
  measureWork,
} from './measures.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const ROUNDS = Number(values.rounds);
const SIZES = [300, 5_000, 10_000];
const GRIDS = ['ours', 'ag-grid', 'tabulator'];
const REST_MS = 400;
const BUILT = join(ROOT, 'out', 'bench');

async function prepare() {
  await ensureModules();
  const own = join(ROOT, 'bench');
  if (!existsSync(join(own, 'node_modules', 'tabulator-tables'))) {
    await step('Installing what the desk is measured against', () =>
      run(NPM, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: own, quiet: true }),
    );
  }
  await step('Building', async () => {
    await run(process.execPath, ['esbuild.js', '--production'], { quiet: true });
    const { build } = await import('esbuild');
    await build({
      entryPoints: [
        ...GRIDS.slice(1).map((name) => join(own, 'grids', `${name}.js`)),
        join(own, 'grids', 'ours.ts'),
      ],
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2022',
      outdir: BUILT,
      logLevel: 'warning',
    });
    await build({
      entryPoints: [join(own, 'grids', 'messages.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: join(BUILT, 'messages.mjs'),
      logLevel: 'warning',
    });
  });
}

/** @param {string} grid @param {number} size */
function page(grid, size) {
  const style = grid === 'ours' ? '/panel.css' : `/${grid}.css`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="stylesheet" href="${style}"></head>
    <body class="vscode-dark" data-session="session-0123456789"><div id="page"></div>
    <script src="/data-${grid === 'ours' ? grid : 'peers'}-${size}.js"></script><script src="/${grid}.js"></script>
    <script>window.shownAt = performance.now(); window.bench.show(window.data)</script></body></html>`;
}

/** @param {(rows: readonly object[], columns: readonly object[]) => { atOnce: readonly object[], whenAsked: object | null }} messages */
function serve(messages) {
  const files = new Map(
    SIZES.flatMap((size) => {
      const all = rows(size);
      const data = (/** @type {object} */ more) =>
        `window.data=JSON.parse(${JSON.stringify(JSON.stringify({ columns: COLUMNS, ...more }))})`;
      const { atOnce, whenAsked } = messages(all, COLUMNS);
      return [
        [`/data-peers-${size}.js`, data({ rows: all })],
        [`/data-ours-${size}.js`, data({ messages: atOnce, rest: `/rest-${size}.json` })],
        [`/rest-${size}.json`, JSON.stringify(whenAsked)],
      ];
    }),
  );
  const built = join(ROOT, 'dist', 'webview');
  // One script each: those of the peers hold what works them, too.
  const ours = [join(BUILT, 'ours.js'), join(built, 'rates.js')].map((path) => readFileSync(path, 'utf8'));
  files.set('/ours.js', ours.join('\n'));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [, grid = '', size = ''] = /^\/page\/([a-z-]+)\/(\d+)$/.exec(url.pathname) ?? [];
    const file = [BUILT, built]
      .map((folder) => join(folder, url.pathname))
      .find((path) => grid === '' && existsSync(path));
    const body =
      grid !== '' ? page(grid, Number(size)) : (files.get(url.pathname) ?? (file && readFileSync(file)));
    const type = grid !== '' ? 'text/html' : url.pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` });
    response.end(body ?? '');
  });
  return new Promise((/** @type {(value: { url: string, close(): void }) => void} */ resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ url: `http://127.0.0.1:${port}`, close: () => server.close() });
    });
  });
}

/** @param {readonly number[]} found */
function middle(found) {
  return [...found].sort((a, b) => a - b)[Math.floor(found.length / 2)] ?? Number.NaN;
}

/**
 * The cases in another order each round, so that none always comes behind the one that leaves most to clear away; the same
 * orders in every run.
 * @template T
 * @param {readonly T[]} all
 * @param {number} round from 0
 */
function shuffled(all, round) {
  return all
    .map((one, index) => ({ one, at: createHash('sha256').update(`${round} ${index}`).digest('hex') }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ one }) => one);
}

/**
 * One grid, one size, one fresh page.
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {string} grid
 * @param {number} size
 */
async function once(browser, url, grid, size) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 640 } });
  try {
    const tab = await context.newPage();
    const all = rows(size);
    const first = await measureStart(tab, `${url}/page/${grid}/${size}`, firstName(all, {}));
    const last = await measureLast(tab, size, all.at(-1)?.id);
    const memory = await measureMemory(tab);
    const filter = await measureFilter(
      tab,
      ['a', 'b1', 'c', '7', 'z2', '', 'k', '9'].map((text) => ({
        text,
        first: firstName(all, { filter: text }),
      })),
    );
    await measureFilter(tab, [{ text: '', first: firstName(all, {}) }]);
    const sorts = ['flexible', 'term30', 'maximum'].flatMap((column) =>
      [false, true].map((descending) => ({ column, descending })),
    );
    const sort = await measureSort(
      tab,
      sorts.map((one) => ({ ...one, first: firstName(all, { sort: one }) })),
    );
    const scroll = await measureScroll(tab);
    const work = await measureWork(browser, tab);
    return { ...first, ...last, filter: middle(filter), sort: middle(sort), ...scroll, ...work, ...memory };
  } finally {
    await context.close();
    // What is still being taken down of this page would slow the next one's start.
    await setTimeout(REST_MS);
  }
}

const FIGURES = [
  ['firstRows', 'first rows, ms'],
  ['fromData', 'of it, data, ms'],
  ['allRows', 'all rows, ms'],
  ['filter', 'filter, ms'],
  ['sort', 'sort, ms'],
  ['frame', 'scroll, frame p95, ms'],
  ['work', 'frame, own work p95, ms'],
  ['late', 'scroll, late frames'],
  ['blank', 'scroll, blank frames'],
  ['heap', 'heap, MB'],
  ['nodes', 'nodes'],
];

await prepare();
const { messages } = await import(join(BUILT, 'messages.mjs'));
const server = await serve(messages);
const browser = await startBrowser();
/** @type {Record<string, Record<string, number>[]>} */
const found = {};
const cases = SIZES.flatMap((size) => GRIDS.map((grid) => ({ size, grid })));
for (let round = 0; round < ROUNDS; round += 1) {
  for (const { size, grid } of shuffled(cases, round)) {
    const key = `${grid} ${size}`;
    const one = await once(browser, server.url, grid, size);
    found[key] = [...(found[key] ?? []), one];
  }
  process.stdout.write(`round ${round + 1} of ${ROUNDS}\n`);
}
await browser.close();
server.close();

const bytes = (/** @type {string} */ name, folder = BUILT) => readFileSync(join(folder, name)).length;
console.log(
  `\nscript: ours ${bytes('rates.js', join(ROOT, 'dist', 'webview'))} B, ag-grid ${bytes('ag-grid.js')} B, tabulator ${bytes('tabulator.js')} B`,
);
/** @type {Record<string, Record<string, number>>} */
const middles = {};
for (const size of SIZES) {
  console.log(
    `\n${size} coins${' '.repeat(20 - String(size).length)}${GRIDS.map((grid) => grid.padStart(11)).join('')}   ours : best peer`,
  );
  for (const [key = '', title = ''] of FIGURES) {
    const line = GRIDS.map((grid) =>
      middle((found[`${grid} ${size}`] ?? []).map((one) => one[key] ?? Number.NaN)),
    );
    for (const [index, grid] of GRIDS.entries()) {
      middles[`${grid} ${size}`] = { ...middles[`${grid} ${size}`], [key]: line[index] ?? Number.NaN };
    }
    const [own = Number.NaN, ...peers] = line;
    const best = Math.min(...peers);
    const ratio = best === 0 ? '' : `${(own / best).toFixed(2)}`;
    console.log(
      `${title.padEnd(26)}${line.map((value) => value.toFixed(1).padStart(11)).join('')}   ${ratio}`,
    );
  }
}
mkdirSync(BUILT, { recursive: true });
writeFileSync(join(BUILT, 'grid.json'), JSON.stringify({ rounds: ROUNDS, middles, found }, undefined, 2));
