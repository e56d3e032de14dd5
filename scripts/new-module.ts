import { parseArgs } from 'node:util';
import { newModule } from './generate/module.ts';
import { Project } from './generate/project.ts';
import { finish } from './generate/report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    zh: { type: 'string' },
    en: { type: 'string' },
    level: { type: 'string', default: '3' },
    'depends-on': { type: 'string', default: 'organisation' },
    icon: { type: 'string', default: 'file' },
  },
});
const [name] = positionals;
if (name === undefined || values.zh === undefined || values.en === undefined) {
  console.error(
    'npm run new-module -- <name> --zh <中文名> --en <English name> [--level 3] [--depends-on organisation,party] [--icon file]',
  );
  process.exit(2);
}
try {
  const project = new Project(process.cwd());
  newModule(project, {
    name,
    zh: values.zh,
    en: values.en,
    level: Number(values.level),
    dependsOn: values['depends-on'].split(',').filter(Boolean),
    icon: values.icon,
  });
  finish(project, [
    `npm run new-document -- ${name} <kind> --zh <中文名> --en <English name>`,
    `fill in src/modules/${name}/README.md`,
    'npm run check -- --only schema,contract,map,glossary --write',
  ]);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
