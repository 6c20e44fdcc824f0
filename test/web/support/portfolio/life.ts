import type { DomainJson } from '#api/schemas/domain.ts';

/** A day in ms. */
export const DAY_MS = 86_400_000;
/** How many days before its expiry a domain expires soon, unless somebody chose otherwise. */
export const SOON_DAYS = 30;

type Facts = Pick<DomainJson, 'statuses' | 'expiresAt' | 'expiryPrecision'>;

/** ISO 8601 UTC of ms since the epoch. */
export function toIso(ms: number): string {
  return new Date(ms).toISOString();
}

/** From when on a domain counts as expired, in ms since the epoch; null when nobody knows. */
export function toExpiryMs({ expiresAt, expiryPrecision }: Omit<Facts, 'statuses'>): number | null {
  if (expiresAt === null) return null;
  return Date.parse(expiresAt) + (expiryPrecision === 'DAY' ? DAY_MS : 0);
}

/** Whether a status alone makes a domain count as expired. */
export function isExpiredByStatus({ statuses }: Pick<Facts, 'statuses'>): boolean {
  return ['pendingDelete', 'redemptionPeriod', 'pendingRestore', 'autoRenewPeriod'].some((status) =>
    (statuses as readonly string[]).includes(status),
  );
}

/** The two words for a domain's place in life, as the glossary defines them. */
export function toLife(facts: Facts, nowMs: number): Pick<DomainJson, 'status' | 'lifecycle'> {
  const expiryMs = toExpiryMs(facts);
  const isOver = isExpiredByStatus(facts) || (expiryMs !== null && expiryMs <= nowMs);
  const isSoon = expiryMs !== null && expiryMs <= nowMs + SOON_DAYS * DAY_MS;
  return {
    status: isOver ? 'EXPIRED' : isSoon ? 'EXPIRING_SOON' : 'ACTIVE',
    lifecycle: toLifecycle(facts, expiryMs, nowMs),
  };
}

function toLifecycle({ statuses }: Facts, expiryMs: number | null, nowMs: number): DomainJson['lifecycle'] {
  if (statuses.includes('pendingDelete')) return 'pendingDelete';
  if (statuses.includes('redemptionPeriod')) return 'redemption';
  if (statuses.includes('clientHold')) return 'onHold';
  if (statuses.includes('pendingTransfer')) return 'transferring';
  if (statuses.includes('autoRenewPeriod')) return 'autoRenewGrace';
  if (expiryMs === null) return statuses.length > 0 ? 'active' : 'unknown';
  if (expiryMs <= nowMs) return 'expired';
  return expiryMs <= nowMs + SOON_DAYS * DAY_MS ? 'expiringSoon' : 'active';
}
