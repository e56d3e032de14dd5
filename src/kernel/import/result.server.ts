import { sql, type RowScope } from '../db/database.server.ts';
import type { System } from '../http/context.server.ts';
import { writeSheet, type WrittenCell } from '../http/spreadsheet-write.server.ts';
import type { RefusalWire } from '../http/wire.ts';
import { say, text, type Locale, type LocalText } from '../i18n/text.ts';
import { loadSession, type ImportSession } from './session.server.ts';

const PAGE = 1_000;

interface ResultItem {
  readonly item: number;
  readonly state: keyof typeof outcomes;
  readonly action: 'create' | 'update';
  readonly label: string;
  readonly number: string | null;
  readonly sheet: number;
  readonly row: number;
  readonly errors: readonly {
    readonly sheet: number;
    readonly row: number;
    readonly column: number | null;
    readonly refusal: RefusalWire;
  }[];
  readonly cells: readonly string[] | null;
}

export const outcomes = {
  ready: text('待导入', 'ready'),
  refused: text('有错误', 'refused'),
  unchanged: text('无变化', 'unchanged'),
  done: text('已导入', 'imported'),
  undone: text('已撤回', 'taken back'),
  kept: text('未能撤回', 'could not be taken back'),
} as const satisfies Record<string, LocalText>;

const page = (system: System, scope: RowScope, session: ImportSession, after: number, onlyErrors: boolean): Promise<ResultItem[]> =>
  system.db.read(scope, (tx) =>
    tx.query<ResultItem>(sql`
    select i.item, i.state, i.action, i.label, d.number, i.sheet, i.row_no as row, i.errors, r.cells
    from kernel.import_item i
    left join kernel.directory d on d.id = i.record_id
    left join kernel.import_row r on r.session_id = i.session_id and r.sheet = i.sheet and r.row_no = i.row_no
    where i.session_id = ${session.id} and i.item > ${after} and (not ${onlyErrors} or jsonb_array_length(i.errors) > 0)
    order by i.item limit ${PAGE}`),
  );

const columnName = (session: ImportSession, sheet: number, column: number | null): string =>
  column === null ? '' : (session.sheets[sheet]?.headers[column] ?? '');

function* rowsOf(session: ImportSession, item: ResultItem, locale: Locale): Generator<WrittenCell[]> {
  const outcome = say(outcomes[item.state], locale);
  const number = item.number ?? item.label;
  const original = item.cells ?? [];
  if (item.errors.length === 0) yield [session.sheets[item.sheet]?.name ?? '', item.row, outcome, number, '', '', '', ...original];
  for (const e of item.errors) {
    yield [
      session.sheets[e.sheet]?.name ?? '',
      e.row,
      outcome,
      number,
      columnName(session, e.sheet, e.column),
      say(e.refusal.text, locale),
      say(e.refusal.wayOut, locale),
      ...original,
    ];
  }
}

async function* allRows(
  system: System,
  scope: RowScope,
  session: ImportSession,
  locale: Locale,
  onlyErrors: boolean,
): AsyncGenerator<WrittenCell[]> {
  for (
    let items = await page(system, scope, session, 0, onlyErrors);
    items.length > 0;
    items = await page(system, scope, session, items.at(-1)?.item ?? 0, onlyErrors)
  ) {
    for (const item of items) yield* rowsOf(session, item, locale);
  }
}

/** What became of every row, or only what stands in the way, beside the row's own cells: to be corrected and uploaded again. */
export async function importResult(
  system: System,
  scope: RowScope,
  sessionId: string,
  options: { readonly locale: Locale; readonly onlyErrors: boolean },
): Promise<ReadableStream<Uint8Array>> {
  const session = await system.db.read(scope, (tx) => loadSession(tx, sessionId));
  const { locale } = options;
  const word = (zh: string, en: string, type: 'text' | 'number' = 'text', width = 16) => ({
    header: say(text(zh, en), locale),
    type,
    width,
  });
  const original = (session.sheets.find((s) => s.headers.length > 0)?.headers ?? []).map((header) => ({ header, type: 'text' as const }));
  return writeSheet('xlsx', {
    name: say(text('导入结果', 'Import result'), locale),
    columns: [
      word('工作表', 'Sheet'),
      word('行', 'Row', 'number', 8),
      word('结果', 'Outcome'),
      word('编号', 'Number'),
      word('列', 'Column'),
      word('问题', 'Problem', 'text', 50),
      word('处理办法', 'What to do', 'text', 50),
      ...original,
    ],
    rows: allRows(system, scope, session, locale, options.onlyErrors),
  });
}
