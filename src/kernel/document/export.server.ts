import { maskForActor } from '../access/masking.ts';
import { contentDisposition } from '../files/file-name.ts';
import type { Context } from '../http/context.server.ts';
import { spreadsheetMediaType } from '../http/spreadsheet-write.server.ts';
import type { SpreadsheetFormat } from '../http/spreadsheet.server.ts';
import type { ListQuery } from '../http/wire.ts';
import { exportRows } from '../import/export-rows.server.ts';
import { say, type Locale } from '../i18n/text.ts';
import type { AnyDefinition } from './definition.ts';
import { groupFacts } from '../product.server.ts';
import { titlesOf, type Title } from './directory.server.ts';
import { planList, readAll, requireView } from './reader.server.ts';

/** An export stops here; more than this is a job for the API or a report. */
export const EXPORT_ROWS_MAX = 200_000;

export interface ExportQuery extends Pick<ListQuery, 'q' | 'filter' | 'sort'> {
  readonly format: SpreadsheetFormat;
  readonly locale: Locale;
  readonly columns?: string | undefined;
}

/** The rows a list shows, all pages, as a spreadsheet: same filter, same scope, same masks. */
export async function exportList(context: Context, d: AnyDefinition, query: ExportQuery): Promise<Response> {
  const scope = requireView(context, d);
  const plan = planList(context, d, query, scope);
  const body = await context.system.db.read({ entityIds: scope.entityIds, userId: context.actor.id }, async (tx) => {
    const titles: Record<string, Title> = {};
    async function* rows() {
      for await (const page of readAll(tx, plan, EXPORT_ROWS_MAX)) {
        Object.assign(titles, await titlesOf(tx, page.ids));
        for (const row of page.rows) yield maskForActor(context.actor, d, row);
      }
    }
    const stream = await exportRows(d, rows(), titles, query.locale, query.format, {
      columns: query.columns?.split(','),
      timeZone: groupFacts.timeZone,
    });
    // Read to the end while the snapshot is open: all pages are of one moment.
    return new Uint8Array(await new Response(stream).arrayBuffer());
  });
  const name = `${say(d.pluralLabel, query.locale)}.${query.format}`;
  return new Response(body, {
    headers: {
      'content-type': spreadsheetMediaType(query.format),
      'content-disposition': contentDisposition('attachment', name),
      'cache-control': 'no-store',
    },
  });
}
