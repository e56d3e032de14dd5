import type { Actor } from '../access/actor.ts';
import { refuse } from '../command/refusal.ts';
import { sql, type RowScope, type Tx } from '../db/database.server.ts';
import { newId } from '../db/id.server.ts';
import type { AnyDefinition } from '../document/definition.ts';
import { fileBytes, recordFile, type StoredFile } from '../files/file.server.ts';
import type { System } from '../http/context.server.ts';
import { openSpreadsheet, type SheetRow } from '../http/spreadsheet.server.ts';
import type { Mapping } from './assemble.ts';
import { guessMapping, importColumns } from './column.ts';
import { importRefusals } from './refusals.ts';
import { changeSession, type SheetInfo } from './session.server.ts';

const BATCH_ROWS = 2_000;
const SAMPLE_ROWS = 5;
/** Sheets of the template that hold choice lists. */
export const HIDDEN_SHEET_PREFIX = '_';

type OpenSheet = { -readonly [K in keyof SheetInfo]: SheetInfo[K] } & { sample: (readonly string[])[] };

async function insertRows(tx: Tx, sessionId: string, entityId: string | null, rows: readonly SheetRow[]): Promise<void> {
  if (rows.length === 0) return;
  // Cells travel as JSON because PostgreSQL has no arrays of rows of different length.
  const staged = rows.map((r) => ({ sheet: r.sheet, row_no: r.rowNo, cells: r.cells }));
  await tx.query(sql`
    insert into kernel.import_row (session_id, sheet, row_no, entity_id, cells)
    select ${sessionId}, r.sheet, r.row_no, ${entityId}, array(select jsonb_array_elements_text(r.cells))
    from jsonb_to_recordset(${JSON.stringify(staged)}::jsonb) as r(sheet integer, row_no integer, cells jsonb)`);
}

/** Keeps every row of the file as text, and notes per sheet its column names and first rows. */
async function stageRows(tx: Tx, sessionId: string, entityId: string | null, bytes: Uint8Array): Promise<OpenSheet[]> {
  const spreadsheet = await openSpreadsheet(bytes);
  const sheets: OpenSheet[] = spreadsheet.sheets.map((name) => ({ name, headers: [], headerRow: 0, rows: 0, comments: 0, sample: [] }));
  let batch: SheetRow[] = [];
  for await (const row of spreadsheet.rows()) {
    const sheet = sheets[row.sheet];
    if (!sheet || sheet.name.startsWith(HIDDEN_SHEET_PREFIX)) continue;
    if (row.cells[0]?.startsWith('#')) sheet.comments += 1;
    else if (sheet.headers.length === 0) Object.assign(sheet, { headers: row.cells, headerRow: row.rowNo });
    else {
      sheet.rows += 1;
      if (sheet.sample.length < SAMPLE_ROWS) sheet.sample.push(row.cells);
      batch.push(row);
    }
    if (batch.length >= BATCH_ROWS) {
      await insertRows(tx, sessionId, entityId, batch);
      batch = [];
    }
  }
  await insertRows(tx, sessionId, entityId, batch);
  await tx.query(
    sql`update kernel.import_session set format = ${spreadsheet.format}, encoding = ${spreadsheet.encoding} where session_id = ${sessionId}`,
  );
  return sheets;
}

/** The mapping people last used for a file with the same column names. */
async function rememberedMapping(tx: Tx, kind: string, sheets: readonly SheetInfo[]): Promise<Mapping | undefined> {
  const headers = JSON.stringify(sheets.map((s) => s.headers));
  const found = await tx.maybe<{ mapping: Mapping }>(sql`
    select mapping from kernel.import_session
    where kind = ${kind} and state = 'done' and (select jsonb_agg(s -> 'headers' order by n) from jsonb_array_elements(sheets) with ordinality as e(s, n)) = ${headers}::jsonb
    order by updated_at desc limit 1`);
  return found?.mapping;
}

/**
 * Takes an uploaded spreadsheet in: every row is staged, the columns are guessed. Returns the id of the import session. Refuses an
 * unreadable or empty file and keeps nothing of it then.
 */
export async function stageImport(
  system: System,
  actor: Actor,
  scope: RowScope,
  d: AnyDefinition,
  upload: { readonly file: StoredFile; readonly entityId: string | null },
): Promise<string> {
  const id = newId('imp');
  const at = system.clock.now().toISOString();
  const bytes = await fileBytes(system, upload.file);
  await system.db.write(scope, async (tx) => {
    await recordFile(tx, upload.file);
    await tx.query(sql`
      insert into kernel.import_session (session_id, kind, entity_id, file_hash, file_name, format, sheets, mapping, state, created_by, created_at, updated_at)
      values (${id}, ${d.kind}, ${upload.entityId}, ${upload.file.hash}, ${upload.file.name}, '', '[]', '[]', 'uploaded', ${actor.id}, ${at}, ${at})`);
    const sheets = await stageRows(tx, id, upload.entityId, bytes);
    if (sheets.every((s) => s.rows === 0)) refuse(importRefusals.nothingToImport({}));
    const columns = importColumns(d);
    const guessed = sheets.map((s) =>
      s.name.startsWith(HIDDEN_SHEET_PREFIX) ? s.headers.map(() => null) : guessMapping(columns, s.headers),
    );
    await changeSession(tx, id, { sheets, mapping: (await rememberedMapping(tx, d.kind, sheets)) ?? guessed }, at);
  });
  return id;
}
