import { describe, expect, test } from 'vitest';
import { deflateRawSync } from 'node:zlib';
import { writeXlsx } from 'hucre';
import { RefusedError } from '../command/refusal.ts';
import { columnLetter, csvCell, writeSheet } from './spreadsheet-write.server.ts';
import { openSpreadsheet, spreadsheetLimits, type SpreadsheetLimits } from './spreadsheet.server.ts';

const bytesOf = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};

async function cellsOf(bytes: Uint8Array, limits?: SpreadsheetLimits): Promise<(readonly string[])[]> {
  const sheet = await openSpreadsheet(bytes, limits);
  const rows: (readonly string[])[] = [];
  for await (const row of sheet.rows()) rows.push(row.cells);
  return rows;
}

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (e: unknown) => (e instanceof RefusedError ? (e.refusals[0]?.code ?? '') : String(e)),
  );

/** A zip of one part that unpacks to `declared` bytes of zeros, though it may say less. */
function archive(parts: { name: string; data: Buffer; declared?: number }[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, declared } of parts) {
    const packed = deflateRawSync(data);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(declared ?? data.length, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(declared ?? data.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, listing, end]);
}

describe('reading', () => {
  test('numbers come out exact, days as days, text as it stands', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: '商品',
          rows: [
            ['编码', '数量', '有效期', '启用'],
            ['00123', 0.1 + 0.2, new Date('2027-05-31T00:00:00Z'), true],
            [' 一次性注射器 ', 1e21, new Date('2026-01-02T13:45:10Z'), false],
          ],
        },
      ],
    });
    expect(await cellsOf(bytes)).toEqual([
      ['编码', '数量', '有效期', '启用'],
      ['00123', '0.3', '2027-05-31', 'true'],
      ['一次性注射器', '1000000000000000000000', '2026-01-02 13:45:10', 'false'],
    ]);
  });

  test('a formula gives its last value, never its text', async () => {
    const bytes = await writeXlsx({
      sheets: [
        { name: 'a', rows: [['x', null]], cells: new Map([['0,1', { value: null, type: 'formula', formula: '1+1', formulaResult: 2 }]]) },
      ],
    });
    expect(await cellsOf(bytes)).toEqual([['x', '2']]);
  });

  test('a GB18030 file from Excel in China reads as Chinese, and so do UTF-8 and UTF-16', async () => {
    // 编码,名称 / A1,注射器 in GB18030
    const gb = Buffer.from('b1e0c2eb2cc3fbb3c60d0a41312cd7a2c9e4c6f70d0a', 'hex');
    const wanted = [
      ['编码', '名称'],
      ['A1', '注射器'],
    ];
    const opened = await openSpreadsheet(gb);
    expect(opened.encoding).toBe('gb18030');
    expect(await cellsOf(gb)).toEqual(wanted);
    expect(await cellsOf(Buffer.from('编码,名称\r\nA1,注射器\r\n'))).toEqual(wanted);
    expect(await cellsOf(Buffer.from('\ufeff编码,名称\nA1,注射器'))).toEqual(wanted);
    expect(await cellsOf(Buffer.from('\ufeff编码\t名称\r\nA1\t注射器', 'utf16le'))).toEqual(wanted);
  });

  test('old XLS, a damaged archive and bytes that are no text are refused with the way out', async () => {
    expect(await codeOf(openSpreadsheet(Buffer.from('d0cf11e0a1b11ae1', 'hex')))).toBe('spreadsheet/old-or-protected');
    expect(await codeOf(openSpreadsheet(Buffer.from('504b0304ffff', 'hex')))).toBe('spreadsheet/unreadable');
    expect(await codeOf(openSpreadsheet(Buffer.from([0, 1, 2, 0, 0, 255])))).toBe('spreadsheet/unreadable');
  });

  test('an archive that unpacks to more than allowed is refused before it is unpacked', async () => {
    const limits = { ...spreadsheetLimits, decompressedBytesMax: 1024 * 1024 };
    const bomb = archive([{ name: 'xl/worksheets/sheet1.xml', data: Buffer.alloc(8 * 1024 * 1024) }]);
    expect(bomb.length).toBeLessThan(20_000);
    expect(await codeOf(openSpreadsheet(bomb, limits))).toBe('spreadsheet/unpacks-too-large');
  });

  test('an archive that lies about its size is stopped at the size it declared', async () => {
    const lie = archive([{ name: '[Content_Types].xml', data: Buffer.alloc(8 * 1024 * 1024), declared: 100 }]);
    expect(await codeOf(openSpreadsheet(lie))).toBe('spreadsheet/unreadable');
  });

  test('more rows or columns than allowed are refused, not cut', async () => {
    const limits = { ...spreadsheetLimits, rowsMax: 2, columnsMax: 3 };
    expect(await codeOf(cellsOf(Buffer.from('a,b\n1,2\n3,4'), limits))).toBe('spreadsheet/too-many-rows');
    expect(await codeOf(cellsOf(Buffer.from('a,b,c,d'), limits))).toBe('spreadsheet/too-many-columns');
    expect(await codeOf(cellsOf(Buffer.from('a,b\n\n\n3,4\n'), limits))).toBe('done');
  });
});

describe('writing', () => {
  const columns = [
    { header: '编号', type: 'text' as const },
    { header: '金额', type: 'number' as const, decimals: 2 },
    { header: '日期', type: 'date' as const },
  ];
  const rows = [
    ['=HYPERLINK("http://x")', '-12.50', '2026-03-02'],
    ['@cmd', '12345678901234567.89', null],
    ['-1', '0.1', '1899-01-01'],
  ];

  test('what was written reads back the same, as XLSX and as CSV', async () => {
    const wanted = [
      ['编号', '金额', '日期'],
      ['=HYPERLINK("http://x")', '-12.5', '2026-03-02'],
      ['@cmd', '12345678901234567.89'],
      ['-1', '0.1', '1899-01-01'],
    ];
    expect(await cellsOf(await bytesOf(await writeSheet('xlsx', { name: '列表', columns, rows })))).toEqual(wanted);
    const csv = await bytesOf(await writeSheet('csv', { name: '列表', columns, rows }));
    expect(await cellsOf(csv)).toEqual([wanted[0], ['=HYPERLINK("http://x")', '-12.50', '2026-03-02'], wanted[2], wanted[3]]);
  });

  test('text that a spreadsheet would run is marked as text; a negative number stays a number', () => {
    expect(csvCell('=1+1', 'text')).toBe("'=1+1");
    expect(csvCell('+86 21', 'text')).toBe("'+86 21");
    expect(csvCell('-5', 'text')).toBe("'-5");
    expect(csvCell('-5', 'number')).toBe('-5');
    expect(csvCell('-5+cmd|x', 'number')).toBe("'-5+cmd|x");
  });

  test('a long list is streamed and still complete', async () => {
    async function* many() {
      for (let i = 0; i < 25_000; i += 1) yield [`N${i}`, String(i), '2026-03-02'];
    }
    const read = await cellsOf(await bytesOf(await writeSheet('xlsx', { name: 'long', columns, rows: many() })));
    expect(read.length).toBe(25_001);
    expect(read[25_000]).toEqual(['N24999', '24999', '2026-03-02']);
  });

  test('columns are lettered as Excel does', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });
});
