import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/problem.ts';
import type { Integration, IntegrationChanges, IntegrationList, NewIntegration } from '../api/types.gen.ts';
import { useApp } from '../app-context.ts';
import { startCooldown } from './cooldowns.ts';
import { putIntegration, refreshAfterSync } from './integrations.ts';
import { KEYS } from './keys.ts';

/** Manual syncs are a minute apart (R63). */
const COOLDOWN_SECONDS = 60;

/** Starts a sync. The card says so at once, and takes it back if the API refuses. */
export function useStartSync() {
  const { api } = useApp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (integration: Integration) => api.startSync(integration.id),
    onMutate: async (integration) => {
      await client.cancelQueries({ queryKey: KEYS.integrations });
      const { problem: _problem, ...calm } = integration;
      putIntegration(client, { ...calm, status: 'SYNCING' });
      return integration;
    },
    onSuccess: (_run, { id }) => startCooldown(id, COOLDOWN_SECONDS),
    onError: (error, integration) => {
      const { status, retryAfterSeconds } = error instanceof ApiError ? error.answer : {};
      // it syncs already, so the card was right
      if (status === 409) return;
      putIntegration(client, integration);
      if (status === 429) startCooldown(integration.id, retryAfterSeconds ?? COOLDOWN_SECONDS);
    },
    onSettled: () => client.invalidateQueries({ queryKey: KEYS.integrations }),
  });
}

/** Sends credentials. The cache of mutations keeps what it was given, so that each is forgotten once it has ended. */
function useSending<T>(send: (given: T) => Promise<Integration>): (given: T) => Promise<Integration> {
  const client = useQueryClient();
  const { mutateAsync, reset } = useMutation({
    mutationFn: send,
    gcTime: 0,
    onSuccess: (integration) => {
      putIntegration(client, integration);
      return client.invalidateQueries({ queryKey: KEYS.integrations });
    },
  });
  return (given) => mutateAsync(given).finally(reset);
}

/** Connects an account. The key makes a double click one integration. */
export function useAddIntegration() {
  const { api } = useApp();
  return useSending(({ body, idempotencyKey }: { body: NewIntegration; idempotencyKey: string }) =>
    api.addIntegration(body, idempotencyKey),
  );
}

export function useReplaceCredentials() {
  const { api } = useApp();
  return useSending(({ id, credentials }: { id: string; credentials: Readonly<Record<string, string>> }) =>
    api.replaceCredentials(id, { credentials }),
  );
}

/** Renames or pauses. A new label shows at once. */
export function useChangeIntegration() {
  const { api } = useApp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ integration, changes }: { integration: Integration; changes: IntegrationChanges }) =>
      api.changeIntegration(integration.id, changes),
    onMutate: async ({ integration, changes: { label } }) => {
      await client.cancelQueries({ queryKey: KEYS.integrations });
      if (label !== undefined) putIntegration(client, { ...integration, label });
    },
    onSuccess: (integration) => putIntegration(client, integration),
    onError: (_error, { integration }) => putIntegration(client, integration),
    onSettled: () => client.invalidateQueries({ queryKey: KEYS.integrations }),
  });
}

/** Says that a held listing is right; the sync that is started then applies it. */
export function useAcceptListing() {
  const { api } = useApp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.acceptListing(id),
    onSuccess: () => client.invalidateQueries({ queryKey: KEYS.integrations }),
  });
}

/** Takes an integration away, and its domains from everything that is shown. */
export function useRemoveIntegration() {
  const { api } = useApp();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.removeIntegration(id),
    onSuccess: (_nothing, id) => {
      client.setQueryData<IntegrationList>(
        KEYS.integrations,
        (list) => list && { ...list, items: list.items.filter((each) => each.id !== id) },
      );
      return refreshAfterSync(client);
    },
  });
}
