import * as z from 'zod';
import { defineOperation } from '#kernel/http/operation.ts';
import { localText } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';

/** Sees what is on hand. */
export const STOCK_VIEW = 'warehouse.stock.view';

const row = z.object({
  lotId: z.string(),
  productId: z.string(),
  productCode: z.string(),
  productName: localText,
  unit: z.string(),
  lotNo: z.string().nullable(),
  serialNo: z.string().nullable(),
  expiryDate: z.string().nullable(),
  registrationNo: z.string().nullable(),
  placeId: z.string(),
  placeCode: z.string(),
  placeName: localText,
  qualityState: z.string(),
  entityId: z.string(),
  quantity: z.string(),
  /** Cost of this quantity in the company's currency; null where it may not be seen. */
  value: z.string().nullable(),
});

export const stockOnHand = defineOperation({
  id: 'stockOnHand',
  method: 'GET',
  path: '/warehouse/stock',
  tag: 'warehouse',
  summary: text('现有库存：按产品、批号、序列号、库位、质量状态', 'Stock on hand by product, lot, serial number, place and quality state'),
  access: { permission: STOCK_VIEW },
  query: z.object({
    entityId: z.string().max(64).optional(),
    /** Product code or name, lot or serial number, place. */
    q: z.string().trim().max(100).optional(),
    lotId: z.string().max(64).optional(),
    limit: z.coerce.number<string>().int().min(1).max(1000).default(500),
  }),
  output: z.object({ rows: z.array(row), isCut: z.boolean() }),
});

export const stockByExpiry = defineOperation({
  id: 'stockByExpiry',
  method: 'GET',
  path: '/warehouse/stock/by-expiry',
  tag: 'warehouse',
  summary: text('库存金额按到期月份', 'Value of stock by month of expiry'),
  access: { permission: STOCK_VIEW },
  query: z.object({ entityId: z.string().max(64).optional() }),
  output: z.object({
    /** Months `YYYY-MM`, `expired` first, `later` last. */
    months: z.array(z.object({ month: z.string(), lots: z.number(), value: z.string().nullable() })),
  }),
});
