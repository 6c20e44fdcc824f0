import { useSyncExternalStore } from 'react';

let said = '';
const listeners = new Set<() => void>();

/** Says a sentence to people who listen, after what is being read now. */
export function announce(text: string): void {
  // the same words again are new words
  said = said === text ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

/** The one place that is read aloud politely. */
export function LiveRegion() {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => said,
  );
  return (
    <div role="status" aria-live="polite" className="sr-only" data-testid="announcements">
      {text}
    </div>
  );
}
