import { fill, text, type LocalText } from '#kernel/i18n/text.ts';
import { checkChain, type AuthorisedProduct, type ChainLink, type ChainVerdict } from '../authorisation/chain.ts';
import { partyStates, isPersonBuying } from '../party/party.ts';
import { buyerRoles, describeGap, documentGaps, type FiledDocument } from '../party/required-documents.ts';
import type { ScopedProduct, TradeMode } from '../scope/classification.ts';
import { checkScope, type MatchedRow, type MissingScope, type ScopeVerdict, type TradingPermit } from '../scope/scope-engine.ts';

export const directions = { sell: text('销售给', 'Sell to'), buy: text('采购自', 'Buy from') } as const;
export type Direction = keyof typeof directions;

/** The party asked about, with all its papers. */
export interface AskedParty {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string | null;
  readonly state: string;
  readonly roles: readonly string[];
  readonly legalForm: string;
  readonly country: string;
  readonly region: string | null;
  readonly documents: readonly FiledDocument[];
  readonly permits: readonly TradingPermit[];
}

export interface MayWeQuestion {
  readonly direction: Direction;
  readonly mode: TradeMode;
  /** The day of the act, local. */
  readonly day: string;
  readonly product: ScopedProduct & AuthorisedProduct;
  readonly party: AskedParty;
  readonly own: {
    readonly entityId: string;
    readonly permits: readonly (TradingPermit & { readonly warehouseAddresses: readonly string[] })[];
    /** Where the goods lie; null: not asked. */
    readonly warehouseAddress: string | null;
  };
  /** Registrant the authorisation must come from; null: not asked. */
  readonly holderId: string | null;
  readonly letters: readonly ChainLink[];
}

export type CheckName = 'ownScope' | 'ownWarehouse' | 'partyState' | 'partyDocuments' | 'partyKind' | 'partyScope' | 'authorisation';

export interface Check {
  readonly name: CheckName;
  readonly isPassed: boolean;
  readonly rule: string;
  readonly reasons: readonly LocalText[];
  readonly wayOut: LocalText | null;
  readonly missing: MissingScope | null;
  readonly matched: readonly MatchedRow[];
}

export interface MayWeAnswer {
  readonly isAllowed: boolean;
  readonly checks: readonly Check[];
  readonly chain: ChainVerdict | null;
}

export const checkLabels = {
  ownScope: text('本公司经营范围', 'Our own scope'),
  ownWarehouse: text('本公司库房地址', 'Our warehouse on the permit'),
  partyState: text('首营审批', 'First approval'),
  partyDocuments: text('对方资质文件', 'Their documents'),
  partyKind: text('交易对象', 'Who they are'),
  partyScope: text('对方经营范围', 'Their scope'),
  authorisation: text('授权链', 'Chain of authorisation'),
} as const satisfies Record<CheckName, LocalText>;

const words = {
  approved: text('首营审批已通过', 'First approval was granted'),
  notApproved: text('{party}当前为「{state}」', '{party} is “{state}”'),
  wayApprove: text('由质量部门完成首营审批。', 'Let quality complete the first approval.'),
  complete: text('所需资质文件齐全有效', 'All documents needed are on file and valid'),
  wayDocuments: text('登记并核验上述文件后重新审批。', 'Record and verify these documents, then have the file reviewed again.'),
  person: text('{party}是自然人，批发不得销售给个人', '{party} is a natural person; wholesale may not sell to persons'),
  personRetail: text('零售可以销售给个人使用', 'Retail may sell to persons for their own use'),
  wayPerson: text('以使用单位建档，或由零售业务办理。', 'Register the organisation that buys, or serve by retail.'),
  notBuyer: text('{party}没有登记为购货单位', '{party} is not registered as a buyer'),
  notSupplier: text('{party}没有登记为供货者', '{party} is not registered as a supplier'),
  wayRole: text('由质量人员为其增加相应角色并补齐资质。', 'Let quality add the role with its documents.'),
  buyer: text('登记为购货单位', 'Registered as a buyer'),
  supplier: text('登记为供货者', 'Registered as a supplier'),
  institution: text('医疗机构使用医疗器械不受经营范围限制', 'A medical institution needs no scope of trade'),
  noEquipmentLicence: text(
    '大型医用设备需要配置许可证，档案中没有有效的',
    'Large equipment needs a configuration licence; none is valid on file',
  ),
  equipmentLicence: text('持有大型医用设备配置许可证 {no}', 'Holds the configuration licence {no}'),
  wayEquipment: text('请医疗机构提供配置许可证并核验。', 'Obtain the configuration licence and verify it.'),
  otherBuyer: text('其他使用单位凭合理使用需求说明购买', 'Buys with its statement of need'),
  ownMaker: text('注册人、生产企业销售自产产品不需经营许可', 'A holder sells its own devices without a trading permission'),
  abroad: text('境外单位不适用中国经营许可', 'Chinese trading permissions do not apply abroad'),
  warehouse: text('库房地址载于 {no}', 'The warehouse stands on {no}'),
  noWarehouse: text('库房「{address}」不在本公司有效许可证或备案凭证上', 'The warehouse “{address}” is on none of our valid permits'),
  wayWarehouse: text('先向发证机关办理库房地址变更。', 'Have the warehouse added by the authority first.'),
  chain: text('授权书自注册人至供货者连续有效', 'The letters lead from the holder to the supplier without a gap'),
  wayChain: text('取得补充授权书并核验。', 'Obtain the missing letter and verify it.'),
};

const passed = (name: CheckName, rule: string, reason: LocalText): Check => ({
  name,
  isPassed: true,
  rule,
  reasons: [reason],
  wayOut: null,
  missing: null,
  matched: [],
});
const failed = (name: CheckName, rule: string, reasons: readonly LocalText[], wayOut: LocalText): Check => ({
  name,
  isPassed: false,
  rule,
  reasons,
  wayOut,
  missing: null,
  matched: [],
});
const fromScope = (name: CheckName, rule: string, v: ScopeVerdict): Check => ({
  name,
  isPassed: v.isCovered,
  rule: v.rule === 'R-009' ? v.rule : rule,
  reasons: v.reasons,
  wayOut: v.wayOut,
  missing: v.missing,
  matched: v.matched,
});

const nameOf = (party: AskedParty): LocalText => text(party.nameZh, party.nameEn ?? party.nameZh);

function ownChecks(q: MayWeQuestion): Check[] {
  const { product, day } = q;
  const { permits, warehouseAddress } = q.own;
  const scope = fromScope(
    'ownScope',
    'R-006',
    checkScope({ product, permits, day, mode: q.direction === 'sell' ? q.mode : null, region: null }),
  );
  if (warehouseAddress === null || product.deviceClass === 'I') return [scope];
  const holding = permits.find(
    (p) => p.isVerified && (p.startsOn ?? day) <= day && (p.endsOn ?? day) >= day && p.warehouseAddresses.includes(warehouseAddress),
  );
  return [
    scope,
    holding
      ? passed('ownWarehouse', 'R-006', fill(words.warehouse, { no: holding.licenceNo }))
      : failed('ownWarehouse', 'R-006', [fill(words.noWarehouse, { address: warehouseAddress })], words.wayWarehouse),
  ];
}

function fileChecks(q: MayWeQuestion): Check[] {
  const { party } = q;
  const state = partyStates[party.state as keyof typeof partyStates]?.label ?? text(party.state, party.state);
  const gaps = documentGaps(party, party.documents, q.day).map((gap) => describeGap(gap));
  return [
    party.state === 'approved'
      ? passed('partyState', 'R-003', words.approved)
      : failed('partyState', 'R-003', [fill(words.notApproved, { party: nameOf(party), state })], words.wayApprove),
    gaps.length === 0
      ? passed('partyDocuments', 'R-003', words.complete)
      : failed(
          'partyDocuments',
          'R-003',
          gaps.map((gap) => fill(gap.words, gap.params)),
          words.wayDocuments,
        ),
  ];
}

function institutionScope(q: MayWeQuestion): Check {
  if (!q.product.isLargeEquipment) return passed('partyScope', 'GSP 82', words.institution);
  const licence = q.party.documents.find(
    (d) => d.documentKind === 'equipmentLicence' && d.isVerified && (d.startsOn ?? q.day) <= q.day && (d.endsOn ?? q.day) >= q.day,
  );
  return licence
    ? passed('partyScope', 'GSP 82', fill(words.equipmentLicence, { no: licence.licenceNo }))
    : failed('partyScope', 'GSP 82', [words.noEquipmentLicence], words.wayEquipment);
}

/** What a buyer may take: by what it is, the most generous role first. */
function buyerScope(q: MayWeQuestion): Check {
  const { party, product, day } = q;
  if (party.roles.includes('medicalInstitution')) return institutionScope(q);
  if (party.roles.includes('otherBuyer')) return passed('partyScope', 'R-012', words.otherBuyer);
  if (party.country !== 'CN') return passed('partyScope', 'R-001', words.abroad);
  return fromScope('partyScope', 'R-001', checkScope({ product, permits: party.permits, day, mode: null, region: party.region }));
}

function supplierScope(q: MayWeQuestion): Check {
  const { party, product, day } = q;
  const isMaker = party.roles.includes('registrant') || party.roles.includes('manufacturer');
  const isOwnProduct = isMaker && (q.holderId === null || q.holderId === party.id);
  if (isOwnProduct) return passed('partyScope', 'O54 27', words.ownMaker);
  if (party.country !== 'CN') return passed('partyScope', 'R-005', words.abroad);
  return fromScope('partyScope', 'R-005', checkScope({ product, permits: party.permits, day, mode: 'wholesale', region: null }));
}

function sellChecks(q: MayWeQuestion): Check[] {
  const { party } = q;
  if (party.legalForm === 'naturalPerson') {
    if (q.mode === 'retail') return [passed('partyKind', 'O54 71', words.personRetail)];
    if (isPersonBuying(party)) return [failed('partyKind', 'R-011', [fill(words.person, { party: nameOf(party) })], words.wayPerson)];
  }
  const isBuyer = buyerRoles.some((role) => party.roles.includes(role));
  const kind = isBuyer
    ? passed('partyKind', 'GSP 81', words.buyer)
    : failed('partyKind', 'GSP 81', [fill(words.notBuyer, { party: nameOf(party) })], words.wayRole);
  return [kind, ...fileChecks(q), ...(isBuyer ? [buyerScope(q)] : [])];
}

function buyChecks(q: MayWeQuestion): { readonly checks: Check[]; readonly chain: ChainVerdict | null } {
  const { party, holderId, letters, product, day } = q;
  const isSupplier = party.roles.includes('supplier');
  const kind = isSupplier
    ? passed('partyKind', 'GSP 53', words.supplier)
    : failed('partyKind', 'GSP 53', [fill(words.notSupplier, { party: nameOf(party) })], words.wayRole);
  const checks = [kind, ...fileChecks(q), supplierScope(q)];
  // Our supplier's right to sell: letters must lead from the holder to it, unless it is the holder.
  if (holderId === null) return { checks, chain: null };
  const chain = checkChain({ holderId, targetId: party.id, product, region: null, day }, letters);
  const link = chain.isUnbroken
    ? passed('authorisation', 'R-004', words.chain)
    : failed('authorisation', 'R-004', chain.gaps, words.wayChain);
  return { checks: [...checks, link], chain };
}

/**
 * Whether we may sell a product to a party, or buy it from one, on a day: our own permission, the party's first approval, its documents,
 * its scope, and for purchases the chain of letters from the holder. Every check is answered, also those that pass.
 */
export function mayWe(question: MayWeQuestion): MayWeAnswer {
  const { checks, chain } = question.direction === 'sell' ? { checks: sellChecks(question), chain: null } : buyChecks(question);
  const all = [...ownChecks(question), ...checks];
  return { isAllowed: all.every((check) => check.isPassed), checks: all, chain };
}
