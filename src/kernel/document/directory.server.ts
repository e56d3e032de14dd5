import { sql } from '../db/sql.server.ts';
import type { Tx } from '../db/database.server.ts';
import { commandRefusals } from '../command/refusals.ts';
import type { Refusal } from '../command/refusal.ts';
import type { LocalText } from '../i18n/text.ts';
import { referencesOf } from './content.ts';
import type { AnyDefinition } from './definition.ts';

/** The readable name of a thing. */
export interface Title {
  readonly kind: string;
  readonly number: string | null;
  readonly title: LocalText;
}

const lower = (value: unknown): string => (value === null || value === undefined ? '' : String(value).toLowerCase());

/** Writes the directory rows of documents: their names for references, global search and related things. */
export async function upsertDirectory(tx: Tx, d: AnyDefinition, docs: readonly any[], at: string): Promise<void> {
  const rows = docs.map((doc) => {
    const title = d.title(doc) as LocalText;
    const words = [doc.number, title.zh, title.en, ...d.list.search.map((name: string) => doc[name])];
    return {
      id: doc.id,
      entity_id: doc.entityId,
      number: doc.number,
      title_zh: title.zh,
      title_en: title.en,
      state: doc.state,
      search_text: [...new Set(words.map(lower).filter(Boolean))].join(' '),
      created_by: doc.createdBy,
      occurred_on: d.occurredOnField ? doc[d.occurredOnField] : null,
    };
  });
  await tx.query(sql`
    insert into kernel.directory (id, kind, entity_id, number, title_zh, title_en, state, search_text, created_by, occurred_on, updated_at)
    select id, ${d.kind}, entity_id, number, title_zh, title_en, state, search_text, created_by, occurred_on, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, entity_id text, number text, title_zh text, title_en text,
      state text, search_text text, created_by text, occurred_on date)
    on conflict (id) do update set number = excluded.number, title_zh = excluded.title_zh, title_en = excluded.title_en,
      state = excluded.state, search_text = excluded.search_text, occurred_on = excluded.occurred_on, updated_at = excluded.updated_at`);
}

/** Rewrites what a document refers to (document-to-document and document-to-record), for related things in both directions. */
export async function writeRelations(tx: Tx, d: AnyDefinition, docs: readonly any[], isNew: boolean): Promise<void> {
  const rows = docs.flatMap((doc) => {
    const seen = new Map<string, { from_id: string; to_id: string; role: string }>();
    for (const ref of referencesOf(d, doc)) {
      const role = ref.lines ? `${ref.lines}.${ref.name}` : ref.name;
      seen.set(`${ref.id} ${role}`, { from_id: doc.id, to_id: ref.id, role });
    }
    return [...seen.values()];
  });
  if (!isNew) await tx.query(sql`delete from kernel.relation where from_id = any(${docs.map((doc) => doc.id)}::text[])`);
  if (rows.length === 0) return;
  await tx.query(sql`insert into kernel.relation (from_id, to_id, role)
    select from_id, to_id, role from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(from_id text, to_id text, role text)
    on conflict do nothing`);
}

/** Names of things by id; ids outside the transaction's scope are left out. */
export async function titlesOf(tx: Tx, ids: Iterable<string | null | undefined>): Promise<Record<string, Title>> {
  const wanted = [...new Set([...ids].filter((id): id is string => Boolean(id)))];
  if (wanted.length === 0) return {};
  const rows = await tx.query(sql`select id, kind, number, title_zh, title_en from kernel.directory where id = any(${wanted}::text[])`);
  return Object.fromEntries(rows.map((r) => [r.id, { kind: r.kind, number: r.number, title: { zh: r.title_zh, en: r.title_en } }]));
}

/**
 * Refuses references to things that do not exist, are of another kind, lie outside the scope, or are inactive. References the
 * document already had (`before`) may be inactive by now.
 */
export async function checkReferences(tx: Tx, d: AnyDefinition, docs: readonly any[], before?: any): Promise<Refusal[]> {
  const references = docs.flatMap((doc) => referencesOf(d, doc));
  if (references.length === 0) return [];
  const had = new Set(before ? referencesOf(d, before).map((r) => r.id) : []);
  const ids = [...new Set(references.map((r) => r.id))];
  const rows = await tx.query(sql`select id, kind, state, title_zh, title_en from kernel.directory where id = any(${ids}::text[])`);
  const known = new Map(rows.map((row) => [row.id, row]));
  const refusals: Refusal[] = [];
  for (const ref of references) {
    const row = known.get(ref.id);
    const target = { field: ref.name, lines: ref.lines, line: ref.line };
    if (!row || row.kind !== ref.field.target) {
      refusals.push(commandRefusals.unknownReference({ label: ref.field.label, id: ref.id }, target));
    } else if (row.state === 'inactive' && !had.has(ref.id)) {
      const name = { zh: row.title_zh, en: row.title_en };
      refusals.push(
        commandRefusals.inactiveReference({ label: ref.field.label, name }, { ...target, link: { kind: row.kind, id: ref.id } }),
      );
    }
  }
  return refusals;
}
