import { parseSync } from 'oxc-parser';
import { isIdentifier, walk, type Node } from '../check/syntax.ts';

const program = (source: string): unknown => parseSync('edited.ts', source).program;
const splice = (source: string, start: number, end: number, put: string): string => source.slice(0, start) + put + source.slice(end);

/** Puts an import after the last one. */
export function addImport(source: string, line: string): string {
  const last = parseSync('edited.ts', source).module.staticImports.at(-1);
  return last ? splice(source, last.end, last.end, `\n${line}`) : `${line}\n${source}`;
}

/** Puts an item at the end of an array literal. */
function intoArray(source: string, array: Node, item: string): string {
  const elements = array['elements'] as (Node | null)[];
  const last = elements.at(-1);
  return last ? splice(source, last.end, last.end, `, ${item}`) : splice(source, array.start, array.end, `[${item}]`);
}

/** Puts an item at the end of the array a constant holds; undefined where there is no such constant. */
export function addToConstant(source: string, isIt: (name: string, type: string) => boolean, item: string): string | undefined {
  let found: Node | undefined;
  walk(program(source), (node) => {
    const id = node['id'] as Node | undefined;
    const init = node['init'] as Node | undefined;
    if (node.type !== 'VariableDeclarator' || init?.type !== 'ArrayExpression' || !id) return;
    const annotation = id['typeAnnotation'] as Node | undefined;
    if (isIt(String(id['name']), annotation ? source.slice(annotation.start, annotation.end) : '')) found = init;
  });
  return found && intoArray(source, found, item);
}

/** Puts an item at the end of the array a function is given first; undefined where it is not called so. */
export function addToFirstArgument(source: string, callee: string, item: string): string | undefined {
  const first = callArguments(source, callee)?.[0];
  return first?.type === 'ArrayExpression' ? intoArray(source, first, item) : undefined;
}

function callArguments(source: string, callee: string): Node[] | undefined {
  let found: Node[] | undefined;
  walk(program(source), (node) => {
    if (node.type === 'CallExpression' && isIdentifier(node['callee'], callee)) found ??= node['arguments'] as Node[];
  });
  return found;
}

/**
 * Puts items into a list property of the object a call is given, e.g. `definitions` of `defineModule({…})`. A list that is not written
 * out is spread; one that is missing is added.
 */
export function addToProperty(source: string, call: { callee: string; argument: number }, property: string, item: string): string {
  const given = callArguments(source, call.callee);
  const object = given?.[call.argument];
  if (!given) throw new Error(`no call of ${call.callee}`);
  if (!object) {
    const last = given.at(-1) as Node;
    return splice(source, last.end, last.end, `, {\n  ${property}: [${item}],\n}`);
  }
  const properties = object['properties'] as Node[];
  const value = properties.find((p) => isIdentifier(p['key'], property))?.['value'] as Node | undefined;
  if (value?.type === 'ArrayExpression') return intoArray(source, value, item);
  if (value) return splice(source, value.start, value.end, `[...${source.slice(value.start, value.end)}, ${item}]`);
  const last = properties.at(-1) as Node;
  return splice(source, last.end, last.end, `,\n  ${property}: [${item}]`);
}

/** Puts a name at the end of one row of a table of rows. */
export function addToRow(source: string, constant: string, row: number, item: string): string {
  let found: Node | undefined;
  walk(program(source), (node) => {
    if (node.type === 'VariableDeclarator' && isIdentifier(node['id'], constant))
      found = (node['init'] as { elements?: Node[] }).elements?.[row];
  });
  if (!found) throw new Error(`${constant} has no row ${row}`);
  return intoArray(source, found, item);
}
