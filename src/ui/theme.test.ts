import { describe, expect, test } from 'vitest';
import { contrast, cssVariables, palettes, type ThemeMode } from './theme.ts';

const modes: readonly ThemeMode[] = ['light', 'dark'];
const tones = ['draft', 'waiting', 'good', 'refused', 'info'] as const;

describe.each(modes)('in the %s theme', (mode) => {
  const p = palettes[mode];

  test('every text reads at AA on every ground it stands on', () => {
    for (const words of [p.ink, p.secondary, p.faint, p.accent]) {
      for (const ground of [p.paper, p.ground, p.raised, p.hover]) expect(contrast(words, ground)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(p.onAccent, p.accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(p.accent, p.accentSoft)).toBeGreaterThanOrEqual(4.5);
  });

  test('a state chip reads at AA and its mark at 3:1', () => {
    for (const tone of tones) {
      expect(contrast(p[tone].word, p[tone].ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(p[tone].word, p.paper)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(p[tone].mark, p.paper)).toBeGreaterThanOrEqual(3);
    }
  });

  test('a tone gives three variables and a colour one', () => {
    expect(cssVariables(mode)).toMatchObject({ '--ink': p.ink, '--accent-soft': p.accentSoft, '--waiting-word': p.waiting.word });
  });
});
