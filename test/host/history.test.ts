import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { runningExtension } from './extension';
import { Person } from './person';

describe('the rate history', () => {
  let person: Person;
  let folder: string;

  before(async () => {
    await runningExtension();
    person = new Person();
    folder = mkdtempSync(join(tmpdir(), 'loan-desk-history-'));
    await command('tryPaper');
  });
  after(() => {
    person.leaves();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => person.hasAnsweredAll());

  const command = (id: string) => vscode.commands.executeCommand(`loanDesk.${id}`);

  it('takes in a file, tells what it refused, and why', async () => {
    const file = join(folder, 'rates.csv');
    const good = '2024-03-01T00:00:00Z,2024-03-02T00:00:00Z,=XYZ,flexible,0.0512';
    writeFileSync(file, `from,to,coin,series,annualRate\n${good}\n${good.replace('0.0512', '5 %')}\n`);
    person.opens(vscode.Uri.file(file));
    const done = command('importHistory');
    const told = await person.answers(/line about/, 'Show Why');
    assert.match(told.text, /^1 line about 1 coin was taken in\. .* 1 line was refused\.$/);
    await done;
    assert.equal(
      vscode.window.activeTextEditor?.document.getText(),
      'Line 3: annualRate must be a fraction from 0 to 100; 5 % a year is 0.05.',
    );
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('takes in a file of any size', async function () {
    this.timeout(120_000);
    const file = join(folder, 'large.csv');
    const note = 'x'.repeat(100_000);
    writeFileSync(file, 'from,to,coin,series,annualRate,note\n');
    for (let n = 0; n < 3_100; n += 1) {
      const from = new Date(Date.UTC(2023, 0, 1, n)).toISOString();
      const to = new Date(Date.UTC(2023, 0, 1, n + 1)).toISOString();
      appendFileSync(file, `${from},${to},LARGE,flexible,0.05,${note}\n`);
    }
    person.opens(vscode.Uri.file(file));
    const done = command('importHistory');
    await person.answers(/^3,100 lines about 1 coin were taken in\./, undefined);
    await done;
    rmSync(file);
  });

  it('is saved as a table, without a formula in it, and names where it is from', async () => {
    const target = vscode.Uri.file(join(folder, 'out.csv'));
    person.saves(target);
    const done = command('exportHistory');
    await person.picks('Table (CSV)');
    await person.answers(/lines were saved to/, undefined);
    await done;
    const lines = readFileSync(target.fsPath, 'utf8').split('\r\n');
    assert.equal(lines[0], 'from,to,coin,series,annualRate,environment');
    assert.ok(lines.includes("2024-03-01T00:00:00Z,2024-03-02T00:00:00Z,'=XYZ,flexible,0.0512,paper"));
  });

  it('says that it could not be saved, and leaves the file that was there', async () => {
    const target = join(folder, 'kept.csv');
    writeFileSync(target, 'old');
    // A file that takes the place of a folder.
    person.saves(vscode.Uri.file(join(target, 'out.csv')));
    const done = command('exportHistory');
    await person.picks('Table (CSV)');
    await person.answers(/could not be written; if there was one before, it is unchanged/, undefined);
    await done;
    assert.equal(readFileSync(target, 'utf8'), 'old');
    assert.ok(!readdirSync(folder).some((name) => name.endsWith('.tmp')));
  });

  it('takes in nothing when no file is chosen', async () => {
    person.opens(undefined);
    await command('importHistory');
  });
});
