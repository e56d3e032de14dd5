import type { QualityState } from '#kernel/ledger/stock/move.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';

/** Zones of a warehouse by colour (GSP 40). */
export const zones = {
  green: text('绿区（合格、发货）', 'green zone (accepted, dispatch)'),
  yellow: text('黄区（待验、退货）', 'yellow zone (waiting, returns)'),
  red: text('红区（不合格）', 'red zone (rejected)'),
} as const;
export type Zone = keyof typeof zones;

/** Quality states in which opening stock can come in. */
export const openingStates = {
  acceptable: text('合格', 'Acceptable'),
  awaiting_acceptance: text('待验收', 'Awaiting acceptance'),
  quarantined: text('隔离', 'Quarantined'),
  rejected: text('不合格', 'Rejected'),
  expired: text('过期', 'Expired'),
} as const satisfies Partial<Record<QualityState, LocalText>>;
export type OpeningState = keyof typeof openingStates;

/** The colour of the zone where goods in a state belong (R-034, GSP 40). */
export function zoneFor(state: OpeningState): Zone {
  switch (state) {
    case 'acceptable':
      return 'green';
    case 'awaiting_acceptance':
    case 'quarantined':
      return 'yellow';
    case 'rejected':
    case 'expired':
      return 'red';
  }
}
