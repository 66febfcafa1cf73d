import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { version } from 'vscode';

/** Entry of the tests inside an extension host: runs every `*.test.js` beside this file; rejects when one fails. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, reporter: 'spec' });
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js'))
    .sort();
  if (files.length === 0) throw new Error('No host test was found.');
  for (const file of files) mocha.addFile(join(__dirname, file));
  // The stand-in for VS Code echoes from this line on.
  console.log(`Tests in VS Code ${version}, Node ${process.version}`);
  const names: { title: string; message: string }[] = [];
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
    runner.on('fail', (test, error) =>
      names.push({ title: test.titlePath().join(' › '), message: error.message }),
    );
  });
  const passed = stats?.passes ?? 0;
  const failed = stats?.failures ?? 1;
  const report = process.env['LOAN_DESK_REPORT'];
  if (report !== undefined) writeFileSync(report, JSON.stringify({ passed, failed, names }));
  if (failed > 0) throw new Error(`${failed} host tests failed.`);
}
