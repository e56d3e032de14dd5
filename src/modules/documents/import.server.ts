import type { Actor } from '#kernel/access/actor.ts';
import { refuse } from '#kernel/command/refusal.ts';
import { sql, systemScope, type RowScope, type Tx } from '#kernel/db/database.server.ts';
import type { AnyDefinition, LineSet } from '#kernel/document/definition.ts';
import type { Field } from '#kernel/document/field.ts';
import { takeFile } from '#kernel/files/file.server.ts';
import { contentDisposition } from '#kernel/files/file-name.ts';
import { mediaTypes } from '#kernel/files/media-type.ts';
import { handle, type Context, type OperationHandler } from '#kernel/http/context.server.ts';
import { spreadsheetMediaType } from '#kernel/http/spreadsheet-write.server.ts';
import { say, text, type LocalText } from '#kernel/i18n/text.ts';
import { checkImport, mappingRefusals } from '#kernel/import/check.server.ts';
import { columnHint, importColumns } from '#kernel/import/column.ts';
import { definitionOf, requireImport } from '#kernel/import/engine.server.ts';
import { importRefusals } from '#kernel/import/refusals.ts';
import { importResult } from '#kernel/import/result.server.ts';
import { canRollBack, rollBackImport } from '#kernel/import/rollback.server.ts';
import { onSession, runImport } from '#kernel/import/run.server.ts';
import {
  changeSession,
  importedBefore,
  loadSession,
  recentSessions,
  requireState,
  type ImportSession,
} from '#kernel/import/session.server.ts';
import { stageImport } from '#kernel/import/stage.server.ts';
import { importTemplate } from '#kernel/import/template.server.ts';
import { startJob } from '#kernel/jobs/enqueue.server.ts';
import type { Job } from '#kernel/module.server.ts';
import {
  importCheck,
  importHome,
  importItems,
  importResultFile,
  importRollback,
  importRun,
  importSession,
  importTemplateOperation,
  importUpload,
  type ImportItemWire,
  type ImportSessionWire,
} from './import-operations.ts';
import type { ProductAsked } from './ports.server.ts';

const FILE_BYTES_MAX = 50 * 1024 * 1024;
const CHECK_JOB = 'documents.import-check';
const RUN_JOB = 'documents.import-run';
const ROLLBACK_JOB = 'documents.import-rollback';

function sessionWire({ fileHash: _hash, attempt: _attempt, rollback: _rollback, ...session }: ImportSession): ImportSessionWire {
  return structuredClone(session) as unknown as ImportSessionWire;
}

async function answerOf(tx: Tx, session: ImportSession) {
  return { session: sessionWire(session), sameFile: (await importedBefore(tx, session)) ?? null };
}

/** The session with its kind, where the actor may import that kind into that company. */
async function openSession(
  context: Context,
  product: ProductAsked,
  id: string,
): Promise<{ session: ImportSession; d: AnyDefinition; scope: RowScope }> {
  const session = await context.system.db.read(systemScope, (tx) => loadSession(tx, id));
  const d = definitionOf({ product: product() }, session.kind);
  return { session, d, scope: requireImport(context.actor, d, session.entityId) };
}

/** Changes a session under lock and starts its job in the same transaction. */
async function advance(
  context: Context,
  product: ProductAsked,
  sessionId: string,
  job: string,
  decide: (tx: Tx, session: ImportSession, d: AnyDefinition) => Promise<Parameters<typeof changeSession>[2]>,
) {
  const { scope, d } = await openSession(context, product, sessionId);
  const at = context.system.clock.now().toISOString();
  return context.system.db.write(scope, async (tx) => {
    const session = await loadSession(tx, sessionId, { forUpdate: true });
    await changeSession(tx, sessionId, await decide(tx, session, d), at);
    await startJob(tx, {
      name: job,
      payload: { sessionId, actor: context.actor },
      startedBy: context.actor.id,
      entityId: session.entityId,
    });
    return answerOf(tx, await loadSession(tx, sessionId));
  });
}

const setLabel = (d: AnyDefinition, set: string | null): LocalText | null =>
  set === null ? null : ((d.lines as Record<string, LineSet>)[set]?.label ?? null);

function homeOf(d: AnyDefinition, recent: readonly ImportSession[]) {
  const columns = importColumns(d).map((c) => ({
    id: c.id,
    label: c.label,
    hint: text(columnHint(c, 'zh-CN'), columnHint(c, 'en')),
    isRequired: c.isRequired,
    set: c.set,
    setLabel: setLabel(d, c.set),
  }));
  return {
    kind: d.kind,
    label: d.pluralLabel,
    isEntityScoped: d.isEntityScoped,
    canUpdate: d.nature === 'record' && d.codeField !== undefined,
    canRollBack: canRollBack(d),
    columns,
    recent: recent.map(sessionWire),
  };
}

interface ItemRow extends Omit<ImportItemWire, 'changes'> {
  readonly changes: readonly { field: string; lines?: string; line?: number; old: unknown; new: unknown }[] | null;
}

/** A change with the labels a person knows its field by. */
function changeWire(d: AnyDefinition, c: { field: string; lines?: string; line?: number; old: unknown; new: unknown }) {
  const set = c.lines ? (d.lines as Record<string, LineSet>)[c.lines] : undefined;
  const field = (set ? set.fields[c.field] : d.header[c.field]) as Field | undefined;
  return {
    label: field?.label ?? text('整行', 'whole line'),
    lines: set?.label ?? null,
    line: c.line ?? null,
    old: c.old ?? null,
    new: c.new ?? null,
  };
}

const itemsOf = (tx: Tx, sessionId: string, query: { show: string; q: string; after: number; limit: number }): Promise<ItemRow[]> =>
  tx.query<ItemRow>(sql`
    select i.item, i.sheet, i.row_no as row, i.label, i.action, i.state, i.record_id as "recordId", d.number, i.errors, i.changes
    from kernel.import_item i left join kernel.directory d on d.id = i.record_id
    where i.session_id = ${sessionId} and i.item > ${query.after}
      and (${query.show} = 'all' or (${query.show} = 'errors' and jsonb_array_length(i.errors) > 0)
        or (${query.show} = 'changes' and i.action = 'update' and i.state in ('ready', 'done')))
      and (${query.q} = '' or i.label ilike '%' || ${query.q} || '%' or i.errors::text ilike '%' || ${query.q} || '%')
    order by i.item limit ${query.limit + 1}`);

const download = (body: ReadableStream<Uint8Array> | Uint8Array, name: string): Response =>
  new Response(body as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': spreadsheetMediaType('xlsx'),
      'content-disposition': contentDisposition('attachment', name),
      'cache-control': 'no-store',
    },
  });

const readHandlers = (product: ProductAsked): OperationHandler[] => [
  handle(importHome, async (context, { params }) => {
    const d = definitionOf({ product: product() }, params.kind);
    const scope = requireImport(context.actor, d);
    return homeOf(d, await context.system.db.read(scope, (tx) => recentSessions(tx, d.kind)));
  }),
  handle(importTemplateOperation, async (context, { params, query }) => {
    const d = definitionOf({ product: product() }, params.kind);
    requireImport(context.actor, d);
    const name = `${say(d.pluralLabel, query.locale)} ${say(text('导入模板', 'import template'), query.locale)}.xlsx`;
    return download(await importTemplate(d, query.locale), name);
  }),
  handle(importSession, async (context, { params }) => {
    const { session, scope } = await openSession(context, product, params.sessionId);
    return context.system.db.read(scope, (tx) => answerOf(tx, session));
  }),
  handle(importItems, async (context, { params, query }) => {
    const { scope, d } = await openSession(context, product, params.sessionId);
    const rows = await context.system.db.read(scope, (tx) => itemsOf(tx, params.sessionId, query));
    const shown = rows.slice(0, query.limit);
    return {
      items: shown.map((r) => ({ ...r, changes: (r.changes ?? []).slice(0, 100).map((c) => changeWire(d, c)) })),
      next: rows.length > query.limit ? (shown.at(-1)?.item ?? null) : null,
    };
  }),
  handle(importResultFile, async (context, { params, query }) => {
    const { scope, session } = await openSession(context, product, params.sessionId);
    const name = `${session.fileName.replace(/\.[^.]+$/, '')} ${say(text('导入结果', 'import result'), query.locale)}.xlsx`;
    return download(
      await importResult(context.system, scope, session.id, { locale: query.locale, onlyErrors: query.show === 'errors' }),
      name,
    );
  }),
];

const writeHandlers = (product: ProductAsked): OperationHandler[] => [
  handle(importUpload, async (context, { params, query }, { request }) => {
    const d = definitionOf({ product: product() }, params.kind);
    const entityId = d.isEntityScoped ? (query.entityId ?? null) : null;
    const scope = requireImport(context.actor, d, entityId);
    const file = await takeFile(context.system, request.body, {
      name: query.name,
      bytesMax: FILE_BYTES_MAX,
      declaredSize: Number(request.headers.get('content-length') ?? 0),
      admitted: [mediaTypes.xlsx, mediaTypes.csv, mediaTypes.text],
    });
    const id = await stageImport(context.system, context.actor, scope, d, { file, entityId });
    return context.system.db.read(scope, async (tx) => answerOf(tx, await loadSession(tx, id)));
  }),
  handle(importCheck, (context, { params, body }) =>
    advance(context, product, params.sessionId, CHECK_JOB, async (tx, session, d) => {
      requireState(session, 'uploaded', 'checked', 'failed');
      const { done } = await tx.one<{ done: number }>(
        sql`select count(*)::int as done from kernel.import_item where session_id = ${session.id} and state = 'done'`,
      );
      if (done > 0) requireState(session, 'uploaded');
      if (body.mode !== 'create' && (d.nature !== 'record' || !d.codeField))
        refuse(importRefusals.updateNeedsRecords({ what: d.pluralLabel }));
      const refusals = mappingRefusals(d, body);
      if (refusals.length > 0) refuse(...refusals);
      return { state: 'checking', mapping: body.mapping, mode: body.mode, failure: null, done: 0, total: 0 };
    }),
  ),
  handle(importRun, (context, { params, body }) =>
    advance(context, product, params.sessionId, RUN_JOB, async (tx, session) => {
      requireState(session, ...(session.attempt > 0 ? (['checked', 'failed'] as const) : (['checked'] as const)));
      const before = await importedBefore(tx, session);
      if (before && !body.isSameFileWanted) {
        refuse(importRefusals.sameFile({ at: new Date(before.at).toISOString().slice(0, 16).replace('T', ' '), count: before.count }));
      }
      const refused = session.totals.refused ?? 0;
      if (body.onError === 'all-or-nothing' && refused > 0) refuse(importRefusals.hasErrors({ count: refused }));
      return { state: 'running', onError: body.onError, failure: null, done: 0 };
    }),
  ),
  handle(importRollback, (context, { params, body }) =>
    advance(context, product, params.sessionId, ROLLBACK_JOB, async (_tx, session, d) => {
      requireState(session, 'done', 'failed');
      if (!canRollBack(d)) refuse(importRefusals.noRollback({ what: d.pluralLabel }));
      return { state: 'rolling-back', rollback: { reason: body.reason, by: context.actor.id }, failure: null, done: 0 };
    }),
  ),
];

export const importHandlers = (product: ProductAsked): OperationHandler[] => [...readHandlers(product), ...writeHandlers(product)];

const job = (product: ProductAsked, name: string, work: typeof checkImport): Job => ({
  name,
  run: (system, { sessionId, actor }: { sessionId: string; actor: Actor }, progress) =>
    onSession(system, sessionId, progress, (watched) => work({ product: product(), actor }, system, sessionId, watched)),
});

export const importJobs = (product: ProductAsked): Job[] => [
  job(product, CHECK_JOB, checkImport),
  job(product, RUN_JOB, runImport),
  job(product, ROLLBACK_JOB, rollBackImport),
];
