import { defineRecord } from '#kernel/document/define-record.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { financeRefusals as refusals } from '../refusals.ts';

export interface PeriodFacts {
  /** The earliest period of the company that is not closed. */
  readonly earliestOpen: string | undefined;
}

/** A month of a company's books: `active` takes postings, a locked one waits for its close, a closed one is reopened only with a reason. */
export const accountingPeriod = defineRecord<PeriodFacts>()({
  kind: 'accounting-period',
  module: 'finance',
  plural: 'accounting-periods',
  idPrefix: 'per',
  label: text('会计期间', 'Accounting period'),
  pluralLabel: text('会计期间', 'Accounting periods'),
  table: 'finance.accounting_period',
  isEntityScoped: true,
  header: {
    code: field.code({
      label: text('期间', 'Period'),
      max: 7,
      pattern: /^\d{4}-(0[1-9]|1[0-2])$/,
      help: text('年-月，如 2026-11', 'Year-month, e.g. 2026-11'),
    }),
  },
  states: {
    active: { label: text('已打开', 'Open'), tone: 'good' },
    locked: { label: text('已锁定', 'Locked'), tone: 'waiting' },
    inactive: { label: text('已结账', 'Closed'), tone: 'draft' },
  },
  codeField: 'code',
  list: { columns: ['number', 'entityId', 'state', 'updatedAt'], search: ['code'], sort: { field: 'number', descending: true } },
  title: (p) => text(p.code, p.code),
  icon: 'calendar',
  actions: {
    change: { label: text('变更', 'Change'), from: [], to: 'active' },
    lock: { label: text('锁定', 'Lock'), from: ['active'], to: 'locked', isPrimary: true },
    unlock: { label: text('解锁', 'Unlock'), from: ['locked'], to: 'active', reason: 'required' },
    deactivate: {
      label: text('结账', 'Close'),
      from: ['active', 'locked'],
      to: 'inactive',
      isDangerous: true,
      refuse: (p, facts) =>
        facts.earliestOpen !== undefined && facts.earliestOpen < p.code
          ? refusals.earlierPeriodOpen({ period: p.code, earlier: facts.earliestOpen })
          : undefined,
    },
    activate: { label: text('反结账', 'Reopen'), from: ['inactive'], to: 'active', reason: 'required', isDangerous: true },
  },
});
