/** EPP status codes (RFC 5731 §2.3) and grace periods (RFC 3915 §3.1), as stored in `Domain.statuses`. */
export const EPP_STATUSES = [
  'ok',
  'inactive',
  'linked',
  'pendingCreate',
  'pendingDelete',
  'pendingRenew',
  'pendingTransfer',
  'pendingUpdate',
  'clientHold',
  'clientDeleteProhibited',
  'clientRenewProhibited',
  'clientTransferProhibited',
  'clientUpdateProhibited',
  'serverHold',
  'serverDeleteProhibited',
  'serverRenewProhibited',
  'serverTransferProhibited',
  'serverUpdateProhibited',
  'addPeriod',
  'autoRenewPeriod',
  'renewPeriod',
  'transferPeriod',
  'redemptionPeriod',
  'pendingRestore',
] as const;
export type EppStatus = (typeof EPP_STATUSES)[number];

const byFoldedName = new Map<string, EppStatus>(EPP_STATUSES.map((status) => [status.toLowerCase(), status]));

/**
 * The EPP status that a registrar's word means, or undefined. Letter case, blanks and the `https://icann.org/epp#`
 * form are ignored, so that the RDAP spelling ("client transfer prohibited", RFC 8056 §2) is known too.
 */
export function toEppStatus(word: string): EppStatus | undefined {
  const bare = word
    .slice(word.indexOf('#') + 1)
    .replace(/[\s_-]/g, '')
    .toLowerCase();
  return bare === 'active' ? 'ok' : byFoldedName.get(bare);
}

/**
 * What the registrar itself says of a registration, where it says it in its own words instead of EPP codes.
 * `null` where it says nothing: the dates decide then.
 */
export const REGISTRAR_STATES = ['active', 'expired', 'redemption', 'transferring', 'onHold'] as const;
export type RegistrarState = (typeof REGISTRAR_STATES)[number];

export const LIFECYCLES = [
  'pendingDelete',
  'redemption',
  'onHold',
  'transferring',
  'autoRenewGrace',
  'expired',
  'expiringSoon',
  'active',
  'unknown',
] as const;
export type Lifecycle = (typeof LIFECYCLES)[number];

export const CARD_STATUSES = ['ACTIVE', 'EXPIRING_SOON', 'EXPIRED'] as const;
export type CardStatus = (typeof CARD_STATUSES)[number];

/** What a registration's place in life is derived from. */
export interface LifeFacts {
  readonly statuses: readonly EppStatus[];
  readonly registrarState: RegistrarState | null;
  /** ISO 8601 UTC, or null when unknown. */
  readonly expiresAt: string | null;
  readonly expiryPrecision: 'INSTANT' | 'DAY';
}

const dayMs = 86_400_000;

/**
 * The first instant at which a registration counts as expired, in ms since the epoch, or null when its expiry is
 * unknown. A day without a time counts as valid until its end in UTC: a name isn't called expired too early.
 */
export function toExpiryMs(facts: Pick<LifeFacts, 'expiresAt' | 'expiryPrecision'>): number | null {
  if (facts.expiresAt === null) return null;
  const at = Date.parse(facts.expiresAt);
  return facts.expiryPrecision === 'DAY' ? at + dayMs : at;
}

/**
 * Where a registration stands, the first that matches: pendingDelete, redemption, onHold, transferring,
 * autoRenewGrace, expired, expiringSoon (at most `soonDays` left), active; unknown when nothing tells.
 * `autoRenewPeriod` means that the registry renewed at expiry and the registrar may still give the name back
 * (RFC 3915 §3.1): at risk, not safe.
 */
export function toLifecycle(facts: LifeFacts, nowMs: number, soonDays: number): Lifecycle {
  const has = (status: EppStatus) => facts.statuses.includes(status);
  const expiryMs = toExpiryMs(facts);
  if (has('pendingDelete')) return 'pendingDelete';
  if (has('redemptionPeriod') || has('pendingRestore') || facts.registrarState === 'redemption')
    return 'redemption';
  if (has('clientHold') || has('serverHold') || facts.registrarState === 'onHold') return 'onHold';
  if (has('pendingTransfer') || facts.registrarState === 'transferring') return 'transferring';
  if (has('autoRenewPeriod')) return 'autoRenewGrace';
  if (facts.registrarState === 'expired' || (expiryMs !== null && expiryMs <= nowMs)) return 'expired';
  if (expiryMs === null)
    return facts.registrarState === 'active' || facts.statuses.length > 0 ? 'active' : 'unknown';
  return expiryMs <= nowMs + soonDays * dayMs ? 'expiringSoon' : 'active';
}

/** Whether the statuses alone, whatever the dates say, put a name among the expired, as cards show them. */
export function isExpiredByStatus(facts: Pick<LifeFacts, 'statuses' | 'registrarState'>): boolean {
  const atRisk: readonly EppStatus[] = [
    'pendingDelete',
    'redemptionPeriod',
    'pendingRestore',
    'autoRenewPeriod',
  ];
  return (
    facts.registrarState === 'redemption' ||
    facts.registrarState === 'expired' ||
    facts.statuses.some((status) => atRisk.includes(status))
  );
}

/** The status on cards and in the dashboard: a partition, total = active + expiringSoon + expired. Unknown expiry is ACTIVE. */
export function toCardStatus(facts: LifeFacts, nowMs: number, soonDays: number): CardStatus {
  const expiryMs = toExpiryMs(facts);
  if (isExpiredByStatus(facts) || (expiryMs !== null && expiryMs <= nowMs)) return 'EXPIRED';
  if (expiryMs !== null && expiryMs <= nowMs + soonDays * dayMs) return 'EXPIRING_SOON';
  return 'ACTIVE';
}
