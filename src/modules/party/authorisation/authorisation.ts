import type { Refusal } from '#kernel/command/refusal.ts';
import { defineRecord } from '#kernel/document/define-record.ts';
import { lineSet } from '#kernel/document/definition.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { paperActions, paperFields, paperStates, termRefusals } from '../licence/paper.ts';
import { regions } from '../party/regions.ts';
import { partyRefusals } from '../refusals.ts';

/** What a line of a letter names. */
export const coverages = {
  everything: text('授权方全部产品', 'All products of the grantor'),
  product: text('产品编码', 'Product code'),
  registration: text('注册证/备案编号', 'Registration number'),
  category: text('2017 版分类编码', 'Category of the 2017 catalogue'),
} as const;
export type Coverage = keyof typeof coverages;

const productFields = {
  coverage: field.choice(coverages, { label: text('授权范围', 'Covers') }),
  value: field.code({ label: text('编码', 'Code'), optional: true, max: 80 }),
};

interface AuthorisationContent {
  readonly number: string | null;
  readonly grantorId: string;
  readonly granteePartyId: string | null;
  readonly granteeEntityId: string | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly lines: { readonly products: readonly { readonly lineNo: number; readonly coverage: Coverage; readonly value: string | null }[] };
}

function check(letter: AuthorisationContent): Refusal[] {
  const bare = letter.lines.products.filter((p) => p.coverage !== 'everything' && p.value === null);
  return [
    ...((letter.granteePartyId === null) === (letter.granteeEntityId === null)
      ? [partyRefusals.granteeIsNotOne({}, { field: 'granteePartyId' })]
      : []),
    ...(letter.grantorId === letter.granteePartyId ? [partyRefusals.grantorIsGrantee({}, { field: 'granteePartyId' })] : []),
    ...bare.map((p) =>
      partyRefusals.coverageNeedsValue({ coverage: coverages[p.coverage] }, { lines: 'products', line: p.lineNo, field: 'value' }),
    ),
    ...termRefusals(letter),
  ];
}

/** A letter by which one party lets another (or us) sell its products: one link of the chain from the holder to us (GSP 53). */
export const authorisation = defineRecord()({
  kind: 'authorisation',
  module: 'party',
  plural: 'authorisations',
  idPrefix: 'aut',
  label: text('授权书', 'Authorisation'),
  pluralLabel: text('授权书', 'Authorisations'),
  table: 'party.authorisation',
  header: {
    letterNo: field.code({ label: text('授权书编号', 'Letter no.'), max: 80 }),
    grantorId: field.ref('party', { label: text('授权方', 'Grantor') }),
    granteePartyId: field.ref('party', { label: text('被授权单位', 'Grantee'), optional: true }),
    granteeEntityId: field.ref('legal-entity', { label: text('被授权的本公司', 'Our company as grantee'), optional: true }),
    mayPassOn: field.boolean({ label: text('可转授权', 'May be passed on'), initial: false }),
    regions: field.textList({
      label: text('授权区域', 'Territory'),
      optional: true,
      options: regions,
      help: text('留空即全国', 'Empty: everywhere'),
    }),
    note: field.longText({ label: text('备注', 'Note'), optional: true, max: 1000 }),
    ...paperFields,
  },
  lines: { products: lineSet(text('授权产品', 'Products'), productFields, { min: 1, max: 2000 }) },
  initialState: 'unverified',
  states: paperStates,
  numbering: { pattern: 'AUT-{seq:6}', isGapless: false, restarts: 'never', takenBy: 'create' },
  list: {
    columns: ['number', 'letterNo', 'grantorId', 'granteePartyId', 'granteeEntityId', 'startsOn', 'endsOn', 'state'],
    search: ['letterNo'],
    sort: { field: 'number', descending: true },
  },
  title: (l) => text(`授权书 ${l.letterNo}`, `Authorisation ${l.letterNo}`),
  icon: 'file-text',
  check,
  actions: paperActions(check),
});
