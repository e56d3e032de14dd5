import * as z from 'zod';
import { defineOperation } from '#kernel/http/operation.ts';
import { localText } from '#kernel/http/wire.ts';
import { text } from '#kernel/i18n/text.ts';

/** Reads the books: balances and the lines behind them. */
export const BOOKS_VIEW = 'finance.books.view';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export const trialBalance = defineOperation({
  id: 'trialBalance',
  method: 'GET',
  path: '/finance/trial-balance',
  tag: 'finance',
  summary: text('科目余额表', 'Trial balance'),
  access: { permission: BOOKS_VIEW },
  query: z.object({ entityId: z.string().max(64), from: month, to: month }),
  output: z.object({
    currency: z.string(),
    rows: z.array(
      z.object({
        accountId: z.string(),
        code: z.string(),
        name: localText,
        opening: z.string(),
        debit: z.string(),
        credit: z.string(),
        closing: z.string(),
      }),
    ),
    totals: z.object({ opening: z.string(), debit: z.string(), credit: z.string(), closing: z.string() }),
  }),
});

export const accountLines = defineOperation({
  id: 'accountLines',
  method: 'GET',
  path: '/finance/account-lines',
  tag: 'finance',
  summary: text('科目明细账', 'Lines of an account'),
  access: { permission: BOOKS_VIEW },
  query: z.object({
    entityId: z.string().max(64),
    accountId: z.string().max(64),
    from: month,
    to: month,
    limit: z.coerce.number<string>().int().min(1).max(500).default(200),
  }),
  output: z.object({
    lines: z.array(
      z.object({
        day: z.string(),
        documentId: z.string(),
        documentKind: z.string().nullable(),
        documentNumber: z.string().nullable(),
        summary: z.string().nullable(),
        debit: z.string(),
        credit: z.string(),
        isReversal: z.boolean(),
      }),
    ),
    isCut: z.boolean(),
  }),
});
