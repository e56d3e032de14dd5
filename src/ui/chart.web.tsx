import { lazy, Suspense, useId, useState, type ReactNode } from 'react';
import { text } from '#kernel/i18n/text.ts';
import type { ChartProps, ChartSeries } from './chart-props.ts';
import { useLocale } from './locale.web.tsx';

const words = {
  table: text('看表格', 'As a table'),
  chart: text('看图', 'As a chart'),
  empty: text('这段时间没有数据', 'No data in this period'),
};

const Canvas = lazy(() => import('./chart-canvas.web.tsx').then((m) => ({ default: m.ChartCanvas })));

const figure = (series: ChartSeries, at: number): ReactNode => series.shown?.[at] ?? series.values[at] ?? '–';

function Table({ chart }: { chart: ChartProps }) {
  const { t } = useLocale();
  return (
    <table className="chart-table">
      <caption className="visually-hidden">{t(chart.title)}</caption>
      <thead>
        <tr>
          <th scope="col">{t(chart.pointLabel)}</th>
          {chart.series.map((s) => (
            <th key={s.label.en} scope="col">
              {t(s.label)}
              {chart.unit && ` (${chart.unit})`}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {chart.points.map((point, at) => (
          <tr key={point}>
            <th scope="row">{point}</th>
            {chart.series.map((s, seriesAt) => (
              <td key={s.label.en}>
                {chart.onOpen ? (
                  <button type="button" className="link-button" onClick={() => chart.onOpen?.(at, seriesAt)}>
                    {figure(s, at)}
                  </button>
                ) : (
                  figure(s, at)
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A small line or bar chart; the table behind it is one click away. The drawing library loads when the first chart is shown. */
export function Chart(chart: ChartProps) {
  const { t } = useLocale();
  const [isTable, setTable] = useState(false);
  const id = useId();
  const heightPx = chart.heightPx ?? 200;
  if (chart.points.length === 0) return <p className="chart-frame secondary">{t(words.empty)}</p>;
  return (
    <div className="chart-frame">
      <div className="chart-tools">
        <button type="button" className="link-button" aria-expanded={isTable} aria-controls={id} onClick={() => setTable((now) => !now)}>
          {t(isTable ? words.chart : words.table)}
        </button>
      </div>
      <div id={id} style={{ minHeight: heightPx }}>
        {isTable ? (
          <Table chart={chart} />
        ) : (
          <Suspense fallback={null}>
            <Canvas {...chart} heightPx={heightPx} />
          </Suspense>
        )}
      </div>
    </div>
  );
}
