import { useEffect, useRef } from 'react';
import { isSyncRunning, toSentence } from '../../api/problem.ts';
import type { Integration } from '../../api/types.gen.ts';
import { useCooldown } from '../../data/cooldowns.ts';
import { useChangeIntegration, useStartSync } from '../../data/integration-actions.ts';
import { OFFLINE_REASON, useOnline } from '../../shell/online.ts';
import { announce } from '../../ui/live-region.tsx';
import { toast } from '../../ui/toast.tsx';

/** Tells that an action of just now failed, and stays until it is closed. */
export function toastError(error: unknown): void {
  toast(toSentence(error), 'error');
}

/** Copies a text, and says so. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    announce('Copied');
  } catch {
    toast('Copying did not work. Select the text and copy it by key.', 'error');
  }
}

/** Syncs one integration by hand. `blockedBy` says why that can't be done now. */
export function useSyncNow(integration: Integration, name: string) {
  const start = useStartSync();
  const seconds = useCooldown(integration.id);
  const isOnline = useOnline();
  const isSyncing = integration.status === 'SYNCING';
  const isWaiting = seconds > 0 && !isSyncing;
  const wasWaiting = useRef(isWaiting);
  useEffect(() => {
    if (wasWaiting.current && !isWaiting && !isSyncing) announce(`${name} can be synced again`);
    wasWaiting.current = isWaiting;
  }, [isWaiting, isSyncing, name]);
  const sync = async (): Promise<void> => {
    if (isSyncing) {
      announce('Already syncing');
      return;
    }
    announce(`Syncing ${name}`);
    try {
      await start.mutateAsync(integration);
    } catch (error) {
      if (isSyncRunning(error)) announce('Already syncing');
      else toastError(error);
    }
  };
  const waiting = isWaiting ? `Sync again in ${seconds} s` : undefined;
  return { sync, blockedBy: isOnline ? waiting : OFFLINE_REASON };
}

/** Changes the label, and pauses or resumes. */
export function useChanges(integration: Integration) {
  const change = useChangeIntegration();
  const rename = async (label: string | null): Promise<void> => {
    if (label === integration.label) return;
    await change.mutateAsync({ integration, changes: { label } }).catch(toastError);
  };
  const setPaused = async (paused: boolean): Promise<void> => {
    try {
      await change.mutateAsync({ integration, changes: { paused } });
      toast(paused ? 'Syncing paused.' : 'Syncing resumed.');
    } catch (error) {
      toastError(error);
    }
  };
  return { rename, setPaused, isChanging: change.isPending };
}
