import ts from 'typescript';

/**
 * One small fault put into a source: what stands from `start` to `end` becomes `text`.
 * @typedef {{ start: number, end: number, text: string }} Mutation
 */

const OPERATORS = new Map([
  ['<', ['<=', '>=']],
  ['<=', ['<', '>']],
  ['>', ['>=', '<=']],
  ['>=', ['>', '<']],
  ['===', ['!==']],
  ['!==', ['===']],
  ['&&', ['||']],
  ['||', ['&&']],
  ['+', ['-']],
  ['-', ['+']],
  ['*', ['/']],
  ['/', ['*']],
]);
/** Functions of decimal.ts, with the ones they are mixed up with. */
const CALLS = new Map([
  ['lt', ['lte', 'gte']],
  ['lte', ['lt', 'gt']],
  ['gt', ['gte', 'lte']],
  ['gte', ['gt', 'lt']],
  ['min', ['max']],
  ['max', ['min']],
]);
/** Those of two operands. */
const PAIRS = new Map([
  ['add', 'sub'],
  ['sub', 'add'],
  ['mul', 'div'],
  ['div', 'mul'],
]);
const ROUNDINGS = new Map([
  ['up', 'down'],
  ['down', 'up'],
  ['half', 'down'],
]);
const NAMES = new Map([
  ['ZERO', 'ONE'],
  ['ONE', 'ZERO'],
]);
/** Calls of a list that a forgetful hand leaves out. */
const STEPS = new Set(['filter', 'slice', 'sort']);
const QUANTIFIERS = new Map([
  ['some', 'every'],
  ['every', 'some'],
]);
/** What is left alone, with all that is in it. */
const LEFT_ALONE = new Set([
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.ThrowStatement,
]);

/** The number with its last digit one higher, or lower from 9. @param {string} digits */
function nextTo(digits) {
  const at = digits.search(/\d\D*$/);
  const digit = Number(digits[at]);
  return `${digits.slice(0, at)}${digit === 9 ? 8 : digit + 1}${digits.slice(at + 1)}`;
}

/**
 * Every mutation of a source, in its order: operators, comparisons, arithmetic, rounding, constants, conditions and steps over
 * lists. Types, imports and the texts of errors are left alone.
 * @param {string} text
 * @returns {Mutation[]}
 */
export function mutationsOf(text) {
  const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  /** @type {Mutation[]} */
  const found = [];
  /** @param {ts.Node} node @param {string} replacement */
  const put = (node, replacement) =>
    found.push({ start: node.getStart(source), end: node.getEnd(), text: replacement });

  /** @param {ts.BinaryExpression} node */
  function binary({ operatorToken, left, right }) {
    const operator = operatorToken.getText(source);
    for (const other of OPERATORS.get(operator) ?? []) put(operatorToken, other);
    if (operator === '??')
      found.push({ start: left.getStart(source), end: right.getStart(source), text: '' });
  }

  /** @param {ts.CallExpression} node */
  function call(node) {
    const { expression, arguments: given } = node;
    if (ts.isPropertyAccessExpression(expression)) {
      const name = expression.name.text;
      const object = expression.expression;
      if (STEPS.has(name)) found.push({ start: object.getEnd(), end: node.getEnd(), text: '' });
      const other = QUANTIFIERS.get(name);
      if (other !== undefined) put(expression.name, other);
      return;
    }
    if (!ts.isIdentifier(expression)) return;
    const [first, second] = given;
    for (const other of CALLS.get(expression.text) ?? []) put(expression, other);
    const pair = PAIRS.get(expression.text);
    if (pair === undefined || first === undefined || second === undefined) return;
    if (given.some(ts.isSpreadElement) || (given.length > 2 && expression.text !== 'div')) return;
    put(node, `${pair}(${first.getText(source)}, ${second.getText(source)})`);
  }

  /** @param {ts.Expression} condition @param {readonly string[]} [values] */
  function decide(condition, values = ['true', 'false']) {
    for (const value of values) put(condition, value);
  }

  /** @param {ts.Node} node */
  function mutate(node) {
    if (ts.isBinaryExpression(node)) binary(node);
    else if (ts.isCallExpression(node)) call(node);
    else if (ts.isIfStatement(node)) decide(node.expression);
    else if (ts.isConditionalExpression(node)) decide(node.condition);
    else if (ts.isWhileStatement(node)) decide(node.expression, ['false']);
    else if (node.kind === ts.SyntaxKind.TrueKeyword) put(node, 'false');
    else if (node.kind === ts.SyntaxKind.FalseKeyword) put(node, 'true');
    else value(node);
  }

  /** @param {ts.Node} node */
  function value(node) {
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
      put(node, node.operand.getText(source));
    } else if (ts.isNumericLiteral(node)) put(node, nextTo(node.text));
    else if (ts.isStringLiteral(node)) literal(node);
    else if (ts.isIdentifier(node)) name(node);
  }

  /** @param {ts.Node} node */
  function visit(node) {
    if (LEFT_ALONE.has(node.kind) || ts.isTypeNode(node)) return;
    mutate(node);
    ts.forEachChild(node, visit);
  }

  /** @param {ts.StringLiteral} node */
  function literal(node) {
    const other = ROUNDINGS.get(node.text);
    if (other !== undefined) put(node, `'${other}'`);
    else if (/^-?\d+(\.\d+)?$/.test(node.text)) put(node, `'${nextTo(node.text)}'`);
  }

  /** @param {ts.Identifier} node */
  function name(node) {
    const other = NAMES.get(node.text);
    const { parent } = node;
    const isDeclared = ts.isVariableDeclaration(parent) && parent.name === node;
    if (other !== undefined && !isDeclared) put(node, other);
  }

  visit(source);
  return found;
}
