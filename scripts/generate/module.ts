import { levels } from '../check/levels.ts';
import { addToRow } from './edit-source.ts';
import { camel, isKebab, quoted, snake } from './names.ts';
import type { Project } from './project.ts';

export interface NewModule {
  /** One lower-case word, the name of its folder and of its schema. */
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly level: number;
  readonly dependsOn: readonly string[];
  readonly icon: string;
}

const manifest = (m: NewModule): string => `import { text } from '#kernel/i18n/text.ts';
import { defineModule } from '#kernel/module.ts';

export const ${camel(m.name)}Module = defineModule({
  name: ${quoted(m.name)},
  label: text(${quoted(m.zh)}, ${quoted(m.en)}),
  icon: ${quoted(m.icon)},
  dependsOn: [${m.dependsOn.map(quoted).join(', ')}],
  definitions: [],
  refusals: [],
  menu: [],
});
`;

const server = (m: NewModule): string => `import { implementModule } from '#kernel/module.server.ts';
import { ${camel(m.name)}Module } from './module.ts';

export const ${camel(m.name)}ModuleServer = implementModule(${camel(m.name)}Module, { definitions: [] });
`;

const migration = (m: NewModule): string => `-- ${m.en}: its own schema; tables come with its documents.

create schema ${snake(m.name)};
grant usage on schema ${snake(m.name)} to medtrade_app;
`;

const readme = (m: NewModule): string => `# ${m.name}

**Words.** What each word of this module means, in one sentence each; the same words stand in docs/glossary.md.

**Documents.** Which kinds there are and which states they go through.

**Must always hold.** The sentences the database or an invariant keeps.

**Never.** What would look easy here and be wrong.

**Neighbours.** ${m.dependsOn.length > 0 ? `Asks ${m.dependsOn.join(', ')} by their doors.` : 'Asks nobody.'}
`;

/** Makes a module: manifest, server side, schema, README, its place in the levels and in the application. */
export function newModule(project: Project, m: NewModule): void {
  if (!isKebab(m.name)) throw new Error(`“${m.name}” is not a name: lower case, words joined by hyphens`);
  if (m.level < 0 || m.level >= levels.length) throw new Error(`level ${m.level} does not exist: 0 to ${levels.length - 1}`);
  const folder = `src/modules/${m.name}`;
  const number = project.nextMigration();
  project.make(`${folder}/module.ts`, manifest(m));
  project.make(`${folder}/module.server.ts`, server(m));
  project.make(`${folder}/README.md`, readme(m));
  project.make(`${folder}/db/${number}-${m.name}.sql`, migration(m));
  if (!levels.flat().includes(m.name)) project.edit('scripts/check/levels.ts', (s) => addToRow(s, 'levels', m.level, quoted(m.name)));
  for (const [type, item, file] of [
    ['ModuleManifest', `${camel(m.name)}Module`, 'module.ts'],
    ['ModuleServer', `${camel(m.name)}ModuleServer`, 'module.server.ts'],
  ] as const) {
    if (!project.register(type, item, `${m.name}/${file}`)) throw new Error(`src/apps has no list of ${type} to put ${item} into`);
  }
}
