import { useEffect } from 'react';
import { invalidateKind, queryClient, queryKeys } from '../queries.web.ts';
import { sessionStore } from '../session.web.ts';
import { makeStore, useStore } from '../store.web.ts';
import { isSessionOver } from './session-end.web.ts';

/** One change as `/api/events` tells it: that it happened, never its content. */
export interface LiveChange {
  readonly kind: string;
  readonly id: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly action?: string | null;
  readonly at?: string;
}

export type LiveState = 'connecting' | 'open' | 'lost';
export const liveState = makeStore<LiveState>('connecting');
const lastChanges = makeStore<ReadonlyMap<string, LiveChange>>(new Map());

const rememberedMax = 200;
/** Changes that come together are asked for together. */
const gatherMs = 300;
const reopenMs = 15_000;

let gathered = new Map<string, LiveChange>();
let timer: ReturnType<typeof setTimeout> | undefined;

function flush(): void {
  const changes = gathered;
  gathered = new Map();
  timer = undefined;
  for (const change of changes.values()) invalidateKind(change.kind, change.id);
  void queryClient.invalidateQueries({ queryKey: queryKeys.myWork });
  lastChanges.set((known) => new Map([...known, ...changes].slice(-rememberedMax)));
}

const isChange = (value: unknown): value is LiveChange =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as LiveChange).kind === 'string' &&
  typeof (value as LiveChange).id === 'string';

function hear(event: MessageEvent<string>): void {
  let change: unknown;
  try {
    change = JSON.parse(event.data);
  } catch {
    // Not for this page: a message it does not understand must not end the stream.
    return;
  }
  if (!isChange(change)) return;
  gathered.set(change.id, change);
  timer ??= setTimeout(flush, gatherMs);
}

const askAnew = (): void => void queryClient.invalidateQueries();

/** Opens the one stream of changes and keeps it open; returns the way to close it. */
export function openLive(): () => void {
  let isClosed = false;
  let reopen: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | undefined;
  const open = (hasGap: boolean): void => {
    source = new EventSource('/api/events');
    let needsAll = hasGap;
    let isContinued = false;
    source.addEventListener('open', () => {
      liveState.set('open');
      // A stream continued by its last event id is told what it missed; any other is not.
      if (needsAll && !isContinued) askAnew();
      needsAll = false;
    });
    source.addEventListener('change', (event) => {
      isContinued = event.lastEventId !== '';
      hear(event as MessageEvent<string>);
    });
    source.addEventListener('reset', askAnew);
    source.addEventListener('error', () => {
      needsAll = true;
      // The browser reopens a stream that broke, but not one that was refused.
      if (source?.readyState === EventSource.CLOSED && !isClosed) reopen = setTimeout(() => open(true), reopenMs);
      // A session that ended is no lost connection.
      void isSessionOver().then((isOver) => {
        if (!isOver && !isClosed && source?.readyState !== EventSource.OPEN) liveState.set('lost');
      });
    });
  };
  open(false);
  return () => {
    isClosed = true;
    clearTimeout(reopen);
    source?.close();
  };
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
