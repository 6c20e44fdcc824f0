import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DomainRecord } from '#core/domain.ts';
import {
  countUntil,
  createStatsBuilder,
  packSeconds,
  toCardCounts,
  unpackSeconds,
} from '#core/portfolio-stats.ts';
import { toCardStatus } from '#core/statuses.ts';
import { toDomain } from '#test/store/fixtures.ts';

const nowMs = Date.parse('2026-11-23T12:00:00.000Z');
const dayMs = 86_400_000;

const toStats = (domains: readonly DomainRecord[]) => {
  const builder = createStatsBuilder();
  for (const domain of domains) builder.add(domain);
  return builder.build();
};

describe('packed seconds', () => {
  test('come back sorted, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 40 })), (seconds) => {
        expect([...unpackSeconds(packSeconds(seconds))]).toEqual([...seconds].sort((a, b) => a - b));
      }),
    );
  });

  test('take a few bytes each', () => {
    const overTenYears = Array.from({ length: 100_000 }, (_, index) => 1_700_000_000 + index * 3_153);

    expect(packSeconds(overTenYears).length).toBeLessThan(210_000);
  });
});

describe('the figures of cards', () => {
  test('are those that the domains’ own statuses give, at any instant', () => {
    const anyDomain = fc
      .record({
        expiresAt: fc.option(
          fc.integer({ min: -400, max: 400 }).map((days) => new Date(nowMs + days * dayMs).toISOString()),
        ),
        expiryPrecision: fc.constantFrom('INSTANT' as const, 'DAY' as const),
        registrarState: fc.constantFrom(
          null,
          'active' as const,
          'expired' as const,
          'redemption' as const,
          'onHold' as const,
        ),
      })
      .map((facts) => toDomain('example.com', { statuses: [], ...facts }));
    fc.assert(
      fc.property(
        fc.array(anyDomain),
        fc.integer({ min: -300, max: 300 }),
        fc.integer({ min: 1, max: 365 }),
        (domains, days, soonDays) => {
          const atMs = nowMs + days * dayMs;
          const statuses = domains.map((domain) => toCardStatus(domain, atMs, soonDays));
          const count = (status: string) => statuses.filter((each) => each === status).length;

          expect(toCardCounts(toStats(domains), atMs, soonDays)).toEqual({
            total: domains.length,
            active: count('ACTIVE'),
            expiringSoon: count('EXPIRING_SOON'),
            expired: count('EXPIRED'),
          });
        },
      ),
    );
  });

  test('keep the date of a name that its registrar calls expired, apart from those that time decides', () => {
    const expiresAt = '2026-11-20T00:00:00.000Z';
    const plain = { statuses: [], expiresAt, expiryPrecision: 'INSTANT', registrarState: null } as const;
    const stats = toStats([
      toDomain('a.example', { ...plain, registrarState: 'expired' }),
      toDomain('b.example', plain),
    ]);

    expect(stats.expiredByStatus).toBe(1);
    expect([...unpackSeconds(stats.expiredByStatusExpiries)]).toEqual([Date.parse(expiresAt) / 1000]);
    expect(countUntil(stats.expiries, nowMs)).toBe(1);
  });
});
