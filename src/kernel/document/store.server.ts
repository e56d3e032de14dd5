import { join, raw, sql, type Sql } from '../db/sql.server.ts';
import type { Tx } from '../db/database.server.ts';
import { columnName, columnType, linesTable } from './content.ts';
import type { AnyDefinition, LineSet } from './definition.ts';
import type { Fields } from './field.ts';

/** One column of a definition's table: where it is stored and what it is called in code. */
interface Column {
  readonly name: string;
  readonly column: string;
  readonly type: string;
}

const headColumns: readonly Column[] = [
  { name: 'id', column: 'id', type: 'text' },
  { name: 'entityId', column: 'entity_id', type: 'text' },
  { name: 'number', column: 'number', type: 'text' },
  { name: 'state', column: 'state', type: 'text' },
  { name: 'version', column: 'version', type: 'integer' },
  { name: 'createdBy', column: 'created_by', type: 'text' },
  { name: 'createdAt', column: 'created_at', type: 'timestamptz' },
  { name: 'updatedAt', column: 'updated_at', type: 'timestamptz' },
];

const fieldColumns = (fields: Fields): Column[] =>
  Object.entries(fields).map(([name, f]) => ({ name, column: columnName(name), type: columnType(f.kind) }));

/** All columns of the header table. */
export const headerColumns = (d: AnyDefinition): Column[] => [...headColumns, ...fieldColumns(d.header)];

const lineColumns = (set: LineSet): Column[] => [{ name: 'lineNo', column: 'line_no', type: 'integer' }, ...fieldColumns(set.fields)];

const ident = (name: string): Sql => raw(`"${name}"`);
const idents = (columns: readonly Column[]): Sql => join(columns.map((c) => ident(c.column)));
/** `schema.table`, quoted. */
export const tableName = (table: string): Sql =>
  raw(
    table
      .split('.')
      .map((part) => `"${part}"`)
      .join('.'),
  );

const toRow = (columns: readonly Column[], value: any): Record<string, unknown> =>
  Object.fromEntries(columns.map((c) => [c.column, value[c.name] ?? null]));

const fromRow = (columns: readonly Column[], row: any): any => Object.fromEntries(columns.map((c) => [c.name, row[c.column]]));

/** Rows as one parameter: strings keep every decimal exact, and the statement is the same for one row and ten thousand. */
const recordset = (columns: readonly Column[], rows: readonly unknown[]): Sql =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(${raw(columns.map((c) => `"${c.column}" ${c.type}`).join(', '))})`;

/** Loads documents by id, lines included; one statement per line set, whatever the number of documents. */
export async function loadDocs(tx: Tx, d: AnyDefinition, ids: readonly string[], options: { forUpdate?: boolean } = {}): Promise<any[]> {
  const columns = headerColumns(d);
  const lock = options.forUpdate ? sql`order by id for update` : sql`order by id`;
  const rows = await tx.query(sql`select ${idents(columns)} from ${tableName(d.table)} where id = any(${ids}::text[]) ${lock}`);
  const docs = rows.map((row) => ({ ...fromRow(columns, row), lines: {} as Record<string, any[]> }));
  const byId = new Map(docs.map((doc) => [doc.id, doc]));
  for (const [name, set] of Object.entries(d.lines as Record<string, LineSet>)) {
    for (const doc of docs) doc.lines[name] = [];
    if (docs.length === 0) continue;
    const setColumns = lineColumns(set);
    const lines = await tx.query(
      sql`select document_id, ${idents(setColumns)} from ${tableName(linesTable(d, name))}
          where document_id = any(${docs.map((doc) => doc.id)}::text[]) order by document_id, line_no`,
    );
    for (const line of lines) byId.get(line.document_id)?.lines[name]?.push(fromRow(setColumns, line));
  }
  return docs;
}

export async function loadDoc(tx: Tx, d: AnyDefinition, id: string, options: { forUpdate?: boolean } = {}): Promise<any | undefined> {
  return (await loadDocs(tx, d, [id], options))[0];
}

/** Inserts new documents with their lines: one statement, plus one per line set. */
export async function insertDocs(tx: Tx, d: AnyDefinition, docs: readonly any[]): Promise<void> {
  const columns = headerColumns(d);
  const rows = docs.map((doc) => toRow(columns, doc));
  await tx.query(sql`insert into ${tableName(d.table)} (${idents(columns)}) select ${idents(columns)} from ${recordset(columns, rows)}`);
  await insertLines(tx, d, docs);
}

/** Writes a changed document back; lines are replaced only where they differ from `before`. */
export async function updateDoc(tx: Tx, d: AnyDefinition, before: any, doc: any): Promise<void> {
  await updateHeaders(tx, d, [doc]);
  const changedSets = Object.keys(d.lines).filter(
    (set) => JSON.stringify(before.lines?.[set] ?? []) !== JSON.stringify(doc.lines?.[set] ?? []),
  );
  for (const set of changedSets) await tx.query(sql`delete from ${tableName(linesTable(d, set))} where document_id = ${doc.id}`);
  await insertLines(tx, d, [doc], changedSets);
}

/** Writes the headers of many changed documents back in one statement; their lines stay. */
export async function updateHeaders(tx: Tx, d: AnyDefinition, docs: readonly any[]): Promise<void> {
  const columns = headerColumns(d);
  const changing = columns.filter((c) => !['id', 'created_by', 'created_at'].includes(c.column));
  await tx.query(
    sql`update ${tableName(d.table)} t set ${raw(changing.map((c) => `"${c.column}" = r."${c.column}"`).join(', '))}
        from ${recordset(
          columns,
          docs.map((doc) => toRow(columns, doc)),
        )} where t.id = r.id`,
  );
}

async function insertLines(tx: Tx, d: AnyDefinition, docs: readonly any[], sets: readonly string[] = Object.keys(d.lines)): Promise<void> {
  for (const name of sets) {
    const columns: Column[] = [
      { name: 'documentId', column: 'document_id', type: 'text' },
      ...lineColumns((d.lines as Record<string, LineSet>)[name]!),
    ];
    const rows = docs.flatMap((doc) => (doc.lines?.[name] ?? []).map((line: any) => toRow(columns, { ...line, documentId: doc.id })));
    if (rows.length === 0) continue;
    await tx.query(
      sql`insert into ${tableName(linesTable(d, name))} (${idents(columns)}) select ${idents(columns)} from ${recordset(columns, rows)}`,
    );
  }
}
