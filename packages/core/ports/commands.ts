import type { Integration } from '../integration.ts';
import type { Credentials } from '../registrar.ts';
import type { EnvironmentId, RegistrarId } from '../registrar-id.ts';
import type { Secret } from '../secret.ts';
import type { SyncRun } from '../sync-run.ts';
import type { IntegrationRef } from './stores.ts';

/** What people can do to their integrations; the HTTP API calls these and knows nothing of how they are done. */
export interface IntegrationCommands {
  /**
   * Seals the credentials, stores the integration and starts its first sync. `id` is chosen by the caller, so that a
   * repeated request makes the same one. 'connected': the tenant has an integration with this key already.
   * @throws SyncError ENCRYPTION_UNAVAILABLE
   */
  add(
    request: AddRequest,
  ): Promise<
    | { readonly outcome: 'added'; readonly integration: Integration; readonly run: SyncRun }
    | { readonly outcome: 'connected'; readonly integrationId: string }
    | { readonly outcome: 'tooManyRefusals'; readonly retryAfterMs: number }
  >;
  /** Puts new credentials beside the current ones and starts the sync that proves them, in place of one under way. */
  replaceCredentials(
    ref: IntegrationRef,
    credentials: Secret<Credentials>,
    revision?: number,
  ): Promise<
    | { readonly outcome: 'accepted'; readonly integration: Integration; readonly run: SyncRun }
    | { readonly outcome: 'conflict' | 'gone' }
    | { readonly outcome: 'tooManyRefusals'; readonly retryAfterMs: number }
  >;
  /** Starts a sync that a person asked for. */
  requestSync(
    ref: IntegrationRef,
  ): Promise<
    | { readonly outcome: 'started'; readonly run: SyncRun }
    | { readonly outcome: 'running'; readonly runId: string }
    | { readonly outcome: 'tooSoon'; readonly retryAfterMs: number }
    | { readonly outcome: 'gone' }
  >;
  change(
    ref: IntegrationRef,
    changes: { readonly label?: string | null; readonly paused?: boolean },
    revision?: number,
  ): Promise<Integration | 'conflict' | 'gone'>;
  /**
   * The user has seen that a held listing is right: the next complete listing is applied. Where none is held nothing
   * changes: it was applied already.
   */
  acceptListing(ref: IntegrationRef): Promise<Integration | 'gone'>;
  /** Credentials are gone when it resolves, the rest within ten minutes; 'gone' where there is no such integration. */
  remove(ref: IntegrationRef): Promise<'removed' | 'gone'>;
  /** Every integration removed, then the profile. */
  removeAccount(tenantId: string): Promise<void>;
}

export interface AddRequest {
  readonly tenantId: string;
  readonly id: string;
  readonly registrar: RegistrarId;
  readonly environment: EnvironmentId;
  readonly label: string | null;
  readonly credentials: Secret<Credentials>;
  readonly allowDuplicate: boolean;
}
