import { useState } from 'react';
import { isSyncRunning, toSentence } from '../api/problem.ts';
import { countOf } from '../model/words.ts';
import { announce } from '../ui/live-region.tsx';
import { toast } from '../ui/toast.tsx';
import { useStartSync } from './integration-actions.ts';
import { useIntegrations } from './integrations.ts';

/** Starts a sync of every integration that neither syncs nor is paused, and tells how it went. */
export function useSyncAll(): { readonly syncAll: () => Promise<void>; readonly isBusy: boolean } {
  const { data: integrations = [] } = useIntegrations();
  const { mutateAsync } = useStartSync();
  const [isBusy, setBusy] = useState(false);
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
  return { syncAll, isBusy };
}
