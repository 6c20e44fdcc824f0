import { describe, expect, test } from 'vitest';
import { toCanonicalHash } from '#core/canonical-hash.ts';
import type { DomainDns } from '#core/domain.ts';
import { SyncError, WindowClosedError } from '#core/errors.ts';
import { toIso } from '#core/ports/clock.ts';
import type { DomainBrief } from '#core/ports/stores.ts';
import type { RRset, ZoneReading } from '#core/rrset.ts';
import { syncZone } from '#sync/steps/sync-zone.ts';
import { MAX_SLEEP_MS } from '#sync/timings.ts';
import { aDomain, anIntegration, NOW_MS } from '#test/api/fixtures.ts';
import { createScriptedStep } from './scripted-step.ts';

const name = 'example.com';
const now = toIso(NOW_MS);
const before = '2026-11-01T00:00:00.000Z';
const rrsets: readonly RRset[] = [{ name: 'example.com.', type: 'A', ttl: 60, records: ['192.0.2.1'] }];
const FETCHED: ZoneReading = { status: 'FETCHED', rrsets };
const KNOWN: DomainDns = {
  status: 'FETCHED',
  provider: null,
  fetchedAt: before,
  problem: null,
  hash: toCanonicalHash(rrsets),
  recordCount: 1,
};
const NEVER: DomainDns = { ...KNOWN, status: 'PENDING', fetchedAt: null, hash: null, recordCount: 0 };

/** A stored domain with this state, whose zone is answered so, one answer after the other; and its reading. */
async function readZone(dns: DomainDns, answers: readonly (ZoneReading | Error)[], epoch = 1) {
  let calls = 0;
  const step = await createScriptedStep({
    kind: 'dns',
    memory: { throttledSinceMs: 5 },
    account: {
      async readZone(request) {
        expect(request.name).toBe(name);
        const answer = answers[Math.min(calls, answers.length - 1)];
        calls += 1;
        if (answer instanceof Error) throw answer;
        return answer as ZoneReading;
      },
    },
  });
  const { stores, integrationId, context } = step;
  await stores.domains.put(aDomain({ name, integrationId, tenantId: anIntegration().tenantId, dns, epoch }));
  if (epoch > context.fence.epoch) await stores.zones.put({ ...context.fence, epoch }, name, []);
  const brief = (await stores.domains.briefs(integrationId, name, name)).get(name) as DomainBrief;
  const writes: string[] = [];
  const { domains, zones } = context.deps;
  const noting =
    <A extends readonly unknown[], R>(what: string, write: (...args: A) => R) =>
    (...args: A) => {
      writes.push(what);
      return write(...args);
    };
  const deps = {
    ...context.deps,
    domains: { ...domains, setDns: noting('domain', domains.setDns) },
    zones: { ...zones, put: noting('zone', zones.put) },
  };
  const sync = () => syncZone({ ...context, deps }, brief);
  const readStored = () => stores.domains.get(integrationId, name);
  return { ...step, sync, readStored, writes, calls: () => calls, memory: context.memory };
}

describe('a zone that is read', () => {
  test('for the first time is written before the domain that points to it', async () => {
    const { sync, readStored, writes, stores, integrationId, memory } = await readZone(NEVER, [FETCHED]);

    expect(await sync()).toBe('f');
    expect(writes).toEqual(['zone', 'domain']);
    expect(await readStored()).toMatchObject({ dns: { ...KNOWN, fetchedAt: now } });
    expect(await stores.zones.get(integrationId, name)).toEqual(rrsets);
    expect(memory.throttledSinceMs).toBe(0);
  });

  test('and is as it was costs no write', async () => {
    const { sync, writes } = await readZone(KNOWN, [FETCHED]);

    expect([await sync(), writes]).toEqual(['f', []]);
  });

  test.each<[string, DomainDns]>([
    ['failed before', { ...KNOWN, status: 'FAILED', problem: { code: 'REGISTRAR_TIMEOUT', at: before } }],
    ['was held before', { ...KNOWN, problem: { code: 'LISTING_SHRANK', at: before } }],
    ['was elsewhere before', { ...KNOWN, status: 'ELSEWHERE', provider: 'Cloudflare' }],
  ])('and is as it was, but %s, is written at its domain alone', async (_title, dns) => {
    const { sync, writes, readStored } = await readZone(dns, [FETCHED]);

    expect([await sync(), writes]).toEqual(['f', ['domain']]);
    expect(await readStored()).toMatchObject({ dns: { ...KNOWN, fetchedAt: now } });
  });

  test('with other nameservers tells them at its domain', async () => {
    const nameServers = ['ns1.example.org'];
    const { sync, writes, readStored } = await readZone(KNOWN, [{ ...FETCHED, nameServers }]);

    expect([await sync(), writes]).toEqual(['f', ['domain']]);
    expect(await readStored()).toMatchObject({ nameServers, dns: KNOWN });
  });

  test.each([
    [9, 'f', null],
    [10, 'x', 'LISTING_SHRANK'],
  ])('without a record, of which there were %i, is %s', async (recordCount, mark, code) => {
    const { sync, readStored, writes } = await readZone({ ...KNOWN, recordCount }, [
      { status: 'FETCHED', rrsets: [] },
    ]);

    expect(await sync()).toBe(mark);
    const dns = (await readStored())?.dns;
    expect(dns?.problem?.code ?? null).toBe(code);
    expect(dns?.recordCount).toBe(code === null ? 0 : recordCount);
    expect(writes.includes('zone')).toBe(code === null);
  });
});

describe('a zone that is not here', () => {
  test('tells where it is, and that we have no records of it', async () => {
    const nameServers = ['ada.ns.cloudflare.com'];
    const { sync, readStored } = await readZone(KNOWN, [{ status: 'ELSEWHERE', nameServers }]);

    expect(await sync()).toBe('e');
    expect(await readStored()).toMatchObject({
      nameServers,
      dns: {
        status: 'ELSEWHERE',
        provider: 'Cloudflare',
        hash: null,
        recordCount: 0,
        fetchedAt: before,
        problem: null,
      },
    });
  });

  test('to us tells no provider', async () => {
    const { sync, readStored } = await readZone(KNOWN, [{ status: 'NOT_PERMITTED' }]);

    expect(await sync()).toBe('n');
    expect(await readStored()).toMatchObject({
      dns: { status: 'NOT_PERMITTED', provider: null, hash: null },
    });
  });
});

describe('a zone that fails', () => {
  const timeout = new SyncError('REGISTRAR_TIMEOUT');

  test('is asked for three times, keeps its records, and says why', async () => {
    const { sync, readStored, calls, slept } = await readZone(KNOWN, [timeout]);

    expect(await sync()).toBe('x');
    expect([calls(), slept]).toEqual([3, [250, 500]]);
    expect(await readStored()).toMatchObject({
      dns: { ...KNOWN, status: 'FAILED', problem: { code: 'REGISTRAR_TIMEOUT', at: toIso(NOW_MS + 750) } },
    });
  });

  test('is well where the third answer is', async () => {
    const { sync, calls } = await readZone(KNOWN, [timeout, timeout, FETCHED]);

    expect([await sync(), calls()]).toEqual(['f', 3]);
  });

  test.each([
    ['where trying again can not help', new SyncError('REGISTRAR_TLS')],
    [
      'where the registrar wants to be left alone for long',
      new SyncError('REGISTRAR_UNAVAILABLE', { retryAfterMs: MAX_SLEEP_MS + 1 }),
    ],
  ])('is asked for once %s', async (_title, error) => {
    const { sync, calls, readStored } = await readZone(KNOWN, [error]);

    expect([await sync(), calls()]).toEqual(['x', 1]);
    expect(await readStored()).toMatchObject({ dns: { problem: { code: error.code } } });
  });
});

describe('what concerns more than one zone ends the range', () => {
  test.each([
    ['a refusal', new SyncError('INVALID_CREDENTIALS'), []],
    ['a limit', new SyncError('RATE_LIMITED', { retryAfterMs: 7 }), [7]],
    ['a window that is closed', new WindowClosedError(1), []],
    ['a fault of ours', new TypeError('ours'), []],
  ])('%s', async (_title, error, told) => {
    const { sync, calls, writes, throttled } = await readZone(KNOWN, [error]);

    await expect(sync()).rejects.toBe(error);
    expect([calls(), writes, throttled]).toEqual([1, [], told]);
  });

  test.each<[string, ZoneReading]>([
    ['its zone', FETCHED],
    ['its domain', { status: 'NOT_PERMITTED' }],
  ])('a newer run that wrote %s', async (_title, reading) => {
    const { sync } = await readZone(NEVER, [reading], 99);

    await expect(sync()).rejects.toMatchObject({ name: 'SupersededError' });
  });
});
