import { useEffect, useState, useSyncExternalStore } from 'react';

/** Until when each integration can't be synced by hand, ms since the epoch. The server decides; this counts down. */
const untilById = new Map<string, number>();
const listeners = new Set<() => void>();

export function startCooldown(id: string, seconds: number, now = Date.now()): void {
  untilById.set(id, now + seconds * 1000);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Seconds until the integration may be synced by hand again; 0 when it may. Counts down each second. */
export function useCooldown(id: string): number {
  const until = useSyncExternalStore(subscribe, () => untilById.get(id) ?? 0);
  const [now, setNow] = useState(() => Date.now());
  const isOver = until <= now;
  useEffect(() => {
    setNow(Date.now());
    if (until <= Date.now()) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [until]);
  return isOver ? 0 : Math.ceil((until - now) / 1000);
}
