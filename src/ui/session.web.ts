import { can, type Actor } from '#kernel/access/actor.ts';
import { entityPreference } from './preferences.web.ts';
import type { Session, SessionEntity } from './session-shape.ts';
import { makeStore, useStore } from './store.web.ts';

export type { Session, SessionEntity };

/** Who is signed in; null before log-in. */
export const sessionStore = makeStore<Session | null>(null);

export function useSession(): Session {
  const session = useStore(sessionStore);
  if (!session) throw new Error('nobody is signed in');
  return session;
}

const actorOf = (session: Session): Actor => ({
  kind: 'user',
  id: session.user.id,
  name: session.user.name,
  sessionId: session.sessionId,
  grants: session.grants,
});

/** Asks whether the signed-in person holds a permission (in an entity); the server decides again, this only spares dead ends. */
export function useCan(): (permission: string | undefined, entityId?: string | null) => boolean {
  const actor = actorOf(useSession());
  return (permission, entityId = null) => permission === undefined || can(actor, permission, entityId);
}

export interface EntityChoice {
  readonly entities: readonly SessionEntity[];
  /** Null: all of them. */
  readonly entity: SessionEntity | null;
  readonly choose: (id: string | null) => void;
}

/** The legal entity in which the person works now; the only one is always chosen. */
export function useEntity(): EntityChoice {
  const { entities } = useSession();
  const wanted = useStore(entityPreference);
  const only = entities.length === 1 ? (entities[0] ?? null) : null;
  return { entities, entity: only ?? entities.find((e) => e.id === wanted) ?? null, choose: entityPreference.set };
}
