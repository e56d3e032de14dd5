import { sql } from '../db/sql.server.ts';
import type { Tx } from '../db/database.server.ts';
import type { AnyDefinition, Numbering } from './definition.ts';

/** Which counter a day counts in. */
export function seriesPeriod(restarts: Numbering['restarts'], day: string): string {
  switch (restarts) {
    case 'never':
      return '';
    case 'year':
      return day.slice(0, 4);
    case 'month':
      return day.slice(0, 7);
  }
}

/** A number from its pattern: `{yyyy}` `{yy}` `{MM}` `{entity}` `{seq:n}`. */
export function formatNumber(pattern: string, values: { day: string; entityCode: string; sequence: bigint }): string {
  return pattern
    .replaceAll('{yyyy}', values.day.slice(0, 4))
    .replaceAll('{yy}', values.day.slice(2, 4))
    .replaceAll('{MM}', values.day.slice(5, 7))
    .replaceAll('{entity}', values.entityCode)
    .replace(/\{seq:(\d)\}/, (_, width: string) => values.sequence.toString().padStart(Number(width), '0'));
}

/**
 * Takes `count` numbers of a kind's series in one statement. The series row stays locked until commit, so that numbers have no gaps and
 * no two documents the same one; therefore it is called as late in the transaction as possible.
 */
export async function takeNumbers(tx: Tx, d: AnyDefinition, entityId: string | null, day: string, count: number): Promise<string[]> {
  const numbering = d.numbering;
  if (!numbering) throw new Error(`${d.kind} has no number series`);
  const series = entityId ?? '';
  const period = seriesPeriod(numbering.restarts, day);
  const row = await tx.one<{ last: string; pattern: string | null; entity_code: string | null }>(sql`
    with taken as (
      insert into kernel.number_series as s (kind, entity_id, period, last) values (${d.kind}, ${series}, ${period}, ${count})
      on conflict (kind, entity_id, period) do update set last = s.last + ${count} returning last
    )
    select last::text,
      (select pattern from kernel.number_pattern p where p.kind = ${d.kind} and p.entity_id in (${series}, '') order by p.entity_id desc limit 1) as pattern,
      (select number from kernel.directory e where e.id = ${entityId}) as entity_code
    from taken`);
  const last = BigInt(row.last);
  return Array.from({ length: count }, (_, i) =>
    formatNumber(row.pattern ?? numbering.pattern, { day, entityCode: row.entity_code ?? '', sequence: last - BigInt(count - 1 - i) }),
  );
}
