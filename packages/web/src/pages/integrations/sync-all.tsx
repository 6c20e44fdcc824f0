import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { Integration } from '../../api/types.gen.ts';
import { useStartSync } from '../../data/integration-actions.ts';
import { countOf } from '../../model/words.ts';
import { OFFLINE_REASON, useOnline } from '../../shell/online.ts';
import { Button } from '../../ui/button.tsx';
import { announce } from '../../ui/live-region.tsx';
import { toast } from '../../ui/toast.tsx';
import { isSyncRunning, toSentence } from './actions.ts';

/** Starts a sync of every integration that neither syncs nor is paused. Nothing where there are none. */
export function SyncAll({ integrations }: { readonly integrations: readonly Integration[] }) {
  const { mutateAsync } = useStartSync();
  const [isBusy, setBusy] = useState(false);
  const isOnline = useOnline();
  if (integrations.length === 0) return null;
  const syncAll = async (): Promise<void> => {
    const startable = integrations.filter(({ status, paused }) => status !== 'SYNCING' && !paused);
    if (startable.length === 0) {
      const isAnySyncing = integrations.some(({ status }) => status === 'SYNCING');
      announce(isAnySyncing ? 'Already syncing' : 'Every integration is paused');
      return;
    }
    setBusy(true);
    const results = await Promise.allSettled(startable.map((each) => mutateAsync(each)));
    setBusy(false);
    const errors = results.flatMap((result): unknown[] =>
      result.status === 'rejected' && !isSyncRunning(result.reason) ? [result.reason] : [],
    );
    const started = startable.length - errors.length;
    if (started > 0) announce(`Syncing ${countOf(started, 'integration')}`);
    if (errors.length > 0) {
      toast(`${errors.length} of ${startable.length} did not start. ${toSentence(errors[0])}`, 'error');
    }
  };
  return (
    <>
      <Button
        icon={<RefreshCw aria-hidden className="size-4" />}
        busy={isBusy}
        blocked={!isOnline}
        aria-describedby={isOnline ? undefined : 'sync-all-reason'}
        onClick={() => void syncAll()}
      >
        Sync all
      </Button>
      {!isOnline && (
        <span id="sync-all-reason" className="sr-only">
          {OFFLINE_REASON}
        </span>
      )}
    </>
  );
}
