import { useRef } from 'react';
import type { Integration, SyncRun } from '../../api/types.gen.ts';
import { useRuns } from '../../data/domains.ts';
import { toRunSummary } from '../../model/sync-texts.ts';
import { Ago } from '../../ui/time.tsx';

/** When domains were last updated; of a sync that ended before somebody's eyes, also what it found. */
export function LastSync({ integration }: { readonly integration: Integration }) {
  const { id, status, lastSyncedAt, lastAttemptAt } = integration;
  const wasSyncing = useRef(false);
  wasSyncing.current ||= status === 'SYNCING';
  const { data: runs } = useRuns(id, { enabled: wasSyncing.current && status === 'SYNCED' });
  // not the one before it, which may still be in the cache
  const isLast = ({ endedAt }: SyncRun) => endedAt !== null && endedAt >= (lastAttemptAt ?? '');
  const run = status === 'SYNCED' ? runs?.find(isLast) : undefined;
  return (
    <p className="text-sm text-quiet">
      {lastSyncedAt === null ? 'Never synced' : ['Last sync ', <Ago key="ago" iso={lastSyncedAt} />]}
      {wasSyncing.current && run && ` · ${toRunSummary(run)}`}
    </p>
  );
}
