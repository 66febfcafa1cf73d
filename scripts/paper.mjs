// `npm run paper -- …`: the paper exchange over HTTP. Everything but its own first JSON line goes to standard error.
import { join } from 'node:path';
import { ROOT } from './lib/root.mjs';
import { run, start } from './lib/run.mjs';
import { ensureModules } from './lib/setup.mjs';

await ensureModules();
process.stderr.write(await run(process.execPath, ['esbuild.js'], { quiet: true }));
const child = start(process.execPath, [join(ROOT, 'dist', 'paper-cli.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
child.once('exit', (code) => process.exit(code ?? 1));
