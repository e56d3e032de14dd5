import * as z from 'zod';
import { defineOperation } from '#kernel/http/operation.ts';
import { text } from '#kernel/i18n/text.ts';

/** The part of the saved-view operations that a list needs, by its own shape: the design system knows no module. */
const view = z.object({
  id: z.string(),
  name: z.string(),
  isShared: z.boolean(),
  isMine: z.boolean(),
  owner: z.object({ id: z.string(), name: z.string() }),
  content: z.record(z.string(), z.unknown()),
});
export type SavedViewWire = z.infer<typeof view>;

const body = z.object({ name: z.string(), isShared: z.boolean(), content: z.record(z.string(), z.json()) });
const ofList = z.object({ listKind: z.string() });
const ofView = z.object({ listKind: z.string(), viewId: z.string() });
const common = { tag: 'documents', access: 'session' as const, summary: text('列表的已存视图', 'Saved views of a list') };

export const listViews = defineOperation({
  ...common,
  id: 'savedViews',
  method: 'GET',
  path: '/documents/views/:listKind',
  params: ofList,
  output: z.object({ items: z.array(view), canShare: z.boolean() }),
});
export const addView = defineOperation({
  ...common,
  id: 'savedViewAdd',
  method: 'POST',
  path: '/documents/views/:listKind',
  params: ofList,
  body,
  output: view,
});
export const changeView = defineOperation({
  ...common,
  id: 'savedViewChange',
  method: 'PUT',
  path: '/documents/views/:listKind/:viewId',
  params: ofView,
  body,
  output: view,
});
export const removeView = defineOperation({
  ...common,
  id: 'savedViewRemove',
  method: 'DELETE',
  path: '/documents/views/:listKind/:viewId',
  params: ofView,
  output: z.object({}),
});
