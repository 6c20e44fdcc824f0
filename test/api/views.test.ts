import { describe, expect, test } from 'vitest';
import { toDomainJson, toRrsetJson } from '#api/views/domain.ts';
import { toIntegrationJson } from '#api/views/integration.ts';
import { toSubject } from '#api/views/problem.ts';
import { toProgressJson } from '#api/views/progress.ts';
import { toRegistrarJson } from '#api/views/registrar.ts';
import { toRunJson } from '#api/views/run.ts';
import { toShownRun } from '#api/views/run-state.ts';
import type { Integration, Problem } from '#core/integration.ts';
import { createStatsBuilder } from '#core/portfolio-stats.ts';
import type { SyncRun } from '#core/sync-run.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { aDomain, aHeldListing, anIntegration, aRun, inDays, NOW_MS } from './fixtures.ts';

const subject = {
  registrar: { id: 'godaddy', name: 'GoDaddy' },
  environment: 'production',
  egressAddresses: [],
} as const;
const { limits } = REGISTRARS.godaddy;
const failed: Problem = {
  code: 'INVALID_CREDENTIALS',
  reason: 'unspecified',
  at: '2026-11-22T08:01:00.000Z',
  requestId: 'run00001',
};

const held = aHeldListing();

/** An integration as people see it: three domains, one of which expires soon and one that did. */
function show(changes: Partial<Integration>, run?: SyncRun) {
  const stats = createStatsBuilder();
  for (const [name, expiresAt] of [
    ['a.example', 200],
    ['b.example', 29],
    ['c.example', -1],
  ] as const) {
    stats.add(aDomain({ name, expiresAt: inDays(expiresAt) }));
  }
  return toIntegrationJson({
    integration: anIntegration(changes),
    stats: stats.build(),
    run,
    subject,
    limits,
    nowMs: NOW_MS,
    soonDays: 30,
  });
}

describe('an integration', () => {
  test('R51 to R58: shows masked id, counts that are a partition, status and times', () => {
    expect(show({})).toEqual({
      id: 'integrationaaaaaaaaaaakj1l',
      registrar: 'godaddy',
      environment: 'production',
      label: null,
      maskedId: '...akj1l',
      status: 'SYNCED',
      paused: false,
      counts: { total: 3, active: 1, expiringSoon: 1, expired: 1 },
      lastSyncedAt: '2026-11-22T08:01:00.000Z',
      lastAttemptAt: '2026-11-22T08:00:00.000Z',
      nextSyncAt: inDays(6),
      notices: [],
      credentials: { updatedAt: '2026-11-01T08:00:00.000Z', expiresAt: null },
      createdAt: '2026-11-01T08:00:00.000Z',
    });
  });

  test.each<[string, Partial<Integration>, string]>([
    ['before its first sync', { lastSyncedAt: null }, 'IDLE'],
    ['paused', { paused: true }, 'IDLE'],
    ['paused while it failed', { paused: true, problem: failed }, 'IDLE'],
    ['with a run under way', { leaseUntilMs: NOW_MS + 1 }, 'SYNCING'],
    ['with a run that is late', { leaseUntilMs: NOW_MS - 5 * 60_000 }, 'SYNCING'],
    ['with a run that nobody ended', { leaseUntilMs: NOW_MS - 5 * 60_000 - 1 }, 'FAILED'],
    ['after a failure', { problem: failed }, 'FAILED'],
    ['after success', {}, 'SYNCED'],
  ])('R57: %s has its state', (_title, changes, status) => {
    expect(show(changes).status).toBe(status);
  });

  test('is next synced never while it is paused or off the list', () => {
    expect(show({ paused: true }).nextSyncAt).toBeNull();
    expect(show({ dueAtMs: null }).nextSyncAt).toBeNull();
  });

  test('R71: shows why it failed, with advice, and what support asks for', () => {
    expect(show({ problem: failed }).problem).toMatchObject({
      code: 'INVALID_CREDENTIALS',
      title: 'Invalid Credentials',
      at: failed.at,
      requestId: 'run00001',
    });
  });

  test('says that it failed where its run was never ended', () => {
    const { problem } = show({ leaseUntilMs: NOW_MS - 600_000, problem: null });

    expect(problem).toMatchObject({
      code: 'INTERNAL',
      requestId: 'run00001',
      at: '2026-11-23T11:50:00.000Z',
    });
  });

  test('shows the run under way with step and progress, and only then', () => {
    const run = aRun({
      stepStartedAt: {
        VALIDATE_API_ACCESS: '2026-11-23T11:59:00.000Z',
        FETCH_DOMAINS: '2026-11-23T11:59:02.000Z',
      },
      progress: { domainsListed: 40, domainsDone: 12, domainsTotal: 40 },
    });

    expect(show({ leaseUntilMs: NOW_MS + 60_000 }, run).currentRun).toEqual({
      runId: 'run00001',
      step: 'FETCH_DOMAINS',
      progress: { domainsListed: 40, domainsDone: 12, domainsTotal: 40, estimatedSecondsLeft: 2 },
    });
    expect(show({}, run).currentRun).toBeUndefined();
  });

  test.each<[string, Partial<Integration>, readonly object[]]>([
    [
      'what the last run said',
      { notices: [{ code: 'PARTIAL_DNS', domains: 2 }] },
      [{ code: 'PARTIAL_DNS', domains: 2 }],
    ],
    ['a held listing, whatever the last run said', { held }, [{ code: 'LISTING_SHRANK', domains: 9 }]],
    [
      'a held listing once',
      { held, notices: [{ code: 'LISTING_SHRANK', domains: 9 }] },
      [{ code: 'LISTING_SHRANK', domains: 9 }],
    ],
    ['no held listing that was applied since', { notices: [{ code: 'LISTING_SHRANK', domains: 9 }] }, []],
    [
      'a held listing beside what the last run said',
      { held, notices: [{ code: 'DNS_ELSEWHERE', domains: 2 }] },
      [{ code: 'LISTING_SHRANK' }, { code: 'DNS_ELSEWHERE', domains: 2 }],
    ],
  ])('tells %s', (_title, changes, expected) => {
    expect(show(changes).notices).toMatchObject(expected);
    expect(show(changes).notices).toHaveLength(expected.length);
  });

  test.each([
    [31, []],
    [30, ['CREDENTIALS_EXPIRE_SOON']],
    [-1, ['CREDENTIALS_EXPIRE_SOON']],
  ])('R81: warns of credentials that end within 30 days (%i days left)', (days, codes) => {
    const credentials = { ...anIntegration().credentials, expiresAt: inDays(days) };

    const { notices } = show({ credentials });

    expect(notices.map(({ code }) => code)).toEqual(codes);
  });
});

describe('what a notice says', () => {
  const tell = (changes: Partial<Integration>) => show(changes).notices.map(({ detail }) => detail);

  test('of a held listing: how much of it is left, and what a person decided', () => {
    expect(tell({ held })).toEqual(['GoDaddy listed 3 of 12 domains, so nothing was removed.']);
    expect(tell({ held: aHeldListing({ acceptedAt: inDays(-1) }) })).toEqual([
      'GoDaddy listed 3 of 12 domains. You accepted it: the next sync applies it.',
    ]);
  });

  test('R81: of credentials: on which day they end', () => {
    const credentials = { ...anIntegration().credentials, expiresAt: inDays(10) };

    expect(tell({ credentials })).toEqual([
      `These GoDaddy credentials expire on ${inDays(10).slice(0, 10)}.`,
    ]);
  });
});

test('only Namecheap is called from an address of ours that it has to allow', () => {
  const addresses = ['203.0.113.7'];

  expect(toSubject(anIntegration(), REGISTRARS.namecheap, addresses).egressAddresses).toEqual(addresses);
  expect(toSubject(anIntegration(), REGISTRARS.gandi, addresses).egressAddresses).toEqual([]);
});

describe('a run', () => {
  const begun = {
    VALIDATE_API_ACCESS: '2026-11-23T11:59:00.000Z',
    FETCH_DOMAINS: '2026-11-23T11:59:02.000Z',
    SAVE: '2026-11-23T11:59:30.000Z',
  };
  const done = aRun({
    status: 'SUCCEEDED',
    endedAt: '2026-11-23T11:59:40.000Z',
    stepStartedAt: begun,
    counts: { ...aRun().counts, listed: 10 },
  });

  test('R28: lists the steps that began, each to the begin of the next, the last to the end', () => {
    expect(toRunJson(done, subject, limits)).toMatchObject({
      step: 'SAVE',
      steps: [
        { step: 'VALIDATE_API_ACCESS', startedAt: begun.VALIDATE_API_ACCESS, endedAt: begun.FETCH_DOMAINS },
        { step: 'FETCH_DOMAINS', startedAt: begun.FETCH_DOMAINS, endedAt: begun.SAVE },
        { step: 'SAVE', startedAt: begun.SAVE, endedAt: done.endedAt },
      ],
    });
  });

  test('has no end for a step that goes on', () => {
    const { steps, endedAt } = toRunJson(aRun(), subject, limits);

    expect(steps).toEqual([{ step: 'VALIDATE_API_ACCESS', startedAt: '2026-11-23T11:59:00.000Z' }]);
    expect(endedAt).toBeNull();
  });

  test.each<[string, SyncRun, Partial<Integration>, object]>([
    [
      'over and let go is as it is stored',
      done,
      { leaseUntilMs: null },
      { status: 'SUCCEEDED', step: 'SAVE', endedAt: done.endedAt },
    ],
    [
      'over, but still held, is updating the dashboard',
      done,
      { leaseUntilMs: NOW_MS + 1 },
      { status: 'RUNNING', step: 'UPDATE_DASHBOARD', endedAt: null },
    ],
    [
      'failed, but still held, is not failed yet',
      { ...done, status: 'FAILED', problem: failed },
      { leaseUntilMs: NOW_MS + 1 },
      { status: 'RUNNING', step: 'UPDATE_DASHBOARD' },
    ],
    [
      'over and held by a lease that lapsed is as it is stored',
      done,
      { leaseUntilMs: NOW_MS - 600_000 },
      { status: 'SUCCEEDED' },
    ],
    [
      'running is as it is stored',
      aRun(),
      { leaseUntilMs: NOW_MS + 1 },
      { status: 'RUNNING', step: 'VALIDATE_API_ACCESS' },
    ],
    [
      'of which nobody has heard has failed',
      aRun(),
      { leaseUntilMs: NOW_MS - 600_000 },
      { status: 'FAILED', endedAt: '2026-11-23T11:50:00.000Z', problem: { code: 'INTERNAL' } },
    ],
    [
      'whose place another took is superseded',
      aRun(),
      { runId: 'run00002', leaseUntilMs: NOW_MS + 1 },
      { status: 'SUPERSEDED' },
    ],
    [
      'of former times is as it is stored',
      done,
      { runId: 'run00002', leaseUntilMs: NOW_MS + 1 },
      { status: 'SUCCEEDED' },
    ],
  ])('%s', (_title, run, changes, expected) => {
    const shown = toShownRun(run, anIntegration(changes), NOW_MS);

    expect(toRunJson(shown, subject, limits)).toMatchObject(expected);
  });

  test('that is updating the dashboard tells no problem yet', () => {
    const shown = toShownRun(
      { ...done, status: 'FAILED', problem: failed },
      anIntegration({ leaseUntilMs: NOW_MS + 1 }),
      NOW_MS,
    );

    expect(toRunJson(shown, subject, limits).problem).toBeUndefined();
  });
});

describe('the time that is left', () => {
  test.each([
    ['godaddy', 10, 1],
    ['godaddy', 60, 2],
    ['godaddy', 61, 63],
    ['godaddy', 600, 560],
    ['namecheap', 20, 2],
    ['namecheap', 701, 3671],
    ['gandi', 1000, 9],
    ['gandi', 1001, 69],
    ['porkbun', 100, 139],
  ] as const)('R29: at %s for %i zones is about %i s by its limits', (id, left, seconds) => {
    const progress = { domainsListed: left, domainsDone: 5, domainsTotal: left + 5 };

    expect(toProgressJson(progress, REGISTRARS[id].limits).estimatedSecondsLeft).toBe(seconds);
  });

  test('is not told before the total is known, and none once all is done', () => {
    const progress = { domainsListed: 7, domainsDone: 0, domainsTotal: null };

    expect(toProgressJson(progress, limits)).toEqual(progress);
    expect(
      toProgressJson({ ...progress, domainsDone: 9, domainsTotal: 7 }, limits).estimatedSecondsLeft,
    ).toBe(0);
  });
});

describe('a domain', () => {
  const facts = { integration: anIntegration(), subject, nowMs: NOW_MS, soonDays: 30 };

  test('shows what the registrar told, and null where it told nothing', () => {
    const domain = aDomain({
      name: 'xn--mnchen-3ya.co.uk',
      registeredAt: null,
      expiresAt: null,
      autoRenew: null,
      locked: null,
      privacy: null,
      nameServers: null,
      registeredHere: false,
      registrarState: null,
      statuses: [],
    });

    expect(toDomainJson(domain, facts)).toMatchObject({
      name: 'xn--mnchen-3ya.co.uk',
      unicodeName: 'münchen.co.uk',
      tld: 'uk',
      status: 'ACTIVE',
      lifecycle: 'unknown',
      registeredAt: null,
      expiresAt: null,
      autoRenew: null,
      locked: null,
      privacy: null,
      nameServers: null,
      registeredHere: false,
    });
  });

  test.each([
    [30, 'EXPIRING_SOON', 'expiringSoon'],
    [31, 'ACTIVE', 'active'],
    [0, 'EXPIRED', 'expired'],
  ])('R54: with %i days left is %s', (days, status, lifecycle) => {
    expect(toDomainJson(aDomain({ expiresAt: inDays(days) }), facts)).toMatchObject({ status, lifecycle });
  });

  test('is judged by the threshold that the tenant set', () => {
    const domain = aDomain({ expiresAt: inDays(100) });

    expect(toDomainJson(domain, { ...facts, soonDays: 100 }).status).toBe('EXPIRING_SOON');
  });

  test.each([
    ['present, was seen by the last listing', aDomain(), '2026-11-22T08:00:10.000Z'],
    [
      'present and written since, was seen then',
      aDomain({ lastSeenAt: '2026-11-23T08:00:00.000Z' }),
      '2026-11-23T08:00:00.000Z',
    ],
    ['missing, was seen when its row says', aDomain({ seen: 'MISSING' }), '2026-11-20T08:00:00.000Z'],
  ])('%s', (_title, domain, lastSeenAt) => {
    expect(toDomainJson(domain, facts).lastSeenAt).toBe(lastSeenAt);
  });

  const { dns } = aDomain();
  test.each([
    ['fetched, is as fresh as the last run that read all', dns, '2026-11-22T08:01:00.000Z'],
    [
      'fetched for the first time meanwhile, is as fresh as that',
      { ...dns, fetchedAt: '2026-11-23T08:00:00.000Z' },
      '2026-11-23T08:00:00.000Z',
    ],
    [
      'that could not be read again, is as old as it is',
      { ...dns, problem: { code: 'REGISTRAR_TIMEOUT', at: '2026-11-23T08:00:00.000Z' } },
      '2026-11-20T08:00:00.000Z',
    ],
    ['never read, has no date', { ...dns, status: 'PENDING', fetchedAt: null }, null],
  ] as const)('a zone %s', (_title, changed, fetchedAt) => {
    expect(toDomainJson(aDomain({ dns: changed }), facts).dns.fetchedAt).toBe(fetchedAt);
  });

  test('R37: a zone that could not be read says why', () => {
    const problem = { code: 'REGISTRAR_TIMEOUT', at: '2026-11-23T08:00:00.000Z' } as const;

    expect(toDomainJson(aDomain({ dns: { ...dns, status: 'FAILED', problem } }), facts).dns).toEqual({
      status: 'FAILED',
      provider: null,
      fetchedAt: '2026-11-20T08:00:00.000Z',
      problem: {
        ...problem,
        title: 'Records Not Read',
        detail:
          'GoDaddy did not give us the records for this domain. GoDaddy did not answer in time. Nothing was changed.',
      },
    });
  });

  test('never read since its integration is new, a zone has no date', () => {
    const fresh = { ...facts, integration: anIntegration({ lastListedAt: null, zonesReadAt: null }) };

    expect(toDomainJson(aDomain(), fresh)).toMatchObject({
      lastSeenAt: '2026-11-20T08:00:00.000Z',
      dns: { fetchedAt: '2026-11-20T08:00:00.000Z' },
    });
  });
});

test('a record set shows its pseudo-record only where it is one', () => {
  const pseudo = { provider: 'godaddy', kind: 'PARKED', value: 'Parked' } as const;
  const plain = { name: 'example.com.', type: 'A', ttl: null, records: ['192.0.2.1'] };

  expect(toRrsetJson(plain)).toEqual(plain);
  expect(toRrsetJson({ ...plain, records: [], pseudo })).toEqual({ ...plain, records: [], pseudo });
});

describe('a registrar', () => {
  const none = { egressAddresses: [], demoAccounts: undefined };

  test('R12 to R21: shows name, tagline, fields and steps as it is defined', () => {
    expect(toRegistrarJson(REGISTRARS.godaddy, none)).toMatchObject({
      id: 'godaddy',
      name: 'GoDaddy',
      tagline: "World's largest registrar",
      credentialFields: [
        { label: 'API Key' },
        { label: 'API Secret', secret: true },
        { label: 'Customer ID' },
      ],
      prerequisites: REGISTRARS.godaddy.prerequisites,
      environments: [{ id: 'production' }, { id: 'sandbox' }],
    });
  });

  test('never tells the addresses that it is called at', () => {
    expect(JSON.stringify(toRegistrarJson(REGISTRARS.godaddy, none).environments)).not.toContain('http');
  });

  test('R19: Namecheap shows our address to allow', () => {
    const facts = { ...none, egressAddresses: ['203.0.113.7'] };

    expect(toRegistrarJson(REGISTRARS.namecheap, facts).egressAddresses).toEqual(['203.0.113.7']);
    expect(toRegistrarJson(REGISTRARS.gandi, facts).egressAddresses).toBeUndefined();
  });

  test('Namecheap without an address of ours says first what the operator must switch on', () => {
    const { prerequisites, egressAddresses } = toRegistrarJson(REGISTRARS.namecheap, none);

    expect(prerequisites[0]).toMatch(/operator must switch one on/);
    expect(egressAddresses).toEqual([]);
  });

  test('has a simulator only where there are accounts for it', () => {
    const account = {
      label: 'Empty',
      accountId: 'a0',
      domains: 0,
      expect: 'SYNCED',
      credentials: { apiToken: 'fake' },
    } as const;
    const { environments } = toRegistrarJson(REGISTRARS.gandi, { ...none, demoAccounts: [account] });

    expect(environments.at(-1)).toEqual({ id: 'simulator', label: 'Simulator', demoCredentials: [account] });
  });
});
