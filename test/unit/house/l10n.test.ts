import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Text that cannot be translated is found wherever it hides. */
describe('the collection of sentences', function () {
  // A process each, on a machine that may be busy.
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'loan-desk-l10n-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function check(files: Readonly<Record<string, string>>): { readonly status: number | null; text: string } {
    rmSync(folder, { recursive: true, force: true });
    const tree = { 'package.json': '{}', 'package.nls.json': '{}', 'src/a.ts': '', ...files };
    for (const [path, source] of Object.entries(tree)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), source);
    }
    const args = ['scripts/l10n.mjs', '--check', `--root=${folder}`];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return { status, text: stdout + stderr };
  }

  it('takes what can be translated', () => {
    const { status, text } = check({
      'src/a.ts': "words('Repay {0} of {1}', a, b); words('Borrow');",
      'src/ui/b.ts':
        "import * as vscode from 'vscode';\nvscode.l10n.t('Refresh'); x.title = title; y = { id: 'coin' };",
      'package.json': '{"title":"%command.refresh%"}',
      'package.nls.json': '{"command.refresh":"Refresh"}',
    });
    assert.equal(status, 0, text);
    assert.match(text, /^3 sentences/);
  });

  /** One faulty file each, all looked at in one run: starting the compiler takes most of the time. */
  const FAULTS: Readonly<Record<string, readonly [file: string, source: string, said: RegExp]>> = {
    'text that is no literal': ['src/a.ts', 'words(text);', /src.a\.ts:1: .*literal/],
    'text put together': ['src/b.ts', "\nwords('Repay ' + coin);", /src.b\.ts:2: .*literal/],
    'an argument too few': [
      'src/c.ts',
      "words('Repay {0} of {1}', a);",
      /src.c\.ts:1: 2 placeholders, 1 arg/,
    ],
    'an argument too many': ['src/d.ts', "words('Repay', a);", /src.d\.ts:1: 0 placeholders, 1 arguments/],
    'a bare title': [
      'src/e.ts',
      "import v from 'vscode';\nbox.title = 'Choose a coin';",
      /src.e\.ts:2: not translatable/,
    ],
    'a bare label': [
      'src/f.ts',
      "import v from 'vscode';\nx = { label: 'Borrow' };",
      /src.f\.ts:2: not translatable/,
    ],
    'a bare message': [
      'src/g.ts',
      "import v from 'vscode';\nvscode.window.showErrorMessage(`It failed again`);",
      /src.g\.ts:2: not translatable/,
    ],
    'a key without text': ['package.json', '{"title":"%command.refresh%"}', /lacks command\.refresh/],
    'a text without key': ['package.nls.json', '{"command.gone":"Gone"}', /does not use command\.gone/],
  };
  let faults: ReturnType<typeof check>;
  before(() => {
    faults = check(Object.fromEntries(Object.values(FAULTS).map(([file, source]) => [file, source])));
  });
  for (const [what, [, , said]] of Object.entries(FAULTS)) {
    it(`refuses ${what}`, () => {
      assert.equal(faults.status, 1);
      assert.match(faults.text, said);
    });
  }
});
