import { refuse, type Refusal } from '#kernel/command/refusal.ts';
import { sql } from '#kernel/db/sql.server.ts';
import type { Tx } from '#kernel/db/database.server.ts';
import { refusalToWire } from '#kernel/http/problem.ts';
import type { DeviceRecord } from './device-record.ts';
import { type DeviceImportState, type DeviceImportWire, deviceStates } from './operations.ts';
import type { ProductContent } from './product-content.ts';
import { deviceDataRefusals as refusals } from './refusals.ts';

/** Records handled in one transaction. */
export const BATCH = 200;

export interface DeviceImport extends DeviceImportWire {
  readonly fileHash: string;
  readonly reason: string | null;
  /** Counts the checks: contents of one check are created once. */
  readonly attempt: number;
}

/** A record of a file on its way into a product. */
export interface DeviceItem {
  readonly item: number;
  readonly record: DeviceRecord | null;
  readonly namedId: string | null;
  readonly productId: string | null;
  readonly action: 'create' | 'change';
  readonly state: 'staged' | 'ready' | 'refused' | 'unchanged' | 'done';
  readonly content: ProductContent | null;
}

const columns = sql`id, file_hash "fileHash", file_name "fileName", source, state, options, totals, done, total, reason, attempt, failure,
  created_by "createdBy", created_at "createdAt", updated_at "updatedAt"`;

export async function loadImport(tx: Tx, id: string, options: { forUpdate?: boolean } = {}): Promise<DeviceImport> {
  const lock = options.forUpdate ? sql`for update` : sql``;
  const found = await tx.maybe<DeviceImport>(sql`select ${columns} from catalogue.device_import where id = ${id} ${lock}`);
  return found ?? refuse(refusals.notFound({}));
}

export const recentImports = (tx: Tx): Promise<DeviceImport[]> =>
  tx.query<DeviceImport>(sql`select ${columns} from catalogue.device_import order by created_at desc limit 20`);

/** Refuses unless the import is in one of these states. */
export function requireState(known: DeviceImport, ...states: DeviceImportState[]): void {
  if (!states.includes(known.state)) refuse(refusals.wrongState({ state: deviceStates[known.state] }));
}

interface ImportChange {
  readonly state?: DeviceImportState;
  readonly source?: string;
  readonly options?: object;
  readonly totals?: object;
  readonly done?: number;
  readonly total?: number;
  readonly reason?: string;
  readonly failure?: readonly Refusal[] | null;
}

const json = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value));

export async function changeImport(tx: Tx, id: string, change: ImportChange, at: string): Promise<void> {
  await tx.query(sql`
    update catalogue.device_import set state = coalesce(${change.state ?? null}, state), source = coalesce(${change.source ?? null}, source),
      options = coalesce(${json(change.options)}::jsonb, options), totals = coalesce(${json(change.totals)}::jsonb, totals),
      done = coalesce(${change.done ?? null}, done), total = coalesce(${change.total ?? null}, total),
      reason = coalesce(${change.reason ?? null}, reason), attempt = attempt + ${change.state === 'checking' ? 1 : 0}::int,
      failure = case when ${change.failure === null}::boolean then null
        else coalesce(${json(change.failure?.slice(0, 20).map(refusalToWire))}::jsonb, failure) end,
      updated_at = ${at}::timestamptz
    where id = ${id}`);
}

/** Records of one range with what was found out about them. */
export const itemsBetween = (tx: Tx, id: string, from: number, to: number): Promise<DeviceItem[]> =>
  tx.query<DeviceItem>(sql`
    select item, record, named_id "namedId", product_id "productId", action, state, content
    from catalogue.device_import_item where import_id = ${id} and item between ${from} and ${to} order by item`);

/** How many records stand where. */
export const countItems = (tx: Tx, id: string): Promise<Record<string, number>> =>
  tx.one(sql`
    select count(*)::int as records, count(*) filter (where state = 'refused')::int as refused,
      count(*) filter (where state = 'unchanged')::int as unchanged, count(*) filter (where state = 'done')::int as done,
      count(*) filter (where state = 'ready' and action = 'create')::int as "toCreate",
      count(*) filter (where state = 'ready' and action = 'change')::int as "toChange",
      count(*) filter (where state in ('ready', 'done') and cardinality(open_points) > 0)::int as "toComplete",
      count(*) filter (where is_withdrawn)::int as withdrawn
    from catalogue.device_import_item where import_id = ${id}`);
