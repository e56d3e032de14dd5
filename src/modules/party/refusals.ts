import { defineRefusal } from '#kernel/command/refusal.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';

type Word = string | LocalText;

/** What the module refuses; every sentence names the thing and the way out. */
export const partyRefusals = {
  usccDoesNotHold: defineRefusal<{ uscc: string }>({
    code: 'party/uscc-does-not-hold',
    rule: 'R-017',
    text: text('统一社会信用代码 {uscc} 的校验位不正确', 'The check sign of the unified social credit code {uscc} does not hold'),
    wayOut: text(
      '请按营业执照核对 18 位代码；代码中不会出现字母 I、O、S、V、Z。',
      'Compare the 18 signs with the business licence; I, O, S, V, Z never occur.',
    ),
  }),
  usccIsMissing: defineRefusal<{ party: string }>({
    code: 'party/uscc-is-missing',
    rule: 'GSP 53',
    text: text('{party}是境内单位，但没有统一社会信用代码', '{party} is a domestic organisation without a unified social credit code'),
    wayOut: text('填写营业执照或法人证书上的代码。', 'Enter the code of the business licence or certificate.'),
  }),
  leiDoesNotHold: defineRefusal<{ lei: string }>({
    code: 'party/lei-does-not-hold',
    text: text('法人识别编码 LEI {lei} 的校验位不正确', 'The check digits of the LEI {lei} do not hold'),
    wayOut: text('请按 LEI 证书核对 20 位编码。', 'Compare the 20 signs with the LEI certificate.'),
  }),
  taxNumberDoesNotHold: defineRefusal<{ taxNo: string; country: string }>({
    code: 'party/tax-number-does-not-hold',
    text: text('税号 {taxNo} 不符合 {country} 的校验规则', 'The tax number {taxNo} does not follow the check rule of {country}'),
    wayOut: text('请与对方核对税号和国家代码。', 'Check the number and the country with the party.'),
  }),
  ibanDoesNotHold: defineRefusal<{ account: string }>({
    code: 'party/iban-does-not-hold',
    text: text('IBAN 账号 {account} 的校验位不正确', 'The check digits of the IBAN {account} do not hold'),
    wayOut: text('请与对方书面核对账号，切勿凭邮件更改。', 'Confirm the account with the party in writing, never by e-mail alone.'),
  }),
  partyUsccIsUsedOnce: defineRefusal({
    code: 'party/party-uscc-is-used-once',
    status: 409,
    text: text('该统一社会信用代码已登记在另一往来单位名下', 'Another party already has this unified social credit code'),
    wayOut: text('打开已有往来单位，为其增加角色。', 'Open that party and give it the further role.'),
  }),
  roleIsMissing: defineRefusal({
    code: 'party/role-is-missing',
    text: text('没有选择往来单位的角色', 'The party has no role'),
    wayOut: text('至少选择一个角色，资质要求由角色决定。', 'Choose at least one; the role decides which documents are needed.'),
  }),
  roleIsUnknown: defineRefusal<{ role: string }>({
    code: 'party/role-is-unknown',
    text: text('没有「{role}」这个角色', 'There is no role “{role}”'),
    wayOut: text('从列表中选择角色。', 'Choose roles from the list.'),
  }),
  individualCannotBuyWholesale: defineRefusal<{ party: string }>({
    code: 'party/individual-cannot-buy-wholesale',
    rule: 'R-011',
    text: text('{party}是自然人，批发企业不得向个人销售', '{party} is a natural person; a wholesaler may not sell to persons'),
    wayOut: text(
      '以经营企业、医疗机构或其他使用单位建档，或由零售业务办理。',
      'Register the organisation that buys, or serve the person by retail.',
    ),
  }),
  documentIsMissing: defineRefusal<{ document: Word; rule: string }>({
    code: 'party/document-is-missing',
    rule: 'GSP 53',
    text: text('资质不全：缺少{document}（{rule}）', 'The file is incomplete: {document} is missing ({rule})'),
    wayOut: text('登记该文件、附上扫描件并核验后再提交。', 'Record the document with its scan, let it be verified, then try again.'),
  }),
  documentHasLapsed: defineRefusal<{ document: Word; no: Word; day: Word }>({
    code: 'party/document-has-lapsed',
    rule: 'R-003',
    text: text('{document} {no} 已于 {day} 到期', '{document} {no} expired on {day}'),
    wayOut: text('取得换发的文件，登记并核验后重新提交审核。', 'Obtain the renewed document, record and verify it, then submit again.'),
  }),
  documentIsNotYetValid: defineRefusal<{ document: Word; no: Word; day: Word }>({
    code: 'party/document-is-not-yet-valid',
    rule: 'R-003',
    text: text('{document} {no} 自 {day} 起才生效', '{document} {no} holds from {day} only'),
    wayOut: text('等到生效之日，或登记目前有效的文件。', 'Wait for that day, or record the document that holds now.'),
  }),
  documentIsUnverified: defineRefusal<{ document: Word; no: Word }>({
    code: 'party/document-is-unverified',
    rule: 'GSP 53',
    text: text('{document} {no} 尚未核验', '{document} {no} is not verified yet'),
    wayOut: text('由质量人员对照原件或公示信息核验。', 'Let quality verify it against the original or the public register.'),
  }),
  partyIsNotApproved: defineRefusal<{ party: Word; state: Word }>({
    code: 'party/party-is-not-approved',
    rule: 'R-003',
    text: text('{party}当前为「{state}」，不是已批准的往来单位', '{party} is “{state}”, not an approved party'),
    wayOut: text('由质量部门完成首营审批。', 'Let quality complete the first approval.'),
  }),
  ownerIsNotOne: defineRefusal({
    code: 'party/licence-belongs-to-one',
    text: text('资质文件必须且只能属于一个往来单位或本公司', 'A document belongs to exactly one party, or to one of our companies'),
    wayOut: text('只填写「往来单位」和「本公司」其中之一。', 'Fill in either the party or our company.'),
  }),
  licenceNumberIsMalformed: defineRefusal<{ document: Word; no: string }>({
    code: 'party/licence-number-is-malformed',
    rule: 'O54 14',
    text: text('「{no}」不是{document}的编号格式', '“{no}” does not look like the number of a {document}'),
    wayOut: text('按证书核对编号；旧版编号（食药监）可照原样填写。', 'Compare with the certificate; older spellings are taken as printed.'),
  }),
  endIsBeforeStart: defineRefusal({
    code: 'party/end-is-before-start',
    text: text('有效期止早于有效期起', 'The last day lies before the first'),
    wayOut: text('更正有效期。', 'Correct the term.'),
  }),
  endIsMissing: defineRefusal<{ document: Word }>({
    code: 'party/end-is-missing',
    rule: 'O54 16',
    text: text('{document}有有效期，请填写截止日', '{document} has a term: its last day is missing'),
    wayOut: text('填写证书上的有效期至。', 'Enter the last day printed on it.'),
  }),
  modeIsMissing: defineRefusal<{ document: Word }>({
    code: 'party/mode-of-trade-is-missing',
    rule: 'O54 14',
    text: text('{document}载明经营方式，此处未填写', 'A {document} names a mode of trade; it is missing here'),
    wayOut: text('按证书填写批发、零售或批零兼营。', 'Enter wholesale, retail or both, as printed.'),
  }),
  scopeCodeIsUnknown: defineRefusal<{ code: string; catalogue: Word }>({
    code: 'party/scope-code-is-unknown',
    rule: 'O54 14',
    text: text('「{code}」不是{catalogue}的编码', '“{code}” is not a code of the {catalogue}'),
    wayOut: text(
      '2002 版如 6821，2017 版如 07 或 07-04-01，试剂为 6840，全部为 *。',
      '2002: 6821; 2017: 07 or 07-04-01; reagents: 6840; everything: *.',
    ),
  }),
  scopeOnPermitsOnly: defineRefusal<{ document: Word }>({
    code: 'party/scope-on-permits-only',
    text: text('{document}不载明经营范围', '{document} does not print a scope of trade'),
    wayOut: text('经营范围只登记在经营许可证或备案凭证上。', 'Scope rows belong to trading licences and filings.'),
  }),
  lapsedCannotBeVerified: defineRefusal<{ no: string; day: string }>({
    code: 'party/lapsed-cannot-be-verified',
    rule: 'R-015',
    text: text('{no} 已于 {day} 到期，不能核验为有效', '{no} expired on {day} and cannot be verified as valid'),
    wayOut: text('登记换发后的文件。', 'Record the renewed document.'),
  }),
  granteeIsNotOne: defineRefusal({
    code: 'party/authorisation-goes-to-one',
    text: text('授权对象必须且只能是一个往来单位或本公司', 'An authorisation goes to exactly one party, or to one of our companies'),
    wayOut: text('只填写其中之一。', 'Fill in either of them.'),
  }),
  grantorIsGrantee: defineRefusal({
    code: 'party/grantor-is-grantee',
    text: text('授权方与被授权方相同', 'Grantor and grantee are the same'),
    wayOut: text('核对授权书上的双方。', 'Check both parties of the letter.'),
  }),
  coverageNeedsValue: defineRefusal<{ coverage: Word }>({
    code: 'party/coverage-needs-value',
    text: text('「{coverage}」需要填写对应的编码', '“{coverage}” needs its code'),
    wayOut: text('填写产品编码、注册证号或分类编码。', 'Enter the product code, registration number or category.'),
  }),
} as const;
