import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/access/actor.ts';
import { runCommand } from '#kernel/command/pipeline.server.ts';
import { RefusedError } from '#kernel/command/refusal.ts';
import {
  addComment,
  addFile,
  addView,
  changeView,
  downloadFile,
  editComment,
  listComments,
  listFiles,
  listNotifications,
  listRelated,
  listViews,
  mentionable,
  readNotifications,
  removeFile,
  removeView,
} from './operations.ts';
import { EAST, openWorld, people, type World } from './world.server.ts';

const { chen, wang, li } = people;
const pdf = Buffer.from('%PDF-1.7\nlicence');
const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (e: unknown) => (e instanceof RefusedError ? e.refusals.map((r) => r.code).join(' ') : String(e)),
  );

let world: World;
let gauzeId: string;
let orderId: string;
const make = async (kind: 'gauze' | 'order', content: unknown, key: string): Promise<string> => {
  const answer = await runCommand(world.product, world.as(chen), {
    definition: world[kind],
    action: 'create',
    content,
    envelope: { idempotencyKey: key, entityId: EAST, dryRun: false },
  });
  return answer.document['id'] as string;
};
beforeAll(async () => {
  world = await openWorld();
  gauzeId = await make('gauze', { code: 'G1', name: '纱布', grade: 'a' }, 'create-gauze-1');
  orderId = await make('order', { orderedOn: '2026-03-02', lines: { items: [{ gauze: gauzeId, quantity: '5' }] } }, 'create-order-1');
});

const attach = (actor: Actor, recordId: string, name = '许可证.pdf', body: Uint8Array = pdf) =>
  world.call(
    actor,
    addFile,
    { params: { recordId }, query: { name, type: '许可证', number: 'A-1', validFrom: '2026-01-01', validTo: '2027-01-01' } as never },
    body,
  );

describe('files', () => {
  test('a file hangs on a record with its kind, number and validity, and comes out as it went in', async () => {
    const added = await attach(chen, orderId);
    expect(added).toMatchObject({
      name: '许可证.pdf',
      mediaType: 'application/pdf',
      size: pdf.length,
      validTo: '2027-01-01',
      uploadedBy: { name: '陈莉' },
    });
    const answer = await world.call(wang, downloadFile, { params: { fileId: added.id } });
    expect(Buffer.from(await answer.arrayBuffer()).equals(pdf)).toBe(true);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    const list = await world.call(wang, listFiles, { params: { recordId: orderId } });
    expect([list.items.length, list.canAdd, list.canRemove]).toEqual([1, false, false]);
  });

  test('whoever may not see the record sees neither the list nor the content', async () => {
    const added = await attach(chen, orderId, 'b.pdf', Buffer.from('%PDF-1.7\nother'));
    expect(await refusalOf(world.call(li, listFiles, { params: { recordId: orderId } }))).toBe('documents/record-not-found');
    expect(await refusalOf(world.call(li, downloadFile, { params: { fileId: added.id } }))).toBe('documents/record-not-found');
    expect(await refusalOf(attach(li, orderId))).toBe('documents/record-not-found');
    expect(await refusalOf(world.call(chen, downloadFile, { params: { fileId: 'att_nothing' } }))).toBe('documents/file-not-found');
  });

  test('a disguised, an oversized and an oddly named file meet their limits', async () => {
    expect(await refusalOf(attach(chen, orderId, 'picture.png', Buffer.from('<script>alert(1)</script>')))).toBe('files/type-not-admitted');
    expect(
      await refusalOf(
        world.call(chen, addFile, { params: { recordId: orderId }, query: { name: 'a.pdf' } as never }, pdf, {
          'content-length': '99999999',
        }),
      ),
    ).toBe('files/too-large');
    expect((await attach(chen, gauzeId, '../../../etc/cron.d/x.pdf')).name).toBe('x.pdf');
  });

  test('removing is an event with a reason: the file is gone from use, not from history', async () => {
    const added = await attach(chen, gauzeId, 'old.pdf', Buffer.from('%PDF-1.7\nold'));
    await world.call(chen, removeFile, { params: { fileId: added.id }, body: { reason: '已换新证' } });
    expect(await refusalOf(world.call(chen, removeFile, { params: { fileId: added.id }, body: { reason: '再删' } }))).toBe(
      'documents/file-already-removed',
    );
    expect(await refusalOf(world.call(chen, downloadFile, { params: { fileId: added.id } }))).toBe('documents/file-not-found');
    const { items } = await world.call(chen, listFiles, { params: { recordId: gauzeId } });
    expect(items.find((f) => f.id === added.id)?.removed).toMatchObject({ reason: '已换新证', by: { name: '陈莉' } });
    const { rows } = await world.system.database.owner.query(
      "select action, reason from audit.event where record_id = $1 and action = 'remove-file'",
      [gauzeId],
    );
    expect(rows).toEqual([{ action: 'remove-file', reason: '已换新证' }]);
    await expect(world.system.database.owner.query('delete from documents.attachment')).rejects.toThrow('append-only');
  });

  test('validity that ends before it begins is refused', async () => {
    const query = { name: 'a.pdf', validFrom: '2026-02-01', validTo: '2026-01-01' } as never;
    expect(await refusalOf(world.call(chen, addFile, { params: { recordId: orderId }, query }, pdf))).toBe('documents/validity-reversed');
  });
});

describe('comments', () => {
  test('a mention reaches the person, once, and only a person who may see the record', async () => {
    const { items } = await world.call(chen, mentionable, { query: { recordId: orderId, q: '' } });
    expect(items.map((p) => p.name).toSorted()).toEqual(['王强', '陈莉'].toSorted());
    await world.call(chen, addComment, { params: { recordId: orderId }, body: { body: '@王强 请看数量', mentions: [wang.id, wang.id] } });
    expect(await world.call(wang, listNotifications, {})).toMatchObject({
      unread: 1,
      items: [{ excerpt: '@王强 请看数量', from: { name: '陈莉' }, record: { id: orderId } }],
    });
    expect(
      await refusalOf(world.call(chen, addComment, { params: { recordId: orderId }, body: { body: '@李娜', mentions: [li.id] } })),
    ).toBe('documents/mentioned-cannot-see');
    const [first] = (await world.call(wang, listNotifications, {})).items;
    expect(await world.call(li, readNotifications, { body: { ids: [first!.id] } })).toEqual({ unread: 0 });
    expect(await world.call(wang, readNotifications, { body: { ids: [first!.id] } })).toEqual({ unread: 0 });
    const { rows } = await world.system.database.owner.query(
      "select payload -> 'userIds' as ids from outbox.event where name = 'gauze-order.mentioned'",
    );
    expect(rows).toEqual([{ ids: [wang.id] }]);
  });

  test('the writer corrects a comment within ten minutes, the old words are kept; later nobody does', async () => {
    const comment = await world.call(chen, addComment, { params: { recordId: gauzeId }, body: { body: '写错了', mentions: [] } });
    world.system.clock.advance(9 * 60_000);
    const edit = (actor: Actor) =>
      world.call(actor, editComment, { params: { commentId: comment.id }, body: { body: '写对了', mentions: [] } });
    expect(await refusalOf(edit(wang))).toBe('documents/comment-not-yours');
    expect(await edit(chen)).toMatchObject({ body: '写对了', canEdit: true });
    const { rows } = await world.system.database.owner.query(
      "select changes from audit.event where record_id = $1 and action = 'edit-comment'",
      [gauzeId],
    );
    expect(rows[0].changes).toEqual([{ field: 'comment', old: '写错了', new: '写对了' }]);
    world.system.clock.advance(2 * 60_000);
    expect(await refusalOf(edit(chen))).toBe('documents/comment-too-old');
    expect((await world.call(wang, listComments, { params: { recordId: gauzeId } })).items.map((c) => c.body)).toEqual(['写对了']);
    expect(await refusalOf(world.call(li, listComments, { params: { recordId: orderId } }))).toBe('documents/record-not-found');
  });
});

test('related things are found in both directions; what one may not see is only counted', async () => {
  expect(await world.call(chen, listRelated, { params: { recordId: orderId } })).toMatchObject({
    refersTo: [{ id: gauzeId, roles: ['items.gauze'] }],
    referredBy: [],
    hidden: 0,
  });
  expect(await world.call(chen, listRelated, { params: { recordId: gauzeId } })).toMatchObject({
    referredBy: [{ id: orderId, kind: 'gauze-order' }],
    hidden: 0,
  });
  expect(await world.call(li, listRelated, { params: { recordId: gauzeId } })).toMatchObject({ referredBy: [], hidden: 1 });
});

test('a view is one’s own until it is shared, and only its owner changes it', async () => {
  const params = { listKind: 'gauze-order' };
  const content = { filter: [{ field: 'state', op: 'in', value: ['draft'] }] };
  const mine = await world.call(chen, addView, { params, body: { name: '待处理', isShared: false, content } });
  expect((await world.call(wang, listViews, { params })).items).toEqual([]);
  expect(await refusalOf(world.call(chen, addView, { params, body: { name: '待处理', isShared: false, content } }))).toBe(
    'documents/view-name-taken',
  );
  expect(await refusalOf(world.call(wang, addView, { params, body: { name: 'x', isShared: true, content } }))).toBe('access/not-permitted');
  await world.call(chen, changeView, { params: { ...params, viewId: mine.id }, body: { name: '草稿', isShared: true, content } });
  expect((await world.call(wang, listViews, { params })).items).toMatchObject([{ name: '草稿', isMine: false, owner: { name: '陈莉' } }]);
  expect(await refusalOf(world.call(wang, removeView, { params: { ...params, viewId: mine.id } }))).toBe('documents/view-not-found');
  await world.call(chen, removeView, { params: { ...params, viewId: mine.id } });
  expect((await world.call(chen, listViews, { params })).items).toEqual([]);
});
