/**
 * Tabs of one browser share one session. What one tab does to it, the others hear at once: nobody's data stays readable in a tab
 * that was forgotten open.
 */
export type SessionNews = { readonly what: 'out' } | { readonly what: 'in'; readonly userId: string };

const channel = 'BroadcastChannel' in window ? new BroadcastChannel('medtrade-session') : null;

export const tellOtherTabs = (news: SessionNews): void => channel?.postMessage(news);

/** Hears what other tabs did to the session; returns the way to stop. */
export function hearOtherTabs(onNews: (news: SessionNews) => void): () => void {
  const hear = (event: MessageEvent<SessionNews>) => onNews(event.data);
  channel?.addEventListener('message', hear);
  return () => channel?.removeEventListener('message', hear);
}
