import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, type ParseResult } from 'oxc-parser';

/** One import or re-export of a file. */
export interface ImportOf {
  readonly specifier: string;
  readonly line: number;
}

/** The files that belong to the product, read once and parsed once. */
export interface SourceTree {
  readonly root: string;
  readonly files: readonly string[];
  read(path: string): string;
  has(path: string): boolean;
  parse(path: string): ParseResult;
  imports(path: string): readonly ImportOf[];
  /** 1-based line of an offset. */
  lineAt(path: string, offset: number): number;
}

const memo = <T>(make: (key: string) => T): ((key: string) => T) => {
  const known = new Map<string, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key) as T;
  };
};

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

function importsOf(source: string, parsed: ParseResult, starts: readonly number[]): ImportOf[] {
  const found: ImportOf[] = [];
  const add = (specifier: string, offset: number): number => found.push({ specifier, line: lineOf(starts, offset) });
  for (const i of parsed.module.staticImports) add(i.moduleRequest.value, i.start);
  for (const e of parsed.module.staticExports) {
    for (const specifier of new Set(e.entries.flatMap((x) => x.moduleRequest?.value ?? []))) add(specifier, e.start);
  }
  for (const d of parsed.module.dynamicImports) {
    const literal = /^(['"`])([^'"`$]+)\1$/.exec(source.slice(d.moduleRequest.start, d.moduleRequest.end));
    if (literal) add(literal[2] as string, d.start);
  }
  return found;
}

/** A tree over any way of reading; tests give one in memory. */
export function sourceTree(root: string, files: readonly string[], readRaw: (path: string) => string): SourceTree {
  const all = new Set(files);
  const read = memo(readRaw);
  const parse = memo((path) => parseSync(path, read(path)));
  const starts = memo((path) => lineStarts(read(path)));
  return {
    root,
    files: [...files].sort(),
    read,
    parse,
    has: (path) => all.has(path),
    imports: memo((path) => importsOf(read(path), parse(path), starts(path))),
    lineAt: (path, offset) => lineOf(starts(path), offset),
  };
}

/** Tracked files and new ones that are not ignored. */
export function treeOnDisk(root: string): SourceTree {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  const files = [...new Set(listed.split('\0'))].filter((f) => f !== '' && existsSync(join(root, f)));
  return sourceTree(root, files, (path) => readFileSync(join(root, path), 'utf8'));
}

export const treeInMemory = (files: Readonly<Record<string, string>>): SourceTree =>
  sourceTree('', Object.keys(files), (path) => files[path] ?? '');

export const isCode = (path: string): boolean => /\.(ts|tsx)$/.test(path) && !path.endsWith('.d.ts');
export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || /(^|\/)test\//.test(path);
/** Runs everywhere: no Node, no DOM, no clock, no chance. */
export const isPlain = (path: string): boolean =>
  path.startsWith('src/') &&
  /\.ts$/.test(path) &&
  !/\.(server|web|test)\.ts$/.test(path) &&
  !isTest(path) &&
  !/^src\/apps\/(server|worker)\.ts$/.test(path);
