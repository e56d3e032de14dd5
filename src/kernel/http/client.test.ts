import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { commonStates, defineDocument } from '../document/define-document.ts';
import { field } from '../document/field.ts';
import { text } from '../i18n/text.ts';
import { ApiError, makeClient, type WireAnswer, type WireRequest } from './client.ts';
import { defineOperation } from './operation.ts';

const answer = (status: number, body: unknown): WireAnswer => ({
  status,
  header: (name) => (name === 'x-request-id' ? 'r-1' : null),
  json: () => Promise.resolve(body),
  text: () => Promise.resolve(String(body)),
});

function clientWith(reply: WireAnswer) {
  const sent: WireRequest[] = [];
  let keys = 0;
  const client = makeClient({
    base: '/api',
    carry: (request) => {
      sent.push(request);
      return Promise.resolve(reply);
    },
    newKey: () => `key-${(keys += 1)}`,
    headers: () => ({ authorization: 'Bearer secret' }),
  });
  return { client, sent };
}

const note = defineDocument()({
  kind: 'note',
  module: 'desk',
  plural: 'notes',
  idPrefix: 'no',
  label: text('便笺', 'Note'),
  pluralLabel: text('便笺', 'Notes'),
  table: 'desk.note',
  states: { draft: commonStates.draft, posted: commonStates.posted },
  header: { day: field.date({ label: text('日期', 'Day') }), words: field.text({ label: text('内容', 'Words'), optional: true }) },
  actions: { post: { label: text('过账', 'Post'), from: ['draft'], to: 'posted' } },
  numbering: { pattern: 'N-{seq:4}', isGapless: false, restarts: 'never', takenBy: 'post' },
  list: { columns: ['number'], search: ['words'], sort: { field: 'number', descending: true } },
  title: (doc) => text(doc.words ?? '', doc.words ?? ''),
  occurredOnField: 'day',
});

const endSession = defineOperation({
  id: 'endSession',
  method: 'DELETE',
  path: '/sessions/:sessionId',
  tag: 'session',
  access: 'session',
  summary: text('结束', 'End'),
  params: z.object({ sessionId: z.string() }),
  query: z.object({ quietly: z.enum(['true', 'false']).default('false') }),
  output: z.object({ done: z.literal(true) }),
});

describe('an operation', () => {
  test('is sent to its path with its parameters, its query and the headers of every request', async () => {
    const { client, sent } = clientWith(answer(200, { done: true }));
    await client.call(endSession, { params: { sessionId: 'a/b' }, query: { quietly: 'true' } });
    expect(sent[0]).toMatchObject({
      method: 'DELETE',
      url: '/api/sessions/a%2Fb?quietly=true',
      headers: { authorization: 'Bearer secret' },
    });
  });

  test('that is answered once for a key may be sent again, one with a secret or without a session may not', async () => {
    const { client, sent } = clientWith(answer(200, {}));
    const say = defineOperation({ id: 'say', method: 'POST', path: '/say', tag: 'x', access: 'session', summary: text('说', 'Say') });
    await client.call(say, {}, { key: 'intent' });
    await client.call({ ...say, isSecret: true });
    await client.call({ ...say, access: 'public' });
    expect(sent.map((s) => s.isRepeatable)).toEqual([true, false, false]);
    expect(sent[0]?.headers['idempotency-key']).toBe('intent');
  });

  test('that is refused throws the problem with its refusals and the number of the request', async () => {
    const refusal = { code: 'desk/no', text: text('不行', 'No'), wayOut: text('换一个', 'Take another') };
    const { client } = clientWith(answer(422, { type: 'about:blank', title: 'no', status: 422, code: 'desk/no', refusals: [refusal] }));
    const error: unknown = await client.call(endSession, { params: { sessionId: 'x' } }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 422, code: 'desk/no', requestId: 'r-1', refusals: [refusal] });
  });

  test('answered by something that is no problem throws a fault with its status', async () => {
    const { client } = clientWith(answer(500, '<html>'));
    await expect(client.call(endSession, { params: { sessionId: 'x' } })).rejects.toMatchObject({
      status: 500,
      code: 'fault',
      refusals: [],
    });
  });
});

describe('a document', () => {
  test('is created with the key of the intent, so that a repetition is the same command', async () => {
    const { client, sent } = clientWith(answer(200, {}));
    await client.documents(note).create({ day: '2026-11-22' }, { entityId: 'le_1' }, { key: 'intent' });
    expect(sent[0]).toMatchObject({ url: '/api/desk/notes', isRepeatable: true, headers: { 'idempotency-key': 'intent' } });
    expect(JSON.parse(sent[0]?.body as string)).toEqual({ entityId: 'le_1', content: { day: '2026-11-22' } });
  });

  test('is rehearsed by the same path with dryRun, and every intent without a key gets its own', async () => {
    const { client, sent } = clientWith(answer(200, {}));
    await client.documents(note).act('no_1', 'post', { expectedVersion: 1 }, { dryRun: true });
    await client.documents(note).act('no_1', 'post');
    expect(sent.map((s) => s.url)).toEqual(['/api/desk/notes/no_1/post?dryRun=true', '/api/desk/notes/no_1/post']);
    expect(sent.map((s) => s.headers['idempotency-key'])).toEqual(['key-1', 'key-2']);
  });

  test('is listed with its filter as JSON and nothing that was not asked for', async () => {
    const { client, sent } = clientWith(answer(200, { rows: [], titles: {}, nextCursor: null }));
    await client.documents(note).list({ q: '', filter: [{ field: 'state', op: 'eq', value: 'draft' }], totals: false });
    expect(sent[0]?.url).toBe(`/api/desk/notes?filter=${encodeURIComponent('[{"field":"state","op":"eq","value":"draft"}]')}`);
  });

  test('is exported by an address a link can carry', () => {
    const { client } = clientWith(answer(200, {}));
    expect(client.documents(note).exportUrl({ format: 'csv', locale: 'en', columns: ['number', 'day'] })).toBe(
      '/api/desk/notes/export?format=csv&locale=en&columns=number%2Cday',
    );
  });
});
