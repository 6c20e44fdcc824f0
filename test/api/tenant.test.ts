import { describe, expect, test } from 'vitest';
import { toSummaryJson } from '#api/views/summary.ts';
import type { DomainRecord } from '#core/domain.ts';
import type { Integration, Problem } from '#core/integration.ts';
import { createStatsBuilder, type PortfolioStats } from '#core/portfolio-stats.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { aDomain, anIntegration, inDays, NOW_MS } from './fixtures.ts';
import { connect, createHarness, tenantOf } from './harness.ts';

function statsOf(...domains: readonly Partial<DomainRecord>[]): PortfolioStats {
  const stats = createStatsBuilder();
  for (const domain of domains) stats.add(aDomain(domain));
  return stats.build();
}

function summarize(parts: readonly [Partial<Integration>, PortfolioStats?][]) {
  const integrations = parts.map(([changes], index) =>
    anIntegration({ id: `integration${index}`, ...changes }),
  );
  const stats = new Map(
    parts.flatMap(([, each], index) => (each ? [[`integration${index}`, each] as const] : [])),
  );
  return toSummaryJson({ integrations, stats, registrars: REGISTRARS, nowMs: NOW_MS, soonDays: 30 });
}

describe('the summary', () => {
  test('of nothing is nothing, for twelve months from this one', () => {
    const { byMonth, ...rest } = summarize([]);

    expect(rest).toEqual({
      total: 0,
      active: 0,
      expiringSoon: 0,
      expired: 0,
      autoRenewOff: 0,
      byRegistrar: [],
      attention: [],
    });
    expect(byMonth.map(({ month }) => month)).toEqual([
      '2026-11',
      '2026-12',
      '2027-01',
      '2027-02',
      '2027-03',
      '2027-04',
      '2027-05',
      '2027-06',
      '2027-07',
      '2027-08',
      '2027-09',
      '2027-10',
    ]);
  });

  test('R47: adds up by registrar and in all, and each is a partition', () => {
    const summary = summarize([
      [{}, statsOf({ expiresAt: inDays(10), autoRenew: false }, { expiresAt: inDays(300), locked: false })],
      [{}, statsOf({ expiresAt: inDays(-1) })],
      [{ registrar: 'gandi' }, statsOf({ expiresAt: null }, { expiresAt: inDays(40) })],
    ]);

    expect(summary).toMatchObject({ total: 5, active: 3, expiringSoon: 1, expired: 1, autoRenewOff: 1 });
    expect(summary.byRegistrar).toEqual([
      {
        registrar: 'godaddy',
        total: 3,
        active: 1,
        expiringSoon: 1,
        expired: 1,
        autoRenewOff: 1,
        lockOff: 1,
        nextExpiresAt: inDays(10),
      },
      {
        registrar: 'gandi',
        total: 2,
        active: 2,
        expiringSoon: 0,
        expired: 0,
        autoRenewOff: 0,
        lockOff: 0,
        nextExpiresAt: inDays(40),
      },
    ]);
  });

  test('counts months by the calendar in UTC', () => {
    const { byMonth } = summarize([
      [
        {},
        statsOf(
          { expiresAt: '2026-10-31T23:59:59.000Z' },
          { expiresAt: '2026-11-01T00:00:00.000Z' },
          { expiresAt: '2026-11-30T23:59:59.000Z' },
          { expiresAt: '2026-12-01T00:00:00.000Z' },
          { expiresAt: '2027-10-31T23:59:59.000Z' },
          { expiresAt: '2027-11-01T00:00:00.000Z' },
        ),
      ],
    ]);

    expect(byMonth.filter(({ count }) => count > 0)).toEqual([
      { month: '2026-11', count: 2 },
      { month: '2026-12', count: 1 },
      { month: '2027-10', count: 1 },
    ]);
  });

  test('knows dates that are days for the days that they are', () => {
    const day = { expiresAt: '2026-11-30T00:00:00.000Z', expiryPrecision: 'DAY' } as const;
    const { byRegistrar, byMonth } = summarize([[{ registrar: 'namecheap' }, statsOf(day)]]);

    expect(byRegistrar[0]?.nextExpiresAt).toBe(day.expiresAt);
    expect(byMonth[0]).toEqual({ month: '2026-11', count: 1 });
  });

  const problem: Problem = { code: 'INTERNAL', reason: 'unspecified', at: inDays(-1), requestId: 'r' };
  const held = {
    runId: 'r',
    at: inDays(-1),
    known: 9,
    listed: 1,
    gone: 20,
    fingerprint: 'f',
    sightings: 1,
    firstAt: inDays(-1),
    acceptedAt: null,
  };
  const expiring = (days: number) => ({
    credentials: { ...anIntegration().credentials, expiresAt: inDays(days) },
  });

  test.each<[string, [Partial<Integration>, PortfolioStats?], readonly object[]]>([
    [
      'names that end within a week and do not renew',
      [
        {},
        statsOf(
          { expiresAt: inDays(7), autoRenew: false },
          { expiresAt: inDays(8), autoRenew: false },
          { expiresAt: inDays(3), autoRenew: null },
          { expiresAt: inDays(-1), autoRenew: false },
        ),
      ],
      [{ code: 'EXPIRES_THIS_WEEK_NO_RENEWAL', count: 1 }],
    ],
    ['failed syncs', [{ problem }], [{ code: 'SYNC_FAILED', count: 1 }]],
    ['no failed sync of one that is paused', [{ problem, paused: true }], []],
    ['held listings', [{ held }], [{ code: 'LISTING_SHRANK', count: 1 }]],
    ['no held listing that was accepted', [{ held: { ...held, acceptedAt: inDays(0) } }], []],
    ['credentials that end soon', [expiring(30)], [{ code: 'CREDENTIALS_EXPIRE_SOON', count: 1 }]],
    ['no credentials that last', [expiring(31)], []],
    [
      'zones that were not read',
      [{}, statsOf({ dns: { ...aDomain().dns, problem: { code: 'INTERNAL', at: inDays(-1) } } })],
      [{ code: 'ZONES_FAILED', count: 1 }],
    ],
  ])('draws attention to %s', (_title, part, attention) => {
    expect(summarize([part]).attention).toEqual(attention);
  });

  test('is answered from the stats alone, for live integrations alone', async () => {
    const harness = createHarness({
      stores: (stores) => ({
        ...stores,
        domains: {
          get: () => Promise.reject(new Error('read')),
          listByName: () => Promise.reject(new Error('read')),
          listByExpiry: () => Promise.reject(new Error('read')),
        },
      }),
    });
    const tenantId = tenantOf('alice');
    const id = await connect(harness);
    await harness.stores.stats.put(
      { tenantId, integrationId: id, epoch: 2 },
      statsOf({ expiresAt: inDays(10) }),
    );
    const before = await harness.call('/v1/summary');
    await harness.call(`/v1/integrations/${id}`, { method: 'DELETE' });

    const after = await harness.call('/v1/summary');

    expect(before.json).toMatchObject({ total: 1, expiringSoon: 1 });
    expect(after.json).toMatchObject({ total: 0, byRegistrar: [] });
  });
});

describe('settings', () => {
  test('R54: begin with 30 days, and move what counts as soon', async () => {
    const harness = createHarness();
    const tenantId = tenantOf('alice');
    const id = await connect(harness);
    await harness.stores.stats.put(
      { tenantId, integrationId: id, epoch: 2 },
      statsOf({ expiresAt: inDays(60) }),
    );
    expect((await harness.call('/v1/settings')).json).toEqual({ expiringSoonDays: 30 });

    const reply = await harness.call('/v1/settings', { method: 'PATCH', body: { expiringSoonDays: 60 } });

    expect(reply.json).toEqual({ expiringSoonDays: 60 });
    expect((await harness.call(`/v1/integrations/${id}`)).json).toMatchObject({
      counts: { expiringSoon: 1 },
    });
    expect((await harness.call('/v1/summary')).json).toMatchObject({ expiringSoon: 1 });
    expect((await harness.call('/v1/settings', { user: 'bob' })).json).toEqual({ expiringSoonDays: 30 });
  });

  test.each([0, 366, 1.5, '30', null, true])('do not take %j days', async (expiringSoonDays) => {
    const reply = await createHarness().call('/v1/settings', { method: 'PATCH', body: { expiringSoonDays } });

    expect(reply.json).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ pointer: '/expiringSoonDays' }] });
  });

  test.each([1, 365])('take %i days', async (expiringSoonDays) => {
    const reply = await createHarness().call('/v1/settings', { method: 'PATCH', body: { expiringSoonDays } });

    expect(reply.json).toEqual({ expiringSoonDays });
  });

  test('are not changed by nothing, and a change is kept in the audit', async () => {
    const harness = createHarness();
    const events = () =>
      JSON.stringify(harness.stores.rows.portfolio.dump()).split('SETTINGS_CHANGED').length - 1;

    await harness.call('/v1/settings', { method: 'PATCH', body: {} });
    await harness.call('/v1/settings', { method: 'PATCH', body: { expiringSoonDays: 30 } });
    expect(events()).toBe(0);
    await harness.call('/v1/settings', { method: 'PATCH', body: { expiringSoonDays: 31 } });

    expect(events()).toBe(1);
  });

  test('are refused where they are not what the client last read', async () => {
    const harness = createHarness();
    const etag = (await harness.call('/v1/settings')).headers.get('etag') ?? '';
    const patch = (expiringSoonDays: number) =>
      harness.call('/v1/settings', {
        method: 'PATCH',
        body: { expiringSoonDays },
        headers: { 'if-match': etag },
      });

    expect([(await patch(7)).status, (await patch(8)).status]).toEqual([200, 412]);
    expect((await harness.call('/v1/settings')).json).toEqual({ expiringSoonDays: 7 });
  });

  test('that change between reading and writing are refused', async () => {
    const harness = createHarness({
      stores: (stores) => ({
        ...stores,
        tenants: { ...stores.tenants, putSettings: async () => 'conflict' },
      }),
    });
    const headers = { 'if-match': '*' };

    expect(
      (await harness.call('/v1/settings', { method: 'PATCH', body: { expiringSoonDays: 7 }, headers }))
        .status,
    ).toBe(412);
  });
});
