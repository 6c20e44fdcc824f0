import { useMemo, useSyncExternalStore } from 'react';

/** Whether a media query holds now. */
export function useMediaQuery(query: string): boolean {
  const list = useMemo(() => {
    const found = matchMedia(query);
    return {
      subscribe(listener: () => void): () => void {
        found.addEventListener('change', listener);
        return () => found.removeEventListener('change', listener);
      },
      read: () => found.matches,
    };
  }, [query]);
  return useSyncExternalStore(list.subscribe, list.read);
}
