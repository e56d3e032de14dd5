import { diffContent } from '#kernel/audit/diff.ts';
import { runCommand } from '#kernel/command/pipeline.server.ts';
import { type Refusal, RefusedError } from '#kernel/command/refusal.ts';
import { sql } from '#kernel/db/sql.server.ts';
import { systemScope, type Tx } from '#kernel/db/database.server.ts';
import { parseContent } from '#kernel/document/content.ts';
import { loadDocs } from '#kernel/document/store.server.ts';
import { fileBytes } from '#kernel/files/file.server.ts';
import type { Context, System } from '#kernel/http/context.server.ts';
import { refusalToWire } from '#kernel/http/problem.ts';
import { createMany } from '#kernel/import/create-many.server.ts';
import { contextOf, type ImportEngine } from '#kernel/import/engine.server.ts';
import { normalProduct } from '../product/product-check.ts';
import { product } from '../product/product.ts';
import { BATCH, changeImport, countItems, type DeviceImport, type DeviceItem, itemsBetween, loadImport } from './device-import.server.ts';
import type { DeviceRecord } from './device-record.ts';
import { changedProductContent, newProductContent, type ProductContent } from './product-content.ts';
import { readDeviceFile } from './read-device-file.server.ts';
import { deviceDataRefusals as refusals } from './refusals.ts';

type Progress = (done: number, total: number) => Promise<void>;

interface CheckRun {
  readonly engine: ImportEngine;
  readonly context: Context;
  readonly known: DeviceImport;
}

/** What the check finds out about one record. */
interface Finding {
  readonly item: number;
  productId: string | null;
  action: 'create' | 'change';
  state: 'ready' | 'refused' | 'unchanged';
  content: ProductContent | null;
  changes: readonly unknown[];
  openPoints: readonly string[];
  errors: Refusal[];
}

const labelOf = (record: DeviceRecord): string =>
  [record.nameZh ?? record.nameEn, record.specification ?? record.model].filter(Boolean).join(' · ') || record.di;

async function insertItems(tx: Tx, importId: string, records: readonly DeviceRecord[], from: number): Promise<void> {
  const rows = records.map((record, i) => ({
    item: from + i,
    source_row: record.row,
    record,
    di: record.di,
    label: labelOf(record),
    is_withdrawn: record.isWithdrawn,
  }));
  await tx.query(sql`
    insert into catalogue.device_import_item (import_id, item, source_row, record, di, label, action, state, is_withdrawn)
    select ${importId}, item, source_row, record, di, label, 'create', 'staged', is_withdrawn
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(item integer, source_row integer, record jsonb, di text, label text, is_withdrawn boolean)`);
}

/** Reads the file once and keeps its records; those without identifier are kept as refused. */
async function stage(run: CheckRun): Promise<void> {
  const {
    context: { system },
    known,
  } = run;
  const file = readDeviceFile(await fileBytes(system, { hash: known.fileHash, name: known.fileName }), known.fileName);
  const unreadable = file.unreadable.map((u, i) => ({ item: file.records.length + i + 1, source_row: u.row }));
  const errors = JSON.stringify([refusalToWire(refusals.noIdentifier({}))]);
  await system.db.write(systemScope, async (tx) => {
    for (let from = 0; from < file.records.length; from += 1000)
      await insertItems(tx, known.id, file.records.slice(from, from + 1000), from + 1);
    await tx.query(sql`
      insert into catalogue.device_import_item (import_id, item, source_row, label, action, state, errors)
      select ${known.id}, item, source_row, '—', 'create', 'refused', ${errors}::jsonb
      from jsonb_to_recordset(${JSON.stringify(unreadable)}::jsonb) as r(item integer, source_row integer)`);
    await changeImport(
      tx,
      known.id,
      { source: file.source, total: file.records.length + file.unreadable.length },
      system.clock.now().toISOString(),
    );
  });
}

interface Carrier {
  readonly di: string;
  readonly productId: string;
  readonly code: string;
}

/** Products that carry these identifiers at any package level, each once. */
const carriersOf = (tx: Tx, dis: readonly string[]): Promise<Carrier[]> =>
  tx.query<Carrier>(sql`
    select distinct l.di, p.id "productId", p.code from catalogue.product_packages l join catalogue.product p on p.id = l.document_id
    where l.di = any(${dis}::text[]) and p.state = 'active' order by l.di, p.code`);

/** Records of this file with the same identifier, and where each first stands. */
const repetitions = async (tx: Tx, importId: string): Promise<ReadonlyMap<number, number>> => {
  const rows = await tx.query<{ item: number; first: number }>(sql`
    select item, first from (
      select item, first_value(source_row) over same as first, row_number() over same as position
      from catalogue.device_import_item where import_id = ${importId} and record is not null window same as (partition by di order by item)) i
    where position > 1`);
  return new Map(rows.map((row) => [row.item, row.first]));
};

/** Only what a caller may send. */
function sendable(doc: any): ProductContent {
  const header = Object.fromEntries(Object.keys(product.header).map((name) => [name, doc[name]]));
  return { ...header, lines: doc.lines };
}

function findingOf(run: CheckRun, item: DeviceItem, before: ProductContent | null, productId: string | null): Finding {
  const record = item.record as DeviceRecord;
  const { options } = run.known;
  const content = before ? changedProductContent(before, record, options) : newProductContent(record, options);
  const finding: Finding = {
    item: item.item,
    productId,
    action: before ? 'change' : 'create',
    state: 'ready',
    content,
    changes: [],
    openPoints: (content['toComplete'] as readonly string[] | null) ?? [],
    errors: [],
  };
  const parsed = parseContent(product, content);
  if (parsed.refusals.length > 0) return { ...finding, state: 'refused', errors: [...parsed.refusals] };
  const normal = { ...parsed.content, ...normalProduct(parsed.content) };
  const changes = diffContent(before, normal, product);
  return { ...finding, content: parsed.content, changes, state: before && changes.length === 0 ? 'unchanged' : 'ready' };
}

const refused = (item: DeviceItem, errors: Refusal[]): Finding => ({
  item: item.item,
  productId: null,
  action: 'create',
  state: 'refused',
  content: null,
  changes: [],
  openPoints: [],
  errors,
});

async function compare(tx: Tx, run: CheckRun, items: readonly DeviceItem[], repeated: ReadonlyMap<number, number>): Promise<Finding[]> {
  const withRecord = items.filter((i): i is DeviceItem & { record: DeviceRecord } => i.record !== null);
  const carriers = new Map<string, Carrier[]>();
  for (const c of await carriersOf(
    tx,
    withRecord.map((i) => i.record.di),
  ))
    carriers.set(c.di, [...(carriers.get(c.di) ?? []), c]);
  const idOf = (i: DeviceItem & { record: DeviceRecord }): string | null => i.namedId ?? carriers.get(i.record.di)?.[0]?.productId ?? null;
  const ids = [...new Set(withRecord.map(idOf).filter((id) => id !== null))];
  const docs = new Map((ids.length > 0 ? await loadDocs(tx, product, ids) : []).map((doc) => [doc.id as string, doc]));
  return withRecord.map((item) => {
    const { di } = item.record;
    const first = repeated.get(item.item);
    if (first !== undefined) return refused(item, [refusals.repeatedRecord({ di, row: first })]);
    const found = carriers.get(di) ?? [];
    if (!item.namedId && found.length > 1) return refused(item, [refusals.ambiguous({ di, codes: found.map((c) => c.code).join('、') })]);
    const doc = docs.get(idOf(item) ?? '');
    return findingOf(run, item, doc ? sendable(doc) : null, doc ? (doc.id as string) : null);
  });
}

const refuseFinding = (finding: Finding, errors: readonly Refusal[]): void => {
  finding.state = 'refused';
  finding.errors.push(...errors);
};

/** Everything the pipeline would say, without writing. */
async function rehearse(run: CheckRun, findings: readonly Finding[]): Promise<void> {
  const { engine, context } = run;
  const creates = findings.filter((f) => f.state === 'ready' && f.action === 'create');
  if (creates.length > 0) {
    const outcomes = await createMany(engine.product, context, product, { dryRun: true, entityId: null })(
      creates.map((f) => f.content),
      '',
    );
    for (const [i, finding] of creates.entries()) if (outcomes[i]?.refusals.length) refuseFinding(finding, outcomes[i].refusals);
  }
  for (const finding of findings.filter((f) => f.state === 'ready' && f.action === 'change')) {
    try {
      await runCommand(engine.product, context, {
        definition: product,
        action: 'change',
        id: finding.productId ?? '',
        content: finding.content,
        envelope: { idempotencyKey: '', dryRun: true, reason: run.known.fileName },
      });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      refuseFinding(finding, error.refusals);
    }
  }
}

async function keep(tx: Tx, importId: string, findings: readonly Finding[]): Promise<void> {
  const rows = findings.map((f) => ({
    item: f.item,
    product_id: f.productId,
    action: f.action,
    state: f.state,
    content: f.state === 'ready' ? f.content : null,
    changes: f.action === 'change' ? f.changes : [],
    open_points: f.openPoints,
    errors: f.errors.slice(0, 20).map(refusalToWire),
  }));
  await tx.query(sql`
    update catalogue.device_import_item i set product_id = r.product_id, action = r.action, state = r.state, content = r.content,
      changes = r.changes, open_points = r.open_points, errors = r.errors
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(item integer, product_id text, action text, state text, content jsonb,
      changes jsonb, open_points text[], errors jsonb)
    where i.import_id = ${importId} and i.item = r.item`);
}

/**
 * Reads a file where that was not done yet, matches every record with our products, works out the differences and rehearses all of it.
 * Writes nothing but the findings.
 */
export async function checkDeviceData(engine: ImportEngine, system: System, importId: string, progress: Progress): Promise<void> {
  const first = await system.db.read(systemScope, (tx) => loadImport(tx, importId));
  if (first.state !== 'checking') return;
  const context = await contextOf(engine, system, product, { id: importId, entityId: null });
  const at = (): string => system.clock.now().toISOString();
  const count = (await system.db.read(systemScope, (tx) => countItems(tx, importId)))['records'] ?? 0;
  if (count === 0) await stage({ engine, context, known: first });
  const { known, repeated } = await system.db.read(systemScope, async (tx) => ({
    known: await loadImport(tx, importId),
    repeated: await repetitions(tx, importId),
  }));
  const run: CheckRun = { engine, context, known };
  for (let from = 1; from <= known.total; from += BATCH) {
    const findings = await system.db.read(systemScope, async (tx) =>
      compare(tx, run, await itemsBetween(tx, importId, from, from + BATCH - 1), repeated),
    );
    await rehearse(run, findings);
    const done = Math.min(known.total, from + BATCH - 1);
    await system.db.write(systemScope, async (tx) => {
      await keep(tx, importId, findings);
      await changeImport(tx, importId, { done }, at());
    });
    await progress(done, known.total);
  }
  await system.db.write(systemScope, async (tx) => {
    await changeImport(tx, importId, { state: 'checked', totals: await countItems(tx, importId), failure: null }, at());
  });
}
