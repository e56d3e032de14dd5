import { Link } from '@tanstack/react-router';
import type { DocumentAnswer } from '#kernel/http/wire.ts';
import { daysBetween, formatDate, formatInstant, formatMoney, formatQuantity, formatRelative } from '../format.ts';
import { useLocale } from '../locale.web.tsx';
import { useNow } from '../now.web.ts';
import { documentPath } from '../product.web.ts';
import { Round } from './round.web.tsx';

type Titles = DocumentAnswer['titles'];

const Nothing = () => (
  <span className="nothing" aria-hidden="true">
    –
  </span>
);

/** An amount, right-aligned by its column; negative ones are signed and coloured. */
export function MoneyText({ amount, currency = null }: { amount: string | null | undefined; currency?: string | null }) {
  const { locale } = useLocale();
  if (amount === null || amount === undefined) return <Nothing />;
  return <span className={amount.startsWith('-') ? 'number negative' : 'number'}>{formatMoney(amount, currency, locale)}</span>;
}

/** A quantity with its unit. */
export function QuantityText({ quantity, unit }: { quantity: string | null | undefined; unit?: string | null }) {
  const { locale } = useLocale();
  if (quantity === null || quantity === undefined) return <Nothing />;
  return (
    <span className={quantity.startsWith('-') ? 'number negative' : 'number'}>
      {formatQuantity(quantity, locale)}
      {unit && <span className="unit"> {unit}</span>}
    </span>
  );
}

/** A calendar day; with `today` a past one is coloured and says how late it is. */
export function DateText({ day, lateAfter }: { day: string | null | undefined; lateAfter?: string }) {
  const { locale, t } = useLocale();
  if (!day) return <Nothing />;
  const late = lateAfter ? daysBetween(day, lateAfter) : 0;
  return (
    <time dateTime={day.slice(0, 10)} className={late > 0 ? 'number overdue' : 'number'}>
      {formatDate(day, locale)}
      {late > 0 && <span className="late">{t({ zh: ' 逾期 {days} 天', en: ' {days} d late' }, { days: late })}</span>}
    </time>
  );
}

/** A moment in words (`3 minutes ago`), the exact time on hover; `isExact` turns them around. */
export function InstantText({ at, isExact = false }: { at: string | null | undefined; isExact?: boolean }) {
  const { locale } = useLocale();
  const now = useNow();
  if (!at) return <Nothing />;
  const exact = formatInstant(at, locale, !isExact);
  const words = formatRelative(at, now, locale);
  return (
    <time dateTime={at} className="number" title={isExact ? words : exact}>
      {isExact ? exact : words}
    </time>
  );
}

/** A person by name, with a small round of initials where faces help. */
export function PersonText({
  id,
  name,
  titles,
  hasRound = false,
}: {
  id?: string | null | undefined;
  name?: string | null | undefined;
  titles?: Titles;
  hasRound?: boolean;
}) {
  const { t } = useLocale();
  const known = id ? titles?.[id] : undefined;
  const shown = name ?? (known ? t(known.title) : id);
  if (!shown) return <Nothing />;
  return (
    <span className="person">
      {hasRound && <Round name={shown} />}
      {shown}
    </span>
  );
}

/** Another record or document by its readable name, as the way there. */
export function EntityText({
  id,
  titles,
  kind,
  showsNumber = true,
}: {
  id: string | null | undefined;
  titles?: Titles;
  kind?: string;
  showsNumber?: boolean;
}) {
  const { t } = useLocale();
  if (!id) return <Nothing />;
  const known = titles?.[id];
  const path = documentPath(known?.kind ?? kind ?? '', id);
  const title = known ? t(known.title) : id;
  const label =
    showsNumber && known?.number && !title.includes(known.number) ? (
      <>
        <span className="entity-number">{known.number}</span> {title}
      </>
    ) : (
      title
    );
  return path ? (
    <Link to={path} className="entity-link">
      {label}
    </Link>
  ) : (
    <span>{label}</span>
  );
}
