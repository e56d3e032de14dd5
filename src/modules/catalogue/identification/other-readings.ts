import { type LocalText, text } from '#kernel/i18n/text.ts';
import { gtin14, isGtin } from './check-digits.ts';
import { type Hibc, hibcDi, parseHibc } from './hibc.ts';
import { type IsbtRole, parseIsbt } from './iccbba.ts';
import { maCheck, parseMa } from './ma.ts';
import { emptyReading, part, type ReadPart, type Reading, sayDate } from './reading.ts';
import { dateWarnings } from './reading-warnings.ts';
import { checkCharacterWrong, oldCheckDiffers } from './refusals.ts';

const words = {
  labeler: text('厂商识别码（LIC）', 'Labeler (LIC)'),
  product: text('产品编号（PCN）', 'Product number (PCN)'),
  unit: text('包装级别（U/M）', 'Unit of measure (U/M)'),
  lot: text('批号', 'Lot'),
  serial: text('序列号', 'Serial number'),
  expiry: text('有效期至', 'Expiry date'),
  made: text('生产日期', 'Production date'),
  packed: text('包装/生产日期', 'Packaging or production date'),
  validUntil: text('失效日期', 'Valid until'),
  sterilisation: text('灭菌批号', 'Sterilisation lot'),
  quantity: text('数量', 'Quantity'),
  link: text('链接字符', 'Link character'),
  check: text('校验字符', 'Check character'),
  other: text('其他信息', 'Other data'),
  gtin: text('全球贸易项目代码（GTIN）', 'Trade item (GTIN)'),
  di: text('产品标识（DI）', 'Device identifier (DI)'),
  code: text('追溯码', 'Trace code'),
} as const;

const present = (parts: readonly (ReadPart | false)[]): ReadPart[] => parts.filter((p): p is ReadPart => p !== false);
const shownSpace = (sign: string): string => (sign === ' ' ? '␠' : sign);

function hibcParts(h: Hibc): ReadPart[] {
  return present([
    h.lic !== undefined && part('LIC', words.labeler, h.lic),
    h.pcn !== undefined && part('PCN', words.product, h.pcn),
    h.unitOfMeasure !== undefined && part('U/M', words.unit, String(h.unitOfMeasure)),
    h.quantity !== undefined && part('Q', words.quantity, h.quantity),
    h.expiry !== undefined && part('14D', words.expiry, sayDate(h.expiry)),
    h.production !== undefined && part('16D', words.made, sayDate(h.production)),
    h.lot !== undefined && part('$', words.lot, h.lot),
    h.serial !== undefined && part('S', words.serial, h.serial),
    ...h.others.map((other) => part('/', words.other, other)),
    h.link !== undefined && part('link', words.link, shownSpace(h.link)),
    part('check', words.check, shownSpace(h.check)),
  ]);
}

/** A HIBC text as scanned; undefined where it is none. */
export function hibcReading(data: string, symbology: string | null, today: string): Reading | undefined {
  const h = parseHibc(data, today);
  if (!h) return undefined;
  const reading: Reading = {
    ...emptyReading,
    carrier: 'hibc',
    agency: 'hibcc',
    symbology,
    di: h.lic !== undefined && h.pcn !== undefined ? hibcDi({ lic: h.lic, pcn: h.pcn, unitOfMeasure: h.unitOfMeasure ?? 0 }) : null,
    lotNo: h.lot ?? null,
    serialNo: h.serial ?? null,
    expiry: h.expiry ?? null,
    production: h.production ?? null,
    quantity: h.quantity ?? null,
    parts: hibcParts(h),
    canonical: data,
    problems: h.check === h.expectedCheck ? [] : [checkCharacterWrong({ code: data, expected: shownSpace(h.expectedCheck ?? '?') })],
  };
  return { ...reading, warnings: dateWarnings(reading, today) };
}

/** ISBT 128 structures; undefined where the text is none. */
export function isbtReading(data: string, symbology: string | null, today: string): Reading | undefined {
  const found = parseIsbt(data);
  if (!found) return undefined;
  const of = (role: IsbtRole) => found.find((p) => p.role === role);
  const reading: Reading = {
    ...emptyReading,
    carrier: 'iccbba',
    agency: 'iccbba',
    symbology,
    di: of('di')?.value ?? null,
    lotNo: of('lot')?.value ?? null,
    serialNo: of('serial')?.value ?? null,
    expiry: of('expiry')?.date ?? null,
    production: of('production')?.date ?? null,
    parts: found.map((p) => part(p.identifier, p.label, p.value, p.date && sayDate(p.date))),
    canonical: data,
  };
  return { ...reading, warnings: dateWarnings(reading, today) };
}

const maWords: Readonly<Record<string, LocalText>> = {
  S: words.serial,
  M: words.made,
  L: words.lot,
  D: words.sterilisation,
  E: words.expiry,
  V: words.validUntil,
  P: words.packed,
  C: words.check,
};

/** An MA identifier, also as web address; undefined where it is none. */
export function maReading(data: string, symbology: string | null, today: string): Reading | undefined {
  const ma = parseMa(data, today);
  if (!ma) return undefined;
  const dates = { M: ma.made, E: ma.expiry, V: ma.validUntil, P: ma.packed };
  const expected = maCheck(ma.di.slice(0, -1));
  const reading: Reading = {
    ...emptyReading,
    carrier: 'ma',
    agency: 'ma',
    symbology,
    di: ma.di,
    lotNo: ma.lot ?? null,
    serialNo: ma.serial ?? null,
    expiry: ma.expiry ?? ma.validUntil ?? null,
    production: ma.made ?? ma.packed ?? null,
    parts: [
      part('DI', words.di, ma.di),
      ...ma.fields.map(([letter, value]) => {
        const date = dates[letter as keyof typeof dates];
        return part(letter, maWords[letter] ?? words.other, value, date && sayDate(date));
      }),
    ],
    canonical: [ma.di, ...ma.fields.map(([letter, value]) => letter + value)].join('.'),
  };
  const differs = expected === ma.di.at(-1) ? [] : [oldCheckDiffers({ code: ma.di, expected })];
  return { ...reading, warnings: [...differs, ...dateWarnings(reading, today)] };
}

/** A GTIN on its own; undefined where length or check digit do not fit. */
export function gtinReading(data: string, symbology: string | null): Reading | undefined {
  if (!isGtin(data)) return undefined;
  const gtin = gtin14(data);
  const parts = [part(`GTIN-${data.length}`, words.gtin, data)];
  return { ...emptyReading, carrier: 'gtin', agency: 'gs1', symbology, di: gtin, parts, canonical: `01${gtin}` };
}

/**
 * Ali Health codes are 20 digits that begin with 8; no grammar of theirs is public, so nothing is read out of them: the product is found by
 * the longest identifier that the number begins with.
 */
export function ahmReading(data: string, symbology: string | null): Reading | undefined {
  if (!/^8\d{19}$/.test(data)) return undefined;
  return { ...emptyReading, carrier: 'ahm', agency: 'ahm', symbology, di: data, parts: [part('AHM', words.code, data)], canonical: data };
}
