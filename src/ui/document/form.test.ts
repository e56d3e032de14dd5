import { describe, expect, test } from 'vitest';
import { lineSet } from '#kernel/document/definition.ts';
import { defineDocument, standardActions } from '#kernel/document/define-document.ts';
import { defineRecord } from '#kernel/document/define-record.ts';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { sumDecimals } from './decimal-text.ts';
import { derivedForm } from './derive-form.ts';
import { contentOf, formOf, isSameForm, mergeForms, newForm, newRow, type FormContent } from './form-content.ts';
import { fieldError, formErrors, pointAt } from './form-errors.ts';
import { editAction, isPosting, mainPath, primaryAction, stateSteps } from './state-path.ts';

const slip = defineDocument()({
  kind: 'slip',
  module: 'trial',
  plural: 'slips',
  idPrefix: 'slp',
  table: 'trial.slip',
  label: text('单据', 'Slip'),
  pluralLabel: text('单据', 'Slips'),
  header: {
    occurredOn: field.date({ label: text('日期', 'Date') }),
    note: field.text({ label: text('备注', 'Note'), optional: true, max: 5 }),
    pieces: field.integer({ label: text('件数', 'Pieces'), optional: true, min: 1, max: 9 }),
    total: field.money({ label: text('合计', 'Total'), derived: true }),
  },
  lines: {
    lines: lineSet(
      text('明细', 'Lines'),
      {
        quantity: field.quantity({ label: text('数量', 'Quantity'), scale: 2 }),
        doubled: field.money({ label: text('两倍', 'Doubled'), derived: true }),
      },
      { min: 1, max: 3 },
    ),
  },
  states: {
    draft: { label: text('草稿', 'Draft'), tone: 'draft' },
    submitted: { label: text('已提交', 'Submitted'), tone: 'waiting' },
    approved: { label: text('已批准', 'Approved'), tone: 'info' },
    posted: { label: text('已过账', 'Posted'), tone: 'good' },
    cancelled: { label: text('已取消', 'Cancelled'), tone: 'draft' },
    reversed: { label: text('已冲销', 'Reversed'), tone: 'refused' },
  },
  actions: {
    approve: { label: text('批准', 'Approve'), from: ['draft'], to: 'approved', isPrimary: true, approval: { pending: 'submitted' } },
    post: { label: text('过账', 'Post'), from: ['approved'], to: 'posted', isPrimary: true, post: () => ({}) },
    cancel: standardActions.cancel,
    reverse: standardActions.reverse('post'),
  },
  derive: (doc) => {
    const lines = doc.lines.lines.map((l) => ({ ...l, doubled: sumDecimals([l.quantity, l.quantity]) }));
    return { total: sumDecimals(lines.map((l) => l.doubled)), lines: { lines } };
  },
  numbering: { pattern: 'S-{seq:4}', isGapless: true, restarts: 'never', takenBy: 'post' },
  list: { columns: ['number'], search: ['number'], sort: { field: 'number', descending: false } },
  title: () => text('单据', 'Slip'),
  occurredOnField: 'occurredOn',
});

const party = defineRecord()({
  kind: 'trial-party',
  module: 'trial',
  plural: 'trial-parties',
  idPrefix: 'tpa',
  table: 'trial.party',
  label: text('往来', 'Party'),
  pluralLabel: text('往来', 'Parties'),
  header: { code: field.code({ label: text('代码', 'Code') }) },
  codeField: 'code',
  list: { columns: ['number'], search: ['number'], sort: { field: 'number', descending: false } },
  title: () => text('往来', 'Party'),
});

const set = slip.lines.lines;
const row = (key: string, quantity: unknown) => ({ key, values: { quantity, doubled: null } });
const form = (quantities: readonly unknown[], header: Record<string, unknown> = {}): FormContent => ({
  header: { occurredOn: '2026-11-22', note: null, pieces: null, total: null, ...header },
  lines: { lines: quantities.map((q, i) => row(`r${i}`, q)) },
});

describe('a form', () => {
  test('of a new document begins with today and as many lines as it needs', () => {
    const made = newForm(slip, '2026-11-22');
    expect(made.header['occurredOn']).toBe('2026-11-22');
    expect(made.lines['lines']).toHaveLength(1);
  });

  test('sends neither computed fields nor lines nobody filled in', () => {
    expect(contentOf(slip, form(['2', null], { total: '9', note: ' hi ' }))).toEqual({
      occurredOn: '2026-11-22',
      note: 'hi',
      pieces: null,
      lines: { lines: [{ quantity: '2' }] },
    });
  });

  test('of a stored document is sent back unchanged', () => {
    const stored = {
      id: 'x',
      occurredOn: '2026-01-02',
      note: 'a',
      pieces: 3,
      total: '4',
      lines: { lines: [{ lineNo: 1, quantity: '2', doubled: '4' }] },
    };
    const read = formOf(slip, stored);
    expect(isSameForm(slip, read, { ...read, header: { ...read.header, note: ' a' } })).toBe(true);
    expect(isSameForm(slip, read, { ...read, header: { ...read.header, note: 'b' } })).toBe(false);
  });
});

describe('computed fields', () => {
  test('follow the typing', () => {
    const derived = derivedForm(slip, form(['2', '0.5']));
    expect(derived.header['total']).toBe('5.0');
    expect(derived.lines['lines']?.map((r) => r.values['doubled'])).toEqual(['4', '1.0']);
  });

  test('leave out a line that is not valid yet and keep what is typed in it', () => {
    const derived = derivedForm(slip, form(['2', 'abc']));
    expect(derived.header['total']).toBe('4');
    expect(derived.lines['lines']?.[1]?.values).toEqual({ quantity: 'abc', doubled: null });
  });

  test('that do not change leave their line the same object', () => {
    const once = derivedForm(slip, form(['2']));
    expect(derivedForm(slip, once).lines['lines']?.[0]).toBe(once.lines['lines']?.[0]);
  });
});

describe('what is wrong is said at the field in both languages', () => {
  test('a missing value', () => {
    expect(fieldError(slip.header.occurredOn, null)).toEqual({ zh: '请填写日期', en: 'Date is needed' });
    expect(fieldError(slip.header.note, null)).toBeUndefined();
  });

  test('a day that is none, a number that is none, too many places, a negative quantity', () => {
    expect(fieldError(slip.header.occurredOn, 'soon')?.en).toContain('no date');
    expect(fieldError(set.fields.quantity, 'x')?.en).toContain('no number');
    expect(fieldError(set.fields.quantity, '1.234')?.zh).toBe('最多 2 位小数');
    expect(fieldError(set.fields.quantity, '-1')?.zh).toBe('不能为负数');
  });

  test('limits are named, of optional fields too', () => {
    expect(fieldError(slip.header.pieces, 10)?.zh).toBe('不能大于 9');
    expect(fieldError(slip.header.pieces, 0)?.en).toBe('At least 1');
    expect(fieldError(slip.header.note, 'too long')?.zh).toBe('最多 5 个字');
  });

  test('errors are counted over header, lines and line sets', () => {
    const errors = formErrors(slip, form(['x', null, '1'], { occurredOn: '' }));
    expect(errors.count).toBe(2);
    expect(errors.lines['lines']?.get('r0')).toHaveProperty('quantity');
    expect(formErrors(slip, form([null])).sets['lines']?.en).toContain('At least 1');
    expect(formErrors(slip, form(['1', '1', '1', '1'])).sets['lines']?.en).toContain('At most 3');
  });

  test('a refusal of the server points at its field or line, not counting blank lines', () => {
    const said = { text: text('超量', 'Too many'), wayOut: text('减少', 'Take less'), code: 't/x' };
    const errors = pointAt(slip, form([null, '5']), [
      { ...said, lines: 'lines', line: 1, field: 'quantity' },
      { ...said, field: 'note' },
    ]);
    expect(errors.lines['lines']?.get('r1')).toHaveProperty('quantity');
    expect(errors.header['note']?.en).toBe('Too many Take less');
  });
});

describe('what another person saved meanwhile', () => {
  const base = form(['1'], { note: 'a', pieces: 1 });

  test('joins what was typed here where only one side changed', () => {
    const merged = mergeForms(slip, base, form(['1'], { note: 'mine', pieces: 1 }), form(['2'], { note: 'a', pieces: 2 }));
    expect(merged.contested).toEqual([]);
    expect(merged.form.header).toMatchObject({ note: 'mine', pieces: 2 });
    expect(merged.form.lines['lines']?.[0]?.values['quantity']).toBe('2');
  });

  test('is named where both changed, and what was typed here stays', () => {
    const merged = mergeForms(slip, base, form(['3'], { note: 'mine', pieces: 1 }), form(['2'], { note: 'theirs', pieces: 1 }));
    expect(merged.contested).toEqual(['note', 'lines']);
    expect(merged.form.header['note']).toBe('mine');
  });
});

describe('the state bar', () => {
  test('follows the primary actions', () => {
    expect(mainPath(slip)).toEqual(['draft', 'approved', 'posted']);
    expect(stateSteps(slip, 'approved').map((s) => s.position)).toEqual(['past', 'current', 'ahead']);
  });

  test('shows where a document waits for approval only while it waits there', () => {
    expect(stateSteps(slip, 'submitted').map((s) => [s.state, s.position])).toEqual([
      ['draft', 'past'],
      ['submitted', 'current'],
      ['approved', 'ahead'],
      ['posted', 'ahead'],
    ]);
  });

  test('shows a side exit only when it was reached', () => {
    expect(stateSteps(slip, 'reversed').map((s) => s.state)).toEqual(['draft', 'approved', 'posted', 'reversed']);
    expect(stateSteps(slip, 'cancelled').map((s) => s.state)).toEqual(['draft', 'cancelled']);
  });

  test('knows the primary, the editing and the posting action of a state', () => {
    expect(primaryAction(slip, 'approved')).toBe('post');
    expect(primaryAction(slip, 'posted')).toBeUndefined();
    expect(editAction(slip, 'draft')).toBe('amend');
    expect(editAction(slip, 'posted')).toBeUndefined();
    expect(editAction(party, 'active')).toBe('change');
    expect([isPosting(slip.actions['post']!), isPosting(slip.actions['approve']!), isPosting(slip.actions['reverse']!)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

test('a new line takes the initial values of its fields', () => {
  expect(newRow(lineSet(text('行', 'Lines'), { unit: field.text({ label: text('单位', 'Unit'), initial: '盒' }) }), 'k').values).toEqual({
    unit: '盒',
  });
});
