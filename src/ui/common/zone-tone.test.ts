import { expect, test } from 'vitest';
import { text } from '#kernel/i18n/text.ts';
import { colourTone } from './zone-tone.ts';

const word = text('区', 'zone');

test('a choice among the colours of the law is shown in its tone', () => {
  const zones = { green: word, yellow: word, red: word };
  expect([colourTone(zones, 'green'), colourTone(zones, 'yellow'), colourTone(zones, 'red')]).toEqual(['good', 'waiting', 'refused']);
});

test('any other choice, and nothing chosen, has no tone', () => {
  expect(colourTone({ green: word, tea: word }, 'green')).toBeUndefined();
  expect(colourTone({ green: word }, null)).toBeUndefined();
  expect(colourTone(undefined, 'green')).toBeUndefined();
});
