import { expect, test } from 'vitest';
import * as z from 'zod';
import { defineRefusal } from '../command/refusal.ts';
import { defineDocument, standardActions } from '../document/define-document.ts';
import { defineRecord } from '../document/define-record.ts';
import { lineSet } from '../document/definition.ts';
import { field } from '../document/field.ts';
import { text } from '../i18n/text.ts';
import { defineModule } from '../module.ts';
import { documentOperations } from './document-operations.ts';
import { openApiFaults } from './openapi-faults.ts';
import { openApiDocument, openApiPath } from './openapi.ts';
import { defineOperation } from './operation.ts';

const note = defineDocument()({
  kind: 'delivery-note',
  module: 'depot',
  plural: 'delivery-notes',
  idPrefix: 'dn',
  label: text('送货单', 'Delivery note'),
  pluralLabel: text('送货单', 'Delivery notes'),
  table: 'depot.delivery_note',
  occurredOnField: 'shippedOn',
  header: {
    shippedOn: field.date({ label: text('发货日期', 'Shipped on') }),
    memo: field.longText({ label: text('备注', 'Memo'), optional: true }),
    carrier: field.choice({ road: text('公路', 'Road'), air: text('航空', 'Air') }, { label: text('运输方式', 'Carrier'), optional: true }),
    total: field.money({ label: text('金额', 'Total'), derived: true, sensitivity: 'sales-price' }),
  },
  lines: { items: lineSet(text('明细', 'Items'), { quantity: field.quantity({ label: text('数量', 'Quantity') }) }, { min: 1 }) },
  states: { draft: { label: text('草稿', 'Draft'), tone: 'draft' }, posted: { label: text('已过账', 'Posted'), tone: 'good' } },
  actions: {
    ship: {
      label: text('发货', 'Ship'),
      from: ['draft'],
      to: 'posted',
      signature: { meaning: text('我已核对', 'I checked it') },
      input: { seal: field.code({ label: text('封签', 'Seal') }) },
    },
    reverse: standardActions.reverse('ship'),
  },
  numbering: { pattern: 'DN-{seq:4}', isGapless: false, restarts: 'never', takenBy: 'ship' },
  list: { columns: ['number'], search: ['number'], sort: { field: 'number', descending: true } },
  title: (d) => text(d.shippedOn, d.shippedOn),
});

const dock = defineRecord()({
  kind: 'dock',
  module: 'depot',
  plural: 'docks',
  idPrefix: 'dk',
  label: text('月台', 'Dock'),
  pluralLabel: text('月台', 'Docks'),
  table: 'depot.dock',
  header: { code: field.code({ label: text('编码', 'Code') }) },
  codeField: 'code',
  list: { columns: ['code'], search: ['code'], sort: { field: 'code', descending: false } },
  title: (d) => text(d.code, d.code),
});

const openGate = defineOperation({
  id: 'depotOpenGate',
  method: 'POST',
  path: '/depot/gates/:gate{[a-z]+}/open',
  tag: 'depot',
  summary: text('开门', 'Open the gate'),
  access: { permission: 'depot.gate.open' },
  params: z.object({ gate: z.string() }),
  body: z.object({ minutes: z.number().int() }),
  output: z.object({ isOpen: z.boolean() }),
});
const ping = defineOperation({ id: 'ping', method: 'GET', path: '/ping', tag: 'depot', summary: text('探测', 'Ping'), access: 'public' });

const depot = defineModule({
  name: 'depot',
  label: text('车站', 'Depot'),
  icon: 'home',
  definitions: [note, dock],
  operations: [openGate, ping],
  refusals: [defineRefusal({ code: 'depot/closed', text: text('已关闭', 'Closed'), wayOut: text('开门', 'Open the gate') })],
});
const api = openApiDocument({ modules: [depot], version: '1.0.0' });
const operation = (path: string, method: string): any => api.paths[path]?.[method];

test('the description of the API is a valid OpenAPI 3.1 document', () => {
  expect(openApiFaults(JSON.parse(JSON.stringify(api)))).toEqual([]);
});

test('a description with a dangling reference, an undeclared path place or a repeated operation id is found', () => {
  const broken = JSON.parse(JSON.stringify(api));
  broken.paths['/depot/docks/{id}'].get.parameters = [];
  broken.paths['/ping'].get.operationId = 'dockGet';
  broken.components.schemas.Dock.properties.code = { $ref: '#/components/schemas/Nowhere' };
  broken.components.schemas.DockContent.type = 'thing';
  expect(openApiFaults(broken).toSorted()).toEqual(
    [
      'components.schemas.DockContent: type thing',
      'components.schemas.Dock.properties.code: #/components/schemas/Nowhere leads nowhere',
      'paths./depot/docks/{id}.get: {id} is not declared',
      'paths./ping.get: operationId dockGet is not unique',
    ].toSorted(),
  );
});

test('every action of a kind is one operation, with the collection path for create', () => {
  const ids = documentOperations(note).map((o) => `${o.method} ${o.path} ${o.id}`);
  expect(ids).toEqual([
    'GET /depot/delivery-notes deliveryNotesList',
    'GET /depot/delivery-notes/export deliveryNotesExport',
    'GET /depot/delivery-notes/:id deliveryNoteGet',
    'GET /depot/delivery-notes/:id/timeline deliveryNoteTimeline',
    'POST /depot/delivery-notes deliveryNoteCreate',
    'POST /depot/delivery-notes/:id/amend deliveryNoteAmend',
    'POST /depot/delivery-notes/:id/ship deliveryNoteShip',
    'POST /depot/delivery-notes/:id/reverse deliveryNoteReverse',
  ]);
});

test('an action asks for the key, offers the rehearsal and names what it needs', () => {
  const ship = operation('/depot/delivery-notes/{id}/ship', 'post');
  expect(ship.parameters.map((p: any) => `${p.in} ${p.name} ${p.required}`)).toEqual([
    'path id true',
    'query dryRun false',
    'header Idempotency-Key true',
  ]);
  const { schema } = ship.requestBody.content['application/json'];
  expect(schema.required).toEqual(['signature']);
  expect(schema.properties.input.properties.seal.title).toBe('Seal');
  expect(schema.properties.content).toBeUndefined();
  expect(operation('/depot/delivery-notes/{id}/reverse', 'post').requestBody.content['application/json'].schema.required).toEqual([
    'reason',
  ]);
});

test('create takes the content of its kind, without derived fields, with optional ones nullable', () => {
  const { schema } = operation('/depot/delivery-notes', 'post').requestBody.content['application/json'];
  expect(schema.properties.content).toEqual({ $ref: '#/components/schemas/DeliveryNoteContent' });
  const content: any = api.components.schemas['DeliveryNoteContent'];
  expect(Object.keys(content.properties)).toEqual(['shippedOn', 'memo', 'carrier', 'lines']);
  expect(content.required).toEqual(['shippedOn']);
  expect(content.properties.memo.type).toEqual(['string', 'null']);
  expect(content.properties.carrier.enum).toEqual(['road', 'air', null]);
  expect((api.components.schemas['DeliveryNote'] as any).properties.total).toMatchObject({
    readOnly: true,
    'x-sensitivity': 'sales-price',
  });
});

test('refusal codes stand at the status they travel with, the module own ones too', () => {
  const ship = operation('/depot/delivery-notes/{id}/ship', 'post');
  expect(ship.responses['409']['x-refusals']).toContain('document/wrong-state');
  expect(ship.responses['422']['x-refusals']).toContain('depot/closed');
  expect(operation('/ping', 'get').responses['401']).toBeUndefined();
  expect(operation('/ping', 'get').security).toEqual([]);
});

test('both languages travel with every operation', () => {
  for (const methods of Object.values(api.paths))
    for (const o of Object.values(methods)) expect(o['x-summary-zh']).toMatch(/[\u4e00-\u9fff]/);
});

test('a path with a pattern becomes a plain place', () => {
  expect(openApiPath('/depot/gates/:gate{[a-z]+}/open')).toBe('/depot/gates/{gate}/open');
});
