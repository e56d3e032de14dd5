import { sql, type Tx } from '../db/database.server.ts';
import type { AssembledItem, OpenReference } from './assemble.ts';
import { importRefusals } from './refusals.ts';

interface Found {
  readonly kind: string;
  readonly wanted: string;
  readonly ids: readonly string[];
}

const keyOf = (kind: string, wanted: string): string => `${kind} ${wanted}`;

async function byNumber(tx: Tx, kinds: readonly string[], texts: readonly string[], entityId: string | null): Promise<Found[]> {
  return tx.query<Found>(sql`
    select w.kind, w.wanted, array_agg(d.id) as ids
    from unnest(${kinds}::text[], ${texts}::text[]) as w(kind, wanted)
    join kernel.directory d on d.kind = w.kind and (upper(d.number) = upper(w.wanted) or d.id = w.wanted)
      and (d.entity_id is null or ${entityId}::text is null or d.entity_id = ${entityId})
    group by 1, 2`);
}

/** Names in either language; the trigram index narrows before the exact comparison. */
async function byTitle(tx: Tx, kinds: readonly string[], texts: readonly string[], entityId: string | null): Promise<Found[]> {
  return tx.query<Found>(sql`
    select w.kind, w.wanted, array_agg(d.id) as ids
    from unnest(${kinds}::text[], ${texts}::text[]) as w(kind, wanted)
    join kernel.directory d on d.kind = w.kind and d.search_text like '%' || replace(replace(lower(w.wanted), '\\', '\\\\'), '%', '\\%') || '%'
      and (d.title_zh = w.wanted or d.title_en = w.wanted) and d.state <> 'inactive'
      and (d.entity_id is null or ${entityId}::text is null or d.entity_id = ${entityId})
    group by 1, 2`);
}

function apply(item: AssembledItem, reference: OpenReference, found: Found | undefined): void {
  const label = reference.label;
  const { place, refusalTarget } = reference;
  if (!found) {
    item.errors.push({ ...place, refusal: importRefusals.referenceNotFound({ label, value: reference.text }, refusalTarget) });
  } else if (found.ids.length > 1) {
    const refusal = importRefusals.referenceAmbiguous({ label, value: reference.text, count: found.ids.length }, refusalTarget);
    item.errors.push({ ...place, refusal });
  } else reference.fill(found.ids[0] as string);
}

/** Looks up every open reference of these items by number, id or unique name: two statements, whatever their number. */
export async function resolveReferences(tx: Tx, items: readonly AssembledItem[], entityId: string | null): Promise<void> {
  const wanted = new Map<string, OpenReference>();
  for (const item of items) for (const r of item.references) wanted.set(keyOf(r.target, r.text), r);
  if (wanted.size === 0) return;
  const found = new Map<string, Found>();
  const all = [...wanted.values()];
  for (const f of await byNumber(
    tx,
    all.map((r) => r.target),
    all.map((r) => r.text),
    entityId,
  ))
    found.set(keyOf(f.kind, f.wanted), f);
  const left = all.filter((r) => !found.has(keyOf(r.target, r.text)));
  if (left.length > 0) {
    for (const f of await byTitle(
      tx,
      left.map((r) => r.target),
      left.map((r) => r.text),
      entityId,
    ))
      found.set(keyOf(f.kind, f.wanted), f);
  }
  for (const item of items) for (const r of item.references) apply(item, r, found.get(keyOf(r.target, r.text)));
}

/** Ids of existing records by code. */
export async function recordsByCode(tx: Tx, kind: string, codes: readonly string[], entityId: string | null): Promise<Map<string, string>> {
  const rows = await tx.query<{ number: string; id: string }>(sql`
    select number, id from kernel.directory
    where kind = ${kind} and upper(number) = any(${codes.map((c) => c.toUpperCase())}::text[]) and number = any(${codes}::text[])
      and entity_id is not distinct from ${entityId}`);
  return new Map(rows.map((r) => [r.number, r.id]));
}
