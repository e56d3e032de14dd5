import * as z from 'zod';

/** The shapes every document and record travels in; shared by server, typed client, OpenAPI and screens. */

export const localText = z.object({ zh: z.string(), en: z.string() });

export const refusalWire = z.object({
  code: z.string(),
  rule: z.string().optional(),
  text: localText,
  wayOut: localText,
  field: z.string().optional(),
  lines: z.string().optional(),
  line: z.number().optional(),
  link: z.object({ kind: z.string(), id: z.string() }).optional(),
});

/** RFC 9457 problem details; `refusals` says everything that stands in the way, not only the first thing. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  code: z.string(),
  refusals: z.array(refusalWire),
});
export type Problem = z.infer<typeof problem>;
export type RefusalWire = z.infer<typeof refusalWire>;

export const filterOperators = [
  'eq',
  'ne',
  'in',
  'lt',
  'lte',
  'gt',
  'gte',
  'between',
  'contains',
  'startsWith',
  'isNull',
  'isNotNull',
] as const;
export const filterItem = z.object({
  field: z.string().max(64),
  op: z.enum(filterOperators),
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()])).max(200), z.null()]).optional(),
});
export type FilterItem = z.infer<typeof filterItem>;

const jsonIn = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .max(8000)
    .transform((value, context) => {
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** Query of every list. `filter` is JSON: `[{"field":"state","op":"in","value":["draft"]}]`; `sort` is `field` or `-field`. */
export const listQuery = z.object({
  q: z.string().trim().max(200).optional(),
  filter: jsonIn(z.array(filterItem).max(30)).optional(),
  sort: z.string().max(65).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number<string>().int().min(1).max(200).default(50),
  /** Count and sums of the whole filtered set. */
  totals: z.enum(['true', 'false']).default('false'),
});
export type ListQuery = z.output<typeof listQuery>;

/** Readable names of everything a page refers to, by id. */
export const titles = z.record(z.string(), z.object({ kind: z.string(), number: z.string().nullable(), title: localText }));

export const listAnswer = z.object({
  rows: z.array(z.record(z.string(), z.unknown())),
  titles,
  nextCursor: z.string().nullable(),
  totals: z
    .object({
      count: z.number(),
      /** More rows exist than were counted. */
      isAtLeast: z.boolean(),
      sums: z.record(z.string(), z.string()),
    })
    .optional(),
});
export type ListAnswer = z.infer<typeof listAnswer>;

/** How one action stands for this person and this document: a disabled one says why. */
export const actionStatus = z.object({
  name: z.string(),
  isAllowed: z.boolean(),
  refusals: z.array(refusalWire),
});
export type ActionStatus = z.infer<typeof actionStatus>;

export const documentAnswer = z.object({
  /** Head, header fields and `lines` by line set. */
  document: z.record(z.string(), z.unknown()),
  titles,
  actions: z.array(actionStatus),
  /** The open request for approval, where one waits. */
  approval: z.object({ id: z.string(), action: z.string(), summary: localText }).nullable(),
});
export type DocumentAnswer = z.infer<typeof documentAnswer>;

export const signatureBody = z.object({ password: z.string().max(500).optional(), code: z.string().max(20).optional() });

/** Body of every action. The idempotency key travels in the header `Idempotency-Key`, the rehearsal in the query `dryRun=true`. */
export const commandBody = z.object({
  entityId: z.string().nullish(),
  content: z.unknown().optional(),
  input: z.record(z.string(), z.unknown()).optional(),
  reason: z.string().trim().max(2000).optional(),
  occurredOn: z.iso.date().optional(),
  expectedVersion: z.number().int().optional(),
  signature: signatureBody.optional(),
});
export type CommandBody = z.output<typeof commandBody>;

export const previewMove = z.object({
  line: z.number(),
  productId: z.string(),
  lotId: z.string(),
  lotLabel: z.string(),
  fromPlaceId: z.string(),
  fromState: z.string(),
  toPlaceId: z.string(),
  toState: z.string(),
  quantity: z.string(),
  /** Null where the cost may not be seen. */
  value: z.string().nullable(),
});
export const previewLine = z.object({
  book: z.string(),
  accountId: z.string(),
  counterpartyId: z.string().nullable(),
  currency: z.string(),
  debit: z.string(),
  credit: z.string(),
  summary: z.string().nullable(),
});
export const gateVerdict = z.object({ gate: z.string(), isPassed: z.boolean(), ruleVersion: z.string(), refusals: z.array(refusalWire) });

/** What a command did, or in a rehearsal would do. */
export const commandAnswer = z.object({
  status: z.enum(['done', 'awaiting-approval', 'rehearsed']),
  isReplay: z.boolean(),
  document: z.record(z.string(), z.unknown()),
  approvalId: z.string().nullable(),
  effects: z.object({
    moves: z.array(previewMove),
    journal: z.array(previewLine),
    gates: z.array(gateVerdict),
    /** Numbers taken. */
    numbers: z.array(z.string()),
    /** Truncated lists say how many there are. */
    moveCount: z.number(),
  }),
  titles,
});
export type CommandAnswer = z.infer<typeof commandAnswer>;
