import { describe, expect, test } from 'vitest';
import { field } from '#kernel/document/field.ts';
import { text } from '#kernel/i18n/text.ts';
import { cellValue, dateOf } from './cell-value.ts';
import { parseBlock, readPaste, withResolved, writeBlock, type GridColumn } from './paste.ts';

const column = (name: string, f: GridColumn['field']): GridColumn => ({ name, field: f, width: 100 });
const columns: GridColumn[] = [
  column('productId', field.ref('product', { label: text('产品', 'Product') })),
  column('quantity', field.quantity({ label: text('数量', 'Quantity') })),
  column('amount', field.money({ label: text('金额', 'Amount'), derived: true })),
  column('expiryDate', field.date({ label: text('有效期至', 'Expiry'), optional: true })),
];
const productId = 'prd_01JTV0000000000000000000AA';
const today = '2026-11-22';

describe('a block from a spreadsheet', () => {
  test('is cut at tabs and line ends of every system', () => {
    expect(parseBlock('a\tb\r\nc\td\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(parseBlock('a\n\nb')).toEqual([['a'], [''], ['b']]);
  });

  test('keeps tabs, line ends and quotes inside quoted cells', () => {
    const rows = [
      ['two\nlines', 'a "quoted" word', 'tab\there'],
      ['plain', '', ''],
    ];
    expect(parseBlock(writeBlock(rows))).toEqual(rows);
  });

  test('lays its cells over the columns in order and asks for each code once', () => {
    const pasted = readPaste(parseBlock('P-1\t1,200\tx\t2027/3/1\nP-1\t5\tx\t20270401\nP-2\t3\tx\t'), columns, 0, today);
    expect(pasted.codes).toEqual(new Map([['product', ['P-1', 'P-2']]]));
    expect(pasted.cells.filter((c) => c.row === 0)).toEqual([
      { row: 0, column: 'productId', value: 'P-1' },
      { row: 0, column: 'quantity', value: '1200' },
      { row: 0, column: 'expiryDate', value: '2027-03-01' },
    ]);
    expect(pasted.rowCount).toBe(3);
  });

  test('begins at the column it is pasted at and says what found no place', () => {
    const pasted = readPaste([['7', '', '2027-01-01', 'left over']], columns, 1, today);
    expect(pasted.cells.map((c) => c.column)).toEqual(['quantity', 'expiryDate']);
    expect(pasted.overflow).toBe(1);
  });

  test('that brings its own heads decides the order of columns itself', () => {
    const pasted = readPaste(
      [
        ['有效期至', 'Quantity'],
        ['2027-01-01', '4'],
      ],
      columns,
      0,
      today,
    );
    expect(pasted.hasHead).toBe(true);
    expect(pasted.cells).toEqual([
      { row: 0, column: 'expiryDate', value: '2027-01-01' },
      { row: 0, column: 'quantity', value: '4' },
    ]);
  });

  test('a code that is known becomes the reference, an unknown one stays as typed and fails its check', () => {
    const pasted = readPaste(
      [
        ['P-1', '1'],
        ['NOPE', '1'],
      ],
      columns,
      0,
      today,
    );
    const cells = withResolved(pasted, columns, (_, code) => (code === 'P-1' ? productId : undefined));
    const refs = cells.filter((c) => c.column === 'productId').map((c) => c.value);
    expect(refs).toEqual([productId, 'NOPE']);
    expect(refs.map((value) => columns[0]!.field.schema.safeParse(value).success)).toEqual([true, false]);
  });
});

describe('a cell keeps what was typed', () => {
  test('a text that is no amount stays, so that its check can point at it', () => {
    expect(cellValue(columns[1]!.field, 'twelve', today)).toBe('twelve');
    expect(cellValue(columns[1]!.field, ' ', today)).toBeNull();
  });

  test('an option is found by its word in either language', () => {
    const choice = field.choice({ sterile: text('无菌', 'Sterile'), other: text('其他', 'Other') }, { label: text('类', 'Class') });
    expect(cellValue(choice, '无菌', today)).toBe('sterile');
    expect(cellValue(choice, 'OTHER', today)).toBe('other');
    expect(cellValue(choice, 'unknown', today)).toBe('unknown');
  });

  test('yes and no are understood in both languages', () => {
    const flag = field.boolean({ label: text('是否', 'Flag') });
    expect(['是', 'yes', '1', '否', 'No', 'maybe'].map((t) => cellValue(flag, t, today))).toEqual([
      true,
      true,
      true,
      false,
      false,
      'maybe',
    ]);
  });

  test('an integer with grouping is a number, a fraction is not', () => {
    const count = field.integer({ label: text('件数', 'Pieces') });
    expect(cellValue(count, '1,000', today)).toBe(1000);
    expect(cellValue(count, '1.5', today)).toBe('1.5');
  });
});

describe('a day as people write it', () => {
  test.each([
    ['2026-11-22', '2026-11-22'],
    ['2026/1/2', '2026-01-02'],
    ['20261122', '2026-11-22'],
    ['261122', '2026-11-22'],
    ['2026年11月22日', '2026-11-22'],
    ['3-7', '2026-03-07'],
    ['2026/11/22 00:00:00', '2026-11-22'],
    ['2028-02-29', '2028-02-29'],
  ])('%s is %s', (typed, day) => expect(dateOf(typed, today)).toBe(day));

  test.each(['22/11/2026', '2026-02-29', '2026-13-01', '20261301', 'soon', '2026-11'])('%s is not guessed', (typed) => {
    expect(dateOf(typed, today)).toBeUndefined();
  });
});
