import type { FailureReason, NoticeCode, SyncCode } from './errors.ts';
import type { RunTrigger } from './payloads.ts';
import type { EnvironmentId, RegistrarId } from './registrar-id.ts';

/** Why the last sync of an integration failed; its texts are made when it is shown (problem-texts.ts). */
export interface Problem {
  readonly code: SyncCode;
  readonly reason: FailureReason;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** What support asks for: the run that failed. */
  readonly requestId: string;
  /** The address of ours that was refused. */
  readonly address?: string;
  /** When it may be tried again, ISO 8601 UTC, where the registrar said so. */
  readonly retryAt?: string;
  /** True where new credentials were refused: the former ones stay in force. */
  readonly formerCredentialsKept?: boolean;
}

export interface Notice {
  readonly code: NoticeCode;
  /** How many domains it is about. */
  readonly domains?: number;
}

/** A listing that shrank too much to be believed: nothing was marked missing. */
export interface HeldListing {
  readonly runId: string;
  readonly at: string;
  readonly known: number;
  readonly listed: number;
  /** Known names that the listing lacked. */
  readonly gone: number;
  /** Hash of the sorted names of the listing, to recognise the same one again. */
  readonly fingerprint: string;
  /** How often this very listing was seen, and since when: 3 times over ≥ 3 days count as a confirmation. */
  readonly sightings: number;
  readonly firstAt: string;
  /** When the user said that it is right; the next complete listing is applied. */
  readonly acceptedAt: string | null;
}

/** One registrar account connected by a tenant, as stored. Times in ISO 8601 UTC; `…Ms` in ms since the epoch. */
export interface Integration {
  readonly id: string;
  readonly tenantId: string;
  readonly registrar: RegistrarId;
  readonly environment: EnvironmentId;
  readonly label: string | null;
  readonly createdAt: string;
  /** Fingerprint of what the registrar counts calls by: same key, same limits; the same account twice is found by it. */
  readonly limitKey: string;
  /** Rises with every run that starts and with deletion: the fence of every write. */
  readonly epoch: number;
  /** Rises with every change that a person makes: guards If-Match. */
  readonly revision: number;
  /** The latest run, under way or not; null before the first. */
  readonly runId: string | null;
  readonly runTrigger: RunTrigger | null;
  /** Until when the run under way is believed to be alive; null while none is. */
  readonly leaseUntilMs: number | null;
  readonly lastManualAtMs: number | null;
  readonly lastAttemptAt: string | null;
  /** End of the last sync that was good (also in part). */
  readonly lastSyncedAt: string | null;
  /** When the last complete listing was applied: PRESENT names were seen then. */
  readonly lastListedAt: string | null;
  /** When a run last read every zone that is here: unchanged zones were fetched then. */
  readonly zonesReadAt: string | null;
  readonly problem: Problem | null;
  readonly notices: readonly Notice[];
  readonly paused: boolean;
  /** Refusals in a row; scheduled syncs stop at 3. */
  readonly refusals: number;
  readonly dueAtMs: number | null;
  readonly credentials: {
    /** The highest that was given out; credentials that were refused, or never stored, have had one too. */
    readonly version: number;
    /**
     * Version of the credentials that are in force: older ones that turn up in their place were put back, and are not
     * opened. null on a row from before this was kept, until a run proves them.
     */
    readonly inForceVersion: number | null;
    readonly updatedAt: string;
    readonly expiresAt: string | null;
    /** Version of credentials that wait to be proven by the run under way; null when there are none. */
    readonly candidateVersion: number | null;
    readonly candidateLimitKey: string | null;
  };
  readonly held: HeldListing | null;
  /** The last name whose zone a run reached before its budget ended; the next run goes on after it. */
  readonly zoneCursor: string | null;
  readonly deleting: boolean;
  /** When the deletion was asked for; null while there is none. */
  readonly deletedAtMs: number | null;
}

export const INTEGRATION_STATUSES = ['IDLE', 'SYNCING', 'SYNCED', 'FAILED'] as const;
export type IntegrationStatus = (typeof INTEGRATION_STATUSES)[number];

/** How long after its lease a run that nobody ended yet is shown as failed. */
export const LEASE_GRACE_MS = 5 * 60_000;

/**
 * The state that people see. A run whose lease lapsed more than five minutes ago shows as FAILED, whatever is stored,
 * so that nothing says Syncing for ever.
 */
export function toIntegrationStatus(integration: Integration, nowMs: number): IntegrationStatus {
  if (integration.leaseUntilMs !== null) {
    return nowMs > integration.leaseUntilMs + LEASE_GRACE_MS ? 'FAILED' : 'SYNCING';
  }
  if (integration.paused) return 'IDLE';
  if (integration.problem !== null) return 'FAILED';
  return integration.lastSyncedAt === null ? 'IDLE' : 'SYNCED';
}
