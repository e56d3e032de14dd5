import type { Actor } from '#kernel/access/actor.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { sql } from '#kernel/db/sql.server.ts';
import { systemScope, type Tx } from '#kernel/db/database.server.ts';
import { newId } from '#kernel/db/id.server.ts';
import type { LineSet } from '#kernel/document/definition.ts';
import type { Field } from '#kernel/document/field.ts';
import { recordFile, takeFile } from '#kernel/files/file.server.ts';
import { mediaTypes } from '#kernel/files/media-type.ts';
import { handle, type Context, type OperationHandler } from '#kernel/http/context.server.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { requireImport } from '#kernel/import/engine.server.ts';
import { startJob } from '#kernel/jobs/enqueue.server.ts';
import type { Job } from '#kernel/module.server.ts';
import type { Product } from '#kernel/product.server.ts';
import { openPoints } from '../product/product-fields.ts';
import { product } from '../product/product.ts';
import { checkDeviceData } from './check.server.ts';
import { changeImport, type DeviceImport, loadImport, recentImports, requireState } from './device-import.server.ts';
import {
  deviceImport,
  deviceImportCheck,
  deviceImportHome,
  deviceImportItems,
  deviceImportMatch,
  deviceImportRun,
  deviceImportUpload,
  type DeviceImportWire,
  type DeviceItemWire,
} from './operations.ts';
import { deviceFields, deviceLineSets } from './product-content.ts';
import { deviceDataRefusals as refusals } from './refusals.ts';
import { onImport, runDeviceData } from './run.server.ts';

const CHECK_JOB = 'catalogue.device-data-check';
const RUN_JOB = 'catalogue.device-data-run';
/** A device file is parsed in memory; the full releases of the databases come in parts below this. */
const FILE_BYTES_MAX = 20 * 1024 * 1024;

const header = product.header as Readonly<Record<string, Field>>;
const lineSets = product.lines as Readonly<Record<string, LineSet>>;
const known = <T>(value: T | undefined, name: string): T => {
  if (value === undefined) throw new Error(`the product has no ${name}`);
  return value;
};

const offeredFields = [
  ...deviceFields.map((name) => ({ name, label: known(header[name], name).label })),
  ...deviceLineSets.map((name) => ({ name, label: known(lineSets[name], name).label })),
];

const importWire = ({ fileHash: _hash, reason: _reason, attempt: _attempt, ...wire }: DeviceImport): DeviceImportWire => wire;

const yesNo = { true: text('是', 'yes'), false: text('否', 'no') } as const;

/** A value as a person reads it; whole lines are their values in a row. */
function worded(field: Field | undefined, value: unknown): LocalText | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return yesNo[value ? 'true' : 'false'];
  const options = field?.options ?? {};
  const names = (Array.isArray(value) ? value : [value]).map((v) => options[String(v)] ?? text(String(v), String(v)));
  return text(names.map((n) => n.zh).join('、'), names.map((n) => n.en).join(', '));
}

function wordedLine(set: LineSet, line: Readonly<Record<string, unknown>>): LocalText {
  const values = Object.entries(set.fields).flatMap(([name, field]) => worded(field, line[name]) ?? []);
  return text(values.map((v) => v.zh).join(' · '), values.map((v) => v.en).join(' · '));
}

interface StoredChange {
  readonly field: string;
  readonly lines?: string;
  readonly line?: number;
  readonly old: unknown;
  readonly new: unknown;
}

/** A change with the words a person knows its field by. */
function changeWire(c: StoredChange): DeviceItemWire['changes'][number] {
  const set = c.lines ? lineSets[c.lines] : undefined;
  const field = (set ? set.fields[c.field] : header[c.field]) as Field | undefined;
  const isLine = set !== undefined && c.field === '*';
  const said = (value: unknown): LocalText | null =>
    isLine && value !== null ? wordedLine(set, value as Readonly<Record<string, unknown>>) : worded(field, value);
  return {
    label: field?.label ?? text('整行', 'Whole line'),
    lines: set?.label ?? null,
    line: c.line ?? null,
    old: said(c.old),
    new: said(c.new),
  };
}

interface ItemRow extends Omit<DeviceItemWire, 'changes' | 'openPoints'> {
  readonly changes: readonly StoredChange[];
  readonly openPoints: readonly string[];
}

const itemsOf = (tx: Tx, importId: string, query: { show: string; q: string; after: number; limit: number }): Promise<ItemRow[]> =>
  tx.query<ItemRow>(sql`
    select i.item, i.source_row as row, i.di, i.label, i.action, i.state, i.product_id "productId", p.code "productCode", i.changes,
      i.open_points "openPoints", i.is_withdrawn "isWithdrawn", i.errors
    from catalogue.device_import_item i left join catalogue.product p on p.id = i.product_id
    where i.import_id = ${importId} and i.item > ${query.after} and (
        ${query.show} = 'all' or (${query.show} = 'errors' and i.state = 'refused') or (${query.show} = 'open' and cardinality(i.open_points) > 0)
        or (${query.show} = 'new' and i.action = 'create' and i.state <> 'refused') or (${query.show} = 'changes' and i.action = 'change' and i.state <> 'unchanged'))
      and (${query.q} = '' or i.di like ${`${query.q}%`} or i.label ilike ${`%${query.q}%`} or p.code ilike ${`${query.q}%`})
    order by i.item limit ${query.limit + 1}`);

/** Changes an import under lock; `job` starts in the same transaction. */
async function advance(
  context: Context,
  importId: string,
  job: string,
  decide: (tx: Tx, known: DeviceImport) => Promise<Parameters<typeof changeImport>[2]>,
): Promise<DeviceImportWire> {
  requireImport(context.actor, product);
  const at = context.system.clock.now().toISOString();
  return context.system.db.write(systemScope, async (tx) => {
    await changeImport(tx, importId, await decide(tx, await loadImport(tx, importId, { forUpdate: true })), at);
    await startJob(tx, { name: job, payload: { importId, actor: context.actor }, startedBy: context.actor.id });
    return importWire(await loadImport(tx, importId));
  });
}

async function productNamed(tx: Tx, code: string): Promise<string> {
  const found = await tx.maybe<{ id: string }>(sql`select id from catalogue.product where code = ${code} and state = 'active'`);
  return found?.id ?? refuse(refusals.noSuchProduct({ code }, { field: 'productCode' }));
}

const readHandlers: readonly OperationHandler[] = [
  handle(deviceImportHome, async (context) => {
    const recent = await context.system.db.read(systemScope, recentImports);
    return { recent: recent.map(importWire), fields: offeredFields };
  }),
  handle(deviceImport, async (context, { params }) =>
    importWire(await context.system.db.read(systemScope, (tx) => loadImport(tx, params.importId))),
  ),
  handle(deviceImportItems, async (context, { params, query }) => {
    const rows = await context.system.db.read(systemScope, (tx) => itemsOf(tx, params.importId, query));
    const items = rows.slice(0, query.limit).map((row) => ({
      ...row,
      changes: row.changes.slice(0, 60).map(changeWire),
      openPoints: row.openPoints.map((point) => (openPoints as Readonly<Record<string, LocalText>>)[point] ?? text(point, point)),
    }));
    return { items, next: rows.length > query.limit ? (items.at(-1)?.item ?? null) : null };
  }),
];

const writeHandlers: readonly OperationHandler[] = [
  handle(deviceImportUpload, async (context, { query }, { request }) => {
    requireImport(context.actor, product);
    const file = await takeFile(context.system, request.body, {
      name: query.name,
      bytesMax: FILE_BYTES_MAX,
      declaredSize: Number(request.headers.get('content-length') ?? 0),
      admitted: [mediaTypes.xml, mediaTypes.text],
    });
    const id = newId('dim');
    const at = context.system.clock.now().toISOString();
    const options = { deviceClass: query.deviceClass ?? 'III', baseUnit: query.baseUnit ?? '件', skippedFields: [] };
    return context.system.db.write(systemScope, async (tx) => {
      await recordFile(tx, file);
      await tx.query(sql`
        insert into catalogue.device_import (id, file_hash, file_name, state, options, created_by, created_at, updated_at)
        values (${id}, ${file.hash}, ${file.name}, 'checking', ${JSON.stringify(options)}::jsonb, ${context.actor.id}, ${at}::timestamptz, ${at}::timestamptz)`);
      await startJob(tx, { name: CHECK_JOB, payload: { importId: id, actor: context.actor }, startedBy: context.actor.id });
      return importWire(await loadImport(tx, id));
    });
  }),
  handle(deviceImportCheck, (context, { params, body }) =>
    advance(context, params.importId, CHECK_JOB, async (_tx, now) => {
      requireState(now, 'checked', 'failed', 'done');
      return { state: 'checking', options: body, done: 0, failure: null };
    }),
  ),
  handle(deviceImportMatch, (context, { params, body }) =>
    advance(context, params.importId, CHECK_JOB, async (tx, now) => {
      requireState(now, 'checked');
      const productId = body.productCode ? await productNamed(tx, body.productCode) : null;
      const rows = await tx.query(sql`
        update catalogue.device_import_item set named_id = ${productId} where import_id = ${now.id} and item = ${params.item} returning item`);
      if (rows.length === 0) refuse(refusals.notFound({}));
      return { state: 'checking', done: 0, failure: null };
    }),
  ),
  handle(deviceImportRun, (context, { params, body }) =>
    advance(context, params.importId, RUN_JOB, async (_tx, now) => {
      requireState(now, 'checked');
      return { state: 'running', reason: body.reason, done: 0, failure: null };
    }),
  ),
];

export const deviceDataHandlers: readonly OperationHandler[] = [...readHandlers, ...writeHandlers];

const job = (asked: () => Product, name: string, work: typeof checkDeviceData): Job => ({
  name,
  run: (system, { importId, actor }: { importId: string; actor: Actor }, progress) =>
    onImport(system, importId, progress, (watched) => work({ product: asked(), actor }, system, importId, watched)),
});

/** `asked` is the joined product, needed only when a job runs. */
export const deviceDataJobs = (asked: () => Product): readonly Job[] => [
  job(asked, CHECK_JOB, checkDeviceData),
  job(asked, RUN_JOB, runDeviceData),
];
