import type { RegistrarState } from '#core/statuses.ts';

/**
 * GoDaddy's 225 words by what they begin with, the first that fits; longer beginnings stand before the shorter ones
 * that they belong to.
 *
 * @see the enum `status` of swagger_domains.json, verified 2026-11-23
 */
const BEGINNINGS: readonly (readonly [beginning: string, state: RegistrarState | 'cancelled'])[] = [
  ['ACTIVE', 'active'],

  ['PENDING_TRANSFER_OUT', 'transferring'],
  ['PENDING_TRANSFER_ACK', 'transferring'],

  ['PENDING_EXPIRATION', 'redemption'],
  ['PENDING_HOLD_REDEMPTION', 'redemption'],
  ['PENDING_REDEMPTION', 'redemption'],
  ['PENDING_RESTORATION', 'redemption'],
  ['CANCELLED_REDEEMABLE', 'redemption'],

  ['EXPIRED_', 'expired'],
  ['PARKED_EXPIRED', 'expired'],
  ['HELD_EXPIRATION_PROTECTION', 'expired'],
  ['HELD_EXPIRED_REDEMPTION_MOCK', 'expired'],

  ['CANCELLED', 'cancelled'],
  ['TRANSFERRED_OUT', 'cancelled'],
  ['CONFISCATED', 'cancelled'],
  ['FAILED_', 'cancelled'],
  ['EXCLUDED_', 'cancelled'],
  ['PENDING_REMOVAL', 'cancelled'],

  ['HELD_', 'onHold'],
  ['LOCKED_', 'onHold'],
  ['SUSPENDED_', 'onHold'],
  ['DISABLED_', 'onHold'],
  ['PARKED_', 'onHold'],
  ['RESERVED', 'onHold'],

  ['UNLOCKED_', 'active'],
  ['UNPARKED_', 'active'],
  // Work under way at the registry: the registration holds meanwhile.
  ['AWAITING_', 'active'],
  ['PENDING_', 'active'],
  ['UPDATED_', 'active'],
  ['REVERTED', 'active'],
];

/** What a status word means: `cancelled` for a domain that is no longer this account's, null for an unknown word. */
export function toRegistrarState(word: string): RegistrarState | 'cancelled' | null {
  return BEGINNINGS.find(([beginning]) => word.startsWith(beginning))?.[1] ?? null;
}

/** Whether a domain is on its way into the account: it has no expiry here yet, and is registered here all the same. */
export function isArriving(word: string): boolean {
  return word.startsWith('AWAITING_') || word.startsWith('PENDING_TRANSFER_IN');
}
