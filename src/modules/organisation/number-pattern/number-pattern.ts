import { defineRecord } from '#kernel/document/define-record.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { kindHasNoNumbers, patternNeedsSequence, patternNeedsPeriod } from '../refusals.ts';

export interface NumberPatternFacts {
  /** How the kind's numbers restart; undefined where the kind has no number series. */
  readonly restarts: 'never' | 'year' | 'month' | undefined;
}

/** Whether a pattern shows the period its counter restarts in, so that no number comes twice. */
function showsPeriod(pattern: string, restarts: 'never' | 'year' | 'month'): boolean {
  const hasYear = pattern.includes('{yyyy}') || pattern.includes('{yy}');
  switch (restarts) {
    case 'never':
      return true;
    case 'year':
      return hasYear;
    case 'month':
      return hasYear && pattern.includes('{MM}');
  }
}

/** How the numbers of a document kind look, in the group or in one company. The counter itself never goes back. */
export const numberPattern = defineRecord<NumberPatternFacts>()({
  kind: 'number-pattern',
  module: 'organisation',
  plural: 'number-patterns',
  idPrefix: 'nop',
  label: text('编号规则', 'Number pattern'),
  pluralLabel: text('编号规则', 'Number patterns'),
  table: 'organisation.number_pattern',
  header: {
    code: field.code({ label: text('编码', 'Code'), max: 40 }),
    documentKind: field.code({ label: text('单据类型', 'Document kind'), help: text('如 journal-voucher', 'e.g. journal-voucher') }),
    companyId: field.ref('legal-entity', {
      label: text('公司', 'Company'),
      optional: true,
      help: text('留空为全部公司', 'Empty: every company'),
    }),
    pattern: field.text({
      label: text('编号格式', 'Pattern'),
      max: 60,
      pattern: /^[A-Za-z0-9\-/{}:.]+$/,
      help: text('可用 {yyyy} {yy} {MM} {entity} {seq:5}', 'May use {yyyy} {yy} {MM} {entity} {seq:5}'),
    }),
  },
  codeField: 'code',
  list: {
    columns: ['number', 'documentKind', 'companyId', 'pattern', 'state'],
    search: ['code', 'documentKind', 'pattern'],
    sort: { field: 'number', descending: false },
  },
  title: (p) => text(`${p.documentKind} ${p.pattern}`, `${p.documentKind} ${p.pattern}`),
  icon: 'number',
  check: (p, { restarts }) => {
    if (restarts === undefined) return kindHasNoNumbers({ kind: p.documentKind }, { field: 'documentKind' });
    if (!/\{seq:\d\}/.test(p.pattern)) return patternNeedsSequence({}, { field: 'pattern' });
    return showsPeriod(p.pattern, restarts)
      ? undefined
      : patternNeedsPeriod({ restarts: restarts === 'year' ? text('年', 'year') : text('年和月', 'year and month') }, { field: 'pattern' });
  },
});
