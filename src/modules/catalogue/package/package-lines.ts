import { lineSet } from '#kernel/document/definition.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { issuingAgencies } from './device-identifier.ts';

export const packageLevels = {
  useUnit: text('使用单元', 'Unit of use'),
  base: text('最小销售单元', 'Sales unit'),
  inner: text('中包装（盒）', 'Inner pack (box)'),
  case: text('外包装（箱）', 'Case'),
  pallet: text('托盘', 'Pallet'),
  other: text('其他', 'Other'),
} as const;
export type PackageLevel = keyof typeof packageLevels;

/** Each level of packaging has its own identifier; how many base units it holds is said here, never read off the identifier. */
export const packageLines = lineSet(
  text('包装与标识', 'Packages and identifiers'),
  {
    level: field.choice(packageLevels, { label: text('包装级别', 'Level'), initial: 'base' }),
    unit: field.text({ label: text('包装单位', 'Package unit'), optional: true, max: 16 }),
    di: field.code({ label: text('产品标识 DI', 'Device identifier (DI)'), max: 64 }),
    issuingAgency: field.choice(issuingAgencies, { label: text('发码机构', 'Issuing agency'), initial: 'gs1' }),
    quantityPerBase: field.quantity({ label: text('含基本单位数', 'Base units inside'), initial: '1' }),
    containedDi: field.code({ label: text('下级包装 DI', 'DI inside'), optional: true, max: 64 }),
    discontinuedOn: field.date({ label: text('停用日期', 'Discontinued on'), optional: true }),
  },
  { max: 60 },
);

export const codeSystems = {
  holder: text('注册人货号', 'Holder’s article no.'),
  supplier: text('供应商编码', 'Supplier’s code'),
  customer: text('客户编码', 'Customer’s code'),
  previous: text('原编码', 'Former code'),
  secondaryDi: text('次级标识', 'Secondary DI'),
  directMarkDi: text('本体标识', 'Direct-marking DI'),
  unspsc: text('UNSPSC', 'UNSPSC'),
  national: text('国家/报销编码', 'National or reimbursement code'),
  other: text('其他', 'Other'),
} as const;
export type CodeSystem = keyof typeof codeSystems;

/** One article may carry several numbers: the same goods under two holders, a supplier's and a hospital's own code. */
export const codeLines = lineSet(
  text('其他编码', 'Other codes'),
  {
    system: field.choice(codeSystems, { label: text('编码类型', 'Kind of code'), initial: 'holder' }),
    code: field.code({ label: text('编码值', 'Code value'), max: 80 }),
    ownerName: field.text({ label: text('编码所属方', 'Whose code'), optional: true }),
    ownerRegistrationNo: field.text({ label: text('所属注册证编号', 'Under registration no.'), optional: true, max: 80 }),
  },
  { max: 100 },
);
