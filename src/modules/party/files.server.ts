import type { Tx } from '#kernel/db/database.server.ts';
import { sql, type Sql } from '#kernel/db/sql.server.ts';
import { verifiedStates } from './licence/paper.ts';
import type { FiledDocument } from './party/required-documents.ts';
import type { Determination, ScopeRow, TradingPermit } from './scope/scope-engine.ts';

/** What gates and pages need to know of a party. */
export interface PartyFile {
  readonly id: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string | null;
  readonly state: string;
  readonly roles: readonly string[];
  readonly legalForm: string;
  readonly country: string;
  readonly region: string | null;
}

/** A permit with what it says about places. */
export interface FiledPermit extends TradingPermit {
  readonly warehouseAddresses: readonly string[];
}

/** Whose papers are asked for. */
export interface Holders {
  readonly partyIds: readonly string[];
  readonly entityIds: readonly string[];
}

const belongsTo = (holders: Holders): Sql => sql`
  l.state <> 'withdrawn' and (l.party_id = any(${[...holders.partyIds]}::text[]) or l.own_entity_id = any(${[...holders.entityIds]}::text[]))`;

function byHolder<T>(pairs: readonly (readonly [string, T])[]): Map<string, T[]> {
  const grouped = new Map<string, T[]>();
  for (const [holderId, thing] of pairs) grouped.set(holderId, [...(grouped.get(holderId) ?? []), thing]);
  return grouped;
}

/** Parties by id, in one statement. */
export async function partyFiles(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, PartyFile>> {
  const rows = await tx.query<PartyFile>(sql`
    select id, code, name_zh "nameZh", name_en "nameEn", state, roles, legal_form "legalForm", country, region
    from party.party where id = any(${[...new Set(ids)]}::text[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Documents on file (not withdrawn ones) by whose they are: a party's or an entity's id. */
export async function filedDocuments(tx: Tx, holders: Holders): Promise<ReadonlyMap<string, readonly FiledDocument[]>> {
  const rows = await tx.query<FiledDocument & { holderId: string }>(sql`
    select l.id, coalesce(l.party_id, l.own_entity_id) "holderId", l.document_kind "documentKind", l.licence_no "licenceNo", l.starts_on "startsOn",
      l.ends_on "endsOn", l.state = any(${[...verifiedStates]}::text[]) "isVerified"
    from party.licence l where ${belongsTo(holders)} order by l.id`);
  return byHolder(rows.map(({ holderId, ...document }) => [holderId, document]));
}

/** Trading licences and filings with their scope, by whose they are; two statements, whatever the number. */
export async function tradingPermits(tx: Tx, holders: Holders): Promise<ReadonlyMap<string, readonly FiledPermit[]>> {
  const rows = await tx.query<Omit<FiledPermit, 'rows' | 'determinations' | 'warehouseAddresses'> & { holderId: string }>(sql`
    select l.id, coalesce(l.party_id, l.own_entity_id) "holderId", l.document_kind kind, l.licence_no "licenceNo", l.starts_on "startsOn",
      l.ends_on "endsOn", l.state = any(${[...verifiedStates]}::text[]) "isVerified", l.business_mode "businessMode", coalesce(l.regions, '{}') regions
    from party.licence l where ${belongsTo(holders)} and l.document_kind in ('tradingLicence', 'tradingFiling') order by l.id`);
  const ids = rows.map((row) => row.id);
  const lines = await tx.query<{ of: string; lines: Record<'scope' | 'determinations' | 'addresses', any[] | null> }>(sql`
    select l.id as of, jsonb_build_object(
      'scope', (select jsonb_agg(jsonb_build_object('lineNo', s.line_no, 'catalogue', s.catalogue, 'code', s.code, 'deviceClass', s.device_class,
        'isIncluded', s.is_included, 'note', s.note) order by s.line_no) from party.licence_scope s where s.document_id = l.id),
      'determinations', (select jsonb_agg(jsonb_build_object('lineNo', d.line_no, 'catalogue', d.catalogue, 'code', d.code,
        'deviceClass', d.device_class, 'evidence', d.evidence) order by d.line_no) from party.licence_determinations d where d.document_id = l.id),
      'addresses', (select jsonb_agg(a.address order by a.line_no) from party.licence_addresses a
        where a.document_id = l.id and a.address_kind = 'warehouse')) lines
    from unnest(${ids}::text[]) as l (id)`);
  const linesOf = new Map(lines.map((row) => [row.of, row.lines]));
  return byHolder(
    rows.map(({ holderId, ...permit }) => [
      holderId,
      {
        ...permit,
        rows: (linesOf.get(permit.id)?.scope ?? []) as ScopeRow[],
        determinations: (linesOf.get(permit.id)?.determinations ?? []) as Determination[],
        warehouseAddresses: (linesOf.get(permit.id)?.addresses ?? []) as string[],
      },
    ]),
  );
}
