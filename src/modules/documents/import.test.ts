import { beforeAll, describe, expect, test } from 'vitest';
import { writeXlsx } from 'hucre';
import type { Actor } from '#kernel/access/actor.ts';
import { RefusedError } from '#kernel/command/refusal.ts';
import { openSpreadsheet } from '#kernel/http/spreadsheet.server.ts';
import { runImport } from '#kernel/import/run.server.ts';
import {
  importCheck,
  importHome,
  importItems,
  importResultFile,
  importRollback,
  importRun,
  importSession,
  importTemplateOperation,
  importUpload,
  type ImportSessionWire,
} from './import-operations.ts';
import { EAST, openWorld, people, type World } from './world.server.ts';

const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (e: unknown) => (e instanceof RefusedError ? e.refusals.map((r) => r.code).join(' ') : String(e)),
  );

const rowsOf = async (bytes: Uint8Array): Promise<(readonly string[])[]> => {
  const rows: (readonly string[])[] = [];
  for await (const row of (await openSpreadsheet(bytes)).rows()) rows.push(row.cells);
  return rows;
};

let world: World;
beforeAll(async () => {
  world = await openWorld();
});

const upload = async (
  kind: string,
  content: Uint8Array | string,
  name = 'gauzes.csv',
  actor: Actor = people.chen,
): Promise<ImportSessionWire> =>
  (await world.call(actor, importUpload, { params: { kind }, query: { name, entityId: EAST } }, content)).session;

async function check(session: ImportSessionWire, mode: 'create' | 'update' | 'both' = 'create'): Promise<ImportSessionWire> {
  await world.call(people.chen, importCheck, { params: { sessionId: session.id }, body: { mapping: session.mapping, mode } });
  await world.work('documents.import-check');
  return (await world.call(people.chen, importSession, { params: { sessionId: session.id } })).session;
}

async function run(session: ImportSessionWire, onError: 'skip' | 'all-or-nothing', isSameFileWanted = false): Promise<ImportSessionWire> {
  await world.call(people.chen, importRun, { params: { sessionId: session.id }, body: { onError, isSameFileWanted } });
  await world.work('documents.import-run');
  return (await world.call(people.chen, importSession, { params: { sessionId: session.id } })).session;
}

const errorsOf = async (session: ImportSessionWire): Promise<string[]> => {
  const { items } = await world.call(people.chen, importItems, {
    params: { sessionId: session.id },
    query: { show: 'errors', q: '', after: 0, limit: 100 } as never,
  });
  return items.flatMap((i) => i.errors.map((e) => `${e.row}/${e.column === null ? '-' : e.column} ${e.refusal.code}`));
};

const stored = async (what: string): Promise<any[]> => (await world.system.database.owner.query(what)).rows;

describe('records', () => {
  test('a file from Excel in China is read, checked, and created through the pipeline', async () => {
    // 编码,名称,单价,等级,生产日期 / G1,纱布甲,"1,234.50",优等,2026年3月2日 in GB18030
    const gb = Buffer.concat([
      Buffer.from('b1e0c2eb2cc3fbb3c62cb5a5bcdb2cb5c8bcb62cc9fab2fac8d5c6da0a', 'hex'),
      Buffer.from('47312cc9b4b2bcbcd72c22312c3233342e3530222cd3c5b5c82c32303236c4ea33d4c232c8d50a', 'hex'),
    ]);
    const uploaded = await upload('gauze', gb);
    expect([uploaded.encoding, uploaded.mapping[0]]).toEqual([
      'gb18030',
      ['header.code', 'header.name', 'header.price', 'header.grade', 'header.madeOn'],
    ]);
    const checked = await check(uploaded);
    expect(await errorsOf(checked)).toEqual([]);
    expect(checked).toMatchObject({
      state: 'checked',
      totals: { rows: 1, items: 1, ready: 1, refused: 0, toCreate: 1, sums: [{ sum: '1234.5' }] },
    });
    expect(await stored('select count(*)::int as n from trial.gauze')).toEqual([{ n: 0 }]);
    expect(await run(checked, 'all-or-nothing')).toMatchObject({ state: 'done', totals: { done: 1 } });
    expect(await stored("select code, name, price, grade, made_on, created_by from trial.gauze where code = 'G1'")).toEqual([
      { code: 'G1', name: '纱布甲', price: '1234.5', grade: 'a', made_on: '2026-03-02', created_by: 'usr_chen' },
    ]);
    expect(await stored("select action, actor_id from audit.event where number = 'G1'")).toEqual([
      { action: 'create', actor_id: 'usr_chen' },
    ]);
  });

  test('the same file again says so, and goes in only when that is wanted', async () => {
    const content = '编码,名称\nS1,甲\nS2,乙\n';
    await run(await check(await upload('gauze', content)), 'all-or-nothing');
    const again = await world.call(
      people.chen,
      importUpload,
      { params: { kind: 'gauze' }, query: { name: 'copy.csv', entityId: EAST } },
      content,
    );
    expect(again.sameFile).toMatchObject({ count: 2 });
    const checked = await check(again.session);
    expect(await errorsOf(checked)).toEqual(['2/0 import/code-exists', '3/0 import/code-exists']);
    expect(await refusalOf(run(checked, 'skip'))).toBe('import/same-file-imported-before');
    expect(await run(checked, 'skip', true)).toMatchObject({ state: 'done', totals: { done: 0, refused: 2 } });
  });

  test('every bad cell is named with its row and column; the good rows can go in alone', async () => {
    const content = [
      '编码,名称,单价,等级,生产日期,上级',
      'E1,好,1.00,优等,2026-03-02,G1',
      'E2,,十元,特等,02/03/2026,nobody',
      'E1,重复,,,,',
      ',无编码,,,,',
      'E3,小数太多,1.234,,,',
    ].join('\n');
    const checked = await check(await upload('gauze', content));
    expect((await errorsOf(checked)).toSorted()).toEqual([
      '3/1 command/input-invalid',
      '3/2 import/not-a-number',
      '3/3 import/unknown-choice',
      '3/4 import/not-a-date',
      '3/5 import/reference-not-found',
      '4/0 import/code-repeated',
      '5/0 command/input-invalid',
      '6/2 command/input-invalid',
    ]);
    expect(checked.totals).toMatchObject({ items: 5, ready: 1, refused: 4 });
    expect(await refusalOf(run(checked, 'all-or-nothing'))).toBe('import/has-errors');
    expect(await run(checked, 'skip')).toMatchObject({ state: 'done', totals: { done: 1, refused: 4 } });
    const file = await world.call(people.chen, importResultFile, {
      params: { sessionId: checked.id },
      query: { locale: 'en', show: 'errors' },
    });
    const rows = await rowsOf(new Uint8Array(await file.arrayBuffer()));
    expect(rows).toHaveLength(9);
    expect(rows.map((r) => [r[1], r[2], r[4]]).slice(0, 3)).toEqual([
      ['Row', 'Outcome', 'Column'],
      ['3', 'refused', '单价'],
      ['3', 'refused', '等级'],
    ]);
  });

  test('existing records are updated by code, the difference is shown first, untouched columns stay', async () => {
    const checked = await check(await upload('gauze', '编码,名称\nG1,纱布甲\nS1,甲改\nN1,新\n'), 'both');
    expect(checked.totals).toMatchObject({ items: 3, ready: 2, unchanged: 1, toCreate: 1, toUpdate: 1 });
    const { items } = await world.call(people.chen, importItems, {
      params: { sessionId: checked.id },
      query: { show: 'changes' } as never,
    });
    expect(items.map((i) => [i.label, i.changes.map((c) => [c.label.zh, c.old, c.new])])).toEqual([['S1', [['名称', '甲', '甲改']]]]);
    expect(await run(checked, 'all-or-nothing')).toMatchObject({ state: 'done', totals: { done: 2 } });
    expect(await stored("select name, grade, version from trial.gauze where code in ('S1', 'N1') order by code")).toEqual([
      { name: '新', grade: 'b', version: 1 },
      { name: '甲改', grade: 'b', version: 2 },
    ]);
  });

  test('all or nothing means nothing when one turns bad after the check', async () => {
    const checked = await check(await upload('gauze', '编码,名称\nA1,一\nA2,二\n'));
    await run(await check(await upload('gauze', '编码,名称\nA2,别人\n')), 'skip');
    const ended = await run(checked, 'all-or-nothing');
    expect([ended.state, ended.failure?.map((f) => f.code)]).toEqual(['failed', ['document/code-taken']]);
    expect(await stored("select name from trial.gauze where code in ('A1', 'A2')")).toEqual([{ name: '别人' }]);
  });

  test('a repeated job creates nothing twice', async () => {
    const checked = await check(await upload('gauze', '编码,名称\nR1,一\nR2,二\n'));
    await run(checked, 'skip');
    // As if the server had died after the pipeline committed and before the import noted it.
    await world.system.database.owner.query("update kernel.import_session set state = 'running' where session_id = $1", [checked.id]);
    await world.system.database.owner.query("update kernel.import_item set state = 'ready', record_id = null where session_id = $1", [
      checked.id,
    ]);
    await runImport({ product: world.product, actor: people.chen }, world.system, checked.id, async () => undefined);
    expect(await stored("select code from trial.gauze where code like 'R%' order by 1")).toEqual([{ code: 'R1' }, { code: 'R2' }]);
    const { items } = await world.call(people.chen, importItems, { params: { sessionId: checked.id }, query: { show: 'all' } as never });
    expect(items.map((i) => [i.state, i.number])).toEqual([
      ['done', 'R1'],
      ['done', 'R2'],
    ]);
  });

  test('an import can be taken back with a reason', async () => {
    const done = await run(await check(await upload('gauze', '编码,名称\nU1,一\n')), 'skip');
    await world.call(people.chen, importRollback, { params: { sessionId: done.id }, body: { reason: '导错了' } });
    await world.work('documents.import-rollback');
    expect(await stored("select state from trial.gauze where code = 'U1'")).toEqual([{ state: 'inactive' }]);
    const after = await world.call(people.chen, importSession, { params: { sessionId: done.id } });
    expect(after.session.state).toBe('rolled-back');
  });
});

describe('documents', () => {
  test('rows with one key are one document; its header stands on the first row', async () => {
    const content = ['单据标识,日期,备注,纱布,数量', 'X-1,2026-03-01,甲,G1,1', ',,,S1,2.5', 'X-2,2026-03-02,,N1,3', 'X-1,,乙,G1,4'].join(
      '\n',
    );
    const checked = await check(await upload('gauze-order', content, 'orders.csv'));
    expect(await errorsOf(checked)).toEqual(['5/2 import/header-differs']);
    expect(checked.totals).toMatchObject({ items: 2, lines: 4, ready: 1, refused: 1, sums: [{ sum: '10.5' }] });
    expect(await run(checked, 'skip')).toMatchObject({ totals: { done: 1 } });
    expect(
      await stored(
        'select o.number, o.entity_id, l.line_no, l.quantity from trial.gauze_order o join trial.gauze_order_items l on l.document_id = o.id',
      ),
    ).toEqual([{ number: 'GO-0001', entity_id: EAST, line_no: 1, quantity: '3' }]);
  });

  test('a file without a key column is one document, with its lines in order', async () => {
    const checked = await check(await upload('gauze-order', '日期,纱布,数量\n2026-03-01,G1,1\n,S1,2\n', 'one.csv'));
    expect(checked.totals).toMatchObject({ items: 1, lines: 2, ready: 1 });
  });

  test('an error in a line points at its row of the file', async () => {
    const checked = await check(await upload('gauze-order', '单据标识,日期,纱布,数量\nK,2026-03-01,G1,1\nK,,G1,-2\nL,,,\n', 'bad.csv'));
    expect((await errorsOf(checked)).toSorted()).toEqual(['3/3 command/input-invalid', '4/1 command/input-invalid']);
  });

  test('documents are not updated by import', async () => {
    const session = await upload('gauze-order', '日期,纱布,数量\n2026-03-01,G1,1\n', 'one.csv');
    expect(await refusalOf(check(session, 'update'))).toBe('import/update-needs-records');
  });
});

describe('template, mapping and permission', () => {
  test('the template in either language comes back mapped, its hints are no data', async () => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const file = await world.call(people.chen, importTemplateOperation, { params: { kind: 'gauze-order' }, query: { locale } });
      const bytes = new Uint8Array(await file.arrayBuffer());
      const rows = await rowsOf(bytes);
      const filled = await writeXlsx({
        sheets: [{ name: 'a', rows: [[...rows[0]!], [...rows[1]!], ['T1', '2026-03-01', null, 'G1', 5]] }],
      });
      const session = await upload('gauze-order', filled, 'filled.xlsx');
      expect(session.mapping[0]).toEqual(['#key', 'header.orderedOn', 'header.note', 'lines.items.gauze', 'lines.items.quantity']);
      expect(session.sheets[0]).toMatchObject({ rows: 1, comments: 1 });
      expect((await check(session)).totals).toMatchObject({ items: 1, ready: 1 });
    }
  });

  test('a required column without a match stops before any row is read', async () => {
    const session = await upload('gauze', '编码,价钱\nX,1\n');
    expect(await refusalOf(check(session))).toBe('import/required-column-unmapped');
    const mapped = { ...session, mapping: [['header.code', 'header.code']] };
    expect(await refusalOf(check(mapped))).toBe('import/required-column-unmapped import/mapped-twice');
  });

  test('who may not create may not import, and nobody into a company of others', async () => {
    expect(await refusalOf(upload('gauze', '编码,名称\nX,1\n', 'a.csv', people.wang))).toBe('access/not-permitted');
    expect(await refusalOf(upload('gauze-order', '日期,纱布,数量\n2026-03-01,G1,1\n', 'a.csv', people.li))).toBe('access/out-of-scope');
    const session = await upload('gauze-order', '日期,纱布,数量\n2026-03-01,G1,1\n', 'mine.csv');
    expect(await refusalOf(world.call(people.li, importSession, { params: { sessionId: session.id } }))).toBe('access/out-of-scope');
    expect(await refusalOf(world.call(people.wang, importHome, { params: { kind: 'gauze' } }))).toBe('access/not-permitted');
  });

  test('an empty file and a picture are refused with the way out', async () => {
    expect(await refusalOf(upload('gauze', '编码,名称\n'))).toBe('import/nothing-to-import');
    expect(await refusalOf(upload('gauze', Buffer.from('89504e470d0a1a0a', 'hex'), 'a.csv'))).toBe('files/type-not-admitted');
  });
});
