import type { Refusal } from '#kernel/command/refusal.ts';
import { defineRecord } from '#kernel/document/define-record.ts';
import { lineSet } from '#kernel/document/definition.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { regions } from '../party/regions.ts';
import { partyRefusals } from '../refusals.ts';
import {
  catalogues,
  isProductCode,
  isScopeCode,
  licensedModes,
  permitClasses,
  type Catalogue,
  type LicensedMode,
} from '../scope/classification.ts';
import { documentKinds, isTradingPermit, numberFormat, type DocumentKind } from './document-kinds.ts';
import { paperActions, paperFields, paperStates, termRefusals } from './paper.ts';

const numberFormats = {
  current: text('现行格式', 'Current'),
  legacy: text('旧版格式', 'Legacy'),
  free: text('无固定格式', 'Free'),
} as const;
const codedCatalogues = { '2002': catalogues['2002'], '2017': catalogues['2017'] } as const;

const scopeFields = {
  catalogue: field.choice(catalogues, { label: text('分类目录', 'Catalogue') }),
  code: field.code({ label: text('编码', 'Code'), max: 16, help: text('* 为该目录全部', '* is the whole catalogue') }),
  deviceClass: field.choice(permitClasses, { label: text('管理类别', 'Class') }),
  isIncluded: field.boolean({ label: text('包含', 'Included'), initial: true, help: text('取消即为「除外」', 'Off: excluded') }),
  note: field.text({ label: text('证书原文', 'As printed'), optional: true }),
};

const determinationFields = {
  catalogue: field.choice(codedCatalogues, { label: text('认定目录', 'Catalogue') }),
  code: field.code({ label: text('认定编码', 'Code'), max: 16 }),
  deviceClass: field.choice(permitClasses, { label: text('管理类别', 'Class') }),
  evidence: field.text({ label: text('依据', 'Evidence'), max: 400 }),
};

const addressKinds = {
  domicile: text('住所', 'Domicile'),
  premises: text('经营场所', 'Business premises'),
  warehouse: text('库房地址', 'Warehouse'),
} as const;
const addressFields = {
  addressKind: field.choice(addressKinds, { label: text('类别', 'Kind') }),
  address: field.text({ label: text('地址', 'Address'), max: 300 }),
};

interface LicenceContent {
  readonly number: string | null;
  readonly documentKind: DocumentKind;
  readonly partyId: string | null;
  readonly ownEntityId: string | null;
  readonly licenceNo: string;
  readonly businessMode: LicensedMode | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly lines: {
    readonly scope: readonly { readonly lineNo: number; readonly catalogue: Catalogue; readonly code: string }[];
    readonly determinations: readonly { readonly lineNo: number; readonly catalogue: '2002' | '2017'; readonly code: string }[];
  };
}

function scopeRefusals(licence: LicenceContent): Refusal[] {
  const { scope, determinations } = licence.lines;
  if (!isTradingPermit(licence.documentKind)) {
    return scope.length + determinations.length > 0
      ? [partyRefusals.scopeOnPermitsOnly({ document: documentKinds[licence.documentKind] }, { field: 'documentKind' })]
      : [];
  }
  const unknown = (lines: string, row: { lineNo: number; catalogue: Catalogue; code: string }) =>
    partyRefusals.scopeCodeIsUnknown({ code: row.code, catalogue: catalogues[row.catalogue] }, { lines, line: row.lineNo, field: 'code' });
  return [
    ...scope.filter((row) => !isScopeCode(row.catalogue, row.code)).map((row) => unknown('scope', row)),
    ...determinations.filter((row) => !isProductCode(row.catalogue, row.code)).map((row) => unknown('determinations', row)),
  ];
}

/** Documents whose law gives them a term: an empty last day would make them hold for ever. */
const withTerm: readonly DocumentKind[] = [
  'tradingLicence',
  'productionLicence',
  'transportLicence',
  'salespersonLetter',
  'receiverLetter',
];

function check(licence: LicenceContent): Refusal[] {
  const document = documentKinds[licence.documentKind];
  const isOwned = (licence.partyId === null) !== (licence.ownEntityId === null);
  return [
    ...(isOwned ? [] : [partyRefusals.ownerIsNotOne({}, { field: 'partyId' })]),
    ...(numberFormat(licence.documentKind, licence.licenceNo)
      ? []
      : [partyRefusals.licenceNumberIsMalformed({ document, no: licence.licenceNo }, { field: 'licenceNo' })]),
    ...(withTerm.includes(licence.documentKind) && licence.endsOn === null
      ? [partyRefusals.endIsMissing({ document }, { field: 'endsOn' })]
      : []),
    ...(isTradingPermit(licence.documentKind) && licence.businessMode === null
      ? [partyRefusals.modeIsMissing({ document }, { field: 'businessMode' })]
      : []),
    ...termRefusals(licence),
    ...scopeRefusals(licence),
  ];
}

/** A qualification document of a party or of one of our companies, with its term, its scope and who verified it. */
export const licence = defineRecord()({
  kind: 'licence',
  module: 'party',
  plural: 'licences',
  idPrefix: 'lic',
  label: text('资质文件', 'Licence'),
  pluralLabel: text('资质文件', 'Licences'),
  table: 'party.licence',
  header: {
    documentKind: field.choice(documentKinds, { label: text('文件种类', 'Kind of document') }),
    licenceNo: field.code({ label: text('文件编号', 'Number on it'), max: 80 }),
    partyId: field.ref('party', { label: text('往来单位', 'Party'), optional: true }),
    ownEntityId: field.ref('legal-entity', {
      label: text('本公司', 'Our company'),
      optional: true,
      help: text('本公司自己的资质', 'A document of our own'),
    }),
    issuer: field.text({ label: text('发证机关/出具方', 'Issuer'), optional: true }),
    businessMode: field.choice(licensedModes, { label: text('经营方式', 'Mode of trade'), optional: true }),
    regions: field.textList({
      label: text('限定地区', 'Limited to regions'),
      optional: true,
      options: regions,
      help: text('留空即不限', 'Empty: not limited'),
    }),
    note: field.longText({ label: text('备注', 'Note'), optional: true, max: 1000 }),
    numberFormat: field.choice(numberFormats, { label: text('编号格式', 'Spelling of the number'), derived: true, optional: true }),
    ...paperFields,
  },
  lines: {
    scope: lineSet(text('经营范围', 'Scope'), scopeFields, { max: 500 }),
    determinations: lineSet(text('质量认定', 'Determinations by quality'), determinationFields, { max: 200 }),
    addresses: lineSet(text('地址', 'Addresses'), addressFields, { max: 50 }),
  },
  initialState: 'unverified',
  states: paperStates,
  numbering: { pattern: 'LIC-{seq:6}', isGapless: false, restarts: 'never', takenBy: 'create' },
  list: {
    columns: ['number', 'state', 'documentKind', 'licenceNo', 'partyId', 'ownEntityId', 'endsOn', 'verifiedOn'],
    search: ['licenceNo', 'issuer'],
    sort: { field: 'number', descending: true },
  },
  title: (l) => text(`${documentKinds[l.documentKind].zh} ${l.licenceNo}`, `${documentKinds[l.documentKind].en} ${l.licenceNo}`),
  derive: (l) => ({ numberFormat: numberFormat(l.documentKind, l.licenceNo) ?? null }),
  icon: 'safety-certificate',
  check,
  actions: paperActions(check),
});
