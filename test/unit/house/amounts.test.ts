import assert from 'node:assert/strict';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';

const ROOT = process.cwd();
const TO_NUMBER = new Set(['Number', 'parseFloat', 'parseInt', 'Number.parseFloat', 'Number.parseInt']);
const SIGNS = new Set<ts.SyntaxKind>([ts.SyntaxKind.PlusToken, ts.SyntaxKind.MinusToken]);
const ARITHMETIC = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.PercentToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
]);

/** Where a `Decimal` becomes a float all the same, and why no money is lost by it. */
const ALLOWED: Readonly<Record<string, string>> = {
  'bybit/decimal.ts: a < b':
    'digits of equal length, compared as text: the comparison that all others go through',
  'desk/history/past-cost.ts: Number(time)': 'whole milliseconds, a sum of what was milliseconds before',
  'desk/history/sparkline.ts: Number(rate)': 'a place in a picture, rounded to hundredths of a pixel',
  'webview/charts/models.ts: Number(value)':
    'a place in a picture; what is read at the cursor is the Decimal beside it',
  'webview/charts/ticks.ts: Number(value)': 'a place in a picture; the label is the Decimal beside it',
  "paper/market/book.ts: Number(round(mul(coin.baseRate, MILLION), 0, 'half'))":
    'whole millionths, of the simulated market',
  "paper/market/book.ts: Number(round(mul(limit, UNITS), 0, 'down'))": 'whole units, of the simulated market',
};

function isDecimal(checker: ts.TypeChecker, node: ts.Node): boolean {
  const type = checker.getTypeAtLocation(node);
  const parts = type.isUnion() ? type.types : [type];
  return parts.some((part) => part.getProperty('__decimal') !== undefined);
}

/** Whether a `Decimal` is turned into a float here, or compared or reckoned with as text or float. */
function isFloat(node: ts.Node, checker: ts.TypeChecker): boolean {
  if (ts.isCallExpression(node)) {
    const called = node.expression.getText();
    return (
      (TO_NUMBER.has(called) || called.startsWith('Math.')) &&
      node.arguments.some((argument) => isDecimal(checker, argument))
    );
  }
  if (ts.isPrefixUnaryExpression(node)) return SIGNS.has(node.operator) && isDecimal(checker, node.operand);
  if (!ts.isBinaryExpression(node)) return false;
  const sides = [node.left, node.right].map((side) => isDecimal(checker, side));
  // With other text beside it, a plus only writes it.
  return node.operatorToken.kind === ts.SyntaxKind.PlusToken
    ? sides.every(Boolean)
    : ARITHMETIC.has(node.operatorToken.kind) && sides.some(Boolean);
}

function floatsIn(file: ts.SourceFile, checker: ts.TypeChecker): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isFloat(node, checker)) found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Files of a program, each with what is wrong in it. */
function floats(program: ts.Program, folder: string): string[] {
  const checker = program.getTypeChecker();
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(folder))
    .flatMap((file) => {
      const name = relative(folder, file.fileName).split(sep).join('/');
      return floatsIn(file, checker).map((text) => `${name}: ${text.replace(/\s+/g, ' ')}`);
    });
}

function programOf(config: string): ts.Program {
  const read = ts.getParsedCommandLineOfConfigFile(config, {}, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => assert.fail(String(messageText)),
  } as ts.ParseConfigFileHost);
  assert.ok(read);
  return ts.createProgram(
    read.fileNames.filter((name) => name.includes('/src/')),
    read.options,
  );
}

describe('amounts', function () {
  this.timeout(120_000);

  it('become no floats, and are reckoned with by src/bybit/decimal.ts alone', () => {
    const src = join(ROOT, 'src');
    const host = programOf(join(ROOT, 'tsconfig.json'));
    const pages = programOf(join(ROOT, 'src', 'webview', 'tsconfig.json'));
    assert.ok(host.getSourceFiles().length > 300);
    const found = new Set([...floats(host, src), ...floats(pages, src)]);
    assert.deepEqual([...found].sort(), Object.keys(ALLOWED).sort());
  });

  it('that do are found, in whatever way', () => {
    const text = `
      type Decimal = string & { readonly __decimal: unique symbol };
      declare const a: Decimal; declare const b: Decimal | undefined;
      Number(a); parseFloat(a); Number.parseInt(a, 10); Math.max(1, a);
      void [+a, -a, a < b!, a + a, a * 2];
      Number('1'); void [a === b, a + ' BTC', +'1'];`;
    const name = '/amounts.ts';
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
    const program = ts.createProgram(
      [name],
      { noLib: true, noResolve: true },
      {
        ...ts.createCompilerHost({}),
        getSourceFile: (path: string) => (path === name ? file : undefined),
      },
    );
    assert.equal(floats(program, '/').length, 9);
  });
});
