import type { DomainRecord } from '#core/domain.ts';
import type { Integration } from '#core/integration.ts';
import type { PortfolioStats } from '#core/portfolio-stats.ts';
import { packSeconds } from '#core/portfolio-stats.ts';
import type { StartRequest } from '#core/ports/stores.ts';
import type { RRset } from '#core/rrset.ts';
import { NO_COUNTS, type SyncRun } from '#core/sync-run.ts';
import { TEST_NOW_MS } from '#test/support/stores.ts';

export const TENANT = 'tenantaaaaaaaaaaaaaaaaaaaa';
export const ID = 'integrationaaaaaaaaaaaaaaa';
export const REF = { tenantId: TENANT, integrationId: ID };
export const NOW = TEST_NOW_MS;
export const LEASE = 15 * 60_000;

/** An integration that never synced. */
export function toIntegration(changes: Partial<Integration> = {}): Integration {
  return {
    id: ID,
    tenantId: TENANT,
    registrar: 'godaddy',
    environment: 'production',
    label: null,
    createdAt: '2026-11-01T00:00:00.000Z',
    limitKey: 'limitaaaaaaaaaaaaaaaaaaaaa',
    epoch: 1,
    revision: 1,
    runId: null,
    runTrigger: null,
    leaseUntilMs: null,
    lastManualAtMs: null,
    lastAttemptAt: null,
    lastSyncedAt: null,
    lastListedAt: null,
    zonesReadAt: null,
    problem: null,
    notices: [],
    paused: false,
    refusals: 0,
    dueAtMs: NOW,
    credentials: {
      version: 1,
      inForceVersion: 1,
      updatedAt: '2026-11-01T00:00:00.000Z',
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

/** A manual start of run1. */
export function toStart(changes: Partial<StartRequest> = {}): StartRequest {
  return { runId: 'run1', trigger: 'MANUAL', nowMs: NOW, leaseUntilMs: NOW + LEASE, ...changes };
}

/** An integration with every field set. */
export function toFullIntegration(): Integration {
  return toIntegration({
    label: 'Müller & Söhne 🦊',
    runId: 'run0000001',
    runTrigger: 'SCHEDULED',
    leaseUntilMs: NOW + LEASE,
    lastManualAtMs: NOW - 1,
    lastAttemptAt: '2026-11-22T00:00:00.000Z',
    lastSyncedAt: '2026-11-21T00:00:00.000Z',
    lastListedAt: '2026-11-20T00:00:00.000Z',
    zonesReadAt: '2026-11-19T00:00:00.000Z',
    problem: {
      code: 'AUTHENTICATION_FAILED',
      reason: 'addressNotAllowed',
      at: '2026-11-22T00:00:01.000Z',
      requestId: 'run0000001',
      address: '192.0.2.7',
    },
    notices: [{ code: 'NO_DOMAINS_FOUND' }, { code: 'PARTIAL_DNS', domains: 3 }],
    paused: true,
    refusals: 2,
    credentials: {
      version: 4,
      inForceVersion: 3,
      updatedAt: '2026-11-02T00:00:00.000Z',
      expiresAt: '2027-01-01T00:00:00.000Z',
      candidateVersion: 4,
      candidateLimitKey: 'limitbbbbbbbbbbbbbbbbbbbbb',
    },
    held: toHeld({ acceptedAt: '2026-11-22T10:00:00.000Z' }),
    zoneCursor: 'example.com',
  });
}

export function toHeld(changes: Partial<NonNullable<Integration['held']>> = {}) {
  return {
    runId: 'run0000001',
    at: '2026-11-22T00:00:00.000Z',
    known: 10,
    listed: 4,
    gone: 20,
    fingerprint: 'fingerprint-a',
    sightings: 1,
    firstAt: '2026-11-22T00:00:00.000Z',
    acceptedAt: null,
    ...changes,
  };
}

export function toDomain(name: string, changes: Partial<DomainRecord> = {}): DomainRecord {
  return {
    name,
    tenantId: TENANT,
    integrationId: ID,
    registrar: 'godaddy',
    statuses: ['clientTransferProhibited'],
    rawStatuses: ['ACTIVE'],
    registrarState: 'active',
    registeredAt: '2020-01-01T00:00:00.000Z',
    expiresAt: '2027-01-01T00:00:00.000Z',
    expiryPrecision: 'INSTANT',
    autoRenew: true,
    locked: false,
    privacy: null,
    nameServers: ['ns1.example.net', 'ns2.example.net'],
    registeredHere: true,
    zone: 'HERE',
    dns: {
      status: 'FETCHED',
      provider: null,
      fetchedAt: '2026-11-22T00:00:00.000Z',
      problem: null,
      hash: 'hash-of-records',
      recordCount: 2,
    },
    seen: 'PRESENT',
    firstSeenAt: '2026-11-01T00:00:00.000Z',
    lastSeenAt: '2026-11-22T00:00:00.000Z',
    missingSince: null,
    hash: 'hash-of-listing',
    epoch: 2,
    ...changes,
  };
}

/** A domain of which nothing is known that may be unknown. */
export function toBareDomain(name: string): DomainRecord {
  return toDomain(name, {
    statuses: [],
    rawStatuses: [],
    registrarState: null,
    registeredAt: null,
    expiresAt: null,
    autoRenew: null,
    locked: null,
    nameServers: null,
    registeredHere: false,
    missingSince: '2026-11-22T00:00:00.000Z',
    seen: 'MISSING',
  });
}

export function toRun(runId: string, changes: Partial<SyncRun> = {}): SyncRun {
  return {
    runId,
    tenantId: TENANT,
    integrationId: ID,
    epoch: 2,
    trigger: 'MANUAL',
    executionName: runId,
    status: 'RUNNING',
    startedAt: '2026-11-23T12:00:00.000Z',
    endedAt: null,
    stepStartedAt: { VALIDATE_API_ACCESS: '2026-11-23T12:00:00.000Z' },
    counts: NO_COUNTS,
    progress: { domainsListed: 0, domainsDone: 0, domainsTotal: null },
    registrarCalls: 0,
    waitedForLimitMs: 0,
    problem: null,
    notices: [],
    ...changes,
  };
}

/** A zone of so many record sets, each about a kilobyte of text. */
export function toZone(size: number, mark = 'a'): readonly RRset[] {
  return Array.from({ length: size }, (_, index) => ({
    name: `host${index}.example.com.`,
    type: 'TXT',
    ttl: index % 2 === 0 ? 300 : null,
    records: [`"${mark}${'x'.repeat(250)}"`, `"ünïcode ${'y'.repeat(240)}"`, `"${'z'.repeat(250)}"`],
  }));
}

export function toStats(expiries: readonly number[], withoutRenewal: readonly number[] = []): PortfolioStats {
  return {
    total: expiries.length + 2,
    expiredByStatus: 1,
    unknownExpiry: 1,
    expiries: packSeconds(expiries),
    expiredByStatusExpiries: packSeconds([1_700_000_000]),
    autoRenewOffExpiries: packSeconds(withoutRenewal),
    autoRenewOff: withoutRenewal.length,
    lockOff: 3,
    missing: 0,
    zonesFailed: 1,
  };
}
