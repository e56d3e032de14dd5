import * as z from 'zod';
import { defineOperation } from '#kernel/http/operation.ts';
import { localText } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';

/** Asks whether we may sell or buy, and sees which qualification runs out. */
export const QUALIFICATION_VIEW = 'party.qualification.view';

const day = z.iso.date();
const flag = z.enum(['true', 'false']).default('false');
const code = z.string().trim().max(16).optional();

const check = z.object({
  name: z.enum(['ownScope', 'ownWarehouse', 'partyState', 'partyDocuments', 'partyKind', 'partyScope', 'authorisation']),
  label: localText,
  isPassed: z.boolean(),
  rule: z.string(),
  reasons: z.array(localText),
  wayOut: localText.nullable(),
  matched: z.array(
    z.object({
      permitId: z.string(),
      licenceNo: z.string(),
      lineNo: z.number(),
      catalogue: z.string(),
      code: z.string(),
      isIncluded: z.boolean(),
      isDetermination: z.boolean(),
    }),
  ),
});

export const mayWeAsk = defineOperation({
  id: 'mayWe',
  method: 'GET',
  path: '/party/may-we',
  tag: 'party',
  summary: text('我们能否向该单位销售或采购：逐项检查并说明理由', 'May we sell to or buy from this party: every check with its reason'),
  access: { permission: QUALIFICATION_VIEW },
  query: z.object({
    entityId: z.string().max(64),
    partyId: z.string().max(64),
    direction: z.enum(['sell', 'buy']),
    mode: z.enum(['wholesale', 'retail']).default('wholesale'),
    /** Default: today where the company is. */
    day: day.optional(),
    deviceClass: z.enum(['I', 'II', 'III']),
    code2002: code,
    code2017: code,
    isIvdReagent: flag,
    isFilingExempt: flag,
    isLargeEquipment: flag,
    productCode: z.string().trim().max(64).optional(),
    registrationNo: z.string().trim().max(80).optional(),
    /** Registrant: asks for the chain of authorisation too. */
    holderId: z.string().max(64).optional(),
    warehouseAddress: z.string().trim().max(300).optional(),
  }),
  output: z.object({
    isAllowed: z.boolean(),
    day,
    party: z.object({ id: z.string(), code: z.string(), name: localText, state: z.string() }),
    checks: z.array(check),
    /** The letters from the holder to the supplier, where asked for. */
    chain: z
      .array(
        z.object({
          id: z.string(),
          letterNo: z.string(),
          from: localText,
          to: localText,
          endsOn: z.string().nullable(),
          problems: z.array(localText),
        }),
      )
      .nullable(),
  }),
});

export const partyQualification = defineOperation({
  id: 'partyQualification',
  method: 'GET',
  path: '/party/qualification/:partyId',
  tag: 'party',
  summary: text('往来单位的资质清单：应有、现有、缺口', 'Documents a party needs, has and lacks'),
  access: { permission: QUALIFICATION_VIEW },
  params: z.object({ partyId: z.string().max(64) }),
  output: z.object({
    day,
    requirements: z.array(
      z.object({
        label: localText,
        role: localText,
        rule: z.string(),
        problem: z.enum(['missing', 'lapsed', 'notYet', 'unverified']).nullable(),
        words: localText.nullable(),
        document: z.object({ id: z.string(), licenceNo: z.string(), endsOn: z.string().nullable() }).nullable(),
      }),
    ),
  }),
});

export const expiryList = defineOperation({
  id: 'qualificationExpiries',
  method: 'GET',
  path: '/party/expiries',
  tag: 'party',
  summary: text('即将到期与已到期的资质和授权', 'Qualifications and authorisations that run out or have lapsed'),
  access: { permission: QUALIFICATION_VIEW },
  query: z.object({ days: z.coerce.number<string>().int().min(0).max(730).default(90) }),
  output: z.object({
    day,
    rows: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['licence', 'authorisation']),
        number: z.string(),
        title: localText,
        ownerId: z.string(),
        ownerKind: z.enum(['party', 'legal-entity']),
        ownerName: localText,
        ownerState: z.string().nullable(),
        endsOn: z.string(),
        daysLeft: z.number(),
        state: z.string(),
      }),
    ),
    isCut: z.boolean(),
  }),
});

export const partyOperations = [mayWeAsk, partyQualification, expiryList];
