import type { StateTone } from '#kernel/document/definition.ts';
import { text, type LocalText } from '#kernel/i18n/text.ts';

/** How a request stands, as people say it. */
export const requestStates: Readonly<Record<string, { readonly label: LocalText; readonly tone: StateTone }>> = {
  open: { label: text('审批中', 'Waiting'), tone: 'waiting' },
  granted: { label: text('已批准', 'Granted'), tone: 'good' },
  carried_out: { label: text('已批准并执行', 'Approved and done'), tone: 'good' },
  rejected: { label: text('已退回', 'Sent back'), tone: 'refused' },
  withdrawn: { label: text('已撤回', 'Withdrawn'), tone: 'draft' },
};

export const modeWords: Readonly<Record<'any' | 'all' | 'quorum', LocalText>> = {
  any: text('任一人同意', 'any one of them'),
  all: text('全部同意', 'all of them'),
  quorum: text('至少 {n} 人同意', 'at least {n} of them'),
};
