import type { AnyRouter } from '@tanstack/react-router';
import type { Integration } from '../api/types.gen.ts';
import { useStartSync } from '../data/integration-actions.ts';
import { useIntegrations } from '../data/integrations.ts';
import { countOf } from '../model/words.ts';
import { isSyncRunning, toSentence } from '../pages/integrations/actions.ts';
import { announce } from '../ui/live-region.tsx';
import { toast } from '../ui/toast.tsx';
import { OFFLINE_REASON } from './online.ts';
import { getPreferences, setPreferences } from './preferences.ts';

const isStartable = ({ status, paused }: Integration): boolean => status !== 'SYNCING' && !paused;

/** Syncs every integration that neither syncs nor is paused, and tells how it went. Undefined where there are none. */
export function useSyncAll(): (() => Promise<void>) | undefined {
  const { data = [] } = useIntegrations();
  const { mutateAsync } = useStartSync();
  if (data.length === 0) return undefined;
  return async () => {
    if (!navigator.onLine) {
      toast(OFFLINE_REASON, 'error');
      return;
    }
    const startable = data.filter(isStartable);
    if (startable.length === 0) {
      const isAnySyncing = data.some(({ status }) => status === 'SYNCING');
      toast(isAnySyncing ? 'Already syncing' : 'Every integration is paused');
      return;
    }
    announce(`Syncing ${countOf(startable.length, 'integration')}`);
    const results = await Promise.allSettled(startable.map((each) => mutateAsync(each)));
    const errors = results.flatMap((result): unknown[] =>
      result.status === 'rejected' && !isSyncRunning(result.reason) ? [result.reason] : [],
    );
    if (errors.length === 0) toast(`Syncing ${countOf(startable.length, 'integration')}.`);
    else toast(`${errors.length} of ${startable.length} did not start. ${toSentence(errors[0])}`, 'error');
  };
}

/** Light where it was dark, and the other way round, whoever chose it. */
export function toggleTheme(): void {
  const { theme } = getPreferences();
  const isDark = theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
  setPreferences({ theme: isDark ? 'light' : 'dark' });
  announce(isDark ? 'Light theme' : 'Dark theme');
}

const TRIES = 50;
const PAUSE_MS = 100;

/** Exports what the dashboard shows: goes there if need be, and presses its button once that is there. */
export async function exportCsv(router: Pick<AnyRouter, 'navigate' | 'state'>): Promise<void> {
  if (router.state.location.pathname !== '/') await router.navigate({ to: '/' });
  for (let tries = 0; tries < TRIES; tries += 1) {
    const button = document.querySelector<HTMLElement>('[data-shortcut=e]');
    if (button) {
      button.click();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  toast('There are no domains to export.', 'error');
}
