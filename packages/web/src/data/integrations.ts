import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { Integration, IntegrationList } from '../api/types.gen.ts';
import { useApp } from '../app-context.ts';
import { toNames } from '../model/names.ts';
import { toPollDelayMs } from '../model/sync-texts.ts';
import type { Names } from '../model/words.ts';
import { KEYS } from './keys.ts';

/** Names, fields and help of every registrar; they change with a deployment only. */
export function useRegistrars() {
  const { api } = useApp();
  return useQuery({
    queryKey: KEYS.registrars,
    queryFn: async () => (await api.listRegistrars()).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/**
 * All integrations, as they are now: asked for again and again while one of them syncs, by one call for all, and not
 * in a hidden tab. {@link SyncWatch} looks at what changed.
 */
export function useIntegrations() {
  const { api } = useApp();
  const pace = useRef(createPace());
  return useQuery({
    queryKey: KEYS.integrations,
    queryFn: ({ signal }) => api.listIntegrations(signal),
    select: selectItems,
    refetchInterval: ({ state }) => pace.current(state.data, Date.now()),
    refetchOnWindowFocus: 'always',
  });
}

const selectItems = (list: IntegrationList): readonly Integration[] => list.items;

/** How to call registrars and integrations; by their ids as long as they aren't loaded. */
export function useNames(): Names {
  const { data: integrations } = useIntegrations();
  const { data: registrars } = useRegistrars();
  return useMemo(() => toNames(integrations, registrars), [integrations, registrars]);
}

/** When to ask next, in ms; false while nothing syncs. */
function createPace(): (list: IntegrationList | undefined, now: number) => number | false {
  let former: IntegrationList | undefined;
  let polls = 0;
  let movedAt = 0;
  return (list, now) => {
    const isSyncing = list?.items.some(({ status }) => status === 'SYNCING') ?? false;
    if (!isSyncing) {
      polls = 0;
      movedAt = now;
      return false;
    }
    if (list !== former) movedAt = now;
    former = list;
    polls += 1;
    return toPollDelayMs(polls, now - movedAt);
  };
}

/** Brings in what a sync changes, while it goes and when it ends. Once in the app, beside the pages. */
export function useSyncWatch(onEnd: (integration: Integration) => void): void {
  const { data } = useIntegrations();
  const client = useQueryClient();
  const former = useRef<ReadonlyMap<string, Integration>>(new Map());
  const tell = useRef(onEnd);
  tell.current = onEnd;
  useEffect(() => {
    if (!data) return;
    for (const integration of data) {
      const before = former.current.get(integration.id);
      if (before?.status === 'SYNCING' && integration.status !== 'SYNCING') {
        void refreshAfterSync(client, integration.id);
        tell.current(integration);
      } else if (toListed(before) !== toListed(integration)) {
        // rows come in page by page
        void client.invalidateQueries({ queryKey: KEYS.domains });
      }
    }
    former.current = new Map(data.map((integration) => [integration.id, integration]));
  }, [data, client]);
}

const toListed = (integration: Integration | undefined): number =>
  integration?.currentRun?.progress.domainsListed ?? 0;

/** Everything that shows domains is out of date now. */
export async function refreshAfterSync(client: QueryClient, id?: string): Promise<void> {
  const keys = [KEYS.domains, ['records'], id === undefined ? ['runs'] : KEYS.runs(id)];
  await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** Puts one integration into the cached list: a new one first. */
export function putIntegration(client: QueryClient, integration: Integration): void {
  client.setQueryData<IntegrationList>(KEYS.integrations, (list) => {
    if (!list) return list;
    const isKnown = list.items.some(({ id }) => id === integration.id);
    const items = isKnown
      ? list.items.map((each) => (each.id === integration.id ? integration : each))
      : [integration, ...list.items];
    return { ...list, items };
  });
}
