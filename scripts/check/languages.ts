import type { Guard, Violation } from './guard.ts';
import { isCode, isTest, type SourceTree } from './source-tree.ts';
import { isIdentifier, literalText, walk, type Node } from './syntax.ts';

const cjk = /[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]/;
const placeholders = (sentence: string): string => [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort().join(' ');

/** What is wrong with one sentence in two languages, or nothing. */
export function judgeText(zh: string, en: string): string | undefined {
  // Nothing said is the same in every language.
  if (zh === '' && en === '') return undefined;
  if (zh.trim() === '' || en.trim() === '') return `one language is empty: “${zh}” / “${en}”`;
  // A language is offered in its own words, whatever the reader's language.
  if (zh === en && /^(切换为)?中(文)?$/.test(zh)) return undefined;
  if (cjk.test(en)) return `the English has Chinese characters in it: “${en}”`;
  if (!cjk.test(zh) && zh !== en && /[A-Za-z]{2}/.test(zh.replace(/\{\w+\}/g, '')))
    return `the Chinese is not Chinese: “${zh}” (identical only for codes and names)`;
  if (!cjk.test(zh) && zh === en && /[a-z]+ [a-z]+/.test(en)) return `the Chinese is English: “${zh}”`;
  if (placeholders(zh) !== placeholders(en)) return `different {places}: “${zh}” / “${en}”`;
  return undefined;
}

const property = (node: Node, name: string): unknown =>
  (node['properties'] as Node[]).find((p) => p.type === 'Property' && isIdentifier(p['key'], name))?.['value'];

/** Both languages where a node is `text('…', '…')` or `{ zh: '…', en: '…' }` with literal words. */
function sentenceOf(node: Node): readonly [string, string] | undefined {
  let pair: readonly [unknown, unknown] | undefined;
  if (node.type === 'CallExpression' && isIdentifier(node['callee'], 'text')) pair = node['arguments'] as [unknown, unknown];
  else if (node.type === 'ObjectExpression') pair = [property(node, 'zh'), property(node, 'en')];
  const zh = literalText(pair?.[0]);
  const en = literalText(pair?.[1]);
  return zh === undefined || en === undefined ? undefined : [zh, en];
}

const spokenAttributes = new Set(['title', 'label', 'placeholder', 'aria-label', 'alt', 'description', 'okText', 'cancelText', 'tooltip']);
const names = /^(MedTrade|zh|en|API|JSON|XLSX|CSV|OpenAPI|URL|ID|PDF|UDI|GTIN|ME|中|中文)$/;
const isSpoken = (words: string): boolean =>
  (/[A-Za-z]{3}/.test(words) || cjk.test(words)) && !names.test(words.trim()) && !/^\/\S*$/.test(words.trim());

/** Words put straight into a page, in one language only. */
function bareWords(node: Node): string | undefined {
  if (node.type === 'JSXText' && isSpoken(String(node['value']))) return String(node['value']).trim();
  if (node.type !== 'JSXAttribute') return undefined;
  const name = (node['name'] as Node)['name'];
  const words = literalText(node['value']);
  return typeof name === 'string' && spokenAttributes.has(name) && words !== undefined && isSpoken(words) ? words : undefined;
}

function inFile(tree: SourceTree, file: string): Violation[] {
  const found: Violation[] = [];
  walk(tree.parse(file).program, (node) => {
    const sentence = sentenceOf(node);
    const fault = sentence && judgeText(...sentence);
    if (fault) found.push({ file, line: tree.lineAt(file, node.start), message: fault });
    const bare = file.endsWith('.tsx') ? bareWords(node) : undefined;
    if (bare)
      found.push({ file, line: tree.lineAt(file, node.start), message: `“${bare.slice(0, 60)}” is in one language only: text('…', '…')` });
  });
  return found;
}

export const languages: Guard = {
  name: 'languages',
  why: 'Half the users read only the other language; a missing or unequal sentence is a wrong instruction to them.',
  run: (tree) => tree.files.filter((f) => f.startsWith('src/') && isCode(f) && !isTest(f)).flatMap((f) => inFile(tree, f)),
};
