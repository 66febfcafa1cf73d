// Collects every sentence a person can see into l10n/bundle.l10n.json, the file translations start from (made, not kept).
// `--check` writes nothing. Both fail on a sentence that cannot be translated: text that is no literal, placeholders and
// arguments that do not fit each other, bare text at a visible place of VS Code, or a %key% that one side lacks.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { ROOT as OWN } from './lib/root.mjs';

const { values } = parseArgs({ options: { check: { type: 'boolean' }, root: { type: 'string' } } });
/** `--root` looks at another tree: the tests' own. */
const ROOT = values.root ?? OWN;

/** Properties of VS Code's surfaces that people read. */
const VISIBLE = new Set([
  'title',
  'placeholder',
  'placeHolder',
  'prompt',
  'detail',
  'tooltip',
  'description',
  'label',
  'message',
  'validationMessage',
]);
/** Hands over sentences that were literals where they were made. */
const TRANSLATOR = join('src', 'ui', 'l10n.ts');
/** Declares `words` itself. */
const MAKER = join('src', 'bybit', 'words.ts');

/** @type {string[]} */
const problems = [];
/** @type {Set<string>} */
const sentences = new Set();

/** @param {ts.SourceFile} file @param {ts.Node} node */
function place(file, node) {
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
  return `${relative(ROOT, file.fileName)}:${line + 1}`;
}

/** Whether a call makes a sentence: `words(…)`, `l10n.t(…)`, `vscode.l10n.t(…)`. @param {ts.CallExpression} call */
function makesSentence({ expression }) {
  const name = expression.getText();
  return name === 'words' || /(^|\.)l10n\.t$/.test(name);
}

/** @param {ts.SourceFile} file @param {ts.CallExpression} call */
function readSentence(file, call) {
  const [first, ...rest] = call.arguments;
  if (first === undefined || !ts.isStringLiteralLike(first)) {
    problems.push(`${place(file, call)}: the sentence must be a literal`);
    return;
  }
  const { text } = first;
  sentences.add(text);
  if (text !== text.trim()) problems.push(`${place(file, call)}: blanks around "${text}"`);
  if (rest.some((argument) => ts.isSpreadElement(argument))) return;
  const indices = new Set([...text.matchAll(/\{(\d+)\}/g)].map((match) => Number(match[1])));
  const expected = [...Array(rest.length).keys()];
  if (indices.size !== rest.length || expected.some((index) => !indices.has(index))) {
    problems.push(
      `${place(file, call)}: ${indices.size} placeholders, ${rest.length} arguments in "${text}"`,
    );
  }
}

/** Reads as a sentence or a label, not as a name of code. @param {string} text */
function isProse(text) {
  return /^[A-Z][a-z]/.test(text) || /[A-Za-z]{2,} [A-Za-z]/.test(text);
}

/** @param {ts.SourceFile} file @param {ts.Expression | undefined} value */
function refuseBare(file, value) {
  if (value === undefined) return;
  const isText = ts.isStringLiteralLike(value) && isProse(value.text);
  const isTemplate =
    ts.isTemplateExpression(value) &&
    [value.head, ...value.templateSpans.map((span) => span.literal)].some((part) =>
      isProse(part.text.trim()),
    );
  if (isText || isTemplate) problems.push(`${place(file, value)}: not translatable: ${value.getText(file)}`);
}

/** @param {ts.SourceFile} file @param {boolean} surface whether the file speaks to VS Code itself */
function readFile(file, surface) {
  const path = relative(ROOT, file.fileName);
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isCallExpression(node)) {
      if (makesSentence(node) && path !== TRANSLATOR && path !== MAKER) readSentence(file, node);
      if (surface && /\.show(Error|Warning|Information)Message$/.test(node.expression.getText(file))) {
        for (const argument of node.arguments) refuseBare(file, argument);
      }
    }
    if (surface && ts.isPropertyAssignment(node) && VISIBLE.has(node.name.getText(file))) {
      refuseBare(file, node.initializer);
    }
    if (
      surface &&
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(node.left) &&
      VISIBLE.has(node.left.name.text)
    ) {
      refuseBare(file, node.right);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
}

function readSources() {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  for (const name of files.filter((file) => file.endsWith('.ts')).sort()) {
    const path = join(ROOT, 'src', name);
    const text = readFileSync(path, 'utf8');
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    readFile(file, /from 'vscode'/.test(text));
  }
}

/** Every %key% of the manifest has its text, and every text its key. */
function compareManifest() {
  const manifest = readFileSync(join(ROOT, 'package.json'), 'utf8');
  const used = new Set([...manifest.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1] ?? ''));
  const texts = new Set(Object.keys(JSON.parse(readFileSync(join(ROOT, 'package.nls.json'), 'utf8'))));
  for (const key of used) if (!texts.has(key)) problems.push(`package.nls.json lacks ${key}`);
  for (const key of texts) if (!used.has(key)) problems.push(`package.json does not use ${key}`);
}

readSources();
compareManifest();
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
} else if (values.check === true) {
  console.log(`${sentences.size} sentences can be translated.`);
} else {
  const folder = join(ROOT, 'l10n');
  mkdirSync(folder, { recursive: true });
  const sorted = Object.fromEntries([...sentences].sort().map((text) => [text, text]));
  writeFileSync(join(folder, 'bundle.l10n.json'), `${JSON.stringify(sorted, undefined, 2)}\n`);
  console.log(`${sentences.size} sentences in l10n/bundle.l10n.json`);
}
