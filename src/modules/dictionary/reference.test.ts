import { expect, test } from 'vitest';
import { exampleOf, schemaRows } from './api-schema.ts';
import type { ActionEntry, KindEntry } from './operations.ts';
import { stateDiagram } from './state-diagram.ts';

const action = (name: string, from: string[], to: string): ActionEntry => ({ name, from, to }) as ActionEntry;
const kind = {
  states: ['draft', 'posted', 'reversed', 'cancelled'].map((name) => ({ name })),
  actions: [
    action('create', ['new'], 'draft'),
    action('amend', ['draft'], 'draft'),
    action('post', ['draft'], 'posted'),
    action('reopen', ['posted'], 'draft'),
    action('reverse', ['posted'], 'reversed'),
    action('cancel', ['draft'], 'cancelled'),
  ],
} as unknown as KindEntry;

test('states stand in columns by their distance from the beginning and never on each other', () => {
  const { boxes } = stateDiagram(kind);
  const column = (name: string) => boxes.find((b) => b.name === name)!.x;
  expect(column('new') < column('draft') && column('draft') < column('posted') && column('posted') < column('reversed')).toBe(true);
  expect(column('cancelled')).toBe(column('posted'));
  expect(new Set(boxes.map((b) => `${b.x}/${b.y}`)).size).toBe(boxes.length);
});

test('an action that keeps its state is no arrow, one that goes back is', () => {
  const { arrows, staying } = stateDiagram(kind);
  expect(staying['draft']?.map((a) => a.name)).toEqual(['amend']);
  expect(arrows.map((a) => `${a.from}>${a.to}`)).toEqual([
    'new>draft',
    'draft>posted',
    'posted>draft',
    'posted>reversed',
    'draft>cancelled',
  ]);
});

test('an action that waits for approval is drawn over the state it waits in', () => {
  const waiting = {
    ...kind,
    states: [...kind.states, { name: 'submitted' }],
    actions: [action('create', ['new'], 'draft'), { ...action('post', ['draft'], 'posted'), pending: 'submitted' }],
  } as unknown as KindEntry;
  expect(stateDiagram(waiting).arrows.map((a) => `${a.from}>${a.to}`)).toEqual(['new>draft', 'draft>submitted', 'submitted>posted']);
});

const api = {
  components: {
    schemas: {
      Line: {
        type: 'object',
        properties: { quantity: { type: 'string', 'x-kind': 'quantity', title: 'Quantity', 'x-title-zh': '数量' } },
        required: ['quantity'],
      },
    },
  },
};
const body = {
  type: 'object',
  required: ['content'],
  properties: {
    content: {
      type: 'object',
      required: ['shippedOn'],
      properties: {
        shippedOn: { type: 'string', format: 'date', 'x-kind': 'date' },
        memo: { type: ['string', 'null'] },
        lines: { type: 'object', properties: { items: { type: 'array', items: { $ref: '#/components/schemas/Line' } } } },
      },
    },
    reason: { type: 'string' },
  },
};

test('a shape is shown as rows with references and lists opened', () => {
  const rows = schemaRows(api, body);
  expect(rows.map((r) => [r.path, r.type, r.isRequired])).toEqual([
    ['content', 'object', true],
    ['content.shippedOn', 'string', true],
    ['content.memo', 'string | null', false],
    ['content.lines', 'object', false],
    ['content.lines.items', 'object[]', false],
    ['content.lines.items.quantity', 'string', true],
    ['reason', 'string', false],
  ]);
  expect(rows[5]?.label).toEqual({ zh: '数量', en: 'Quantity' });
});

test('the example of a body holds what is required and one line', () => {
  expect(exampleOf(api, body)).toEqual({ content: { shippedOn: '2026-01-31', lines: { items: [{ quantity: '10' }] } } });
});

test('a shape that holds itself ends', () => {
  const loop = { components: { schemas: { Node: { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } } } } };
  expect(schemaRows(loop, { $ref: '#/components/schemas/Node' }).length).toBeLessThan(12);
  expect(JSON.stringify(exampleOf(loop, { $ref: '#/components/schemas/Node' })).length).toBeLessThan(200);
});
