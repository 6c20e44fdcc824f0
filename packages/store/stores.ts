import type { Clock } from '#core/ports/clock.ts';
import type { RateBucketStore } from '#core/ports/rate-buckets.ts';
import type {
  AuditStore,
  DomainStore,
  IdempotencyStore,
  IntegrationStore,
  RunStore,
  StatsStore,
  TenantStore,
  WorkStore,
  ZoneStore,
} from '#core/ports/stores.ts';
import type { CredentialStore } from '#core/ports/vault.ts';
import { createAuditStore } from './audit.ts';
import { createCredentialStore } from './credentials.ts';
import { createDomainStore } from './domains.ts';
import { createIdempotencyStore } from './idempotency.ts';
import { createIntegrationStore } from './integrations.ts';
import { createRateBucketStore } from './rate-buckets.ts';
import type { RowStore } from './rows.ts';
import { createRunStore } from './runs.ts';
import { createStatsStore } from './stats.ts';
import { createTenantStore } from './tenants.ts';
import { createWorkStore } from './work.ts';
import { createZoneStore } from './zones.ts';

/** All stores over the Portfolio table. */
export interface Stores {
  readonly integrations: IntegrationStore;
  readonly runs: RunStore;
  readonly work: WorkStore;
  readonly domains: DomainStore;
  readonly zones: ZoneStore;
  readonly stats: StatsStore;
  readonly tenants: TenantStore;
  readonly audit: AuditStore;
  readonly idempotency: IdempotencyStore;
  readonly rateBuckets: RateBucketStore;
}

/** And the one over the Credentials table, for the functions that may see it. */
export interface StoresWithCredentials extends Stores {
  readonly credentials: CredentialStore;
}

export interface StoresDeps {
  readonly portfolio: RowStore;
  readonly clock: Pick<Clock, 'now'>;
}

/** Makes the stores over rows; without the Credentials table there is no store of credentials either. */
export function createStores(deps: StoresDeps & { readonly credentials: RowStore }): StoresWithCredentials;
export function createStores(deps: StoresDeps): Stores;
export function createStores({
  portfolio,
  clock,
  credentials,
}: StoresDeps & { readonly credentials?: RowStore }): Stores | StoresWithCredentials {
  return {
    integrations: createIntegrationStore(portfolio),
    runs: createRunStore(portfolio),
    work: createWorkStore(portfolio, () => clock.now()),
    domains: createDomainStore(portfolio),
    zones: createZoneStore(portfolio),
    stats: createStatsStore(portfolio),
    tenants: createTenantStore(portfolio),
    audit: createAuditStore(portfolio),
    idempotency: createIdempotencyStore(portfolio),
    rateBuckets: createRateBucketStore(portfolio),
    ...(credentials !== undefined && { credentials: createCredentialStore(credentials, () => clock.now()) }),
  };
}
