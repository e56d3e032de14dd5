import { expect, test } from 'vitest';
import { text } from '#kernel/i18n/text.ts';
import { waitingItems } from './waiting.ts';

const section = (name: string, ...ids: string[]) => ({
  name,
  label: text(name, name),
  items: ids.map((id) => ({
    id,
    kind: 'voucher',
    number: null,
    title: text(id, id),
    state: 'draft',
    entityId: null,
    due: null,
    action: null,
  })),
});

test('what others wait for is counted, not what one is still writing', () => {
  const sections = [section('approvals', 'a', 'b'), section('mentions', 'c'), section('drafts', 'd', 'e')];
  expect(waitingItems(sections as Parameters<typeof waitingItems>[0]).map((item) => item.id)).toEqual(['a', 'b', 'c']);
});
