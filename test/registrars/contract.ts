import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DomainRegistration } from '#core/domain.ts';
import type { RegistrarAccount, RegistrarDefinition } from '#core/registrar.ts';
import type { ZoneReading } from '#core/rrset.ts';
import { toSecret } from '#core/secret.ts';
import { createHttpClient, type HttpClient } from '#registrars/http.ts';
import { guardReadOnly } from '#registrars/read-only.ts';
import type { Simulators } from '#simulators/engine.ts';
import { startSimulators } from '#simulators/start-simulators.ts';

/** What differs between registrars in the contract. */
export interface ContractCase {
  readonly definition: RegistrarDefinition;
  /** How many calls a listing of that many domains takes. */
  readonly listCalls: (domains: number) => number;
}

/** What the simulators know of an account, in the shapes of the product's own API. */
interface Truth {
  readonly domains: readonly (Readonly<Record<string, unknown>> & {
    readonly name: string;
    readonly dns: { readonly status: string };
  })[];
  readonly records: Readonly<Record<string, readonly unknown[]>>;
}

interface Counters {
  readonly calls: number;
  readonly violations: number;
  readonly writes: number;
  readonly failures: number;
}

/** More apart than any registrar's windows ask for on average: 8,000 calls a day are the fewest. */
const CALL_APART_MS = 11_000;

/**
 * What every adapter must do, against the simulator of its registrar over HTTP: read all domains and zones of an
 * account as they truly are, in the calls that it takes, without a write; and give each refusal its code.
 */
export function testRegistrar({ definition, listCalls }: ContractCase): void {
  const { id, pageSize } = definition;
  let nowMs = Date.parse('2026-11-23T12:00:00.000Z');
  let simulators: Simulators;
  let origin: string;
  let client: HttpClient;

  beforeAll(async () => {
    simulators = await startSimulators({ registrars: [id], now: () => nowMs, latencyMs: 0 });
    origin = simulators.origins[id] ?? '';
    client = createHttpClient({ allowedOrigins: [origin], allowLoopbackHttp: true });
  });
  beforeEach(async () => {
    await control('DELETE', 'counters');
  });
  afterAll(async () => {
    await client.close();
    await simulators.close();
  });

  async function control(method: string, path: string, body?: unknown): Promise<unknown> {
    const url = `${simulators.controlOrigin}/control/${id}/${path}`;
    const response = await fetch(
      url,
      body === undefined ? { method } : { method, body: JSON.stringify(body) },
    );
    expect(response.ok, `${method} ${path}`).toBe(true);
    return response.status === 204 ? undefined : response.json();
  }

  function open(accountId: string): RegistrarAccount {
    const account = simulators.accounts(id).find((candidate) => candidate.id === accountId);
    if (account === undefined) throw new Error(`no account ${accountId}`);
    return definition.open(toSecret(account.credentials), {
      send: guardReadOnly(definition, (call) => {
        nowMs += CALL_APART_MS;
        return client.send(call);
      }),
      origins: { api: origin, identity: origin },
      egressAddress: '127.0.0.1',
      now: () => nowMs,
    });
  }

  const countCalls = async () => (await control('GET', 'counters')) as Counters;

  describe(`the contract, kept by ${id}`, () => {
    test.each(['demo-10', 'demo-50', 'demo-0'])(
      '%s: domains and records equal the truth',
      async (accountId) => {
        const truth = (await control('GET', `accounts/${accountId}/truth`)) as Truth;
        const account = open(accountId);

        const validation = await account.validate();
        const { domains } = await listAll(account);
        const readings = new Map<string, ZoneReading>();
        for (const domain of domains) readings.set(domain.name, await readZone(account, domain));

        // One of the demo tokens ends within a month.
        expect(validation.notices.filter((code) => code !== 'CREDENTIALS_EXPIRE_SOON')).toEqual([]);
        const seen = domains.map((domain) => toTold(domain, readings.get(domain.name)));
        const told = truth.domains.map(({ unicodeName: _unicode, registrar: _registrar, ...facts }) => facts);
        expect(byName(seen)).toEqual(byName(told));
        for (const { name } of truth.domains) {
          const reading = readings.get(name);
          expect([name, reading?.status === 'FETCHED' ? bySet(reading.rrsets) : []]).toEqual([
            name,
            bySet(truth.records[name] ?? []),
          ]);
        }
        expect(await countCalls()).toMatchObject({ violations: 0, writes: 0, failures: 0 });
      },
    );

    test.each([0, 1, pageSize - 1, pageSize, pageSize + 1, 2 * pageSize + 1])(
      'an account of %i domains is listed whole, in no more calls than it takes',
      async (size) => {
        await control('PUT', 'accounts/sized', { size, seed: 7 });
        const { domains: truth } = (await control('GET', 'accounts/sized/truth?domainsOnly=1')) as Truth;

        const { domains, totals } = await listAll(open('sized'));

        expect(domains.map(({ name }) => name).sort()).toEqual(truth.map(({ name }) => name).sort());
        for (const total of totals) expect([null, size]).toContain(total);
        expect(await countCalls()).toMatchObject({
          calls: listCalls(size),
          violations: 0,
          writes: 0,
          failures: 0,
        });
      },
    );

    test('a zone of more records than a page of them holds is read whole', async () => {
      const { domains } = (await control('GET', 'accounts/demo-10/truth')) as Truth;
      const name = domains.find(({ dns }) => dns.status === 'FETCHED')?.name ?? '';
      const sets = Array.from({ length: 1_201 }, (_, index) => ({
        name: `host-${index}.${name}.`,
        type: 'A',
        ttl: 3_600,
        records: ['192.0.2.1'],
      }));
      await control('PUT', 'accounts/large-zone', { size: 10, seed: 1 });
      await control('PUT', 'accounts/large-zone', { records: { [name]: sets } });

      const reading = await open('large-zone').readZone({ name, zone: 'HERE' });

      expect(reading.status === 'FETCHED' ? bySet(reading.rrsets) : []).toEqual(bySet(sets));
      expect(await countCalls()).toMatchObject({ violations: 0, writes: 0, failures: 0 });
    });

    test('each account that is refused gives its code, and the others none', async () => {
      const outcomes = [];
      for (const { id: accountId, expect: expected } of simulators.accounts(id)) {
        outcomes.push([accountId, expected, await outcomeOf(open(accountId))]);
      }

      expect(outcomes.filter(([, expected, outcome]) => expected !== outcome)).toEqual([]);
      expect(outcomes.filter(([, expected]) => expected !== 'SYNCED').length).toBeGreaterThan(0);
    });
  });
}

async function listAll(account: RegistrarAccount) {
  const domains = new Map<string, DomainRegistration>();
  const totals: (number | null)[] = [];
  let cursor: string | null = null;
  do {
    const page = await account.listPage(cursor);
    for (const domain of page.domains) domains.set(domain.name, domain);
    totals.push(page.declaredTotal);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { domains: [...domains.values()], totals };
}

/** As a sync does: what the listing knows to be out of reach is not asked for. */
async function readZone(account: RegistrarAccount, { name, zone }: DomainRegistration): Promise<ZoneReading> {
  return zone === 'ELSEWHERE' || zone === 'NOT_PERMITTED'
    ? { status: zone }
    : account.readZone({ name, zone });
}

async function outcomeOf(account: RegistrarAccount): Promise<string> {
  try {
    await account.validate();
    await account.listPage(null);
    return 'SYNCED';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

/** A listed domain in the shape of the truth; nameservers may come with the zone. */
function toTold(domain: DomainRegistration, reading: ZoneReading | undefined) {
  const { registrarState: _state, zone: _zone, ...facts } = domain;
  return {
    ...facts,
    nameServers: facts.nameServers ?? reading?.nameServers ?? null,
    dns: { status: reading?.status },
  };
}

function byName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Sets in an order that doesn't matter; the records within keep theirs. */
function bySet(rrsets: readonly unknown[]): string[] {
  return rrsets.map((set) => JSON.stringify(sortKeys(set))).sort();
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sortKeys(member)]),
  );
}
