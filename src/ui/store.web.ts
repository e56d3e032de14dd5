import { useSyncExternalStore } from 'react';

/** A value shared by the whole page, readable outside React. */
export interface Store<T> {
  readonly get: () => T;
  readonly set: (next: T | ((now: T) => T)) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function makeStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      const made = typeof next === 'function' ? (next as (now: T) => T)(value) : next;
      if (Object.is(made, value)) return;
      value = made;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.get);

// Storage may be full, forbidden or cleared: a preference is then simply not remembered.
export function remember(name: string, value: unknown): void {
  try {
    localStorage.setItem(`medtrade.${name}`, JSON.stringify(value));
  } catch {
    return;
  }
}

export function recall<T>(name: string): T | undefined {
  try {
    const found = localStorage.getItem(`medtrade.${name}`);
    return found === null ? undefined : (JSON.parse(found) as T);
  } catch {
    return undefined;
  }
}

/** A preference kept on this device; another tab's change shows here, too. */
export function makePreference<T>(name: string, initial: T): Store<T> {
  const store = makeStore<T>(recall<T>(name) ?? initial);
  store.subscribe(() => remember(name, store.get()));
  window.addEventListener('storage', (event) => {
    if (event.key === `medtrade.${name}`) store.set(recall<T>(name) ?? initial);
  });
  return store;
}
