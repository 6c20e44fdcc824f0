import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { WifiOff } from 'lucide-react';
import { useApp } from '../app-context.ts';
import { useOnline } from './online.ts';

/** A thin bar at the top while shown data is being asked for anew. */
export function FetchingBar() {
  const count = useIsFetching({ predicate: ({ state }) => state.data !== undefined });
  if (count === 0) return null;
  return (
    <div aria-hidden className="fixed inset-x-0 top-0 z-30 h-0.5 overflow-hidden">
      <div className="h-full w-1/3 animate-[slide_1.2s_ease-in-out_infinite] bg-accent" />
    </div>
  );
}

/** Says since when what is shown is from the cache. */
export function OfflineBanner() {
  const isOnline = useOnline();
  const client = useQueryClient();
  if (isOnline) return null;
  const times = client
    .getQueryCache()
    .getAll()
    .map(({ state }) => state.dataUpdatedAt);
  const latest = Math.max(0, ...times);
  const since = latest === 0 ? '' : ` Showing data from ${toClock(latest)}.`;
  return (
    <div
      role="status"
      className="flex items-center gap-2 border-line border-b bg-warn-soft px-4 py-2 text-sm text-warn"
    >
      <WifiOff aria-hidden className="size-4 shrink-0" />
      You are offline.{since}
    </div>
  );
}

function toClock(ms: number): string {
  return new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** On one machine there is no real sign-in, and nobody should think so. */
export function LocalRibbon() {
  const { config } = useApp();
  if (!config.local) return null;
  return (
    <aside
      aria-label="About this run"
      className="border-line border-b bg-warn-soft px-4 py-1 text-center text-xs text-warn"
    >
      Local development – no real sign-in
    </aside>
  );
}
