import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addImport, addToConstant, addToFirstArgument } from './edit-source.ts';

/** The files of a checkout, as the generators read and write them; what was written is told at the end. */
export class Project {
  readonly root: string;
  readonly written: string[] = [];
  constructor(root: string) {
    this.root = root;
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  /** Writes a new file; one that exists is somebody's work. */
  make(path: string, content: string): void {
    if (this.has(path)) throw new Error(`${path} exists already`);
    this.write(path, content);
  }

  edit(path: string, change: (source: string) => string): void {
    this.write(path, change(this.read(path)));
  }

  /** The next number no migration has, four digits. */
  nextMigration(): string {
    const modules = join(this.root, 'src/modules');
    const folders = [join(this.root, 'src/kernel/db/migrations'), ...readdirSync(modules).map((m) => join(modules, m, 'db'))].filter(
      existsSync,
    );
    const taken = folders
      .flatMap((f) => readdirSync(f))
      .map((name) => Number.parseInt(name, 10))
      .filter((n) => !Number.isNaN(n));
    return String(Math.max(0, ...taken) + 1).padStart(4, '0');
  }

  /** Puts a module's manifest or server into the application's list of its type, wherever in `src/apps` that list stands. */
  register(type: 'ModuleManifest' | 'ModuleServer', item: string, from: string): boolean {
    for (const name of readdirSync(join(this.root, 'src/apps')).filter((n) => n.endsWith('.ts') && !n.endsWith('.test.ts'))) {
      const path = `src/apps/${name}`;
      const source = this.read(path);
      const ofType = new RegExp(`\\b${type}\\[\\]`);
      const listed = addToConstant(source, (_, annotation) => ofType.test(annotation), item);
      const changed = listed ?? (type === 'ModuleServer' ? addToFirstArgument(source, 'buildProduct', item) : undefined);
      if (changed === undefined) continue;
      this.write(path, addImport(changed, `import { ${item} } from '#modules/${from}';`));
      return true;
    }
    return false;
  }

  private write(path: string, content: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
    if (!this.written.includes(path)) this.written.push(path);
  }
}
