import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Simulators } from '#simulators/engine.ts';
import type { SimRrset } from '#simulators/types.ts';
import { makeTinyPortfolio, signIn, startTiny } from './tiny-registrar.ts';

let simulators: Simulators;
let origin: string;

beforeAll(async () => {
  simulators = await startTiny({ now: clock() });
  origin = simulators.origins.godaddy ?? '';
});
afterAll(() => simulators.close());
beforeEach(() => send('PUT', 'accounts/demo-10', { size: 10, seed: 1 }));

describe('accounts', () => {
  it('lists them with their credentials and what a product should end with', async () => {
    const { status, json } = await send('GET', 'accounts');

    expect(status).toBe(200);
    expect(json.items[0]).toEqual({
      id: 'demo-10',
      label: 'Account demo-10',
      expect: 'SYNCED',
      refusal: 'none',
      domains: 10,
      seed: 1,
      credentials: {
        apiKey: 'fake-godaddy-key-demo-10',
        apiSecret: 'fake-godaddy-secret-demo-10',
        region: 'eu',
      },
    });
    expect(json.items.map((item: { id: string }) => item.id)).toContain('no-access');
  });

  it('gives an account another portfolio by size and seed', async () => {
    const { status, json } = await send('PUT', 'accounts/demo-10', { size: 3, seed: 9 });

    expect(status).toBe(200);
    expect(json).toMatchObject({ id: 'demo-10', domains: 3, seed: 9 });
    expect(await listed()).toEqual(makeTinyPortfolio(3, 9).names);
    expect(simulators.accounts('godaddy').find(({ id }) => id === 'demo-10')?.portfolio.size).toBe(3);
  });

  it('removes domains by name, and brings them back as they were', async () => {
    const all = await listed();
    await send('PUT', 'accounts/demo-10', { remove: [all[0], all[4]] });
    expect(await listed()).toEqual(all.filter((_, index) => index !== 0 && index !== 4));

    await send('PUT', 'accounts/demo-10', { add: [all[4]] });

    expect(await listed()).toEqual(all.slice(1));
    expect((await truth()).records[all[4] ?? '']).toEqual([
      { name: `${all[4]}.`, type: 'A', ttl: 600, records: ['192.0.2.1'] },
    ]);
  });

  it('adds as many domains as told, under names that it never had, in order', async () => {
    const before = await listed();
    await send('PUT', 'accounts/demo-10', { add: 5 });
    await send('PUT', 'accounts/demo-10', { remove: [before[3]], add: 2 });

    const after = await listed();

    expect(after).toHaveLength(16);
    expect(after).toEqual([...new Set(after)].sort());
    expect(after.filter((name) => before.includes(name))).toEqual(
      before.filter((name) => name !== before[3]),
    );
  });

  it('adds a domain by name, with an ordinary zone of its own', async () => {
    await send('PUT', 'accounts/demo-10', { add: ['added.example'] });

    expect(await listed()).toContain('added.example');
    expect((await truth()).records['added.example']).toEqual([
      { name: 'added.example.', type: 'A', ttl: 600, records: ['192.0.2.1'] },
    ]);
  });

  it('replaces facts and the zone of one domain', async () => {
    const [name = '', other = ''] = await listed();
    const zone: SimRrset[] = [
      { name: `${name}.`, type: 'TXT', ttl: null, records: ['"changed"'] },
      {
        name: `${name}.`,
        type: 'ALIAS',
        ttl: 60,
        records: [],
        pseudo: { provider: 'godaddy', kind: 'ALIAS', value: 'x.' },
      },
    ];
    await send('PUT', 'accounts/demo-10', {
      domains: { [name]: { autoRenew: false, expiresAt: null }, [other]: { dnsHere: false } },
      records: { [name]: zone },
    });

    const { domains, records } = await truth();

    expect(domains[0]).toMatchObject({ name, autoRenew: false, expiresAt: null, registeredHere: true });
    expect(records[name]).toEqual(zone);
    expect(domains[1]).toMatchObject({ name: other, autoRenew: true, dns: { status: 'ELSEWHERE' } });
    expect(records[other]).toEqual([]);
  });

  it('makes zones of a least size, until the portfolio is made anew without it', async () => {
    const [name = ''] = await listed();
    await send('PUT', 'accounts/demo-10', { zoneSize: 7 });
    expect((await truth()).records[name]?.[0]?.records).toHaveLength(7);
    expect(await listed()).toHaveLength(10);

    await send('PUT', 'accounts/demo-10', { size: 10 });

    expect((await truth()).records[name]?.[0]?.records).toHaveLength(1);
  });

  it('goes beyond 100,000 domains by adding to them', async () => {
    const { json } = await send('PUT', 'accounts/demo-10', { size: 100_000, add: 1 });

    expect(json.domains).toBe(100_001);
    expect(await listed()).toHaveLength(100_001);
  });

  it('forgets edits when the portfolio is made anew', async () => {
    const before = await listed();
    await send('PUT', 'accounts/demo-10', { remove: before.slice(0, 5), add: 1 });

    await send('PUT', 'accounts/demo-10', { seed: 1 });

    expect(await listed()).toEqual(before);
  });

  it('adds an account with fake credentials made from its id, which sign in', async () => {
    const { status, json } = await send('PUT', 'accounts/extra', { size: 2, seed: 5 });

    expect(status).toBe(201);
    expect(json).toMatchObject({ id: 'extra', expect: 'SYNCED', domains: 2 });
    expect(json.credentials).toEqual({
      apiKey: 'fake-godaddy-key-demo-10-extra',
      apiSecret: 'fake-godaddy-secret-demo-10-extra',
      region: 'eu',
    });
    expect(await listed('demo-10-extra')).toEqual(makeTinyPortfolio(2, 5).names);
  });

  it('makes an account refuse, with the code that the demo account of that refusal expects', async () => {
    const { json } = await send('PUT', 'accounts/refusing', {
      refusal: 'accessNotGranted',
      credentials: { apiKey: 'fake-godaddy-key-r', apiSecret: 'fake-godaddy-secret-r' },
    });
    expect(json).toMatchObject({ refusal: 'accessNotGranted', expect: 'ACCESS_NOT_GRANTED', domains: 10 });
    const refused = await fetch(`${origin}/v1/domains`, { headers: signIn('r') });
    expect(refused.status).toBe(403);

    const again = await send('PUT', 'accounts/refusing', { refusal: 'none' });

    expect(again.json).toMatchObject({ refusal: 'none', expect: 'SYNCED' });
    expect(await listed('r')).toHaveLength(10);
  });
});

describe('the truth', () => {
  it('tells all domains and all zones in the protocol’s words', async () => {
    const names = makeTinyPortfolio(10, 1).names;
    const { domains, records } = await truth();

    expect(domains.map(({ name }) => name)).toEqual(names);
    expect(Object.keys(records)).toEqual(names);
  });

  it('leaves the zones out when only domains are asked for', async () => {
    const { json } = await send('GET', 'accounts/demo-10/truth?domainsOnly=1');

    expect(json.domains).toHaveLength(10);
    expect(json.records).toEqual({});
  });

  it('streams 100,000 domains, and what an edit changed among them', async () => {
    const { names } = makeTinyPortfolio(100_000, 1);
    await send('PUT', 'accounts/demo-10', { size: 100_000, seed: 1 });
    await send('PUT', 'accounts/demo-10', { remove: names.slice(0, 30_000), add: ['zz.example'] });

    const { json } = await send('GET', 'accounts/demo-10/truth');

    expect(json.domains).toHaveLength(70_001);
    expect(json.domains[0].name).toBe(names[30_000]);
    expect(Object.keys(json.records).at(-1)).toBe('zz.example');
  });
});

describe('counters', () => {
  it('go back to 0 when they are deleted', async () => {
    await listed();
    expect((await send('GET', 'counters')).json.calls).toBeGreaterThan(0);

    expect((await send('DELETE', 'counters')).status).toBe(204);

    expect((await send('GET', 'counters')).json).toEqual({
      calls: 0,
      violations: 0,
      writes: 0,
      faulted: 0,
      failures: 0,
      maxInFlight: 0,
      throttled: {},
      byPath: {},
      perAccount: {},
    });
  });
});

describe('what makes no sense', () => {
  it.each([
    ['GET', '/', undefined, 404, 'paths here start with /control/{registrar}/'],
    ['GET', '/control/enom/counters', undefined, 404, 'no registrar "enom" is simulated here; godaddy are'],
    ['GET', '/control/godaddy', undefined, 404, 'no such path'],
    ['GET', '/control/godaddy/toString', undefined, 404, 'no such path'],
    ['GET', '/control/godaddy/accounts/demo-10/lies', undefined, 404, 'no such path'],
    ['POST', '/control/godaddy/counters', undefined, 405, 'counters takes GET, DELETE, not POST'],
    ['GET', '/control/godaddy/accounts/%zz', undefined, 400, 'no escape'],
    ['GET', '/control/godaddy/accounts/nobody/truth', undefined, 404, 'godaddy has no account "nobody"'],
    ['GET', '/control/godaddy/accounts?full=1', undefined, 400, '"full" is no query parameter'],
    ['GET', '/control/godaddy/accounts/demo-10/truth?domainsOnly=yes', undefined, 400, 'is 0 or 1'],
    ['PUT', '/control/godaddy/accounts/demo-10', '', 400, 'a JSON body is needed'],
    ['PUT', '/control/godaddy/accounts/demo-10', '{', 400, 'the body is not JSON'],
    ['PUT', '/control/godaddy/accounts/a%20b', '{}', 400, 'an account id is'],
    ['PUT', '/control/godaddy/accounts/demo-10', '{"sice":3}', 400, 'Unrecognized key: "sice"'],
    ['PUT', '/control/godaddy/accounts/demo-10', '{"size":-1}', 400, 'size: '],
    ['PUT', '/control/godaddy/accounts/demo-10', '{"size":1.5}', 400, 'size: '],
    ['PUT', '/control/godaddy/accounts/demo-10', '{"size":100001}', 400, 'size: '],
    [
      'PUT',
      '/control/godaddy/accounts/demo-10',
      '{"remove":["none.example"]}',
      400,
      'no domain none.example',
    ],
    ['PUT', '/control/godaddy/accounts/demo-10', '{"add":["Upper.example"]}', 400, 'lower-case A-label'],
    [
      'PUT',
      '/control/godaddy/accounts/demo-10',
      '{"records":{"none.example":[]}}',
      400,
      'no domain none.example',
    ],
    ['PUT', '/control/godaddy/accounts/demo-10', '{"domains":{"a.example":{"name":"b"}}}', 400, '"name"'],
    [
      'PUT',
      '/control/godaddy/accounts/demo-10',
      '{"refusal":"tokenExpired"}',
      400,
      'it knows none, accessNotGranted',
    ],
    ['PUT', '/control/godaddy/accounts/demo-10', '{"credentials":{"pin":"1"}}', 400, 'pin is no field'],
    ['POST', '/control/godaddy/faults', '{"status":42}', 400, 'status: '],
    [
      'POST',
      '/control/godaddy/faults',
      '{"match":{"methode":"GET"}}',
      400,
      'match: Unrecognized key: "methode"',
    ],
    ['POST', '/control/godaddy/faults', '{"match":{"account":"nobody"}}', 404, 'no account "nobody"'],
    ['POST', '/control/godaddy/faults', '{"match":{"path":"/(/"}}', 400, 'match.path: not a valid regular'],
    ['POST', '/control/godaddy/faults', '{"times":0}', 400, 'times: '],
    [
      'POST',
      '/control/godaddy/faults',
      '{"headers":{"x":"a\\nb"}}',
      400,
      'headers.x: not a valid HTTP header',
    ],
    ['POST', '/control/godaddy/faults', '{"body":"x","reset":true}', 400, "body and reset can't go together"],
    ['POST', '/control/godaddy/faults', '{"body":"x","echo":true}', 400, "can't go together"],
    ['POST', '/control/godaddy/faults', '{"truncateAt":"101%"}', 400, 'truncateAt'],
  ])('%s %s with %j is refused with a sentence', async (method, path, body, status, sentence) => {
    const answer = await fetch(simulators.controlOrigin + path, { method, body: body ?? null });

    expect({ status: answer.status, body: await answer.json() }).toEqual({
      status,
      body: { error: expect.stringContaining(sentence) },
    });
  });

  it('changes nothing when one part of an edit is wrong', async () => {
    const before = await listed();

    const { status } = await send('PUT', 'accounts/demo-10', { remove: [before[0]], add: [before[1]] });

    expect(status).toBe(400);
    expect(await listed()).toEqual(before);
  });

  it('refuses a body of more than 8 MiB', async () => {
    const { status } = await send('PUT', 'accounts/demo-10', { label: 'x'.repeat(8 * 1_048_576) });

    expect(status).toBe(413);
  });
});

/** A clock on which the limit is never reached: each look is a second later. */
function clock(): () => number {
  let nowMs = 0;
  return () => {
    nowMs += 1_000;
    return nowMs;
  };
}

async function send(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${simulators.controlOrigin}/control/godaddy/${path}`, {
    method,
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? undefined : JSON.parse(text) };
}

async function listed(account = 'demo-10'): Promise<string[]> {
  const answer = await fetch(`${origin}/v1/domains`, { headers: signIn(account) });
  return (await answer.json()) as string[];
}

async function truth() {
  const { json } = await send('GET', 'accounts/demo-10/truth');
  return json as { domains: { name: string }[]; records: Record<string, SimRrset[]> };
}
