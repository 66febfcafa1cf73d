// Bundles the extension, the paper exchange and the webview into dist/.
// `--tests` compiles src/ and test/ file by file into out/js/ (`--tests=FOLDER` elsewhere) for mocha; `--watch` keeps bundling.
const { mkdirSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');
const esbuild = require('esbuild');

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const tests = process.argv.find((argument) => /^--tests(=|$)/.test(argument));

const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};
// Packages of axios that this client has no use for: multipart uploads, redirects, proxies of its own. Without them the host
// bundle is 190 kB smaller, and a redirect or an environment variable finds no code that would heed it.
const UNUSED = ['form-data', 'follow-redirects', 'https-proxy-agent', 'proxy-from-env'];
const node = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  alias: Object.fromEntries(UNUSED.map((name) => [name, `./src/bybit/stubs/${name}.ts`])),
};

/** Leaves `import('../paper/door')` as a file of its own, loaded only when a paper account is first used. */
const paperApart = {
  name: 'paper-apart',
  setup(build) {
    build.onResolve({ filter: /\/paper\/door$/ }, () => ({ path: './paper.js', external: true }));
  },
};

/**
 * Writes what esbuild split, which it does for ES modules only, as CommonJS: the oldest host that is promised loads nothing else.
 */
const asCommonJs = {
  name: 'as-common-js',
  setup(build) {
    const { minify, target } = build.initialOptions;
    build.onEnd(async ({ outputFiles }) => {
      const files = outputFiles ?? [];
      for (const { path, text } of files) {
        const { code } = await esbuild.transform(text, {
          platform: 'node',
          format: 'cjs',
          target,
          minify,
          legalComments: 'none',
          sourcemap: minify ? false : 'inline',
          sourcefile: basename(path),
        });
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, code);
      }
    });
  },
};

const bundles = [
  {
    ...node,
    entryPoints: { extension: 'src/extension.ts' },
    external: ['vscode'],
    plugins: [paperApart, asCommonJs],
    format: 'esm',
    splitting: true,
    chunkNames: 'parts/[name]-[hash]',
    sourcemap: production ? false : 'inline',
    write: false,
    outdir: 'dist',
  },
  { ...node, entryPoints: { paper: 'src/paper/door.ts', 'paper-cli': 'src/paper/cli.ts' }, outdir: 'dist' },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    tsconfig: 'src/webview/tsconfig.json',
    entryPoints: {
      rates: 'src/webview/rates.ts',
      records: 'src/webview/records.ts',
      position: 'src/webview/position.ts',
      panel: 'src/webview/panel.css',
      'position-panel': 'src/webview/position-panel.css',
    },
    outdir: 'dist/webview',
  },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    globalName: 'loanDeskCharts',
    target: 'es2022',
    tsconfig: 'src/webview/tsconfig.json',
    entryPoints: ['ts', 'css'].map((kind) => ({ in: `src/webview/charts/charts.${kind}`, out: 'charts' })),
    outdir: 'dist/webview',
  },
];

function sources(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

async function main() {
  if (tests) {
    const outdir = tests.split('=')[1] ?? 'out/js';
    rmSync(outdir, { recursive: true, force: true });
    await esbuild.build({
      entryPoints: [...sources('src'), ...sources('test')],
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      sourcemap: 'inline',
      sourcesContent: false,
      logLevel: 'warning',
      outbase: '.',
      outdir,
    });
    return;
  }
  mkdirSync('dist', { recursive: true });
  if (watch) {
    const contexts = await Promise.all(bundles.map((options) => esbuild.context(options)));
    await Promise.all(contexts.map((context) => context.watch()));
    return;
  }
  rmSync('dist', { recursive: true, force: true });
  const results = await Promise.all(bundles.map((options) => esbuild.build(options)));
  mkdirSync('out', { recursive: true });
  // What is really bundled, for the checks of size and provenance; not part of the package.
  writeFileSync('out/metafile.json', JSON.stringify(results.map((result) => result.metafile)));
}

// The tests bundle single parts in the same way.
module.exports = { node };

if (require.main === module) {
  main().catch(() => {
    process.exitCode = 1;
  });
}
