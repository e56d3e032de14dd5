import { useSyncExternalStore } from 'react';

const tickMs = 30_000;
let nowMs = Date.now();

function subscribe(listener: () => void): () => void {
  const timer = setInterval(() => {
    nowMs = Date.now();
    listener();
  }, tickMs);
  return () => clearInterval(timer);
}

/** The time on this device, moving on every half minute, so that "3 minutes ago" stays true on an open page. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => nowMs);
