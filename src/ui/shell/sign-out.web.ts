import { queryClient } from '../queries.web.ts';
import { tellOtherTabs } from '../session-channel.web.ts';
import { sessionPaths } from '../session-shape.ts';
import { sessionStore } from '../session.web.ts';

/** Ends the session on the server and forgets everything read; typing kept in drafts stays with its user. */
export async function signOutHere(): Promise<void> {
  // Not through the client: an ended session must not ask to log in again just to end.
  await fetch(`/api${sessionPaths.session}`, { method: 'DELETE', credentials: 'same-origin' }).catch(() => undefined);
  tellOtherTabs({ what: 'out' });
  queryClient.clear();
  sessionStore.set(null);
  window.location.assign('/login');
}
