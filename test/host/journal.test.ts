import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Running, runningExtension } from './extension';
import { Person } from './person';

const AT = Date.UTC(2026, 2, 2, 10, 20);
const INTENT = {
  v: 1,
  id: 'op-1',
  at: AT,
  type: 'intent',
  operation: { kind: 'flexible.repay', accountId: 'paper', params: { coin: '=SUM(A1)', amount: '0.5' } },
  title: { text: 'Repay {0}', args: ['0.5 =SUM(A1)'] },
  baseline: { ids: [], totals: [] },
};
const VERDICT = {
  v: 1,
  id: 'op-1',
  at: AT + 2000,
  type: 'verdict',
  state: 'refused',
  words: { text: 'Too little.', args: [] },
  code: '148015',
  by: 'desk',
};

async function nextChange(): Promise<void> {
  await new Promise<void>((resolve) => {
    const listener = vscode.workspace.onDidChangeTextDocument(() => {
      listener.dispose();
      resolve();
    });
  });
}

describe('the journal', () => {
  let running: Running;
  let person: Person;
  let folder: string;
  let file: string;

  before(async () => {
    running = await runningExtension();
    const storage = running.context.globalStorageUri.fsPath;
    mkdirSync(storage, { recursive: true });
    file = join(storage, 'journal-paper.jsonl');
    person = new Person();
    folder = mkdtempSync(join(tmpdir(), 'loan-desk-export-'));
  });
  after(() => {
    person.leaves();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => person.hasAnsweredAll());

  const command = (id: string) => vscode.commands.executeCommand(`loanDesk.${id}`);

  it('opens as a document that nobody can edit', async () => {
    writeFileSync(file, `${JSON.stringify(INTENT)}\n${JSON.stringify(VERDICT)}\n`);
    await command('tryPaper');
    await command('openJournal');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    // Open from before, it shows what it did until it has been read again.
    while (!document.getText().includes('Repay')) await nextChange();
    assert.match(
      document.getText(),
      /2026-03-02 10:20:00\.000 UTC {2}Repay 0\.5 =SUM\(A1\)\n {4}State: Refused\n/,
    );
    assert.match(document.getText(), /Too little\. · code 148015\n/);
    assert.equal(vscode.workspace.fs.isWritableFileSystem(document.uri.scheme), undefined);
  });

  it('is saved as a table, without a formula in it', async () => {
    const target = vscode.Uri.file(join(folder, 'journal.csv'));
    person.saves(target);
    const done = command('exportJournal');
    await person.picks('Table (CSV)');
    await person.answers(/^The journal was saved\.$/, undefined);
    await done;
    const [, row] = readFileSync(target.fsPath, 'utf8').split('\r\n');
    assert.match(row ?? '', /^2026-03-02T10:20:00\.000Z,paper,Paper,flexible\.repay,'=SUM\(A1\),0\.5,/);
  });

  it('is saved as JSON lines, or not at all when the dialog is closed', async () => {
    const target = vscode.Uri.file(join(folder, 'journal.jsonl'));
    person.saves(undefined);
    const none = command('exportJournal');
    await person.picks('JSON Lines');
    await none;
    assert.equal(existsSync(target.fsPath), false);
    person.saves(target);
    const done = command('exportJournal');
    await person.picks('JSON Lines');
    await person.answers(/^The journal was saved\.$/, 'Open');
    await done;
    const lines = readFileSync(target.fsPath, 'utf8').trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      [INTENT, VERDICT],
    );
  });
});
