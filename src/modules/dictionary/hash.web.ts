import { useEffect, useState } from 'react';

const read = (): string => decodeURIComponent(window.location.hash.slice(1));

/** What is open on a reference page stands in the address, so that it can be linked and found again. */
export function useHash(): readonly [string, (value: string) => void] {
  const [value, setValue] = useState(read);
  useEffect(() => {
    const follow = (): void => setValue(read());
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  const open = (next: string): void => {
    window.history.replaceState(window.history.state, '', `#${encodeURIComponent(next)}`);
    setValue(next);
  };
  return [value, open];
}
