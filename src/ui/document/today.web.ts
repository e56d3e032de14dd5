import { useEntity } from '../session.web.ts';

/** The calendar day where the chosen company is; only a proposal for forms and filters, the server decides by its own clock. */
export function useToday(): string {
  const { entity } = useEntity();
  const zone = entity?.timeZone;
  return new Intl.DateTimeFormat('sv-SE', {
    ...(zone ? { timeZone: zone } : {}),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(new Date());
}
