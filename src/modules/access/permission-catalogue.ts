import { covers } from '#kernel/access/actor.ts';
import { actionPermission, sensitivityPermission, viewPermission } from '#kernel/access/permission.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import type { ModuleManifest } from '#kernel/module.ts';

/** One permission as people read it: what it is about and what it allows. */
export interface CataloguedPermission {
  readonly module: string;
  readonly name: string;
  readonly group: LocalText;
  readonly label: LocalText;
}

const viewLabel = text('查看、检索、导出、打印', 'See, search, export, print');

function ofModule(m: ModuleManifest): CataloguedPermission[] {
  const module = m.name;
  const derived = m.definitions.flatMap((d) => [
    { module, name: viewPermission(d), group: d.label, label: viewLabel },
    ...Object.entries(d.actions).map(([name, action]) => ({
      module,
      name: actionPermission(d, name),
      group: d.label,
      label: action.label,
    })),
  ]);
  const sensitive = m.sensitivities.flatMap((s) => [
    { module, name: sensitivityPermission(s.name, 'full'), group: s.label, label: text('完整可见', 'See in full') },
    { module, name: sensitivityPermission(s.name, 'masked'), group: s.label, label: text('部分遮盖可见', 'See masked') },
  ]);
  return [...derived, ...m.permissions.map((p) => ({ module, name: p.name, group: m.label, label: p.label })), ...sensitive];
}

/** Every permission of the product, once each, from the manifests of its modules. */
export function permissionCatalogue(manifests: readonly ModuleManifest[]): CataloguedPermission[] {
  const seen = new Set<string>();
  return manifests.flatMap(ofModule).filter((p) => !seen.has(p.name) && seen.add(p.name));
}

/** Whether a role may hold this name: a permission there is, a wildcard such as `finance.*`, or every view there is and will be. */
export const isGrantable = (name: string, known: ReadonlySet<string>): boolean =>
  known.has(name) || name === '*' || name === '*.view' || /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*\.\*$/.test(name);

/** Permissions of the catalogue that a list of granted names covers. */
export const coveredBy = (granted: readonly string[], catalogue: readonly CataloguedPermission[]): string[] =>
  catalogue.filter((p) => granted.some((g) => covers(g, p.name))).map((p) => p.name);

/**
 * The list to store for a role that shall hold exactly these permissions: a wildcard it had stays while it covers nothing else, so that
 * what the module brings later is held too; the rest is named one by one.
 */
export function regrant(
  granted: readonly string[],
  wanted: ReadonlySet<string>,
  catalogue: readonly Pick<CataloguedPermission, 'name'>[],
): string[] {
  const kept = granted.filter((g) => {
    const covered = catalogue.filter((p) => covers(g, p.name));
    return covered.length > 0 && covered.every((p) => wanted.has(p.name));
  });
  return [...kept, ...[...wanted].filter((name) => !kept.some((g) => covers(g, name))).toSorted()];
}
