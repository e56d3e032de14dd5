import type { QualityState } from '#kernel/ledger/stock/move.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';

/** Quality states of goods as words, for moves shown before they happen. */
export const qualityWords: Readonly<Record<QualityState, LocalText>> = {
  in_transit_inbound: text('在途', 'In transit'),
  received_pending: text('已收货待处理', 'Received'),
  awaiting_acceptance: text('待验收', 'Awaiting acceptance'),
  acceptable: text('合格', 'Acceptable'),
  quarantined: text('隔离', 'Quarantined'),
  rejected: text('不合格', 'Rejected'),
  reserved: text('已预留', 'Reserved'),
  picked: text('已拣货', 'Picked'),
  checked: text('已复核', 'Checked'),
  shipped: text('已发货', 'Shipped'),
  expired: text('过期', 'Expired'),
  destruction_pending: text('待销毁', 'Awaiting destruction'),
  destroyed: text('已销毁', 'Destroyed'),
};
