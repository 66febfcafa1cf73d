import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The linter's rules that carry the design (imports between parts, promises): each is shown to fire on a fault. */
describe('the linter', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loan-desk-lint-'));
  let rulesByFile: Map<string, string[]>;

  const FAULTS: Readonly<Record<string, { source: string; rule: string }>> = {
    'src/bybit/desk.ts': { source: "export { x } from '../desk/x';", rule: 'noRestrictedImports' },
    'src/bybit/vscode.ts': { source: "export { Uri } from 'vscode';", rule: 'noRestrictedImports' },
    'src/paper/client.ts': { source: "export { x } from '../bybit/client';", rule: 'noRestrictedImports' },
    'src/paper/desk.ts': { source: "export { x } from '../desk/x';", rule: 'noRestrictedImports' },
    'src/desk/paper.ts': { source: "export { x } from '../paper/door';", rule: 'noRestrictedImports' },
    'src/desk/ui.ts': { source: "export { x } from '../ui/x';", rule: 'noRestrictedImports' },
    'src/desk/axios.ts': { source: "export { create } from 'axios';", rule: 'noRestrictedImports' },
    'src/ui/axios.ts': { source: "export { create } from 'axios';", rule: 'noRestrictedImports' },
    'src/ui/arithmetic.ts': { source: "export { Big } from 'big.js';", rule: 'noRestrictedImports' },
    'src/ui/flows/view.ts': {
      source: "export { x } from '../../webview/rates';",
      rule: 'noRestrictedImports',
    },
    'src/webview/ui.ts': { source: "export { x } from '../ui/x';", rule: 'noRestrictedImports' },
    'src/webview/node.ts': { source: "export { join } from 'node:path';", rule: 'noRestrictedImports' },
    'src/desk/float.ts': { source: "export const x = parseFloat('1');", rule: 'noRestrictedGlobals' },
    'src/desk/any.ts': { source: 'export const x: any = 1;', rule: 'noExplicitAny' },
    'src/desk/nonnull.ts': {
      source: 'export const f = (x?: string): string => x!;',
      rule: 'noNonNullAssertion',
    },
    'src/desk/floating.ts': {
      source: 'async function f(): Promise<number> { return 1; }\nexport function g(): void { f(); }',
      rule: 'noFloatingPromises',
    },
    'src/desk/misused.ts': {
      source:
        'async function f(): Promise<void> {}\nexport const g = () => [1].forEach(async () => { await f(); });',
      rule: 'noMisusedPromises',
    },
    'src/desk/unused.ts': {
      source: "import { join } from 'node:path';\nexport const x = 1;",
      rule: 'noUnusedImports',
    },
    'src/desk/circle-a.ts': {
      source: "import { b } from './circle-b';\nexport const a = () => b;",
      rule: 'noImportCycles',
    },
    'src/desk/circle-b.ts': {
      source: "import { a } from './circle-a';\nexport const b = () => a;",
      rule: 'noImportCycles',
    },
  };
  const FINE: Readonly<Record<string, string>> = {
    'src/ui/contract.ts': "export { x } from '../webview/contract';",
    'src/ui/deep/contract.ts': "export { x } from '../../webview/contract';",
    'src/ui/vscode.ts': "export { Uri } from 'vscode';",
    'src/desk/decimal.ts': "export { add } from '../bybit/decimal';",
    'src/webview/desk.ts': "export { x } from '../desk/format';",
    'src/paper/schema.ts': "export { amount } from '../bybit/schema';",
  };

  function write(file: string, source: string): void {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${source}\n`);
  }

  before(function () {
    this.timeout(60_000);
    const config = JSON.parse(readFileSync('biome.json', 'utf8')) as { $schema?: string; vcs?: unknown };
    delete config.$schema;
    delete config.vcs;
    write('biome.json', JSON.stringify(config));
    for (const [file, { source }] of Object.entries(FAULTS)) write(file, source);
    for (const [file, source] of Object.entries(FINE)) write(file, source);
    const biome = join(process.cwd(), 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
    const { stdout } = spawnSync(
      process.execPath,
      [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'],
      { cwd: folder, encoding: 'utf8' },
    );
    const report = JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string } }[] };
    rulesByFile = new Map();
    for (const { category, location } of report.diagnostics) {
      const file = location.path.replaceAll('\\', '/');
      rulesByFile.set(file, [...(rulesByFile.get(file) ?? []), category.split('/').at(-1) ?? '']);
    }
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [file, { rule }] of Object.entries(FAULTS)) {
    it(`refuses ${file} by ${rule}`, () => {
      assert.ok(
        rulesByFile.get(file)?.includes(rule),
        `found: ${rulesByFile.get(file)?.join(', ') ?? 'nothing'}`,
      );
    });
  }
  for (const file of Object.keys(FINE)) {
    it(`lets ${file} pass`, () => assert.equal(rulesByFile.get(file), undefined));
  }
});
