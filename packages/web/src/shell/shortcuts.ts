import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { refreshAfterSync } from '../data/integrations.ts';
import { getPreferences } from './preferences.ts';

export type Overlay = 'palette' | 'shortcuts';

/** A letter after `g` goes to a page. */
const GO = { d: '/', i: '/integrations', s: '/settings', h: '/help' } as const;

/** Every key that does something, for the sheet that lists them. Each has a visible control, too. */
export const SHORTCUTS: readonly { readonly keys: string; readonly does: string }[] = [
  { keys: 'Ctrl K', does: 'Search and commands' },
  { keys: '?', does: 'This list' },
  { keys: 'g d', does: 'Go to Dashboard' },
  { keys: 'g i', does: 'Go to Integrations' },
  { keys: 'g s', does: 'Go to Settings' },
  { keys: 'g h', does: 'Go to Help' },
  { keys: '/', does: 'Search domains' },
  { keys: 'n', does: 'Add an integration (Integrations)' },
  { keys: 'r', does: 'Refresh what is shown' },
  { keys: 'j or ↓, k or ↑', does: 'Next, previous row (Dashboard)' },
  { keys: 'Enter', does: 'Open the row' },
  { keys: 'x', does: 'Select the row; Shift X a range' },
  { keys: 'f', does: 'Filters' },
  { keys: 'e', does: 'Export CSV' },
  { keys: 'Esc', does: 'Close, clear' },
];

/**
 * A page's own keys: `data-shortcut="n"` on a visible control makes the key press it (or focus it, where it takes text).
 */
function press(key: string): boolean {
  const control = document.querySelector<HTMLElement>(`[data-shortcut="${CSS.escape(key)}"]`);
  if (!control) return false;
  if (control.matches('input, textarea')) control.focus();
  else control.click();
  return true;
}

/** Keys of the whole app; gives which overlay they opened. Single letters work only where nobody types (WCAG 2.1.4). */
export function useShortcuts(): { readonly open: Overlay | null; readonly close: () => void } {
  const [open, setOpen] = useState<Overlay | null>(null);
  const router = useRouter();
  const client = useQueryClient();
  const goesUntil = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { key } = event;
      if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'k') {
        event.preventDefault();
        setOpen((former) => (former === 'palette' ? null : 'palette'));
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (getPreferences().shortcuts === 'off' || isTyping(event.target)) return;
      if (event.timeStamp < goesUntil.current && key in GO) {
        goesUntil.current = 0;
        event.preventDefault();
        void router.navigate({ to: GO[key as keyof typeof GO] });
        return;
      }
      goesUntil.current = key === 'g' ? event.timeStamp + 1500 : 0;
      if (key === '?') setOpen('shortcuts');
      else if (key === 'r') void refreshAfterSync(client);
      else if (!/^[/nfe]$/.test(key) || !press(key)) return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [router, client]);
  useEffect(() => {
    const show = (event: Event): void => setOpen((event as CustomEvent<Overlay>).detail);
    document.addEventListener('open-overlay', show);
    return () => document.removeEventListener('open-overlay', show);
  }, []);
  return { open, close: () => setOpen(null) };
}

/** Opens an overlay from a visible control. */
export function openOverlay(overlay: Overlay): void {
  document.dispatchEvent(new CustomEvent('open-overlay', { detail: overlay }));
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=checkbox], [type=radio]), textarea, select') ||
      target.closest('[role=dialog], [role=alertdialog], [role=menu]') !== null)
  );
}
