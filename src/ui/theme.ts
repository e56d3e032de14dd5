/** The one place colours, sizes and type are decided; antd, charts, style sheets and print read from here. */
export type ThemeMode = 'light' | 'dark';
export type Density = 'normal' | 'compact' | 'touch';

export interface Palette {
  readonly ink: string;
  readonly secondary: string;
  readonly faint: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly ground: string;
  readonly paper: string;
  readonly raised: string;
  readonly hover: string;
  readonly accent: string;
  readonly accentHover: string;
  readonly accentSoft: string;
  readonly onAccent: string;
  /** Each tone: the mark, words on its soft ground, and the ground. */
  readonly draft: Tone;
  readonly waiting: Tone;
  readonly good: Tone;
  readonly refused: Tone;
  readonly info: Tone;
}

export interface Tone {
  readonly mark: string;
  readonly word: string;
  readonly ground: string;
}

const light: Palette = {
  ink: '#1b2430',
  secondary: '#556070',
  faint: '#5f6a79',
  line: '#e3e7ec',
  lineStrong: '#c9d0d9',
  ground: '#f6f7f9',
  paper: '#ffffff',
  raised: '#ffffff',
  hover: '#eff2f5',
  accent: '#0b6e72',
  accentHover: '#095b5f',
  accentSoft: '#e4f1f1',
  onAccent: '#ffffff',
  draft: { mark: '#7d8896', word: '#4a5564', ground: '#eef1f4' },
  waiting: { mark: '#b7791f', word: '#80500c', ground: '#fbf2e0' },
  good: { mark: '#1f7a4d', word: '#17613d', ground: '#e5f4ec' },
  refused: { mark: '#b42318', word: '#9b1c12', ground: '#fdecea' },
  info: { mark: '#2563a8', word: '#1e5290', ground: '#e8f0fa' },
};

const dark: Palette = {
  ink: '#e6eaf0',
  secondary: '#a3aebc',
  faint: '#8f9aa9',
  line: '#29323d',
  lineStrong: '#3c4754',
  ground: '#10151b',
  paper: '#171d25',
  raised: '#1d252e',
  hover: '#202934',
  accent: '#4db6b2',
  accentHover: '#6bc7c3',
  accentSoft: '#15312f',
  onAccent: '#06201f',
  draft: { mark: '#8491a1', word: '#b3bdc9', ground: '#242c36' },
  waiting: { mark: '#d9a03f', word: '#e6bb6d', ground: '#33280f' },
  good: { mark: '#3fae78', word: '#74cb9f', ground: '#12301f' },
  refused: { mark: '#e5675c', word: '#f2978f', ground: '#3a1714' },
  info: { mark: '#5f9ade', word: '#91bbeb', ground: '#15273d' },
};

export const palettes: Readonly<Record<ThemeMode, Palette>> = { light, dark };

export const fontFamily = "'Inter Variable', 'Noto Sans SC Variable', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif";

/** Height of a row, px. */
export const rowHeightPx: Readonly<Record<Density, number>> = { compact: 28, normal: 32, touch: 44 };

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The palette as CSS custom properties: `--ink`, `--accent-soft`, `--waiting`, `--waiting-word`, `--waiting-ground`… */
export function cssVariables(mode: ThemeMode): Readonly<Record<string, string>> {
  const entries = Object.entries(palettes[mode]).flatMap(([name, value]: [string, string | Tone]) =>
    typeof value === 'string'
      ? [[`--${kebab(name)}`, value]]
      : [
          [`--${name}`, value.mark],
          [`--${name}-word`, value.word],
          [`--${name}-ground`, value.ground],
        ],
  );
  return Object.fromEntries([...entries, ['--font', fontFamily]]);
}

/** What single components look like beyond the tokens. */
const antdComponents = (mode: ThemeMode, density: Density) => {
  const p = palettes[mode];
  return {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500, contentFontSizeSM: 13 },
    Table: {
      fontSize: 13,
      cellFontSize: 13,
      headerBg: p.ground,
      headerColor: p.secondary,
      headerSplitColor: 'transparent',
      rowHoverBg: p.hover,
      cellPaddingBlockSM: density === 'touch' ? 12 : density === 'compact' ? 3 : 5,
      cellPaddingInlineSM: 10,
      borderColor: p.line,
    },
    Tooltip: { colorBgSpotlight: mode === 'light' ? '#1b2430' : '#33404e', colorTextLightSolid: '#ffffff' },
    Modal: { titleFontSize: 16 },
    Tabs: { titleFontSize: 13, horizontalItemPadding: '8px 0' },
    Form: { itemMarginBottom: 16, labelColor: p.secondary },
  };
};

/** Tokens of antd; the algorithm (default, dark, compact) is chosen where antd is loaded. */
export function antdTokens(mode: ThemeMode, density: Density) {
  const p = palettes[mode];
  return {
    token: {
      colorPrimary: p.accent,
      colorInfo: p.info.mark,
      colorSuccess: p.good.mark,
      colorWarning: p.waiting.mark,
      colorError: p.refused.mark,
      colorPrimaryBg: p.accentSoft,
      colorPrimaryBgHover: p.accentSoft,
      colorPrimaryHover: p.accentHover,
      colorPrimaryActive: p.accentHover,
      colorPrimaryTextActive: p.accentHover,
      controlItemBgActive: p.accentSoft,
      controlItemBgActiveHover: p.accentSoft,
      controlItemBgHover: p.hover,
      colorErrorBg: p.refused.ground,
      colorWarningBg: p.waiting.ground,
      colorSuccessBg: p.good.ground,
      colorInfoBg: p.info.ground,
      colorErrorText: p.refused.word,
      colorWarningText: p.waiting.word,
      colorSuccessText: p.good.word,
      colorLink: p.accent,
      colorLinkHover: p.accentHover,
      colorTextBase: p.ink,
      colorBgBase: p.paper,
      colorText: p.ink,
      colorTextSecondary: p.secondary,
      colorTextTertiary: p.faint,
      colorTextDescription: p.secondary,
      colorTextPlaceholder: p.faint,
      colorBorder: p.lineStrong,
      colorBorderSecondary: p.line,
      colorBgLayout: p.ground,
      colorBgContainer: p.paper,
      colorBgElevated: p.raised,
      colorTextLightSolid: p.onAccent,
      colorBgMask: mode === 'light' ? 'rgba(20, 28, 38, 0.38)' : 'rgba(4, 7, 11, 0.6)',
      borderRadius: 6,
      borderRadiusLG: 8,
      borderRadiusSM: 4,
      fontFamily,
      fontSize: 14,
      controlHeight: density === 'touch' ? 44 : density === 'compact' ? 28 : 32,
      controlHeightSM: density === 'touch' ? 36 : 26,
      motionDurationFast: '0.08s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.15s',
      wireframe: false,
      lineWidthFocus: 2,
    },
    components: antdComponents(mode, density),
  } as const;
}

/** Theme object for ECharts: colours that stay apart for the colour-blind, thin axes, tabular labels. */
export function chartTheme(mode: ThemeMode) {
  const p = palettes[mode];
  const axis = {
    axisLine: { lineStyle: { color: p.lineStrong } },
    axisTick: { show: false },
    axisLabel: { color: p.secondary, fontSize: 11 },
    splitLine: { lineStyle: { color: p.line } },
  };
  return {
    color: [p.accent, p.waiting.mark, p.info.mark, p.refused.mark, p.draft.mark, p.good.mark],
    backgroundColor: 'transparent',
    textStyle: { fontFamily, color: p.ink },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    timeAxis: axis,
    // ECharts 6 draws the legend over the axis unless told to stay on top.
    legend: { top: 0, textStyle: { color: p.secondary, fontSize: 12 } },
    tooltip: { backgroundColor: p.raised, borderColor: p.line, textStyle: { color: p.ink, fontSize: 12 } },
  } as const;
}

/** WCAG 2 contrast ratio of two `#rrggbb` colours. */
export function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [r, g, bl] = [1, 3, 5].map((at) => {
      const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (bl ?? 0);
  };
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}
