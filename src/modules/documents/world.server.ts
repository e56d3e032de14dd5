import type { Actor, Grant } from '#kernel/access/actor.ts';
import { defineDocument, standardActions } from '#kernel/document/define-document.ts';
import { defineRecord } from '#kernel/document/define-record.ts';
import { lineSet } from '#kernel/document/definition.ts';
import { field } from '#kernel/document/field.ts';
import type { Context, OperationHandler } from '#kernel/http/context.server.ts';
import type { Operation, OperationInput, OperationOutput } from '#kernel/http/operation.ts';
import { text } from '#kernel/i18n/text.ts';
import { implementModule } from '#kernel/module.server.ts';
import { defineModule } from '#kernel/module.ts';
import { buildProduct, type Ports, type Product } from '#kernel/product.server.ts';
import { testSystem, type TestSystem } from '#kernel/test/world.server.ts';
import { documentsServer } from './module.server.ts';

/** A small trade: gauzes (records) and orders of gauze (documents with lines), enough to attach to and to import. */
const gauze = defineRecord()({
  kind: 'gauze',
  module: 'trial',
  plural: 'gauzes',
  idPrefix: 'gz',
  label: text('纱布', 'Gauze'),
  pluralLabel: text('纱布', 'Gauzes'),
  table: 'trial.gauze',
  codeField: 'code',
  list: { columns: ['code', 'name'], search: ['name'], sort: { field: 'code', descending: false } },
  title: (doc) => text(doc.name, doc.name),
  header: {
    code: field.code({ label: text('编码', 'Code') }),
    name: field.text({ label: text('名称', 'Name') }),
    price: field.money({ label: text('单价', 'Unit price'), optional: true }),
    grade: field.choice({ a: text('优等', 'First'), b: text('合格', 'Second') }, { label: text('等级', 'Grade'), initial: 'b' }),
    madeOn: field.date({ label: text('生产日期', 'Made on'), optional: true }),
    parent: field.ref('gauze', { label: text('上级', 'Parent'), optional: true }),
  },
});
const order = defineDocument()({
  kind: 'gauze-order',
  module: 'trial',
  plural: 'gauze-orders',
  idPrefix: 'go',
  label: text('纱布订单', 'Gauze order'),
  pluralLabel: text('纱布订单', 'Gauze orders'),
  table: 'trial.gauze_order',
  states: { draft: { label: text('草稿', 'Draft'), tone: 'draft' }, cancelled: { label: text('已取消', 'Cancelled'), tone: 'draft' } },
  actions: { cancel: { ...standardActions.cancel, from: ['draft'] } },
  numbering: { pattern: 'GO-{seq:4}', isGapless: false, restarts: 'never', takenBy: 'create' },
  list: { columns: ['number'], search: [], sort: { field: 'number', descending: true } },
  occurredOnField: 'orderedOn',
  title: (doc) => text(`订单 ${doc.note ?? ''}`, `Order ${doc.note ?? ''}`),
  header: { orderedOn: field.date({ label: text('日期', 'Date') }), note: field.text({ label: text('备注', 'Note'), optional: true }) },
  lines: {
    items: lineSet(
      text('明细', 'Lines'),
      {
        gauze: field.ref('gauze', { label: text('纱布', 'Gauze') }),
        quantity: field.quantity({ label: text('数量', 'Quantity') }),
      },
      { min: 1 },
    ),
  },
});
const trial = defineModule({ name: 'trial', label: text('试用', 'Trial'), icon: 'box', definitions: [gauze, order] });

const head = `id text primary key, entity_id text, number text, state text not null, version integer not null, created_by text not null,
  created_at timestamptz not null, updated_at timestamptz not null`;
const tables = `
  create schema trial; grant usage on schema trial to medtrade_app;
  create table trial.gauze (${head}, code text not null unique, name text not null, price numeric, grade text not null, made_on date, parent text);
  create table trial.gauze_order (${head}, ordered_on date not null, note text);
  create table trial.gauze_order_items (document_id text not null, line_no integer not null, gauze text not null, quantity numeric not null,
    primary key (document_id, line_no));
  grant select, insert, update, delete on all tables in schema trial to medtrade_app;
  call kernel.guard_rows('trial.gauze_order');`;

export const EAST = 'le_01JTV0000000000000000000EA';
export const WEST = 'le_01JTV0000000000000000000WE';

const grant = (permission: string, entityIds: Grant['entityIds'] = '*'): Grant => ({
  permission,
  entityIds,
  warehouseIds: '*',
  regions: '*',
  isOwnOnly: false,
});
const user = (id: string, name: string, grants: Grant[]): Actor => ({ kind: 'user', id, name, sessionId: `s_${id}`, grants });

export const people = {
  /** Does everything in the eastern company. */
  chen: user('usr_chen', '陈莉', [grant('trial.*', [EAST]), grant('documents.*', [EAST])]),
  /** May look in the east, no more. */
  wang: user('usr_wang', '王强', [grant('trial.gauze.view'), grant('trial.gauze-order.view', [EAST])]),
  /** Works in the west. */
  li: user('usr_li', '李娜', [grant('trial.*', [WEST]), grant('documents.*', [WEST])]),
} as const;

export interface World {
  readonly system: TestSystem;
  readonly product: Product;
  readonly gauze: typeof gauze;
  readonly order: typeof order;
  readonly as: (actor: Actor) => Context;
  /** Calls an operation of this module as its handler, without HTTP. */
  readonly call: <Op extends Operation>(
    actor: Actor,
    operation: Op,
    input: Partial<OperationInput<Op>>,
    body?: Uint8Array | string,
    headers?: Record<string, string>,
  ) => Promise<[OperationOutput<Op>] extends [undefined] ? Response : OperationOutput<Op>>;
  /** Does the work of every waiting job of this name now. */
  readonly work: (name: string) => Promise<void>;
}

/** Who is who, answered from the world's own three people; the question itself belongs to the module of users. */
const peoplePort: Ports['people'] = {
  holdersOf: async (_tx, permission, entityId) =>
    Object.values(people).filter((p) =>
      p.grants.some(
        (g) =>
          (g.permission === permission || permission.startsWith(g.permission.replace('*', ''))) &&
          (g.entityIds === '*' || entityId === null || g.entityIds.includes(entityId)),
      ),
    ),
  holdersOfRole: async () => [],
  substitutesFor: async () => new Map(),
  actorOf: async (_tx, id) => Object.values(people).find((p) => p.id === id),
  namesOf: async (_tx, ids) =>
    new Map(
      Object.values(people)
        .filter((p) => ids.includes(p.id))
        .map((p) => [p.id, p.name]),
    ),
};

const ports = {
  people: peoplePort,
  entities: { facts: async (_tx: unknown, id: string) => ({ id, functionalCurrency: 'CNY', timeZone: 'Asia/Shanghai' }) },
  approvals: { demand: async () => undefined, waitingOn: async () => undefined, isGranted: async () => false },
} as unknown as Ports;

function inputOf(operation: Operation, input: { params?: unknown; query?: unknown; body?: unknown }) {
  return {
    params: operation.params?.parse(input.params ?? {}),
    query: operation.query?.parse(input.query ?? {}),
    body: operation.consumes ? undefined : operation.body?.parse(input.body ?? {}),
  };
}

/** Opens the world on a database of its own. */
export async function openWorld(): Promise<World> {
  const system = await testSystem();
  await system.database.owner.query(tables);
  const product: Product = buildProduct([documentsServer(() => product), implementModule(trial)], ports);
  const handlers = new Map<Operation, OperationHandler>(product.modules.flatMap((m) => m.handlers.map((h) => [h.operation, h] as const)));
  const as = (actor: Actor): Context => ({ system, actor, requestId: 'req', ip: null, userAgent: null });
  return {
    system,
    product,
    gauze,
    order,
    as,
    call: async (actor, operation, input, body, headers = {}) => {
      const request = new Request('http://127.0.0.1/', {
        method: operation.method,
        headers,
        ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> | string }),
      });
      const answer = await handlers.get(operation)!.handle(as(actor), inputOf(operation, input), { request, headers: new Headers() });
      return answer as never;
    },
    work: async (name) => {
      const job = product.jobs.find((j) => j.name === name)!;
      const waiting = await system.database.owner.query('select payload from kernel.job_run where name = $1 and state = $2 order by id', [
        name,
        'queued',
      ]);
      for (const { payload } of waiting.rows) await job.run(system, payload, async () => undefined);
      await system.database.owner.query('update kernel.job_run set state = $2 where name = $1', [name, 'done']);
    },
  };
}
