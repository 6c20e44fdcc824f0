import { RefreshCw } from 'lucide-react';
import type { Integration } from '../../api/types.gen.ts';
import { useSyncAll } from '../../data/sync-all.ts';
import { OFFLINE_REASON, useOnline } from '../../shell/online.ts';
import { Button } from '../../ui/button.tsx';

/** The button that syncs everything; nothing where there are no integrations. */
export function SyncAll({ integrations }: { readonly integrations: readonly Integration[] }) {
  const { syncAll, isBusy } = useSyncAll();
  const isOnline = useOnline();
  if (integrations.length === 0) return null;
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
