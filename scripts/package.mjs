// `npm run package`: the .vsix, from a production build, with the sentences for translators. A warning of vsce is a failure.
// The same sources make the same file, to the byte. `--as-is` takes the installed packages as they are.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { ensureModules } from './lib/setup.mjs';

/** Times in the file: of the first of January 2026, unless the environment names another. Unix seconds, UTC. */
const STAMP = { TZ: 'UTC', SOURCE_DATE_EPOCH: process.env.SOURCE_DATE_EPOCH ?? '1767225600' };

if (!process.argv.includes('--as-is')) await ensureModules();
await run(process.execPath, ['esbuild.js', '--production']);
await run(process.execPath, ['scripts/l10n.mjs'], { quiet: true });
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
mkdirSync(join(ROOT, 'out'), { recursive: true });
const file = join(ROOT, 'out', `loan-desk-${version}.vsix`);
// In the editor's page of the extension, pictures and files of the repository cannot be reached by relative links.
const readme = join(ROOT, 'dist', 'README.md');
writeFileSync(
  readme,
  readFileSync(join(ROOT, 'README.md'), 'utf8')
    .replaceAll(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n+/gm, '')
    .replaceAll(/\[([^\]]*)\]\((?!https:)[^)]*\)/g, '$1'),
);
const vsce = join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce');
const output = await run(
  process.execPath,
  [
    vsce,
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--readme-path',
    'dist/README.md',
    '--out',
    file,
  ],
  {
    quiet: true,
    env: { ...process.env, ...STAMP },
  },
);
console.log(output.trim());
if (/warning/i.test(output)) {
  console.error('The package has warnings.');
  process.exit(1);
}
console.log(`${(statSync(file).size / 1000).toFixed(0)} kB`);
