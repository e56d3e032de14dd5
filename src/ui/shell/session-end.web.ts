import { useEffect } from 'react';
import { giveUpHeld, resumeHeld } from '../held.web.ts';
import { queryClient } from '../queries.web.ts';
import { hearOtherTabs } from '../session-channel.web.ts';
import { sessionPaths, type Session } from '../session-shape.ts';
import { sessionStore } from '../session.web.ts';
import { makeStore } from '../store.web.ts';

/** `out`: nobody is signed in any more; `other`: somebody else is, and this page was drawn for the person before. */
export type SessionEnd = 'none' | 'out' | 'other';
export const sessionEnd = makeStore<SessionEnd>('none');

/** Whose session the browser holds now; `unknown` where the server does not answer. */
async function whoIsHere(): Promise<Session | 'nobody' | 'unknown'> {
  // Not through the client: it would wait for a log-in instead of saying that one is needed.
  const answer = await fetch(`/api${sessionPaths.session}`, { credentials: 'same-origin' }).catch(() => null);
  if (answer?.status === 401) return 'nobody';
  return answer?.ok ? ((await answer.json()) as Session) : 'unknown';
}

/** Takes everything read off the screen and out of memory; what was being typed is a draft by then. */
export function endSessionHere(end: Exclude<SessionEnd, 'none'>): void {
  sessionEnd.set(end);
  // After the page is gone: a command that waited for a log-in belongs to the typing, which the person takes up again.
  setTimeout(() => {
    giveUpHeld('session');
    queryClient.clear();
  });
}

/** Asks whether the session still is this person's, and ends the page where it is not; says whether it does. */
export async function isSessionOver(): Promise<boolean> {
  const found = await whoIsHere();
  if (found === 'unknown') return false;
  if (found === 'nobody') endSessionHere('out');
  else if (found.user.id !== sessionStore.get()?.user.id) endSessionHere('other');
  else return false;
  return true;
}

/** The same person is back: the page is drawn again, with the rights of the new session. */
export async function resumeSession(): Promise<void> {
  const found = await whoIsHere();
  if (typeof found === 'string') return;
  if (found.mustChangePassword || found.user.id !== sessionStore.get()?.user.id) return endSessionHere('other');
  sessionStore.set(found);
  sessionEnd.set('none');
}

/** Follows what other tabs do to the session, and looks again when the browser shows a page it had kept. */
export function useSessionEnd(): void {
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) void isSessionOver();
    };
    window.addEventListener('pageshow', onShow);
    const stop = hearOtherTabs((news) => {
      if (news.what === 'out') endSessionHere('out');
      else if (news.userId !== sessionStore.get()?.user.id) endSessionHere('other');
      else if (sessionEnd.get() === 'out') void resumeSession();
      else resumeHeld('session');
    });
    return () => {
      window.removeEventListener('pageshow', onShow);
      stop();
    };
  }, []);
}
