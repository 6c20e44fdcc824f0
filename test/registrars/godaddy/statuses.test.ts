import { describe, expect, test } from 'vitest';
import { isArriving, toRegistrarState } from '#registrars/godaddy/statuses.ts';

describe('a status word of GoDaddy', () => {
  test.each([
    ['ACTIVE', 'active'],
    ['AWAITING_DOCUMENT_UPLOAD', 'active'],
    ['PENDING_DNS_ACTIVE', 'active'],
    ['PENDING_TRANSFER_IN_LOCK', 'active'],
    ['UPDATED_OWNERSHIP', 'active'],
    ['REVERTED', 'active'],
    ['UNLOCKED_ABUSE', 'active'],
    ['UNPARKED_AND_UNHELD', 'active'],
    ['PENDING_TRANSFER_OUT', 'transferring'],
    ['PENDING_TRANSFER_OUT_UNDERAGE', 'transferring'],
    ['PENDING_EXPIRATION', 'redemption'],
    ['PENDING_EXPIRATION_SYNC', 'redemption'],
    ['PENDING_HOLD_REDEMPTION', 'redemption'],
    ['CANCELLED_REDEEMABLE', 'redemption'],
    ['EXPIRED_REASSIGNED', 'expired'],
    ['PARKED_EXPIRED', 'expired'],
    ['HELD_EXPIRATION_PROTECTION', 'expired'],
    ['HELD_EXPIRED_REDEMPTION_MOCK', 'expired'],
    ['CANCELLED', 'cancelled'],
    ['CANCELLED_HELD', 'cancelled'],
    ['CANCELLED_TRANSFER', 'cancelled'],
    ['TRANSFERRED_OUT', 'cancelled'],
    ['CONFISCATED', 'cancelled'],
    ['FAILED_TRANSFER_IN', 'cancelled'],
    ['EXCLUDED_INVALID_CLAIM_FIREHOSE', 'cancelled'],
    ['HELD_SHOPPER', 'onHold'],
    ['HELD_COURT_ORDERED', 'onHold'],
    ['LOCKED_SUPER', 'onHold'],
    ['SUSPENDED_VERIFICATION_ICANN', 'onHold'],
    ['DISABLED_SPECIAL', 'onHold'],
    ['PARKED_AND_HELD', 'onHold'],
    ['RESERVED', 'onHold'],
    ['RESERVED_PREMIUM', 'onHold'],
    ['SOMETHING_NEW', null],
    ['', null],
  ])('%s means %s', (word, state) => {
    expect(toRegistrarState(word)).toBe(state);
  });

  test.each([
    ['AWAITING_TRANSFER_IN_AUTH', true],
    ['PENDING_TRANSFER_IN_NOTIFICATION', true],
    ['PENDING_TRANSFER_OUT', false],
    ['ACTIVE', false],
  ])('%s says that the domain is arriving: %s', (word, expected) => {
    expect(isArriving(word)).toBe(expected);
  });
});
