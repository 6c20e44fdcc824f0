import { useQuery } from '@tanstack/react-query';
import type { DomainList } from '../api/types.gen.ts';
import { useApp } from '../app-context.ts';
import { type DomainRow, toDomainRow } from '../model/domain-row.ts';
import { KEYS } from './keys.ts';

/** Every domain of the person, in the API's order (soonest expiry first). */
export interface Portfolio {
  readonly rows: readonly DomainRow[];
  /** False while pages are still coming in for the first time. */
  readonly isComplete: boolean;
}

/** Rows of a page, made once: a page that did not change comes as the same object. */
const rowsByPage = new WeakMap<DomainList, readonly DomainRow[]>();

function toRows(page: DomainList): readonly DomainRow[] {
  const known = rowsByPage.get(page);
  if (known) return known;
  const rows = page.items.map((domain) => toDomainRow(domain));
  rowsByPage.set(page, rows);
  return rows;
}

/** The whole portfolio, page by page: the first rows show while the rest is still coming. */
export function usePortfolio() {
  const { api } = useApp();
  return useQuery({
    queryKey: KEYS.domains,
    queryFn: async ({ signal, client }): Promise<Portfolio> => {
      const isFirst = !client.getQueryData<Portfolio>(KEYS.domains)?.isComplete;
      let rows: readonly DomainRow[] = [];
      let cursor: string | null = null;
      do {
        const page: DomainList = await api.listDomains(cursor, signal);
        rows = [...rows, ...toRows(page)];
        cursor = page.nextCursor;
        if (isFirst && cursor !== null) {
          client.setQueryData<Portfolio>(KEYS.domains, { rows, isComplete: false });
        }
      } while (cursor !== null);
      return { rows, isComplete: true };
    },
  });
}

/** One name at every integration that holds it. */
export function useDomain(name: string) {
  const { api } = useApp();
  return useQuery({
    queryKey: KEYS.domain(name),
    queryFn: ({ signal }) => api.readDomain(name, signal),
  });
}

/** The DNS records of a name at one integration. */
export function useRecords(name: string, integrationId: string) {
  const { api } = useApp();
  return useQuery({
    queryKey: KEYS.records(name, integrationId),
    queryFn: ({ signal }) => api.readRecords(name, integrationId, signal),
  });
}

/** The last 20 syncs of an integration, newest first. */
export function useRuns(integrationId: string, { enabled = true }: { readonly enabled?: boolean } = {}) {
  const { api } = useApp();
  return useQuery({
    enabled,
    queryKey: KEYS.runs(integrationId),
    queryFn: async ({ signal }) => (await api.listRuns(integrationId, signal)).items,
  });
}
