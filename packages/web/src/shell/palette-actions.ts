import type { AnyRouter } from '@tanstack/react-router';
import { announce } from '../ui/live-region.tsx';
import { toast } from '../ui/toast.tsx';
import { getPreferences, setPreferences } from './preferences.ts';

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
