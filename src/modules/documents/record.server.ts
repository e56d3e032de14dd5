import { reaches, scopeOf } from '#kernel/access/actor.ts';
import type { Actor } from '#kernel/access/actor.ts';
import { viewPermission } from '#kernel/access/permission.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { sql, systemScope, type RowScope, type Tx } from '#kernel/db/database.server.ts';
import type { AnyDefinition } from '#kernel/document/definition.ts';
import { loadDoc } from '#kernel/document/store.server.ts';
import type { Context } from '#kernel/http/context.server.ts';
import type { LocalText } from '#kernel/i18n/text.ts';
import { documentsRefusals } from './refusals.ts';

/** What is asked of the product: the definition of a kind. */
export interface Kinds {
  definition(kind: string): AnyDefinition | undefined;
}

/** A record as the directory knows it. */
export interface KnownRecord {
  readonly id: string;
  readonly kind: string;
  readonly entityId: string | null;
  readonly number: string | null;
  readonly title: LocalText;
  readonly state: string;
  readonly createdBy: string;
  readonly definition: AnyDefinition;
}

interface DirectoryRow {
  readonly id: string;
  readonly kind: string;
  readonly entityId: string | null;
  readonly number: string | null;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly state: string;
  readonly createdBy: string;
}

const columns = sql`id, kind, entity_id as "entityId", number, title_zh as "titleZh", title_en as "titleEn", state, created_by as "createdBy"`;

const toRecord = (row: DirectoryRow, definition: AnyDefinition): KnownRecord => ({
  id: row.id,
  kind: row.kind,
  entityId: row.entityId,
  number: row.number,
  title: { zh: row.titleZh, en: row.titleEn },
  state: row.state,
  createdBy: row.createdBy,
  definition,
});

/** Whether the actor's view permission reaches this row; the warehouse, where the kind has one, is asked apart. */
function reachesRow(actor: Actor, d: AnyDefinition, row: { entityId: string | null; createdBy: string }): boolean {
  const scope = scopeOf(actor, viewPermission(d));
  return scope !== undefined && reaches(scope.entityIds, row.entityId) && (scope.ownOnlyFor === null || row.createdBy === scope.ownOnlyFor);
}

async function reachesWarehouse(tx: Tx, actor: Actor, record: KnownRecord): Promise<boolean> {
  const { warehouseField } = record.definition;
  const scope = scopeOf(actor, viewPermission(record.definition));
  if (!warehouseField || !scope || scope.warehouseIds === '*') return scope !== undefined;
  const doc = await loadDoc(tx, record.definition, record.id);
  return doc !== undefined && reaches(scope.warehouseIds, (doc[warehouseField] as string | null) ?? null);
}

/** The record, where the actor may see it: view permission of its kind, in its company, its warehouse, and own-only grants. */
export async function visibleRecord(tx: Tx, kinds: Kinds, actor: Actor, id: string): Promise<KnownRecord | undefined> {
  const row = await tx.maybe<DirectoryRow>(sql`select ${columns} from kernel.directory where id = ${id}`);
  const definition = row && kinds.definition(row.kind);
  if (!row || !definition || !reachesRow(actor, definition, row)) return undefined;
  const record = toRecord(row, definition);
  return (await reachesWarehouse(tx, actor, record)) ? record : undefined;
}

/** Those of these records the actor may see. Kinds limited by warehouse are asked one by one, all others at once. */
export async function visibleRecords(tx: Tx, kinds: Kinds, actor: Actor, ids: readonly string[]): Promise<Map<string, KnownRecord>> {
  const rows = await tx.query<DirectoryRow>(sql`select ${columns} from kernel.directory where id = any(${ids}::text[])`);
  const visible = new Map<string, KnownRecord>();
  for (const row of rows) {
    const definition = kinds.definition(row.kind);
    if (!definition || !reachesRow(actor, definition, row)) continue;
    const record = toRecord(row, definition);
    if (await reachesWarehouse(tx, actor, record)) visible.set(record.id, record);
  }
  return visible;
}

/** The record, or the refusal that does not tell whether it exists. */
export async function requireRecord(context: Context, kinds: Kinds, id: string): Promise<KnownRecord> {
  const found = await context.system.db.read(systemScope, (tx) => visibleRecord(tx, kinds, context.actor, id));
  return found ?? refuse(documentsRefusals.recordNotFound({}));
}

/** Rows of what hangs on a record: those of its company. */
export const scopeOfRecord = (context: Context, record: Pick<KnownRecord, 'entityId'>): RowScope => ({
  entityIds: record.entityId === null ? '*' : [record.entityId],
  userId: context.actor.id,
});
