import { refuse } from '../command/refusal.ts';
import { sql, type Tx } from '../db/database.server.ts';
import { text, type LocalText } from '../i18n/text.ts';
import type { RefusalWire } from '../http/wire.ts';
import type { Mapping } from './assemble.ts';
import { importRefusals } from './refusals.ts';

export type ImportState = 'uploaded' | 'checking' | 'checked' | 'running' | 'done' | 'failed' | 'rolling-back' | 'rolled-back';
export type ImportMode = 'create' | 'update' | 'both';
export type ImportOnError = 'all-or-nothing' | 'skip';

export const importStateLabels: Readonly<Record<ImportState, LocalText>> = {
  uploaded: text('已上传', 'uploaded'),
  checking: text('正在检查', 'being checked'),
  checked: text('已检查', 'checked'),
  running: text('正在导入', 'running'),
  done: text('已完成', 'done'),
  failed: text('已中断', 'stopped'),
  'rolling-back': text('正在撤回', 'being taken back'),
  'rolled-back': text('已撤回', 'taken back'),
};

export interface SheetInfo {
  readonly name: string;
  readonly headers: readonly string[];
  /** Row of the column names, as a person counts. */
  readonly headerRow: number;
  readonly rows: number;
  /** Rows beginning with `#`, such as the hints of a template: not imported. */
  readonly comments: number;
  /** The first rows, to see what a column holds. */
  readonly sample: readonly (readonly string[])[];
}

/** Figures to compare with the source the file came from. */
export interface ControlTotals {
  readonly rows: number;
  readonly items: number;
  readonly ready: number;
  readonly refused: number;
  readonly unchanged: number;
  readonly toCreate: number;
  readonly toUpdate: number;
  readonly lines: number;
  readonly done: number;
  /** Exact sums of amounts and quantities over the whole file. */
  readonly sums: readonly { readonly label: LocalText; readonly sum: string }[];
}

export interface ImportSession {
  readonly id: string;
  readonly kind: string;
  readonly entityId: string | null;
  readonly fileHash: string;
  readonly fileName: string;
  readonly format: string;
  readonly encoding: string | null;
  readonly sheets: readonly SheetInfo[];
  readonly mapping: Mapping;
  readonly state: ImportState;
  readonly mode: ImportMode;
  readonly onError: ImportOnError;
  readonly totals: Partial<ControlTotals>;
  readonly done: number;
  readonly total: number;
  readonly attempt: number;
  readonly failure: readonly RefusalWire[] | null;
  readonly rollback: { readonly reason: string; readonly by: string } | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const columns = sql`session_id as id, kind, entity_id as "entityId", file_hash as "fileHash", file_name as "fileName", format, encoding, sheets,
  mapping, state, mode, on_error as "onError", totals, done, total, attempt, failure, rollback, created_by as "createdBy",
  created_at as "createdAt", updated_at as "updatedAt"`;

/** Reads a session the transaction's scope reaches; refuses where there is none. */
export async function loadSession(tx: Tx, id: string, options: { forUpdate?: boolean } = {}): Promise<ImportSession> {
  const lock = options.forUpdate ? sql`for update` : sql``;
  const found = await tx.maybe<ImportSession>(sql`select ${columns} from kernel.import_session where session_id = ${id} ${lock}`);
  return found ?? refuse(importRefusals.notFound({}));
}

/** The newest imports of a kind. */
export const recentSessions = (tx: Tx, kind: string): Promise<ImportSession[]> =>
  tx.query<ImportSession>(sql`select ${columns} from kernel.import_session where kind = ${kind} order by created_at desc limit 20`);

/** Refuses unless the session is in one of these states. */
export function requireState(session: ImportSession, ...states: ImportState[]): void {
  if (!states.includes(session.state)) refuse(importRefusals.wrongState({ state: importStateLabels[session.state] }));
}

/** What a session can be told; absent keys stay as they are. */
export interface SessionChange {
  readonly state?: ImportState;
  readonly mapping?: Mapping;
  readonly mode?: ImportMode;
  readonly onError?: ImportOnError;
  readonly sheets?: readonly SheetInfo[];
  readonly totals?: Partial<ControlTotals>;
  readonly done?: number;
  readonly total?: number;
  readonly failure?: readonly RefusalWire[] | null;
  readonly rollback?: { readonly reason: string; readonly by: string };
}

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

export async function changeSession(tx: Tx, id: string, change: SessionChange, at: string): Promise<void> {
  const clearsFailure = change.failure === null;
  await tx.query(sql`
    update kernel.import_session set
      state = coalesce(${change.state ?? null}, state),
      mapping = coalesce(${json(change.mapping)}::jsonb, mapping),
      mode = coalesce(${change.mode ?? null}, mode),
      on_error = coalesce(${change.onError ?? null}, on_error),
      sheets = coalesce(${json(change.sheets)}::jsonb, sheets),
      totals = totals || coalesce(${json(change.totals)}::jsonb, '{}'),
      done = coalesce(${change.done ?? null}, done),
      total = coalesce(${change.total ?? null}, total),
      failure = case when ${clearsFailure}::boolean then null else coalesce(${clearsFailure ? null : json(change.failure)}::jsonb, failure) end,
      rollback = coalesce(${json(change.rollback)}::jsonb, rollback),
      attempt = attempt + (${change.state === 'running'}::boolean)::int,
      version = version + 1,
      updated_at = ${at}
    where session_id = ${id}`);
}

/** An earlier finished import of exactly the same content into the same company. */
export async function importedBefore(
  tx: Tx,
  session: ImportSession,
): Promise<{ id: string; at: string; by: string; count: number } | undefined> {
  return tx.maybe(sql`
    select session_id as id, updated_at as at, created_by as by, coalesce((totals ->> 'done')::int, 0) as count
    from kernel.import_session
    where file_hash = ${session.fileHash} and kind = ${session.kind} and entity_id is not distinct from ${session.entityId}
      and state = 'done' and session_id <> ${session.id}
    order by updated_at desc limit 1`);
}
