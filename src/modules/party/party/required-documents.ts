import { text, type LocalText } from '#kernel/i18n/text.ts';
import { documentKinds, type DocumentKind } from '../licence/document-kinds.ts';

/** What a party is to us; one party may be several. */
export const partyRoles = {
  registrant: text('注册人/备案人', 'Registrant (holder)'),
  manufacturer: text('生产企业', 'Manufacturer'),
  supplier: text('供货者', 'Supplier'),
  dealer: text('经销商（购货）', 'Dealer (buys)'),
  medicalInstitution: text('医疗机构（购货）', 'Medical institution (buys)'),
  otherBuyer: text('其他使用单位（购货）', 'Other buyer'),
  carrier: text('承运商', 'Carrier'),
  authority: text('监管机构', 'Authority'),
} as const satisfies Record<string, LocalText>;
export type PartyRole = keyof typeof partyRoles;

export const buyerRoles: readonly PartyRole[] = ['dealer', 'medicalInstitution', 'otherBuyer'];

/** One thing a file must hold: any of these documents does. */
export interface Requirement {
  readonly anyOf: readonly DocumentKind[];
  /** Where it is asked for. */
  readonly rule: string;
  readonly role: PartyRole;
}

/** A document on file, as far as completeness asks. */
export interface FiledDocument {
  readonly id: string;
  readonly documentKind: DocumentKind;
  readonly licenceNo: string;
  readonly startsOn: string | null;
  /** Last day it holds; null where it has no end. */
  readonly endsOn: string | null;
  readonly isVerified: boolean;
}

export interface DocumentGap {
  readonly requirement: Requirement;
  readonly problem: 'missing' | 'lapsed' | 'notYet' | 'unverified';
  /** The document nearest to filling the gap, where there is one. */
  readonly document: FiledDocument | null;
}

const need = (role: PartyRole, rule: string, ...anyOf: DocumentKind[]): Requirement => ({ role, rule, anyOf });

const makesThings = (roles: readonly string[]): boolean => roles.includes('registrant') || roles.includes('manufacturer');

function needsOf(role: PartyRole, roles: readonly string[], isDomestic: boolean): Requirement[] {
  const identity = (rule: string) => need(role, rule, isDomestic ? 'businessLicence' : 'foreignRegistration');
  switch (role) {
    case 'registrant':
    case 'manufacturer':
      return isDomestic ? [identity('GSP 53'), need(role, 'GSP 53', 'productionLicence', 'productionFiling')] : [identity('GSP 53')];
    case 'supplier':
      return [
        identity('GSP 53'),
        // A holder sells its own devices without a trading permission (O54 27); everybody else needs one.
        ...(makesThings(roles) || !isDomestic ? [] : [need(role, 'GSP 53', 'tradingLicence', 'tradingFiling')]),
        need(role, 'GSP 56', 'qualityAgreement'),
        need(role, 'GSP 53', 'salespersonLetter'),
        need(role, 'GSP 53', 'specimens'),
      ];
    case 'dealer':
      return [identity('GSP 82'), need(role, 'GSP 82', 'tradingLicence', 'tradingFiling'), need(role, 'GSP 82', 'receiverLetter')];
    case 'medicalInstitution':
      return [need(role, 'GSP 82', 'institutionLicence', 'clinicFiling', 'institutionCertificate')];
    case 'otherBuyer':
      return [identity('GSP 81'), need(role, 'GSP 81', 'needStatement')];
    case 'carrier':
      return [
        need(role, 'GSP 98', 'transportLicence'),
        need(role, 'GSP 98', 'qualityAgreement'),
        need(role, 'GSP 98', 'carrierEvaluation'),
      ];
    case 'authority':
      return [];
  }
}

/** What the file of a party with these roles must hold (domain 1.9), each thing once. */
export function requiredDocuments(party: { readonly roles: readonly string[]; readonly country: string }): Requirement[] {
  const known = (Object.keys(partyRoles) as PartyRole[]).filter((role) => party.roles.includes(role));
  const seen = new Set<string>();
  return known
    .flatMap((role) => needsOf(role, party.roles, party.country === 'CN'))
    .filter((r) => {
      const key = r.anyOf.join();
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

const rank = { lapsed: 0, notYet: 1, unverified: 2 } as const;

function problemOf(document: FiledDocument, day: string): keyof typeof rank | undefined {
  if (document.endsOn !== null && day > document.endsOn) return 'lapsed';
  if (document.startsOn !== null && day < document.startsOn) return 'notYet';
  return document.isVerified ? undefined : 'unverified';
}

/** Requirements no verified document fills on a day, with the document that comes nearest. Empty: the file is complete. */
export function documentGaps(
  party: { readonly roles: readonly string[]; readonly country: string },
  documents: readonly FiledDocument[],
  day: string,
): DocumentGap[] {
  return requiredDocuments(party).flatMap((requirement): DocumentGap[] => {
    const candidates = documents
      .filter((d) => requirement.anyOf.includes(d.documentKind))
      .map((document) => ({ document, problem: problemOf(document, day) }));
    if (candidates.some((c) => c.problem === undefined)) return [];
    const nearest = candidates.toSorted(
      (a, b) =>
        rank[b.problem ?? 'lapsed'] - rank[a.problem ?? 'lapsed'] || (b.document.endsOn ?? '9').localeCompare(a.document.endsOn ?? '9'),
    )[0];
    return [{ requirement, problem: nearest?.problem ?? 'missing', document: nearest?.document ?? null }];
  });
}

const either = (kinds: readonly DocumentKind[]): LocalText => ({
  zh: kinds.map((k) => documentKinds[k].zh).join('或'),
  en: kinds.map((k) => documentKinds[k].en).join(' or '),
});

const gapWords = {
  missing: text('缺少{document}', '{document} is missing'),
  lapsed: text('{document} {no} 已于 {day} 到期', '{document} {no} expired on {day}'),
  notYet: text('{document} {no} 自 {day} 起才生效', '{document} {no} holds from {day} only'),
  unverified: text('{document} {no} 尚未核验', '{document} {no} is not verified yet'),
} as const satisfies Record<DocumentGap['problem'], LocalText>;

/** A gap in words: what it is about and what is wrong with it. */
export function describeGap(gap: DocumentGap): {
  readonly words: LocalText;
  readonly params: Readonly<Record<string, string | LocalText>>;
} {
  const { document, problem } = gap;
  const name = document ? documentKinds[document.documentKind] : either(gap.requirement.anyOf);
  const day = problem === 'notYet' ? (document?.startsOn ?? '') : (document?.endsOn ?? '');
  return { words: gapWords[problem], params: { document: name, no: document?.licenceNo ?? '', day } };
}
