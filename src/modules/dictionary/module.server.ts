import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#kernel/db/project-root.server.ts';
import { handle } from '#kernel/http/context.server.ts';
import { openApiDocument, type OpenApiDocument } from '#kernel/http/openapi.ts';
import { spreadsheetMediaType, writeSheet } from '#kernel/http/spreadsheet-write.server.ts';
import { workspaceOperations } from '#kernel/http/workspace-operations.ts';
import { say, text, type Locale } from '#kernel/i18n/text.ts';
import { implementModule, type ModuleServer } from '#kernel/module.server.ts';
import { describeProduct } from './describe.ts';
import { dictionary } from './module.ts';
import { exportDictionary, readDictionary, readOpenApi, type Dictionary } from './operations.ts';
import { sheetColumns, sheetRows } from './sheet.ts';

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const versionOfProduct = (): string => (JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }).version;

function describeServers(servers: readonly ModuleServer[]): Dictionary {
  return describeProduct({
    modules: servers.map((s) => s.manifest),
    more: workspaceOperations,
    jobs: servers.flatMap((s) => s.jobs.map((j) => ({ name: j.name, module: s.manifest.name, cron: j.cron }))),
    gates: servers.flatMap((s) => s.gates).toSorted((a, b) => a.order - b.order),
  });
}

async function exportSheet(described: Dictionary, locale: Locale, format: 'xlsx' | 'csv'): Promise<Response> {
  const name = say(text('数据字典', 'Data dictionary'), locale);
  const columns = sheetColumns.map((c) => ({ header: say(c.label, locale), type: 'text' as const, width: c.name === 'details' ? 60 : 24 }));
  const rows = sheetRows(described, locale).map((row) => sheetColumns.map((c) => row[c.name]));
  return new Response(await writeSheet(format, { name, columns, rows }), {
    headers: {
      'content-type': spreadsheetMediaType(format),
      'content-disposition': `attachment; filename="dictionary.${format}"; filename*=UTF-8''${encodeURIComponent(`${name}.${format}`)}`,
    },
  });
}

/**
 * The server side of the dictionary. It is given the modules of the product it describes, itself included, when it is first asked:
 * definitions do not change while the product runs, so both descriptions are made once.
 */
export function dictionaryServer(modules: () => readonly ModuleServer[]): ModuleServer {
  const described = once(() => describeServers(modules()));
  const api = once((): OpenApiDocument =>
    openApiDocument({ modules: modules().map((m) => m.manifest), more: workspaceOperations, version: versionOfProduct() }),
  );
  return implementModule(dictionary, {
    handlers: [
      handle(readDictionary, async () => described()),
      handle(exportDictionary, (_context, { query }) => exportSheet(described(), query.locale, query.format)),
      handle(readOpenApi, async () => ({ ...api() })),
    ],
  });
}
