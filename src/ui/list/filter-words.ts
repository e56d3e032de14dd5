import { text, type LocalText } from '#kernel/i18n/text.ts';
import type { FilterItem } from '#kernel/http/wire.ts';
import type { Field } from '#kernel/document/field.ts';

/** How a filter of a field kind begins; what it asks is filled in afterwards. */
export function newFilter(field: string, kind: Field['kind']): FilterItem {
  switch (kind) {
    case 'choice':
    case 'ref':
    case 'textList':
      return { field, op: 'in', value: [] };
    case 'date':
    case 'instant':
    case 'integer':
    case 'decimal':
    case 'quantity':
    case 'money':
      return { field, op: 'between', value: [] };
    case 'boolean':
      return { field, op: 'eq', value: true };
    case 'text':
    case 'longText':
    case 'code':
      return { field, op: 'contains', value: '' };
    default:
      return kind satisfies never;
  }
}

/** The two ends of a range filter, whichever of them is set. */
export function endsOf(item: FilterItem): { readonly from: string; readonly to: string } {
  const value = item.value;
  if (item.op === 'between' && Array.isArray(value)) return { from: String(value[0] ?? ''), to: String(value[1] ?? '') };
  if (item.op === 'gte') return { from: String(value ?? ''), to: '' };
  if (item.op === 'lte') return { from: '', to: String(value ?? '') };
  return { from: '', to: '' };
}

/** The filter of a range with one or both ends. */
export function rangeFilter(field: string, from: string, to: string): FilterItem {
  if (from && to) return { field, op: 'between', value: [from, to] };
  if (from) return { field, op: 'gte', value: from };
  if (to) return { field, op: 'lte', value: to };
  return { field, op: 'between', value: [] };
}

/** The day a moment filter means; moments are asked for by whole days. */
export const isEmptyFilter = (item: FilterItem): boolean =>
  item.op !== 'isNull' &&
  item.op !== 'isNotNull' &&
  (item.value === '' || item.value === undefined || item.value === null || (Array.isArray(item.value) && item.value.length === 0));

/** The operator as a word between the field and its value. */
export function operatorWords(item: FilterItem): LocalText {
  switch (item.op) {
    case 'contains':
      return text('包含', 'contains');
    case 'startsWith':
      return text('开头是', 'starts with');
    case 'ne':
      return text('不是', 'is not');
    case 'lt':
      return text('小于', '<');
    case 'lte':
      return text('至', 'up to');
    case 'gt':
      return text('大于', '>');
    case 'gte':
      return text('从', 'from');
    case 'isNull':
      return text('为空', 'is empty');
    case 'isNotNull':
      return text('不为空', 'is filled in');
    case 'between':
    case 'in':
    case 'eq':
      return text('：', ':');
    default:
      return item.op satisfies never;
  }
}
