import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Export, Settings, SettingsChanges } from '../api/types.gen.ts';
import { useApp } from '../app-context.ts';
import { KEYS } from './keys.ts';

export function useSettings() {
  const { api } = useApp();
  return useQuery({ queryKey: KEYS.settings, queryFn: ({ signal }) => api.readSettings(signal) });
}

/** A new threshold changes the status of domains: everything that shows one is asked for again. */
export function useChangeSettings() {
  const { api } = useApp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: SettingsChanges) => api.changeSettings(changes),
    onSuccess: async (settings) => {
      client.setQueryData<Settings>(KEYS.settings, settings);
      const keys = [KEYS.domains, KEYS.integrations];
      await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
}

/** Everything that is kept of the person, put together from the parts that the API gives. */
export type WholeExport = Omit<Export, 'nextCursor'>;

export function useExport() {
  const { api } = useApp();
  return useMutation({
    mutationFn: async (): Promise<WholeExport> => {
      let { nextCursor, ...whole } = await api.readExport(null);
      while (nextCursor !== null) {
        const part = await api.readExport(nextCursor);
        nextCursor = part.nextCursor;
        whole = {
          ...whole,
          integrations: [...whole.integrations, ...part.integrations],
          runs: [...whole.runs, ...part.runs],
          domains: [...whole.domains, ...part.domains],
        };
      }
      return whole;
    },
  });
}

export function useDeleteAccount() {
  const { api } = useApp();
  return useMutation({ mutationFn: () => api.deleteAccount() });
}
