import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { text } from '#kernel/i18n/text.ts';
import { Chart } from '#ui/chart.web.tsx';
import { call } from '#ui/client.web.ts';
import { ErrorPanel } from '#ui/common/refusal-panel.web.tsx';
import { EmptyState, RowsSkeleton } from '#ui/common/states.web.tsx';
import { formatMoney } from '#ui/format.ts';
import { useLocale } from '#ui/locale.web.tsx';
import { useEntity } from '#ui/session.web.ts';
import { stockByExpiry } from './operations.ts';

const words = {
  title: text('库存按到期月份', 'Stock by month of expiry'),
  month: text('到期月份', 'Month of expiry'),
  value: text('成本金额', 'Cost'),
  lots: text('批次数', 'Lots'),
  unit: text('批', 'lots'),
  expired: text('已过期', 'Expired'),
  later: text('更晚', 'Later'),
  none: text('没有管理效期的库存', 'No stock with an expiry date'),
};

/** When today's stock will expire: by cost for who may see it, else by number of lots. */
export function ExpiryWidget() {
  const { t, locale } = useLocale();
  const { entity, entities } = useEntity();
  const navigate = useNavigate();
  const query = useQuery({
    queryKey: ['stock-by-expiry', entity?.id],
    queryFn: () => call(stockByExpiry, { query: entity ? { entityId: entity.id } : {} }),
  });
  if (query.isPending) return <RowsSkeleton rows={5} />;
  if (query.error) return <ErrorPanel error={query.error} />;
  const { months } = query.data;
  if (months.length === 0) return <EmptyState title={words.none} icon="box" />;
  const showsValue = months.every((m) => m.value !== null);
  const currencies = new Set((entity ? [entity] : entities).map((e) => e.functionalCurrency));
  const currency = currencies.size === 1 ? [...currencies][0] : undefined;
  const label = (month: string): string => (month === 'expired' ? t(words.expired) : month === 'later' ? t(words.later) : month);
  return (
    <Chart
      title={words.title}
      pointLabel={words.month}
      points={months.map((m) => label(m.month))}
      heightPx={220}
      unit={showsValue ? currency : t(words.unit)}
      series={[
        {
          label: showsValue ? words.value : words.lots,
          kind: 'bar',
          tone: 'info',
          values: months.map((m) => (showsValue ? Number(m.value) : m.lots)),
          shown: months.map((m) => (showsValue ? formatMoney(m.value ?? '0', null, locale) : String(m.lots))),
        },
      ]}
      onOpen={() => void navigate({ to: '/warehouse/stock' as never })}
    />
  );
}
