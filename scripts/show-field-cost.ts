import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryCopy } from './generate/copy.ts';
import { addField, makeSample, proof, sample } from './generate/field-cost.ts';
import { Project } from './generate/project.ts';

const copy = temporaryCopy(process.cwd());
try {
  const project = new Project(copy.root);
  makeSample(project);
  const folder = readdirSync(join(copy.root, sample.folder));
  console.log(
    `A document kind lives in one folder, ${sample.folder}, with ${folder.length} files:\n${folder.map((f) => `  ${f}`).join('\n')}\n`,
  );
  const touched = addField(project);
  console.log(`Adding a field touched ${touched.length} files:\n${touched.map((f) => `  ${f}`).join('\n')}\n\nWith nothing else changed:`);
  writeFileSync(join(copy.root, sample.folder, 'carrier.test.ts'), proof);
  const run = spawnSync(join(copy.root, 'node_modules/.bin/vitest'), ['run', sample.folder, '--reporter=verbose'], {
    cwd: copy.root,
    stdio: 'inherit',
  });
  process.exitCode = run.status ?? 1;
} finally {
  copy.remove();
}
