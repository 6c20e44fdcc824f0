import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CARD_STATUSES,
  type CardStatus,
  EPP_STATUSES,
  type EppStatus,
  isExpiredByStatus,
  type Lifecycle,
  type LifeFacts,
  REGISTRAR_STATES,
  toCardStatus,
  toEppStatus,
  toExpiryMs,
  toLifecycle,
} from '#core/statuses.ts';

const now = Date.parse('2026-11-23T12:00:00.000Z');
const inDays = (days: number) => new Date(now + days * 86_400_000).toISOString();
const facts = (given: Partial<LifeFacts> = {}): LifeFacts => ({
  statuses: [],
  registrarState: null,
  expiresAt: inDays(200),
  expiryPrecision: 'INSTANT',
  ...given,
});

describe('toEppStatus', () => {
  test.each(EPP_STATUSES)('knows %s in every spelling', (status) => {
    // RFC 8056 §2 spells them in words.
    const words = status.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

    expect(toEppStatus(status)).toBe(status);
    expect(toEppStatus(status.toUpperCase())).toBe(status);
    expect(toEppStatus(words)).toBe(status);
    expect(toEppStatus(`https://icann.org/epp#${status}`)).toBe(status);
    expect(toEppStatus(`${status} `)).toBe(status);
  });

  test('takes "active" for ok, as RFC 8056 §2 does', () => {
    expect(toEppStatus('active')).toBe('ok');
  });

  test.each(['', 'locked', 'Parked', 'pending', 'https://icann.org/epp#', 'constructor', 'okay'])(
    'does not know %j',
    (word) => {
      expect(toEppStatus(word)).toBeUndefined();
    },
  );
});

describe('toExpiryMs', () => {
  test('is the instant itself, the end of a day, or unknown', () => {
    const expiresAt = '2027-02-15T00:00:00.000Z';

    expect(toExpiryMs({ expiresAt, expiryPrecision: 'INSTANT' })).toBe(Date.UTC(2027, 1, 15));
    expect(toExpiryMs({ expiresAt, expiryPrecision: 'DAY' })).toBe(Date.UTC(2027, 1, 16));
    expect(toExpiryMs({ expiresAt: null, expiryPrecision: 'DAY' })).toBeNull();
  });
});

describe('toLifecycle', () => {
  test.each<[given: Partial<LifeFacts>, expected: Lifecycle]>([
    [{}, 'active'],
    [{ statuses: ['ok'] }, 'active'],
    [{ expiresAt: inDays(30) }, 'expiringSoon'],
    [{ expiresAt: new Date(now + 30 * 86_400_000 + 1).toISOString() }, 'active'],
    [{ expiresAt: inDays(0) }, 'expired'],
    [{ expiresAt: new Date(now + 1).toISOString() }, 'expiringSoon'],
    [{ expiresAt: '2026-11-23T00:00:00.000Z', expiryPrecision: 'DAY' }, 'expiringSoon'],
    [{ expiresAt: '2026-11-22T00:00:00.000Z', expiryPrecision: 'DAY' }, 'expired'],
    [{ expiresAt: null }, 'unknown'],
    [{ expiresAt: null, statuses: ['ok'] }, 'active'],
    [{ expiresAt: null, registrarState: 'active' }, 'active'],
    [{ expiresAt: null, registrarState: 'expired' }, 'expired'],
    [{ registrarState: 'expired' }, 'expired'],
    [{ registrarState: 'onHold' }, 'onHold'],
    [{ registrarState: 'transferring' }, 'transferring'],
    [{ registrarState: 'redemption' }, 'redemption'],
    [{ registrarState: 'active', expiresAt: inDays(-1) }, 'expired'],
    [{ statuses: ['autoRenewPeriod'] }, 'autoRenewGrace'],
    [{ statuses: ['autoRenewPeriod', 'pendingTransfer'] }, 'transferring'],
    [{ statuses: ['pendingTransfer', 'clientHold'] }, 'onHold'],
    [{ statuses: ['serverHold', 'redemptionPeriod'] }, 'redemption'],
    [{ statuses: ['serverHold', 'pendingRestore'] }, 'redemption'],
    [{ statuses: ['redemptionPeriod', 'pendingDelete'] }, 'pendingDelete'],
    [{ statuses: ['clientHold'], expiresAt: inDays(-1) }, 'onHold'],
  ])('of %o is %s', (given, expected) => {
    expect(toLifecycle(facts(given), now, 30)).toBe(expected);
  });
});

describe('toCardStatus', () => {
  test.each<[given: Partial<LifeFacts>, expected: CardStatus]>([
    [{}, 'ACTIVE'],
    [{ expiresAt: null }, 'ACTIVE'],
    [{ expiresAt: inDays(30) }, 'EXPIRING_SOON'],
    [{ expiresAt: inDays(31) }, 'ACTIVE'],
    [{ expiresAt: inDays(0) }, 'EXPIRED'],
    [{ expiresAt: '2026-11-23T00:00:00.000Z', expiryPrecision: 'DAY' }, 'EXPIRING_SOON'],
    [{ statuses: ['clientHold'] }, 'ACTIVE'],
    [{ statuses: ['clientHold'], expiresAt: inDays(-1) }, 'EXPIRED'],
    [{ statuses: ['autoRenewPeriod'], expiresAt: inDays(360) }, 'EXPIRED'],
    [{ statuses: ['pendingDelete'] }, 'EXPIRED'],
    [{ registrarState: 'redemption', expiresAt: null }, 'EXPIRED'],
    [{ registrarState: 'expired' }, 'EXPIRED'],
  ])('of %o is %s', (given, expected) => {
    expect(toCardStatus(facts(given), now, 30)).toBe(expected);
  });

  test('never calls a name active that is at risk by its statuses', () => {
    const anyFacts = fc.record({
      statuses: fc.uniqueArray(fc.constantFrom<EppStatus>(...EPP_STATUSES), { maxLength: 4 }),
      registrarState: fc.option(fc.constantFrom(...REGISTRAR_STATES)),
      expiresAt: fc.option(fc.integer({ min: -400, max: 400 }).map(inDays)),
      expiryPrecision: fc.constantFrom('INSTANT' as const, 'DAY' as const),
    });

    fc.assert(
      fc.property(anyFacts, fc.nat(90), (given, soonDays) => {
        const status = toCardStatus(given, now, soonDays);
        const lifecycle = toLifecycle(given, now, soonDays);
        expect(CARD_STATUSES).toContain(status);
        if (isExpiredByStatus(given)) expect(status).toBe('EXPIRED');
        if (['expired', 'pendingDelete', 'redemption', 'autoRenewGrace'].includes(lifecycle)) {
          expect(status).toBe('EXPIRED');
        }
        if (lifecycle === 'expiringSoon') expect(status).toBe('EXPIRING_SOON');
        if (lifecycle === 'active') expect(status).toBe('ACTIVE');
      }),
    );
  });
});
