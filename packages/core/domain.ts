import type { SyncCode } from './errors.ts';
import type { RegistrarId } from './registrar-id.ts';
import type { EppStatus, RegistrarState } from './statuses.ts';

/** A registration as a registrar's listing tells it, in the one form that every registrar is brought into. */
export interface DomainRegistration {
  /** Lower-case A-label, no trailing dot. */
  readonly name: string;
  /** EPP codes that the registrar gives or clearly means; words without an EPP twin stay in `rawStatuses`. */
  readonly statuses: readonly EppStatus[];
  /** The registrar's own words, untouched. */
  readonly rawStatuses: readonly string[];
  readonly registrarState: RegistrarState | null;
  /** ISO 8601 UTC with milliseconds, or null when unknown. */
  readonly registeredAt: string | null;
  readonly expiresAt: string | null;
  /** DAY where the registrar gives a calendar day only: `expiresAt` is that day's 00:00 UTC then. */
  readonly expiryPrecision: 'INSTANT' | 'DAY';
  readonly autoRenew: boolean | null;
  readonly locked: boolean | null;
  readonly privacy: boolean | null;
  /** Lower-case, no trailing dot, in the registrar's order; null where the listing doesn't tell. */
  readonly nameServers: readonly string[] | null;
  /** False where only the DNS is at this registrar; dates are null then. */
  readonly registeredHere: boolean;
  /** Whether the listing says where the zone lives: decides whether its records are asked for. */
  readonly zone: ZonePlace;
}

export const ZONE_PLACES = ['HERE', 'ELSEWHERE', 'NOT_PERMITTED', 'UNKNOWN'] as const;
export type ZonePlace = (typeof ZONE_PLACES)[number];

export const DNS_STATUSES = ['FETCHED', 'ELSEWHERE', 'NOT_PERMITTED', 'FAILED', 'PENDING'] as const;
export type DnsStatus = (typeof DNS_STATUSES)[number];

/** The state of a domain's zone in our store. */
export interface DomainDns {
  readonly status: DnsStatus;
  /** Who serves the zone when it is elsewhere, by its nameservers' registrable name; null when unknown. */
  readonly provider: string | null;
  readonly fetchedAt: string | null;
  /** Why the last reading failed or was held; the stored records are those of `fetchedAt`. */
  readonly problem: { readonly code: SyncCode | 'LISTING_SHRANK'; readonly at: string } | null;
  /** Hash of the canonical record sets, null before the first reading. */
  readonly hash: string | null;
  readonly recordCount: number;
}

/** A domain as stored: one row per integration and name. */
export interface DomainRecord extends DomainRegistration {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly registrar: RegistrarId;
  readonly dns: DomainDns;
  readonly seen: 'PRESENT' | 'MISSING';
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** Start of the complete listing that first missed the name; null while present. */
  readonly missingSince: string | null;
  /** Hash of the registration as listed: equal means nothing to write. */
  readonly hash: string;
  /** The epoch of the run that wrote the row last. */
  readonly epoch: number;
}
