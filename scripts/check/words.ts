import type { Guard, Violation } from './guard.ts';
import { isCode } from './source-tree.ts';

/** Talk that belongs to the making, not to the product, and where it would mislead a reader. */
const banned: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /\b(TODO|FIXME|XXX|HACK)\b/, what: 'a promise instead of the work' },
  { pattern: /\bissues? #?\d+\b|(?<=[\s(])#\d{1,4}(?=[\s).,:;]|$)/i, what: 'a ticket number' },
  {
    pattern: /\b(last|previous|earlier|next) session\b(?! (of|cookie|id|is|was|ends|expires|token))/i,
    what: 'talk about working sessions',
  },
  {
    pattern: /\b(chatgpt|claude|anthropic|copilot|language model|as instructed|the prompt|the brief)\b/i,
    what: 'talk about how it was made',
  },
  { pattern: /\b(for now|temporary hack|quick fix|will be (done|added) later|not implemented yet)\b/i, what: 'an excuse' },
];

const read = /\.(ts|tsx|mjs|sql|md|json|css|html|yml|yaml)$/;
const own = /^scripts\/check\/(words|guards\.test)\.ts$|^package-lock\.json$/;

export const words: Guard = {
  name: 'words',
  why: 'The project speaks only of itself: promises, tickets and stories of its making rot and mislead the next reader.',
  run: (tree) => {
    const found: Violation[] = [];
    for (const file of tree.files.filter((f) => (isCode(f) || read.test(f)) && !own.test(f))) {
      tree
        .read(file)
        .split('\n')
        .forEach((l, i) => {
          for (const { pattern, what } of banned) {
            const hit = pattern.exec(l);
            if (hit) found.push({ file, line: i + 1, message: `"${hit[0]}" is ${what}` });
          }
        });
    }
    return found;
  },
};
