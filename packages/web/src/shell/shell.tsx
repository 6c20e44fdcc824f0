import { Outlet } from '@tanstack/react-router';
import { Menu } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Integration } from '../api/types.gen.ts';
import { useRegistrars, useSyncWatch } from '../data/integrations.ts';
import { IconButton } from '../ui/button.tsx';
import { Sheet } from '../ui/dialog.tsx';
import { announce } from '../ui/live-region.tsx';
import { FetchingBar, LocalRibbon, OfflineBanner } from './banners.tsx';
import { useShortcuts } from './shortcuts.ts';
import { Brand, Sidebar, SidebarContent } from './sidebar.tsx';

const Overlays = lazy(async () => ({ default: (await import('./overlays.tsx')).Overlays }));

/** What stands around every page once somebody is signed in. */
export function Shell() {
  const [isNavOpen, setNavOpen] = useState(false);
  const overlay = useShortcuts();
  const { data: registrars } = useRegistrars();
  useSyncWatch((integration) => announce(toEnding(integration, registrars)));
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only rounded-control bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-60"
      >
        Skip to main content
      </a>
      <FetchingBar />
      <div className="flex min-w-0 grow">
        <Sidebar />
        <div className="flex min-w-0 grow flex-col">
          <LocalRibbon />
          <OfflineBanner />
          <header className="flex items-center gap-2 border-line border-b bg-card px-3 py-2 md:hidden">
            <IconButton label="Open menu" aria-expanded={isNavOpen} onClick={() => setNavOpen(true)}>
              <Menu aria-hidden className="size-5" />
            </IconButton>
            <Brand />
          </header>
          <main id="main" tabIndex={-1} className="min-w-0 grow">
            <Outlet />
          </main>
        </div>
      </div>
      <Sheet isOpen={isNavOpen} onClose={() => setNavOpen(false)} title="Menu" side="left">
        <nav aria-label="Main" className="flex grow flex-col">
          <SidebarContent onGo={() => setNavOpen(false)} />
        </nav>
      </Sheet>
      {overlay.open !== null && (
        <Suspense>
          <Overlays open={overlay.open} onClose={overlay.close} />
        </Suspense>
      )}
    </div>
  );
}

function toEnding(
  { registrar, status, problem, counts }: Integration,
  registrars: readonly { readonly id: string; readonly name: string }[] | undefined,
): string {
  const name = registrars?.find(({ id }) => id === registrar)?.name ?? registrar;
  if (status === 'FAILED') return `${name}: ${problem?.title ?? 'Sync Failed'}`;
  return `${name} synced, ${counts.total} domains`;
}
