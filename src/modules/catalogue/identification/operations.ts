import * as z from 'zod';
import { viewPermission } from '#kernel/access/permission.ts';
import { defineOperation } from '#kernel/http/operation.ts';
import { localText, refusalWire } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';
import { product } from '../product/product.ts';

const printedDate = z.object({ date: z.string(), precision: z.enum(['day', 'month']), time: z.string().optional() });

const reading = z.object({
  carrier: z.string(),
  carrierName: localText,
  agency: z.string().nullable(),
  symbology: z.string().nullable(),
  di: z.string().nullable(),
  lotNo: z.string().nullable(),
  serialNo: z.string().nullable(),
  expiry: printedDate.nullable(),
  production: printedDate.nullable(),
  quantity: z.string().nullable(),
  parts: z.array(z.object({ id: z.string(), label: localText, value: z.string(), meaning: z.string().optional() })),
  canonical: z.string().nullable(),
  repairs: z.array(localText),
  problems: z.array(refusalWire),
  warnings: z.array(refusalWire),
});
export type ReadingWire = z.infer<typeof reading>;

const found = z.object({
  productId: z.string(),
  code: z.string(),
  name: localText,
  /** What it was found by: an identifier of its own or of a package, or the product code. */
  by: z.enum(['di', 'code']),
  di: z.string().nullable(),
  /** Level of packaging the identifier stands for. */
  level: z.string().nullable(),
  baseUnit: z.string(),
  /** Base units of everything scanned; null where the packages contradict each other. */
  quantity: z.string().nullable(),
  specification: z.string().nullable(),
});
export type FoundProduct = z.infer<typeof found>;

/** Reads what was scanned and finds the products that carry the identifier. Nothing is stored. */
export const identifyOperation = defineOperation({
  id: 'identify',
  method: 'POST',
  path: '/catalogue/identify',
  tag: 'catalogue',
  summary: text('识别扫描内容并查找产品', 'Read scanned codes and find their products'),
  access: { permission: viewPermission(product) },
  body: z.object({
    /** Every scan of one thing, exactly as it came, in order. */
    scans: z.array(z.string().max(20_000)).min(1).max(20),
  }),
  output: z.object({
    raw: z.array(z.string()),
    reading,
    /** More than one way to read it: a person chooses. */
    choices: z.array(reading),
    products: z.array(found),
    /** Why packages could not be turned into base units. */
    packageProblems: z.array(refusalWire),
  }),
});
