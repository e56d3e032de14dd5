import type { LocalText } from '#kernel/i18n/text.ts';

export interface ChartSeries {
  readonly label: LocalText;
  readonly kind: 'line' | 'bar';
  /** Drawn from these numbers; words and table use `shown`. Null leaves a gap. */
  readonly values: readonly (number | null)[];
  /** The exact figure as it is written, per point. */
  readonly shown?: readonly string[];
  /** Stacks series of the same name. */
  readonly stack?: string;
  readonly tone?: 'good' | 'waiting' | 'refused' | 'info' | 'draft';
}

export interface ChartProps {
  readonly title: LocalText;
  /** One word a point, e.g. days or warehouses. */
  readonly points: readonly string[];
  readonly pointLabel: LocalText;
  readonly series: readonly ChartSeries[];
  /** What the figures are counted in (CNY, lots): stands at the axis and in the table. */
  readonly unit?: string | undefined;
  readonly heightPx?: number;
  /** Opens the documents behind a point. */
  readonly onOpen?: (pointAt: number, seriesAt: number) => void;
}
