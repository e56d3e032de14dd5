import { actionPermission, sensitivityPermission, viewPermission } from '#kernel/access/permission.ts';
import { commandRefusals } from '#kernel/command/refusals.ts';
import type { RefusalDefinition } from '#kernel/command/refusal.ts';
import type { ActionDefinition, AnyDefinition, LineSet, StateDefinition } from '#kernel/document/definition.ts';
import type { Field, Fields } from '#kernel/document/field.ts';
import { collectionPath } from '#kernel/http/document-operations.ts';
import { allOperations } from '#kernel/http/openapi.ts';
import type { Operation } from '#kernel/http/operation.ts';
import { httpRefusals } from '#kernel/http/refusals.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import type { ModuleManifest } from '#kernel/module.ts';
import type { ActionEntry, Dictionary, FieldEntry, KindEntry } from './operations.ts';

/** What the dictionary is written from; jobs and gates are known to the server side of modules only. */
export interface DictionarySource {
  readonly modules: readonly ModuleManifest[];
  /** Operations of the kernel itself. */
  readonly more: readonly Operation[];
  readonly jobs: readonly { readonly name: string; readonly module: string; readonly cron?: string | undefined }[];
  readonly gates: readonly { readonly name: string; readonly on: string }[];
}

const KERNEL = 'kernel';

const fieldEntry = ([name, f]: [string, Field]): FieldEntry => ({
  name,
  kind: f.kind,
  label: f.label,
  help: f.help ?? null,
  isOptional: f.isOptional,
  isDerived: f.isDerived,
  target: f.target ?? null,
  sensitivity: f.sensitivity ?? null,
  max: f.max ?? null,
  scale: f.scale ?? null,
  options: Object.entries(f.options ?? {}).map(([value, label]) => ({ value, label })),
});

const fieldEntries = (fields: Fields): FieldEntry[] => Object.entries(fields).map(fieldEntry);

const actionEntry = (d: AnyDefinition, name: string, a: ActionDefinition, gates: DictionarySource['gates']): ActionEntry => ({
  name,
  label: a.label,
  from: [...a.from],
  to: a.to,
  permission: actionPermission(d, name),
  isPrimary: a.isPrimary ?? false,
  isDangerous: a.isDangerous ?? false,
  editsContent: a.editsContent ?? false,
  reason: a.reason ?? null,
  signature: a.signature?.meaning ?? null,
  canNeedApproval: a.approval !== undefined,
  pending: a.approval?.pending ?? null,
  notBy: [...(a.notBy ?? [])],
  posts: a.post !== undefined || a.reverses !== undefined,
  reverses: a.reverses ?? null,
  input: fieldEntries(a.input ?? {}),
  gates: gates.filter((g) => g.on === `${d.kind}.${name}`).map((g) => g.name),
});

function kindEntry(d: AnyDefinition, gates: DictionarySource['gates']): KindEntry {
  const actions = Object.entries(d.actions as Record<string, ActionDefinition>);
  const { pattern, isGapless, restarts, takenBy } = d.numbering ?? { pattern: '', isGapless: false, restarts: '', takenBy: '' };
  return {
    kind: d.kind,
    nature: d.nature,
    module: d.module,
    label: d.label,
    pluralLabel: d.pluralLabel,
    table: d.table,
    idPrefix: d.idPrefix,
    path: `/api${collectionPath(d)}`,
    isEntityScoped: d.isEntityScoped,
    numbering: d.numbering ? { pattern, isGapless, restarts, takenBy } : null,
    states: Object.entries(d.states as Record<string, StateDefinition>).map(([name, s]) => ({ name, label: s.label, tone: s.tone })),
    fields: fieldEntries(d.header as Fields),
    lines: Object.entries(d.lines as Record<string, LineSet>).map(([name, set]) => ({
      name,
      label: set.label,
      min: set.min,
      max: set.max,
      fields: fieldEntries(set.fields),
    })),
    actions: actions.map(([name, a]) => actionEntry(d, name, a, gates)),
  };
}

const both = (left: LocalText, right: LocalText): LocalText => text(`${left.zh}：${right.zh}`, `${left.en}: ${right.en.toLowerCase()}`);

function derivedPermissions(d: AnyDefinition): { name: string; label: LocalText }[] {
  const actions = Object.entries(d.actions as Record<string, ActionDefinition>);
  return [
    { name: viewPermission(d), label: both(d.label, text('查看', 'View')) },
    ...actions.map(([name, a]) => ({ name: actionPermission(d, name), label: both(d.label, a.label) })),
  ];
}

/** Every permission there is: derived from kinds, from classes of sensitive values, and declared; each once. */
function permissions(modules: readonly ModuleManifest[]): Dictionary['permissions'] {
  const found = new Map<string, Dictionary['permissions'][number]>();
  for (const m of modules) {
    const sensitive = m.sensitivities.flatMap((s) => [
      { name: sensitivityPermission(s.name, 'full'), label: both(s.label, text('完整可见', 'Seen fully')) },
      { name: sensitivityPermission(s.name, 'masked'), label: both(s.label, text('脱敏可见', 'Seen masked')) },
    ]);
    for (const { name, label } of [...m.permissions, ...m.definitions.flatMap(derivedPermissions), ...sensitive]) {
      if (!found.has(name)) found.set(name, { name, label, module: m.name });
    }
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const refusalEntry = (module: string, r: RefusalDefinition<any>): Dictionary['refusals'][number] => ({
  code: r.code,
  module,
  rule: r.rule ?? null,
  status: r.status,
  text: r.text,
  wayOut: r.wayOut,
});

function refusals(modules: readonly ModuleManifest[]): Dictionary['refusals'] {
  const ofKernel = [...Object.values(commandRefusals), ...Object.values(httpRefusals)].map((r) => refusalEntry(KERNEL, r));
  const all = [...ofKernel, ...modules.flatMap((m) => m.refusals.map((r) => refusalEntry(m.name, r)))];
  return [...new Map(all.map((r) => [r.code, r])).values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** The whole product in words and names, from the definitions it runs on. */
export function describeProduct({ modules, more, jobs, gates }: DictionarySource): Dictionary {
  return {
    modules: modules.map((m) => ({ name: m.name, label: m.label, dependsOn: [...m.dependsOn] })),
    kinds: modules.flatMap((m) => m.definitions.map((d) => kindEntry(d, gates))),
    permissions: permissions(modules),
    conflicts: modules.flatMap((m) => m.conflicts.map((c) => ({ permissions: [...c.permissions], reason: c.reason }))),
    refusals: refusals(modules),
    sensitivities: modules.flatMap((m) => m.sensitivities.map((s) => ({ ...s, module: m.name }))),
    jobs: jobs.map((j) => ({ name: j.name, module: j.module, cron: j.cron ?? null })),
    operations: allOperations({ modules, more }).map((o) => ({
      id: o.id,
      method: o.method,
      path: `/api${o.path}`,
      tag: o.tag,
      summary: o.summary,
      access: typeof o.access === 'string' ? o.access : o.access.permission,
    })),
  };
}
