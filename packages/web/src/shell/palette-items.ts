import { useRouter } from '@tanstack/react-router';
import { usePortfolio } from '../data/domains.ts';
import { useIntegrations, useRegistrars } from '../data/integrations.ts';
import { useSyncAll } from '../data/sync-all.ts';
import { formatRelativeExpiry } from '../model/dates.ts';
import type { DomainRow } from '../model/domain-row.ts';
import { rankMatches } from '../model/fuzzy.ts';
import { useNow } from '../ui/time.tsx';
import { useOnline } from './online.ts';
import { exportCsv, toggleTheme } from './palette-actions.ts';
import { openOverlay } from './shortcuts.ts';

/** What can be chosen. */
export interface PaletteItem {
  readonly id: string;
  readonly text: string;
  /** Further words, at the right. */
  readonly note?: string;
  readonly run: () => unknown;
}

/** What belongs together, below its name. */
export interface PaletteGroup {
  readonly name: 'Go to' | 'Actions' | 'Domains';
  readonly items: readonly PaletteItem[];
}

const MAX_DOMAINS = 20;

/** What a query means: groups that have something, in a fixed order. Without a query, all but domains. */
export function usePaletteGroups(query: string): {
  readonly groups: readonly PaletteGroup[];
  /** Domains are still coming in. */
  readonly isLoading: boolean;
} {
  const commands = useCommands();
  const { data, isPending } = usePortfolio();
  const toItem = useToDomainItem();
  const isEmpty = query.trim() === '';
  const rows =
    isEmpty || !data ? [] : rankMatches(data.rows, query, ({ searchText }) => searchText, MAX_DOMAINS);
  const groups: readonly PaletteGroup[] = [
    ...commands.map(({ name, items }) => ({
      name,
      items: rankMatches(items, query, ({ text }) => text, items.length),
    })),
    { name: 'Domains', items: rows.map(toItem) },
  ];
  return {
    groups: groups.filter(({ items }) => items.length > 0),
    isLoading: !isEmpty && (isPending || data?.isComplete === false),
  };
}

function useCommands(): readonly PaletteGroup[] {
  const router = useRouter();
  const { syncAll } = useSyncAll();
  const { data: integrations = [] } = useIntegrations();
  const canSync = useOnline() && integrations.length > 0;
  return [
    {
      name: 'Go to',
      items: [
        { id: 'dashboard', text: 'Dashboard', note: 'g d', run: () => router.navigate({ to: '/' }) },
        {
          id: 'integrations',
          text: 'Integrations',
          note: 'g i',
          run: () => router.navigate({ to: '/integrations' }),
        },
        { id: 'settings', text: 'Settings', note: 'g s', run: () => router.navigate({ to: '/settings' }) },
        { id: 'help', text: 'Help', note: 'g h', run: () => router.navigate({ to: '/help' }) },
      ],
    },
    {
      name: 'Actions',
      items: [
        { id: 'add', text: 'Add integration', run: () => router.navigate({ to: '/integrations/new' }) },
        ...(canSync ? [{ id: 'sync', text: 'Sync all', run: syncAll }] : []),
        { id: 'export', text: 'Export CSV', run: () => exportCsv(router) },
        { id: 'theme', text: 'Toggle theme', run: toggleTheme },
        { id: 'shortcuts', text: 'Keyboard shortcuts', note: '?', run: () => openOverlay('shortcuts') },
      ],
    },
  ];
}

function useToDomainItem(): (row: DomainRow) => PaletteItem {
  const router = useRouter();
  const now = useNow();
  const { data: registrars } = useRegistrars();
  return ({ id, displayName, domain: { name, registrar, integrationId, expiresAt } }) => {
    const registrarName = registrars?.find((each) => each.id === registrar)?.name ?? registrar;
    return {
      id,
      text: displayName,
      note: `${registrarName} · ${formatRelativeExpiry(expiresAt, now)}`,
      run: () =>
        router.navigate({ to: '/domains/$name', params: { name }, search: { integration: integrationId } }),
    };
  };
}
