import type { DomainRecord } from '#core/domain.ts';
import type { HeldListing, Integration } from '#core/integration.ts';
import { NO_COUNTS, type SyncRun } from '#core/sync-run.ts';
import type { Harness } from './harness.ts';

/** The instant of the tests. */
export const NOW = '2026-11-23T12:00:00.000Z';
export const NOW_MS = Date.parse(NOW);
const dayMs = 86_400_000;

/** ISO 8601 UTC, so many days from now. */
export function inDays(days: number): string {
  return new Date(NOW_MS + days * dayMs).toISOString();
}

export function anIntegration(changes: Partial<Integration> = {}): Integration {
  return {
    id: 'integrationaaaaaaaaaaakj1l',
    tenantId: 'tenantaaaaaaaaaaaaaaaaaaaa',
    registrar: 'godaddy',
    environment: 'production',
    label: null,
    createdAt: '2026-11-01T08:00:00.000Z',
    limitKey: 'limit-key',
    epoch: 3,
    revision: 5,
    runId: 'run00001',
    runTrigger: 'MANUAL',
    leaseUntilMs: null,
    lastManualAtMs: null,
    lastAttemptAt: '2026-11-22T08:00:00.000Z',
    lastSyncedAt: '2026-11-22T08:01:00.000Z',
    lastListedAt: '2026-11-22T08:00:10.000Z',
    zonesReadAt: '2026-11-22T08:01:00.000Z',
    problem: null,
    notices: [],
    paused: false,
    refusals: 0,
    dueAtMs: NOW_MS + 6 * dayMs,
    credentials: {
      version: 1,
      inForceVersion: 1,
      updatedAt: '2026-11-01T08:00:00.000Z',
      expiresAt: null,
      candidateVersion: null,
      candidateLimitKey: null,
    },
    held: null,
    zoneCursor: null,
    deleting: false,
    deletedAtMs: null,
    ...changes,
  };
}

/** A listing that is held: 3 of 12 domains. */
export function aHeldListing(changes: Partial<HeldListing> = {}): HeldListing {
  return {
    runId: 'run00001',
    at: '2026-11-22T08:01:00.000Z',
    known: 12,
    listed: 3,
    gone: 20,
    fingerprint: 'f',
    sightings: 1,
    firstAt: '2026-11-22T08:01:00.000Z',
    acceptedAt: null,
    ...changes,
  };
}

export function aRun(changes: Partial<SyncRun> = {}): SyncRun {
  return {
    runId: 'run00001',
    tenantId: 'tenantaaaaaaaaaaaaaaaaaaaa',
    integrationId: 'integrationaaaaaaaaaaakj1l',
    epoch: 3,
    trigger: 'MANUAL',
    executionName: 'run00001',
    status: 'RUNNING',
    startedAt: '2026-11-23T11:59:00.000Z',
    endedAt: null,
    stepStartedAt: { VALIDATE_API_ACCESS: '2026-11-23T11:59:00.000Z' },
    counts: NO_COUNTS,
    progress: { domainsListed: 0, domainsDone: 0, domainsTotal: null },
    registrarCalls: 0,
    waitedForLimitMs: 0,
    problem: null,
    notices: [],
    ...changes,
  };
}

export function aDomain(changes: Partial<DomainRecord> = {}): DomainRecord {
  return {
    name: 'example.com',
    statuses: ['clientTransferProhibited'],
    rawStatuses: ['ACTIVE'],
    registrarState: 'active',
    registeredAt: '2020-01-01T00:00:00.000Z',
    expiresAt: inDays(200),
    expiryPrecision: 'INSTANT',
    autoRenew: true,
    locked: true,
    privacy: true,
    nameServers: ['ns1.example.net', 'ns2.example.net'],
    registeredHere: true,
    zone: 'HERE',
    tenantId: 'tenantaaaaaaaaaaaaaaaaaaaa',
    integrationId: 'integrationaaaaaaaaaaakj1l',
    registrar: 'godaddy',
    dns: {
      status: 'FETCHED',
      provider: null,
      fetchedAt: '2026-11-20T08:00:00.000Z',
      problem: null,
      hash: 'hash',
      recordCount: 2,
    },
    seen: 'PRESENT',
    firstSeenAt: '2026-11-01T08:00:00.000Z',
    lastSeenAt: '2026-11-20T08:00:00.000Z',
    missingSince: null,
    hash: 'hash',
    epoch: 1,
    ...changes,
  };
}

/** Stores domains for an integration that was connected before. */
export async function storeDomains(
  harness: Harness,
  integrationId: string,
  domains: readonly (Partial<DomainRecord> & { readonly name: string })[],
  tenantId: string,
): Promise<void> {
  for (const domain of domains) {
    await harness.stores.domains.put(aDomain({ integrationId, tenantId, ...domain }));
  }
}
