import { dayIn } from '#kernel/clock/clock.server.ts';
import { scopeOf } from '#kernel/access/actor.ts';
import { viewPermission } from '#kernel/access/permission.ts';
import type { Tx } from '#kernel/db/database.server.ts';
import { sql } from '#kernel/db/sql.server.ts';
import { type Context, handle, type OperationHandler } from '#kernel/http/context.server.ts';
import type { OperationOutput } from '#kernel/http/operation.ts';
import { refusalToWire } from '#kernel/http/problem.ts';
import { text } from '#kernel/i18n/text.ts';
import { groupFacts } from '#kernel/product.server.ts';
import { product } from '../product/product.ts';
import { findByDi, type FoundByDi } from './find-by-di.server.ts';
import { identifyAll } from './identify.ts';
import { identifyOperation, type FoundProduct, type ReadingWire } from './operations.ts';
import { type Conversion, type PackageRow, toBaseUnits, unclearParents } from './package-conversion.ts';
import { carriers, type Identification, type Reading } from './reading.ts';

type Answer = OperationOutput<typeof identifyOperation>;

const PREFIX_MIN = 7;

/** Identifiers worth asking for: the one read, and for numbers without public grammar every one they could begin with. */
const wanted = ({ di, carrier }: Reading): string[] => {
  if (di === null) return [];
  return carrier === 'ahm' ? Array.from({ length: di.length - PREFIX_MIN + 1 }, (_, i) => di.slice(0, di.length - i)) : [di];
};

/** Of numbers found by their beginning only the longest counts. */
function longest(found: readonly FoundByDi[], isByPrefix: boolean): FoundByDi[] {
  const length = isByPrefix ? Math.max(0, ...found.map((f) => f.di.length)) : 0;
  return found.filter((f) => !isByPrefix || f.di.length === length);
}

interface ProductRow {
  readonly id: string;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly baseUnit: string;
  readonly specification: string | null;
}

const productRows = (tx: Tx, ids: readonly string[], codes: readonly string[]): Promise<ProductRow[]> =>
  tx.query<ProductRow>(sql`
    select id, code, name_zh "nameZh", name_en "nameEn", base_unit "baseUnit", specification
    from catalogue.product where id = any(${ids}::text[]) or (code = any(${codes}::text[]) and state = 'active')
    order by code limit 50`);

const packageRows = (tx: Tx, productIds: readonly string[]): Promise<PackageRow[]> =>
  tx.query<PackageRow>(sql`
    select document_id "productId", di, level, quantity_per_base::text "quantityPerBase", contained_di "containedDi"
    from catalogue.product_packages where document_id = any(${productIds}::text[])`);

/** Packages of one identifier in base units, unless the register contradicts itself. */
function convert(di: string, count: string, found: readonly FoundByDi[], rows: readonly PackageRow[]): Conversion {
  const unclear = unclearParents(di, rows);
  return unclear
    ? { kind: 'refused', refusal: unclear }
    : toBaseUnits(
        di,
        count,
        found.filter((f) => f.di === di),
      );
}

const quantityIn = (conversion: Conversion, productId: string): string | null => {
  if (conversion.kind === 'refused') return null;
  return (conversion.kind === 'found' ? [conversion.value] : conversion.values).find((v) => v.productId === productId)?.quantity ?? null;
};

/** Products by identifier, and by code where somebody typed that. Set-based: four statements at most, whatever was scanned. */
async function productsOf(tx: Tx, identification: Identification): Promise<Pick<Answer, 'products' | 'packageProblems'>> {
  const readings = identification.choices.length > 0 ? identification.choices : [identification];
  const isByPrefix = readings.every((r) => r.carrier === 'ahm');
  const carriersOfDi = longest(await findByDi(tx, readings.flatMap(wanted)), isByPrefix);
  const codes = identification.raw.map((raw) => raw.trim()).filter((raw) => raw !== '' && raw.length <= 64);
  const ids = [...new Set(carriersOfDi.map((f) => f.productId))];
  const rows = await productRows(tx, ids, codes);
  const packages = ids.length === 0 ? [] : await packageRows(tx, ids);
  const count = identification.quantity ?? '1';
  const dis = [...new Set(carriersOfDi.map((f) => f.di))];
  const conversions = new Map(dis.map((di) => [di, convert(di, count, carriersOfDi, packages)]));
  const products = rows.map((row): FoundProduct => {
    const carrier = carriersOfDi.find((f) => f.productId === row.id);
    const conversion = carrier && conversions.get(carrier.di);
    return {
      productId: row.id,
      code: row.code,
      name: text(row.nameZh, row.nameEn),
      by: carrier ? 'di' : 'code',
      di: carrier?.di ?? null,
      level: carrier?.level ?? null,
      baseUnit: row.baseUnit,
      quantity: conversion ? quantityIn(conversion, row.id) : null,
      specification: row.specification,
    };
  });
  const refused = [...conversions.values()].flatMap((c) => (c.kind === 'refused' ? [refusalToWire(c.refusal)] : []));
  return { products, packageProblems: refused };
}

const toWire = (r: Reading): ReadingWire => ({
  carrier: r.carrier,
  carrierName: carriers[r.carrier],
  agency: r.agency,
  symbology: r.symbology,
  di: r.di,
  lotNo: r.lotNo,
  serialNo: r.serialNo,
  expiry: r.expiry,
  production: r.production,
  quantity: r.quantity,
  parts: r.parts.map((p) => ({ ...p })),
  canonical: r.canonical,
  repairs: [...r.repairs],
  problems: r.problems.map(refusalToWire),
  warnings: r.warnings.map(refusalToWire),
});

async function read(context: Context, scans: readonly string[]): Promise<Answer> {
  const identification = identifyAll(scans, { today: dayIn(context.system.clock.now(), groupFacts.timeZone) });
  const scope = scopeOf(context.actor, viewPermission(product));
  const found = await context.system.db.read({ entityIds: scope?.entityIds ?? [], userId: context.actor.id }, (tx) =>
    productsOf(tx, identification),
  );
  return { raw: [...scans], reading: toWire(identification), choices: identification.choices.map(toWire), ...found };
}

export const identificationHandlers: readonly OperationHandler[] = [
  handle(identifyOperation, (context, { body }) => read(context, body.scans)),
];
