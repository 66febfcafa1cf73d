// Runs test/host/ inside VS Code through @vscode/test-electron. Arguments: versions of the registry's VS Code servers
// (both when none is named), or `--desktop` for desktop VS Codes downloaded from Microsoft.
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { ROOT } from './lib/root.mjs';
import { ensureChromium, ensureHost, NEWEST, OLDEST } from './lib/setup.mjs';

const common = {
  extensionDevelopmentPath: ROOT,
  extensionTestsPath: join(ROOT, 'out', 'js', 'test', 'host', 'index'),
};
const args = process.argv.slice(2);

async function registry() {
  await ensureChromium();
  for (const version of args.length > 0 ? args : [OLDEST, NEWEST]) {
    console.log(`\nVS Code ${version}`);
    await ensureHost(version);
    const vscodeExecutablePath = join(ROOT, 'scripts', 'vscode-stand-in.mjs');
    await runTests({ ...common, vscodeExecutablePath, extensionTestsEnv: { LOAN_DESK_HOST: version } });
  }
}

async function desktop() {
  for (const version of ['1.100.0', 'stable']) {
    console.log(`\nDesktop VS Code ${version}`);
    try {
      await runTests({ ...common, version, launchArgs: ['--disable-extensions'] });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|Failed to get|fetch/i.test(text)) {
        throw new Error(
          `Desktop VS Code could not be downloaded (${text}). This needs the internet; npm test does not.`,
        );
      }
      throw error;
    }
  }
}

try {
  await (args[0] === '--desktop' ? desktop() : registry());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
