import { parseArgs } from 'node:util';
import { contract } from './check/contract.ts';
import { coverage } from './check/coverage.ts';
import { cycles } from './check/cycles.ts';
import { deadCode } from './check/dead-code.ts';
import { decisions } from './check/decisions.ts';
import { format } from './check/format.ts';
import { glossary } from './check/glossary.ts';
import { place, type Guard, type GuardOptions, type Violation } from './check/guard.ts';
import { invariants } from './check/invariants.ts';
import { languages } from './check/languages.ts';
import { licences } from './check/licences.ts';
import { lint } from './check/lint.ts';
import { map } from './check/map.ts';
import { migrations } from './check/migrations.ts';
import { publishable } from './check/publishable.ts';
import { schema } from './check/schema.ts';
import { treeOnDisk, type SourceTree } from './check/source-tree.ts';
import { tidy } from './check/tidy.ts';
import { types } from './check/types.ts';
import { walls } from './check/walls.ts';
import { words } from './check/words.ts';

const guards: readonly Guard[] = [
  walls,
  cycles,
  tidy,
  words,
  languages,
  publishable,
  migrations,
  licences,
  decisions,
  glossary,
  map,
  contract,
  coverage,
  format,
  types,
  lint,
  deadCode,
  schema,
  invariants,
];
const SHOWN_MAX = 40;

interface Verdict {
  readonly guard: Guard;
  readonly violations: readonly Violation[];
  readonly seconds: number;
}

async function hold(guard: Guard, tree: SourceTree, options: GuardOptions): Promise<Verdict> {
  const started = performance.now();
  const violations = await Promise.resolve()
    .then(() => guard.run(tree, options))
    .catch((error: unknown) => [
      { file: guard.name, message: `could not be checked: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` },
    ]);
  const verdict = { guard, violations, seconds: (performance.now() - started) / 1000 };
  report(verdict);
  return verdict;
}

function report({ guard, violations, seconds }: Verdict): void {
  const took = `${seconds.toFixed(1)} s`;
  if (violations.length === 0) return console.log(`✓ ${guard.name.padEnd(12)} ${took}`);
  console.log(`\n✗ ${guard.name.padEnd(12)} ${took}, ${violations.length} found\n  why: ${guard.why}`);
  for (const v of violations.slice(0, SHOWN_MAX)) console.log(`  ${place(v)}  ${v.message}`);
  if (violations.length > SHOWN_MAX) console.log(`  … and ${violations.length - SHOWN_MAX} more`);
  console.log('');
}

/** Light guards share one thread anyway; heavy ones are processes, two at a time on two cores. */
async function holdAll(chosen: readonly Guard[], tree: SourceTree, options: GuardOptions): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const heavy = chosen.filter((g) => g.isHeavy);
  const lane = async (): Promise<void> => {
    for (let next = heavy.shift(); next !== undefined; next = heavy.shift()) verdicts.push(await hold(next, tree, options));
  };
  const lanes = [lane(), lane()];
  for (const guard of chosen.filter((g) => !g.isHeavy)) verdicts.push(await hold(guard, tree, options));
  await Promise.all(lanes);
  return verdicts;
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, write: { type: 'boolean', default: false }, list: { type: 'boolean', default: false } },
});
if (values.list) {
  for (const g of guards) console.log(`${g.name.padEnd(12)} ${g.why}`);
  process.exit(0);
}
const only = values.only?.split(',');
const unknown = only?.filter((name) => !guards.some((g) => g.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(`no guard is called ${unknown.join(', ')}; there are ${guards.map((g) => g.name).join(', ')}`);
  process.exit(2);
}
const started = performance.now();
const verdicts = await holdAll(
  guards.filter((g) => only?.includes(g.name) ?? true),
  treeOnDisk(process.cwd()),
  { isWriting: values.write },
);
const failed = verdicts.filter((v) => v.violations.length > 0);
console.log(
  `${failed.length === 0 ? 'All' : `${failed.length} of`} ${verdicts.length} guards ${failed.length === 0 ? 'hold' : 'failed'}, ${((performance.now() - started) / 1000).toFixed(0)} s`,
);
process.exit(failed.length === 0 ? 0 : 1);
