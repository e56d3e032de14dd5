import { parseArgs } from 'node:util';
import { newDocument } from './generate/document.ts';
import { Project } from './generate/project.ts';
import { finish } from './generate/report.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { zh: { type: 'string' }, en: { type: 'string' } } });
const [module, kind] = positionals;
if (module === undefined || kind === undefined || values.zh === undefined || values.en === undefined) {
  console.error('npm run new-document -- <module> <kind> --zh <中文名> --en <English name>');
  process.exit(2);
}
try {
  const project = new Project(process.cwd());
  newDocument(project, { module, kind, zh: values.zh, en: values.en });
  finish(project, [
    `npx vitest run src/modules/${module}/${kind}`,
    `change src/modules/${module}/${kind}/${kind}.ts and its migration to what the document really holds`,
    'npm run check -- --only schema,contract,map,glossary --write',
  ]);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
