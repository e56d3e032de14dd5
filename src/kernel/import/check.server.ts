import Big from 'big.js';
import { diffContent } from '../audit/diff.ts';
import { RefusedError, type Refusal } from '../command/refusal.ts';
import { runCommand } from '../command/pipeline.server.ts';
import { sql, type RowScope, type Tx } from '../db/database.server.ts';
import { parseContent } from '../document/content.ts';
import type { AnyDefinition } from '../document/definition.ts';
import { loadDocs } from '../document/store.server.ts';
import type { Context, System } from '../http/context.server.ts';
import { refusalToWire } from '../http/problem.ts';
import type { LocalText } from '../i18n/text.ts';
import { assemble, fillInitialValues, placed, type AssembledItem, type RowError, type StagedRow } from './assemble.ts';
import { importColumns, KEY_COLUMN, type ImportColumn } from './column.ts';
import { createMany } from './create-many.server.ts';
import { contextOf, definitionOf, requireImport, updateAction, type ImportEngine } from './engine.server.ts';
import { importRefusals } from './refusals.ts';
import { recordsByCode, resolveReferences } from './resolve.server.ts';
import { changeSession, loadSession, type ControlTotals, type ImportSession } from './session.server.ts';

export const BATCH_ITEMS = 500;
/** Shown errors of one record or document; the rest repeat the first. */
const ERRORS_PER_ITEM_MAX = 50;

interface CheckRun {
  readonly engine: ImportEngine;
  readonly context: Context;
  readonly scope: RowScope;
  readonly session: ImportSession;
  readonly definition: AnyDefinition;
  readonly columns: readonly ImportColumn[];
  readonly sums: Map<string, { label: LocalText; sum: Big }>;
  lines: number;
}

/** A checked item on its way into the table of items. */
export interface CheckedItem {
  readonly assembled: AssembledItem;
  action: 'create' | 'update';
  recordId: string | null;
  content: any;
  changes: unknown;
  state: 'ready' | 'refused' | 'unchanged';
}

/**
 * Tells which rows belong together. Rows of kinds without lines stand alone; else the document key decides, or the record's own
 * code where the file has no key column; rows without one belong to the document above them, and a file without either is one document.
 */
async function groupRows(tx: Tx, session: ImportSession, d: AnyDefinition): Promise<number> {
  const hasLines = Object.keys(d.lines).length > 0;
  const ownKey = d.codeField ? `header.${d.codeField}` : KEY_COLUMN;
  const keyOf = (sheet: readonly (string | null)[]) => sheet.indexOf(sheet.includes(KEY_COLUMN) ? KEY_COLUMN : ownKey) + 1;
  const keyColumns = session.mapping.map((sheet) => (hasLines ? keyOf(sheet) : 0));
  const hasKey = keyColumns.some((c) => c > 0);
  await tx.query(sql`
    with keyed as (
      select r.sheet, r.row_no, nullif(btrim(r.cells[k.col]), '') as key
      from kernel.import_row r
      join unnest(${keyColumns}::int[]) with ordinality as k(col, n) on k.n = r.sheet + 1
      where r.session_id = ${session.id}
    ), counted as (
      select *, count(key) over (partition by sheet order by row_no) as block from keyed
    ), named as (
      select sheet, row_no, case when ${hasKey} then max(key) over (partition by sheet, block) end as key from counted
    ), placed as (
      select sheet, row_no, min(sheet * 10000000::bigint + row_no) over (
        partition by case when ${!hasLines} then sheet || '/' || row_no else coalesce(key, case when ${hasKey} then sheet || '/' || row_no else '' end) end,
        key is null) as first
      from named
    ), ranked as (
      select sheet, row_no, dense_rank() over (order by first)::int as item from placed
    )
    update kernel.import_row r set item = ranked.item
    from ranked where r.session_id = ${session.id} and r.sheet = ranked.sheet and r.row_no = ranked.row_no`);
  const { items } = await tx.one<{ items: number }>(
    sql`select coalesce(max(item), 0)::int as items from kernel.import_row where session_id = ${session.id}`,
  );
  return items;
}

/** What is wrong with the mapping itself, before any row is read. */
export function mappingRefusals(d: AnyDefinition, session: Pick<ImportSession, 'mapping' | 'mode'>): Refusal[] {
  const columns = importColumns(d);
  const mapped = session.mapping.flat().filter((id): id is string => id !== null);
  const twice = session.mapping.flatMap((sheet) => sheet.filter((id, i) => id !== null && sheet.indexOf(id) !== i));
  const usedSets = new Set(columns.filter((c) => mapped.includes(c.id)).map((c) => c.set));
  const code = d.codeField && `header.${d.codeField}`;
  const missing =
    session.mode === 'update'
      ? columns.filter((c) => c.id === code && !mapped.includes(c.id))
      : columns.filter((c) => c.isRequired && !mapped.includes(c.id) && (c.set === null || usedSets.has(c.set)));
  return [
    ...missing.map((c) => importRefusals.columnUnmapped({ label: c.label }, { field: c.id })),
    ...columns.filter((c) => twice.includes(c.id)).map((c) => importRefusals.columnMappedTwice({ label: c.label }, { field: c.id })),
  ];
}

function addToTotals(run: CheckRun, item: AssembledItem): void {
  const add = (c: ImportColumn, value: unknown) => {
    if (typeof value !== 'string' || !/^-?\d+(\.\d+)?$/.test(value)) return;
    const entry = run.sums.get(c.id) ?? { label: c.label, sum: new Big(0) };
    run.sums.set(c.id, { label: c.label, sum: entry.sum.plus(value) });
  };
  for (const c of run.columns) {
    if (!c.field || !['money', 'quantity', 'decimal'].includes(c.field.kind)) continue;
    if (c.set === null) add(c, item.content[c.name]);
    else for (const line of item.content['lines']?.[c.set] ?? []) add(c, line[c.name]);
  }
  for (const rows of Object.values(item.lineRows)) run.lines += rows.length;
}

/** Only what a caller may send: header fields that are not derived, and the lines. */
function sendable(d: AnyDefinition, doc: any): Record<string, any> {
  const pick = (fields: Record<string, { isDerived: boolean }>, from: any) =>
    Object.fromEntries(
      Object.keys(fields)
        .filter((name) => !fields[name]?.isDerived)
        .map((name) => [name, from[name]]),
    );
  const lines = Object.entries(d.lines as Record<string, { fields: Record<string, { isDerived: boolean }> }>).map(([set, { fields }]) => [
    set,
    (doc.lines?.[set] ?? []).map((line: any) => ({ lineNo: line.lineNo, ...pick(fields, line) })),
  ]);
  return { ...pick(d.header, doc), ...(lines.length > 0 ? { lines: Object.fromEntries(lines) } : {}) };
}

/** Decides for each item whether it is new or changes an existing record, and in that case lays the file's values over it. */
async function matchExisting(tx: Tx, run: CheckRun, items: readonly CheckedItem[]): Promise<void> {
  const { definition: d, session } = run;
  if (d.nature !== 'record' || !d.codeField) return;
  const field = d.codeField;
  const label = (d.header[field] as { label: LocalText }).label;
  const entityId = d.isEntityScoped ? session.entityId : null;
  const known = await recordsByCode(tx, d.kind, items.map((i) => String(i.assembled.content[field] ?? '')).filter(Boolean), entityId);
  const wanted = session.mode === 'create' ? [] : [...known.values()];
  const docs = new Map((wanted.length > 0 ? await loadDocs(tx, d, wanted) : []).map((doc) => [doc.id as string, doc]));
  for (const item of items) {
    const code = String(item.assembled.content[field] ?? '');
    const id = known.get(code);
    const at = (refusal: Refusal) => item.assembled.errors.push(placed(item.assembled, session.mapping, refusal));
    if (id && session.mode === 'create') at(importRefusals.codeExists({ label, code }, { field, link: { kind: d.kind, id } }));
    if (!id && code && session.mode === 'update') at(importRefusals.codeUnknown({ label, code }, { field }));
    const before = id ? docs.get(id) : undefined;
    if (!before) continue;
    const old = sendable(d, before);
    const lines = { ...old['lines'], ...item.assembled.content['lines'] };
    Object.assign(item, { action: 'update', recordId: id, changes: old });
    item.content = { ...old, ...item.assembled.content, ...(old['lines'] ? { lines } : {}) };
  }
}

/** Checks the content itself and works out the difference to what exists. */
function checkContent(run: CheckRun, item: CheckedItem): void {
  const { definition: d, session } = run;
  if (item.action === 'create') fillInitialValues(d, item.content);
  const own = item.assembled.errors;
  const parsed = parseContent(d, item.content);
  for (const refusal of parsed.refusals) {
    const error = placed(item.assembled, session.mapping, refusal);
    // A cell that could not be read is missing from the content; one error for it is enough.
    if (!own.some((e) => e.sheet === error.sheet && e.row === error.row && e.column === error.column && e.column !== null)) own.push(error);
  }
  if (own.length > 0) item.state = 'refused';
  else {
    const content = parsed.content;
    const bare =
      Object.keys(d.lines).length > 0 ? content : Object.fromEntries(Object.entries(content).filter(([name]) => name !== 'lines'));
    item.content = bare;
    if (item.action === 'update') {
      const before = item.changes as any;
      const changes = diffContent(before, bare, {
        ...d,
        header: Object.fromEntries(Object.entries(d.header).filter(([n]) => n in before)),
      } as AnyDefinition);
      item.changes = changes;
      if (changes.length === 0) item.state = 'unchanged';
    }
  }
}

function refuseItem(run: CheckRun, item: CheckedItem, refusals: readonly Refusal[]): void {
  item.state = 'refused';
  for (const r of refusals) item.assembled.errors.push(placed(item.assembled, run.session.mapping, r));
}

/** Rehearses through the pipeline what looks good so far: gates, references, permissions and database rules speak too. */
async function rehearse(run: CheckRun, items: readonly CheckedItem[]): Promise<void> {
  const { engine, context, definition: d, session } = run;
  const envelope = { entityId: session.entityId, dryRun: true };
  const creates = items.filter((i) => i.state === 'ready' && i.action === 'create');
  if (creates.length > 0) {
    const create = createMany(engine.product, context, d, envelope);
    const outcomes = await create(
      creates.map((i) => i.content),
      '',
    );
    for (const [i, item] of creates.entries()) if (outcomes[i]?.refusals.length) refuseItem(run, item, outcomes[i].refusals);
  }
  for (const item of items.filter((i) => i.state === 'ready' && i.action === 'update')) {
    try {
      await runCommand(engine.product, context, {
        definition: d,
        action: updateAction(d),
        id: item.recordId ?? '',
        content: item.content,
        envelope: { ...envelope, idempotencyKey: '', reason: session.fileName },
      });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      refuseItem(run, item, error.refusals);
    }
  }
}

const errorWire = (e: RowError) => ({ sheet: e.sheet, row: e.row, column: e.column, refusal: refusalToWire(e.refusal) });

async function insertItems(tx: Tx, session: ImportSession, items: readonly CheckedItem[]): Promise<void> {
  const rows = items.map((i) => ({
    item: i.assembled.item,
    sheet: i.assembled.sheet,
    row_no: i.assembled.rowNo,
    label: i.assembled.label,
    action: i.action,
    record_id: i.recordId,
    content: i.state === 'ready' ? i.content : null,
    changes: i.action === 'update' && i.state !== 'refused' ? i.changes : null,
    errors: i.assembled.errors.slice(0, ERRORS_PER_ITEM_MAX).map(errorWire),
    state: i.state,
  }));
  await tx.query(sql`
    insert into kernel.import_item (session_id, item, entity_id, sheet, row_no, label, action, record_id, content, changes, errors, state)
    select ${session.id}, item, ${session.entityId}, sheet, row_no, label, action, record_id, content, changes, errors, state
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(item integer, sheet integer, row_no integer, label text, action text,
      record_id text, content jsonb, changes jsonb, errors jsonb, state text)`);
}

async function checkBatch(run: CheckRun, from: number): Promise<void> {
  const { session, definition: d, context, scope } = run;
  const items = await context.system.db.read(scope, async (tx) => {
    const rows = await tx.query<StagedRow>(sql`
      select item, sheet, row_no as "rowNo", cells from kernel.import_row
      where session_id = ${session.id} and item >= ${from} and item < ${from + BATCH_ITEMS} order by item, sheet, row_no`);
    const assembled = assemble(d, run.columns, session.mapping, rows);
    await resolveReferences(tx, assembled, session.entityId);
    const checked: CheckedItem[] = assembled.map((a) => ({
      assembled: a,
      action: 'create',
      recordId: null,
      content: a.content,
      changes: null,
      state: 'ready',
    }));
    await matchExisting(tx, run, checked);
    return checked;
  });
  for (const item of items) {
    addToTotals(run, item.assembled);
    const needsKey = Object.keys(d.lines).length > 0 && session.mapping.flat().includes(KEY_COLUMN) && item.assembled.label === '';
    if (needsKey)
      item.assembled.errors.push({
        sheet: item.assembled.sheet,
        row: item.assembled.rowNo,
        column: null,
        refusal: importRefusals.keyMissing({}),
      });
    checkContent(run, item);
  }
  await rehearse(run, items);
  await context.system.db.write(scope, (tx) => insertItems(tx, session, items));
}

/** The same code twice in one file: the second one is refused, naming the row of the first. */
async function refuseRepeatedCodes(tx: Tx, session: ImportSession, d: AnyDefinition): Promise<void> {
  if (!d.codeField) return;
  const field = d.codeField;
  const label = (d.header[field] as { label: LocalText }).label;
  const rows = await tx.query<{ item: number; label: string; sheet: number; row: number; first: number; position: number }>(sql`
    select * from (
      select item, label, sheet, row_no as row, first_value(row_no) over same as first, row_number() over same as position
      from kernel.import_item where session_id = ${session.id} and label <> '' window same as (partition by label order by item)
    ) i where position > 1`);
  const errors = rows.map((r) => ({
    item: r.item,
    error: errorWire({
      sheet: r.sheet,
      row: r.row,
      column: (session.mapping[r.sheet] ?? []).indexOf(`header.${field}`),
      refusal: importRefusals.codeRepeated({ label, code: r.label, row: r.first }, { field }),
    }),
  }));
  await tx.query(sql`
    update kernel.import_item i set state = 'refused', content = null, errors = jsonb_build_array(e.error) || coalesce((
      -- The rehearsal of a batch notices the repetition as well, without knowing the row of the first.
      select jsonb_agg(known) from jsonb_array_elements(i.errors) known where known -> 'refusal' ->> 'code' <> 'document/code-taken'), '[]')
    from jsonb_to_recordset(${JSON.stringify(errors)}::jsonb) as e(item integer, error jsonb)
    where i.session_id = ${session.id} and i.item = e.item`);
}

/** Counts as they stand now. */
export async function countItems(
  tx: Tx,
  sessionId: string,
): Promise<Pick<ControlTotals, 'items' | 'ready' | 'refused' | 'unchanged' | 'toCreate' | 'toUpdate' | 'done'>> {
  return tx.one(sql`
    select count(*)::int as items, count(*) filter (where state = 'ready')::int as ready, count(*) filter (where state = 'refused')::int as refused,
      count(*) filter (where state = 'unchanged')::int as unchanged, count(*) filter (where state in ('ready', 'done') and action = 'create')::int as "toCreate",
      count(*) filter (where state in ('ready', 'done') and action = 'update')::int as "toUpdate", count(*) filter (where state = 'done')::int as done
    from kernel.import_item where session_id = ${sessionId}`);
}

/**
 * Checks a whole staged file without keeping anything of it: cells, references, content, and a rehearsal of every record through the
 * pipeline. Leaves items with their errors and the control totals.
 */
export async function checkImport(
  engine: ImportEngine,
  system: System,
  sessionId: string,
  progress: (done: number, total: number) => Promise<void>,
): Promise<void> {
  const all: RowScope = { entityIds: '*', userId: null };
  const session = await system.db.read(all, (tx) => loadSession(tx, sessionId));
  if (session.state !== 'checking') return;
  const definition = definitionOf(engine, session.kind);
  const context = await contextOf(engine, system, definition, session);
  const scope = requireImport(context.actor, definition, session.entityId);
  const run: CheckRun = { engine, context, scope, session, definition, columns: importColumns(definition), sums: new Map(), lines: 0 };
  const now = () => system.clock.now().toISOString();
  const total = await system.db.write(scope, async (tx) => {
    await tx.query(sql`delete from kernel.import_item where session_id = ${session.id}`);
    const items = await groupRows(tx, session, definition);
    await changeSession(tx, session.id, { done: 0, total: items }, now());
    return items;
  });
  for (let from = 1; from <= total; from += BATCH_ITEMS) {
    await checkBatch(run, from);
    const done = Math.min(total, from + BATCH_ITEMS - 1);
    await system.db.write(scope, (tx) => changeSession(tx, session.id, { done }, now()));
    await progress(done, total);
  }
  await system.db.write(scope, async (tx) => {
    await refuseRepeatedCodes(tx, session, definition);
    const sums = [...run.sums.values()].map((s) => ({ label: s.label, sum: s.sum.toFixed() }));
    const totals = { ...(await countItems(tx, session.id)), rows: session.sheets.reduce((n, s) => n + s.rows, 0), lines: run.lines, sums };
    await changeSession(tx, session.id, { state: 'checked', totals, failure: null }, now());
  });
}
