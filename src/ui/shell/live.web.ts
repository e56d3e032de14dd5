import { useEffect } from 'react';
import { invalidateKind, queryClient, queryKeys } from '../queries.web.ts';
import { sessionStore } from '../session.web.ts';
import { makeStore, useStore } from '../store.web.ts';

/** One change as `/api/events` tells it. */
export interface LiveChange {
  readonly kind: string;
  readonly id: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly at?: string;
}

export type LiveState = 'connecting' | 'open' | 'lost';
export const liveState = makeStore<LiveState>('connecting');
const lastChanges = makeStore<ReadonlyMap<string, LiveChange>>(new Map());
const rememberedMax = 200;

function take(change: LiveChange): void {
  invalidateKind(change.kind, change.id);
  if (change.kind === 'approval' || change.kind === 'task') void queryClient.invalidateQueries({ queryKey: queryKeys.myWork });
  lastChanges.set((known) => new Map([...known, [change.id, change] as const].slice(-rememberedMax)));
}

const isChange = (value: unknown): value is LiveChange =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as LiveChange).kind === 'string' &&
  typeof (value as LiveChange).id === 'string';

function read(event: MessageEvent<string>): void {
  try {
    const value: unknown = JSON.parse(event.data);
    for (const change of Array.isArray(value) ? value : [value]) if (isChange(change)) take(change);
  } catch {
    // Not for this page: a message it does not understand must not end the stream.
    return;
  }
}

/** Opens the one stream of changes; the browser reconnects by itself. Returns the way to close it. */
export function openLive(): () => void {
  const source = new EventSource('/api/events');
  let wasLost = false;
  source.addEventListener('open', () => {
    liveState.set('open');
    // Changes during the gap were not heard: whatever is on screen is asked again.
    if (wasLost) void queryClient.invalidateQueries();
    wasLost = false;
  });
  source.addEventListener('error', () => {
    wasLost = true;
    liveState.set('lost');
  });
  for (const name of ['message', 'change', 'my-work']) source.addEventListener(name, (e) => read(e as MessageEvent<string>));
  source.addEventListener('my-work', () => void queryClient.invalidateQueries({ queryKey: queryKeys.myWork }));
  return () => source.close();
}

export function useLive(): void {
  useEffect(openLive, []);
}

/** The last change somebody else made to a thing while it was open; `forget` takes the note away. */
export function useChangeByOther(id: string | null): { readonly change: LiveChange | null; readonly forget: () => void } {
  const changes = useStore(lastChanges);
  const found = id === null ? undefined : changes.get(id);
  const isOther = found !== undefined && found.actorId !== sessionStore.get()?.user.id;
  const forget = () => lastChanges.set((known) => new Map([...known].filter(([key]) => key !== id)));
  return { change: isOther ? found : null, forget };
}
