import type { LineSet } from '#kernel/document/definition.ts';
import { fill, text, type LocalText } from '#kernel/i18n/text.ts';
import { isBlankRow, newRow, type FormRow } from '../document/form-content.ts';
import { resolveCodes, searchChoices } from '../document/titles.web.ts';
import { feedback, useScan } from '../shell/scan.web.ts';
import { at, withCells, withRowsAt } from './grid-state.ts';
import { freshRowKey, type GridOptions, type useLineGrid } from './use-line-grid.web.ts';

const words = {
  found: text('已扫入第 {line} 行', 'Scanned into line {line}'),
  unknown: text('没有找到“{code}”对应的{label}', 'No {label} is known by “{code}”'),
  full: text('最多 {max} 行，扫描没有加入', 'At most {max} lines; the scan was not added'),
};

type ScanOptions = Pick<GridOptions, 'isReadOnly' | 'entityId' | 'set' | 'today' | 'onNotice'> & { readonly set: LineSet };

/** A scan fills the active line when it is blank, else a new one: the thing it names goes into the first reference column. */
export function useGridScan(grid: ReturnType<typeof useLineGrid>, rows: readonly FormRow[], options: ScanOptions): void {
  const column =
    grid.columns.find((c) => c.field.kind === 'ref' && c.field.target === 'product') ?? grid.columns.find((c) => c.field.kind === 'ref');
  useScan((code) => void scanned(code), !options.isReadOnly && column !== undefined);

  const refuse = (notice: LocalText, params: Record<string, string | number>) => {
    feedback('refused');
    options.onNotice(notice, params);
  };
  const scanned = async (code: string) => {
    if (!column) return;
    const id = await idOf(column.field.target ?? '', code, options.entityId).catch(() => undefined);
    if (id === undefined) {
      refuse(fill(words.unknown, { label: column.field.label, code }), {});
      return;
    }
    const { row } = grid.cursor.active;
    const active = rows[row];
    const isFree = active !== undefined && isBlankRow(options.set, active);
    const target = isFree ? row : rows.length;
    if (!isFree && rows.length >= options.set.max) {
      refuse(words.full, { max: options.set.max });
      return;
    }
    const grown = isFree ? rows : withRowsAt(rows, rows.length, [newRow(options.set, freshRowKey())]);
    grid.actions.change(withCells(grown, [{ row: target, column: column.name, value: id }]));
    // The next thing to type is what stands to the right of what was scanned.
    const col = grid.columns.findIndex((c, i) => i > grid.columns.indexOf(column) && !c.field.isDerived);
    grid.actions.setCursor(at(target, Math.max(0, col)));
    grid.actions.focus();
    feedback('good');
    options.onNotice(words.found, { line: target + 1 });
  };
}

/** What a code names: exactly, or as the only match of a search. */
async function idOf(kind: string, code: string, entityId: string | null): Promise<string | undefined> {
  const exact = (await resolveCodes(kind, [code], entityId)).get(code);
  if (exact !== undefined) return exact;
  const found = await searchChoices(kind, code, entityId);
  return found.length === 1 ? found[0]?.id : undefined;
}
