import type { Guard, Violation } from './guard.ts';
import { isCode, isPlain, isTest, type SourceTree } from './source-tree.ts';
import { isIdentifier, isMember, walk, type Node } from './syntax.ts';

const FUNCTION_LINES_MAX = 70;
const FILE_LINES_MAX = 400;
const LINE_LENGTH_MAX = 140;
/** A sentence for users stands in one piece, so that it can be searched; the formatter does not break it either. */
const SENTENCE_LINE_MAX = 220;
const TEMPLATE_LINE_MAX = 180;
const unbreakable = /'[^']{40,}'|"[^"]{40,}"|`[^`]{40,}`|https?:\/\/\S{40}/;
const vagueNames = /(^|[-./])(utils?|helpers?|misc|common|stuff)\d*\.(server\.|web\.|test\.)?tsx?$/;
const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** A describe block is a list of tests, not one thing to hold in the head. */
const isTestBlock = (parent: Node | undefined): boolean =>
  parent?.type === 'CallExpression' && ['describe', 'suite'].some((n) => isIdentifier(parent['callee'], n));

/** What a component draws is read like a page, not like steps: its outermost markup counts as one line each. */
function markupLines(tree: SourceTree, file: string, body: Node): number {
  let lines = 0;
  let until = 0;
  walk(body, (node) => {
    if ((node.type !== 'JSXElement' && node.type !== 'JSXFragment') || node.start < until) return;
    until = node.end;
    lines += tree.lineAt(file, node.end) - tree.lineAt(file, node.start);
  });
  return lines;
}

function longFunctions(tree: SourceTree, file: string): Violation[] {
  const found: Violation[] = [];
  walk(tree.parse(file).program, (node, parent) => {
    if (!functionTypes.has(node.type) || isTestBlock(parent)) return;
    const first = tree.lineAt(file, node.start);
    const lines = tree.lineAt(file, node.end) - first + 1 - markupLines(tree, file, node);
    if (lines > FUNCTION_LINES_MAX)
      found.push({ file, line: first, message: `function of ${lines} lines, at most ${FUNCTION_LINES_MAX}: name its steps` });
  });
  return found;
}

function impurity(node: Node): string | undefined {
  if (node.type === 'NewExpression' && isIdentifier(node['callee'], 'Date') && (node['arguments'] as unknown[]).length === 0)
    return 'new Date()';
  if (isMember(node, 'Date', 'now')) return 'Date.now';
  if (isMember(node, 'Math', 'random')) return 'Math.random';
  if (isMember(node, 'performance', 'now')) return 'performance.now';
  return undefined;
}

function impurities(tree: SourceTree, file: string): Violation[] {
  const found: Violation[] = [];
  walk(tree.parse(file).program, (node) => {
    const what = impurity(node);
    if (what)
      found.push({
        file,
        line: tree.lineAt(file, node.start),
        message: `${what} in a plain file: the time and chance are given from outside`,
      });
  });
  return found;
}

/** Lines inside template literals of several lines: SQL, which no formatter breaks. */
function templateLines(tree: SourceTree, file: string): Set<number> {
  const inside = new Set<number>();
  walk(tree.parse(file).program, (node) => {
    if (node.type !== 'TemplateLiteral') return;
    const [first, last] = [tree.lineAt(file, node.start), tree.lineAt(file, node.end)];
    for (let line = first; first !== last && line <= last; line += 1) inside.add(line);
  });
  return inside;
}

function measure(tree: SourceTree, file: string): Violation[] {
  const found: Violation[] = [];
  const inTemplate = templateLines(tree, file);
  const lines = tree.read(file).split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > FILE_LINES_MAX)
    found.push({ file, message: `${lines.length} lines, at most ${FILE_LINES_MAX}: split it by what it is about` });
  lines.forEach((l, i) => {
    if (l.length > (unbreakable.test(l) ? SENTENCE_LINE_MAX : inTemplate.has(i + 1) ? TEMPLATE_LINE_MAX : LINE_LENGTH_MAX)) {
      found.push({ file, line: i + 1, message: `line of ${l.length} characters, too long to read` });
    }
  });
  if (vagueNames.test(file)) found.push({ file, message: 'a file is named after what it holds, not utils or helpers' });
  return found;
}

export const tidy: Guard = {
  name: 'tidy',
  why: 'What does not fit on a screen is not read, and what reads a clock or a die cannot be tested or replayed.',
  run: (tree) =>
    tree.files
      .filter((f) => isCode(f) && (f.startsWith('src/') || f.startsWith('scripts/')))
      .flatMap((f) => [...measure(tree, f), ...longFunctions(tree, f), ...(isPlain(f) && !isTest(f) ? impurities(tree, f) : [])]),
};
