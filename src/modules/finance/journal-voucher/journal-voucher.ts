import Big from 'big.js';
import type { Refusal } from '#kernel/command/refusal.ts';
import { commandRefusals } from '#kernel/command/refusals.ts';
import { commonStates, defineDocument, standardActions } from '#kernel/document/define-document.ts';
import { groupCurrency, lineSet } from '#kernel/document/definition.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import type { JournalEntry } from '#kernel/ledger/general/entry.ts';
import { isCurrency } from '#kernel/money/currency.ts';
import { AMOUNT_MINOR_MAX, fromMinor, isTooLarge, roundMoney, toMinor } from '#kernel/money/money.ts';
import { financeRefusals as refusals } from '../refusals.ts';

export const voucherTypes = {
  general: text('记账凭证', 'General'),
  receipt: text('收款凭证', 'Receipt'),
  payment: text('付款凭证', 'Payment'),
  transfer: text('转账凭证', 'Transfer'),
} as const;

const periodStates = {
  locked: text('已锁定', 'locked'),
  closed: text('已结账', 'closed'),
  missing: text('尚未建立', 'not set up'),
} as const;

export interface VoucherFacts {
  readonly accounts: ReadonlyMap<
    string,
    { readonly code: string; readonly nameZh: string; readonly isPosting: boolean; readonly entityId: string }
  >;
  /** State of the accounting period of the voucher's day in the local book. */
  readonly periodState: 'open' | 'locked' | 'closed' | 'missing';
}

const entryFields = {
  summary: field.text({ label: text('摘要', 'Summary'), optional: true }),
  accountId: field.ref('account', { label: text('会计科目', 'Account') }),
  debit: field.money({ label: text('借方', 'Debit'), optional: true }),
  credit: field.money({ label: text('贷方', 'Credit'), optional: true }),
  currency: field.code({
    label: text('币种', 'Currency'),
    optional: true,
    max: 3,
    pattern: /^[A-Z]{3}$/,
    help: text('留空为本位币', 'Empty: functional currency'),
  }),
  exchangeRate: field.decimal({ label: text('汇率', 'Rate'), optional: true, scale: 8, signed: false }),
  functionalAmount: field.money({ label: text('本位币金额', 'Functional amount'), derived: true, optional: true, signed: true }),
};
type EntryLine = {
  lineNo: number;
  summary: string | null;
  accountId: string;
  debit: string | null;
  credit: string | null;
  currency: string | null;
  exchangeRate: string | null;
  functionalAmount: string | null;
};

const isPositive = (amount: string | null): boolean => amount !== null && Big(amount).gt(0);

/** Debit positive, credit negative, in functional currency; null while the line is incomplete. */
function functionalOf(line: EntryLine, functionalCurrency: string): string | null {
  const amount = Big(line.debit ?? '0').minus(line.credit ?? '0');
  const isForeign = line.currency !== null && line.currency !== functionalCurrency;
  if (isForeign && line.exchangeRate === null) return null;
  return fromMinor(roundMoney(isForeign ? amount.times(line.exchangeRate as string) : amount, functionalCurrency), functionalCurrency);
}

const sideTotal = (lines: readonly EntryLine[], side: 'debit' | 'credit'): string =>
  lines
    .filter((line) => isPositive(line[side]) && line.functionalAmount !== null)
    .reduce((sum, line) => sum.plus(Big(line.functionalAmount as string).abs()), Big(0))
    .toFixed(2);

/** What is wrong with single lines; a draft may be unbalanced, but not nonsense. */
function lineRefusals(lines: readonly EntryLine[], facts: VoucherFacts, entityId: string | null, functionalCurrency: string): Refusal[] {
  return lines.flatMap((line) => {
    const at = (name: string) => ({ lines: 'entries', line: line.lineNo, field: name });
    const account = facts.accounts.get(line.accountId);
    const named = { account: account ? `${account.code} ${account.nameZh}` : line.accountId };
    const found: Refusal[] = [];
    if (isPositive(line.debit) === isPositive(line.credit)) found.push(refusals.oneSideOnly({}, at('debit')));
    if (account && !account.isPosting) found.push(refusals.accountNotPosting(named, at('accountId')));
    if (account && account.entityId !== entityId) found.push(refusals.accountOfOther(named, at('accountId')));
    if (line.currency !== null && !isCurrency(line.currency))
      found.push(refusals.currencyUnknown({ currency: line.currency }, at('currency')));
    if (line.functionalAmount !== null && isTooLarge(toMinor(line.functionalAmount, functionalCurrency))) {
      const max = fromMinor(AMOUNT_MINOR_MAX, functionalCurrency);
      found.push(
        commandRefusals.amountTooLarge({ label: entryFields.functionalAmount.label, max }, at(line.debit === null ? 'credit' : 'debit')),
      );
    }
    if (line.currency !== null && line.currency !== functionalCurrency && line.exchangeRate === null) {
      found.push(refusals.rateMissing({ currency: line.currency, functional: functionalCurrency }, at('exchangeRate')));
    }
    return found;
  });
}

/** balances in functional currency and per currency, into an open period. */
function postingRefusals(
  doc: { voucherDate: string; totalDebit: string | null; totalCredit: string | null; lines: { entries: EntryLine[] } },
  facts: VoucherFacts,
  functional: string,
): Refusal[] {
  const found: Refusal[] = [];
  const [debit, credit] = [doc.totalDebit ?? '0', doc.totalCredit ?? '0'];
  const perCurrency = new Map<string, Big>();
  for (const line of doc.lines.entries) {
    const currency = line.currency ?? functional;
    perCurrency.set(currency, (perCurrency.get(currency) ?? Big(0)).plus(line.debit ?? 0).minus(line.credit ?? 0));
  }
  if (!Big(debit).eq(credit)) {
    found.push(refusals.voucherUnbalanced({ debit, credit, difference: Big(debit).minus(credit).abs().toFixed(2) }));
  } else {
    for (const [currency, rest] of perCurrency) {
      if (!rest.eq(0))
        found.push(refusals.voucherUnbalanced({ debit: currency, credit: currency, difference: `${rest.abs().toFixed(2)} ${currency}` }));
    }
  }
  if (facts.periodState !== 'open') {
    found.push(
      refusals.periodNotOpen({ period: doc.voucherDate.slice(0, 7), state: periodStates[facts.periodState] }, { field: 'voucherDate' }),
    );
  }
  return found;
}

function journalOf(doc: { summary: string; lines: { entries: EntryLine[] } }, functional: string): JournalEntry {
  return {
    book: 'local',
    summary: doc.summary,
    lines: doc.lines.entries.map((line) => {
      const currency = line.currency ?? functional;
      return {
        line: line.lineNo,
        accountId: line.accountId,
        counterpartyId: null,
        currency,
        amountMinor: toMinor(line.debit ?? '0', currency) - toMinor(line.credit ?? '0', currency),
        functionalMinor: toMinor(line.functionalAmount ?? '0', functional),
        summary: line.summary ?? doc.summary,
        dimensions: {},
      };
    }),
  };
}

/** A voucher written by hand: whatever is booked without a document of its own. Preparer ≠ reviewer ≠ poster. */
export const journalVoucher = defineDocument<VoucherFacts>()({
  kind: 'journal-voucher',
  module: 'finance',
  plural: 'journal-vouchers',
  idPrefix: 'jv',
  label: text('记账凭证', 'Journal voucher'),
  pluralLabel: text('记账凭证', 'Journal vouchers'),
  table: 'finance.journal_voucher',
  header: {
    voucherDate: field.date({ label: text('凭证日期', 'Voucher date') }),
    voucherType: field.choice(voucherTypes, { label: text('凭证类别', 'Type'), initial: 'general' }),
    summary: field.text({ label: text('摘要', 'Summary') }),
    attachmentCount: field.integer({ label: text('附件张数', 'Attachments'), initial: 0, min: 0, max: 999 }),
    totalDebit: field.money({ label: text('借方合计', 'Total debit'), derived: true, optional: true }),
    totalCredit: field.money({ label: text('贷方合计', 'Total credit'), derived: true, optional: true }),
  },
  lines: { entries: lineSet(text('分录', 'Entries'), entryFields, { min: 2, max: 2000 }) },
  states: {
    draft: commonStates.draft,
    submitted: commonStates.submitted,
    approved: commonStates.approved,
    posted: commonStates.posted,
    cancelled: commonStates.cancelled,
    reversed: commonStates.reversed,
  },
  // No gaps per month: law asks for it of posted vouchers, so a draft has no number yet.
  numbering: { pattern: 'JV-{yyyy}{MM}-{seq:4}', isGapless: true, restarts: 'month', takenBy: 'post' },
  occurredOnField: 'voucherDate',
  list: {
    columns: ['number', 'voucherDate', 'voucherType', 'summary', 'totalDebit', 'state', 'createdBy', 'createdAt'],
    search: ['summary'],
    sums: ['totalDebit'],
    sort: { field: 'createdAt', descending: true },
  },
  title: (doc) => text(doc.summary, doc.summary),
  icon: 'file-text',
  derive: (doc, { functionalCurrency } = groupCurrency) => {
    const entries = doc.lines.entries.map((line) => ({ ...line, functionalAmount: functionalOf(line, functionalCurrency) }));
    return { lines: { entries }, totalDebit: sideTotal(entries, 'debit'), totalCredit: sideTotal(entries, 'credit') };
  },
  check: (doc, facts, { functionalCurrency }) => lineRefusals(doc.lines.entries, facts, doc.entityId, functionalCurrency),
  actions: {
    submit: {
      label: text('提交', 'Submit'),
      from: ['draft'],
      to: 'approved',
      isPrimary: true,
      approval: { pending: 'submitted', amount: (doc) => doc.totalDebit ?? '0' },
      refuse: (doc, facts, { functionalCurrency }) => [
        ...lineRefusals(doc.lines.entries, facts, doc.entityId, functionalCurrency),
        ...postingRefusals(doc, facts, functionalCurrency),
      ],
    },
    post: {
      label: text('记账', 'Post'),
      from: ['approved'],
      to: 'posted',
      isPrimary: true,
      notBy: ['create', 'amend'],
      refuse: (doc, facts, { functionalCurrency }) => [
        ...lineRefusals(doc.lines.entries, facts, doc.entityId, functionalCurrency),
        ...postingRefusals(doc, facts, functionalCurrency),
      ],
      post: (doc, _facts, { functionalCurrency }) => ({ journal: [journalOf(doc, functionalCurrency)] }),
    },
    reverse: standardActions.reverse('post'),
    cancel: standardActions.cancel,
  },
});
