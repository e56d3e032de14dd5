/** A node of the syntax tree, as far as the guards look at it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Visits every node below and including this one, parents first. */
export function walk(node: unknown, visit: (node: Node, parent: Node | undefined) => void, parent?: Node): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit, parent);
    return;
  }
  if (!isNode(node)) return;
  visit(node, parent);
  for (const key of Object.keys(node)) {
    const child = node[key];
    if (typeof child === 'object' && child !== null) walk(child, visit, node);
  }
}

export const isIdentifier = (node: unknown, name: string): boolean => isNode(node) && node.type === 'Identifier' && node['name'] === name;

/** `object.property` with these names. */
export const isMember = (node: unknown, object: string, property: string): boolean =>
  isNode(node) && node.type === 'MemberExpression' && isIdentifier(node['object'], object) && isIdentifier(node['property'], property);

/** The words of a string or template literal; a template's expressions become `{}`. */
export function literalText(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type === 'TemplateLiteral') {
    return (node['quasis'] as { value: { cooked: string } }[]).map((q) => q.value.cooked).join('{}');
  }
  if (node.type === 'BinaryExpression' && node['operator'] === '+') {
    const left = literalText(node['left']);
    const right = literalText(node['right']);
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}
