import type { Field } from '#kernel/document/field.ts';
import { isDecimal, sumDecimals } from '../document/decimal-text.ts';
import type { FormRow } from '../document/form-content.ts';
import type { GridColumn } from './paste.ts';

/** Amounts are kept in the minor unit of a currency; a price of one thing needs more places, and its sum would mean nothing. */
const amountPlacesMax = 2;

/** Whether the values of a column may be added up: quantities and amounts of money, never unit prices, rates or factors. */
export const isSummed = (field: Pick<Field, 'kind' | 'scale'>): boolean =>
  field.kind === 'quantity' || (field.kind === 'money' && (field.scale ?? amountPlacesMax) <= amountPlacesMax);

/** The exact total of a column; undefined where it is not summed or no row holds a valid value (empty, wrong or hidden ones). */
export function columnTotal({ name, field }: Pick<GridColumn, 'name' | 'field'>, rows: readonly FormRow[]): string | undefined {
  if (!isSummed(field)) return undefined;
  const values = rows.map((row) => row.values[name]).filter((value) => isDecimal(value) && field.schema.safeParse(value).success);
  return values.length ? sumDecimals(values) : undefined;
}
