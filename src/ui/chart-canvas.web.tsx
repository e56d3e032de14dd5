import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, registerTheme, use as register, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { ChartProps } from './chart-props.ts';
import { useLocale } from './locale.web.tsx';
import { themeNow, themePreference } from './preferences.web.ts';
import { useStore } from './store.web.ts';
import { chartTheme, palettes } from './theme.ts';

register([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);
registerTheme('light', chartTheme('light'));
registerTheme('dark', chartTheme('dark'));

function optionOf(chart: ChartProps, t: ReturnType<typeof useLocale>['t']) {
  const palette = palettes[themeNow()];
  const hasLegend = chart.series.length > 1;
  return {
    animationDuration: 150,
    aria: { enabled: true, label: { description: t(chart.title) } },
    grid: { left: 4, right: 8, top: (hasLegend ? 30 : 10) + (chart.unit ? 18 : 0), bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis', confine: true },
    ...(hasLegend ? { legend: { top: 0, left: 0, icon: 'circle', itemWidth: 8, itemHeight: 8 } } : {}),
    xAxis: { type: 'category', data: [...chart.points] },
    yAxis: { type: 'value', splitNumber: 3, ...(chart.unit ? { name: chart.unit, nameGap: 8, nameTextStyle: { align: 'right' } } : {}) },
    series: chart.series.map((s) => ({
      name: t(s.label),
      type: s.kind,
      data: [...s.values],
      symbolSize: 5,
      showSymbol: chart.points.length <= 31,
      barMaxWidth: 28,
      lineStyle: { width: 2 },
      ...(s.stack ? { stack: s.stack } : {}),
      ...(s.tone ? { color: palette[s.tone].mark } : {}),
      tooltip: {
        valueFormatter: (value: unknown, at: number) => [s.shown?.[at] ?? String(value ?? '–'), chart.unit ?? ''].join(' ').trim(),
      },
    })),
  };
}

/** Draws the chart; loaded on demand by `Chart`. */
export function ChartCanvas(chart: ChartProps & { readonly heightPx: number }) {
  const { t, locale } = useLocale();
  const theme = useStore(themePreference);
  const box = useRef<HTMLDivElement>(null);
  const made = useRef<EChartsType | null>(null);
  const open = useEffectEvent((pointAt: number, seriesAt: number) => chart.onOpen?.(pointAt, seriesAt));
  useEffect(() => {
    if (!box.current) return undefined;
    const drawn = init(box.current, themeNow(), { renderer: 'svg', locale: locale === 'zh-CN' ? 'ZH' : 'EN' });
    made.current = drawn;
    drawn.on('click', (event) => open(event.dataIndex, event.seriesIndex ?? 0));
    const watch = new ResizeObserver(() => drawn.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      drawn.dispose();
      made.current = null;
    };
  }, [theme, locale]);
  useEffect(() => {
    made.current?.setOption(optionOf(chart, t), { notMerge: true });
  });
  return <div ref={box} style={{ height: chart.heightPx }} />;
}
