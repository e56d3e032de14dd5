import { text, type LocalText } from '#kernel/i18n/text.ts';

/** Kinds of qualification documents a file may hold (domain 1.9, GSP 53, 54, 81, 98). */
export const documentKinds = {
  businessLicence: text('营业执照', 'Business licence'),
  foreignRegistration: text('境外主体资格证明', 'Proof of foreign incorporation'),
  productionLicence: text('医疗器械生产许可证', 'Production licence'),
  productionFiling: text('第一类医疗器械生产备案凭证', 'Class I production filing'),
  tradingLicence: text('医疗器械经营许可证', 'Trading licence (class III)'),
  tradingFiling: text('第二类医疗器械经营备案凭证', 'Trading filing (class II)'),
  institutionLicence: text('医疗机构执业许可证', 'Medical institution licence'),
  clinicFiling: text('诊所备案凭证', 'Clinic filing'),
  institutionCertificate: text('事业单位法人证书', 'Public institution certificate'),
  equipmentLicence: text('大型医用设备配置许可证', 'Large equipment licence'),
  qualityAgreement: text('质量保证协议', 'Quality agreement'),
  salespersonLetter: text('销售人员授权书及身份证复印件', 'Salesperson’s letter and ID copy'),
  specimens: text('随货同行单样式及印章样式', 'Delivery-note and seal specimens'),
  receiverLetter: text('采购及收货人员授权书', 'Buyer’s and receiver’s letter'),
  needStatement: text('合理使用需求说明', 'Statement of need'),
  transportLicence: text('道路运输经营许可证', 'Road transport licence'),
  carrierEvaluation: text('承运质量保障能力审核记录', 'Carrier evaluation'),
  bankDetails: text('开户与开票资料', 'Bank and invoice data'),
  other: text('其他资质文件', 'Other qualification'),
} as const satisfies Record<string, LocalText>;
export type DocumentKind = keyof typeof documentKinds;

/** Documents that print a scope of trade. */
export const isTradingPermit = (kind: string): kind is 'tradingLicence' | 'tradingFiling' =>
  kind === 'tradingLicence' || kind === 'tradingFiling';

/** How a document's number is spelt: as today, as before 2022 (valid to its end), or freely (agreements, letters). */
export type NumberFormat = 'current' | 'legacy' | 'free';

const place = '[\\u4e00-\\u9fa5]{1,4}';
const grammars: Partial<Record<DocumentKind, { readonly current: RegExp; readonly legacy: RegExp }>> = {
  businessLicence: { current: /^[0-9A-HJ-NPQRTUWXY]{18}$/, legacy: /^\d{13,15}$/ },
  // From memory of issued certificates; what does not fit is kept as it is printed and marked, never refused.
  tradingLicence: {
    current: new RegExp(`^${place}药监械经营许\\d{8,9}号?$|^${place}药监械经营许可\\d{8,9}号?$`),
    legacy: /药监械经营许|药监械（准|医械经营/,
  },
  tradingFiling: { current: new RegExp(`^${place}药监械经营备\\d{8,9}号?$`), legacy: /药监械经营备|械备/ },
  productionLicence: { current: new RegExp(`^${place}药监械生产许\\d{8,9}号?$`), legacy: /药监械生产许/ },
  productionFiling: { current: new RegExp(`^${place}药监械生产备\\d{8,9}号?$`), legacy: /药监械生产备/ },
};

/**
 * The spelling of a document's number; undefined where the kind has a grammar and the number fits neither today's nor an older one.
 * Licences once issued by 食药监 are legacy: opaque, valid to their end.
 */
export function numberFormat(kind: DocumentKind, licenceNo: string): NumberFormat | undefined {
  const grammar = grammars[kind];
  if (!grammar) return 'free';
  if (!licenceNo.includes('食药监') && grammar.current.test(licenceNo)) return 'current';
  return grammar.legacy.test(licenceNo) ? 'legacy' : undefined;
}
