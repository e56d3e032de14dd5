import * as z from 'zod';
import { defineOperation } from '#kernel/http/operation.ts';
import { localText, refusalWire } from '#kernel/http/wire.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';
import { deviceClasses } from '../product/device-class.ts';
import type { DeviceSource } from './device-record.ts';

const tag = 'device-data';
const access = { permission: 'catalogue.product.create' } as const;
const params = z.object({ importId: z.string().max(64) });

export const deviceStates = {
  checking: text('正在读取和检查', 'being read and checked'),
  checked: text('已检查', 'checked'),
  running: text('正在写入', 'being carried out'),
  done: text('已完成', 'done'),
  failed: text('已中断', 'stopped'),
} as const satisfies Record<string, LocalText>;
export type DeviceImportState = keyof typeof deviceStates;

export const deviceSources: Readonly<Record<DeviceSource, LocalText>> = {
  gudid: text('美国 GUDID', 'GUDID (US)'),
  openfda: text('美国 openFDA', 'openFDA (US)'),
  nmpa: text('国家药监局 UDI 数据库', 'NMPA UDI database'),
  eudamed: text('欧盟 EUDAMED', 'EUDAMED (EU)'),
};

const optionsWire = z.object({
  /** Chinese class of new products whose registration number does not say it. */
  deviceClass: z.enum(Object.keys(deviceClasses) as ['I', 'II', 'III']).default('III'),
  baseUnit: z.string().trim().min(1).max(16).default('件'),
  /** Header fields and line sets that stay as they are on products we have. */
  skippedFields: z.array(z.string().max(40)).max(60).default([]),
});
export type DeviceOptions = z.infer<typeof optionsWire>;

export const deviceImportWire = z.object({
  id: z.string(),
  fileName: z.string(),
  source: z.enum(['gudid', 'openfda', 'nmpa', 'eudamed']).nullable(),
  state: z.enum(['checking', 'checked', 'running', 'done', 'failed']),
  options: optionsWire,
  totals: z
    .object({
      records: z.number(),
      toCreate: z.number(),
      toChange: z.number(),
      unchanged: z.number(),
      refused: z.number(),
      toComplete: z.number(),
      withdrawn: z.number(),
      done: z.number(),
    })
    .partial(),
  done: z.number(),
  total: z.number(),
  failure: z.array(refusalWire).nullable(),
  createdBy: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type DeviceImportWire = z.infer<typeof deviceImportWire>;

export const deviceImportHome = defineOperation({
  id: 'deviceImportHome',
  method: 'GET',
  path: '/catalogue/device-imports',
  tag,
  access,
  summary: text('最近的器械数据导入', 'Latest imports of device data'),
  output: z.object({ recent: z.array(deviceImportWire), fields: z.array(z.object({ name: z.string(), label: localText })) }),
});

/** The body is the file itself; reading and checking start at once. */
export const deviceImportUpload = defineOperation({
  id: 'deviceImportUpload',
  method: 'POST',
  path: '/catalogue/device-imports',
  tag,
  access,
  summary: text('上传器械数据文件', 'Upload a file of device data'),
  query: z.object({
    name: z.string().min(1).max(500),
    deviceClass: z.enum(['I', 'II', 'III']).optional(),
    baseUnit: z.string().trim().min(1).max(16).optional(),
  }),
  consumes: 'application/octet-stream',
  output: deviceImportWire,
});

export const deviceImport = defineOperation({
  id: 'deviceImport',
  method: 'GET',
  path: '/catalogue/device-imports/:importId',
  tag,
  access,
  summary: text('一次器械数据导入的状态与进度', 'State and progress of an import of device data'),
  params,
  output: deviceImportWire,
});

export const deviceImportCheck = defineOperation({
  id: 'deviceImportCheck',
  method: 'POST',
  path: '/catalogue/device-imports/:importId/check',
  tag,
  access,
  summary: text('按选择重新检查（不写入）', 'Check again with these choices, writing nothing'),
  params,
  body: optionsWire,
  output: deviceImportWire,
});

export const deviceItemWire = z.object({
  item: z.number(),
  row: z.number(),
  di: z.string().nullable(),
  label: z.string(),
  action: z.enum(['create', 'change']),
  state: z.enum(['staged', 'ready', 'refused', 'unchanged', 'done']),
  productId: z.string().nullable(),
  productCode: z.string().nullable(),
  changes: z.array(
    z.object({
      label: localText,
      lines: localText.nullable(),
      line: z.number().nullable(),
      old: localText.nullable(),
      new: localText.nullable(),
    }),
  ),
  openPoints: z.array(localText),
  isWithdrawn: z.boolean(),
  errors: z.array(refusalWire),
});
export type DeviceItemWire = z.infer<typeof deviceItemWire>;

export const deviceImportItems = defineOperation({
  id: 'deviceImportItems',
  method: 'GET',
  path: '/catalogue/device-imports/:importId/items',
  tag,
  access,
  summary: text('逐条差异与问题', 'Differences and problems, record by record'),
  params,
  query: z.object({
    show: z.enum(['all', 'new', 'changes', 'errors', 'open']).default('all'),
    q: z.string().trim().max(100).default(''),
    after: z.coerce.number<string>().int().min(0).default(0),
    limit: z.coerce.number<string>().int().min(1).max(200).default(50),
  }),
  output: z.object({ items: z.array(deviceItemWire), next: z.number().nullable() }),
});

export const deviceImportMatch = defineOperation({
  id: 'deviceImportMatch',
  method: 'POST',
  path: '/catalogue/device-imports/:importId/items/:item/match',
  tag,
  access,
  summary: text('为一条记录指定产品', 'Name the product of a record'),
  params: params.extend({ item: z.coerce.number<string>().int().min(1) }),
  body: z.object({ productCode: z.string().trim().max(40).nullable() }),
  output: deviceImportWire,
});

export const deviceImportRun = defineOperation({
  id: 'deviceImportRun',
  method: 'POST',
  path: '/catalogue/device-imports/:importId/run',
  tag,
  access,
  summary: text('写入已检查的记录', 'Carry out the checked records'),
  params,
  body: z.object({ reason: z.string().trim().min(1).max(500) }),
  output: deviceImportWire,
});

export const deviceDataOperations = [
  deviceImportHome,
  deviceImportUpload,
  deviceImport,
  deviceImportCheck,
  deviceImportItems,
  deviceImportMatch,
  deviceImportRun,
] as const;
