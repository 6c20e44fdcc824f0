import { beforeAll, describe, expect, test } from 'vitest';
import type { DomainRecord } from '#core/domain.ts';
import { inDays, storeDomains } from './fixtures.ts';
import { connect, createHarness, type Harness, tenantOf } from './harness.ts';

interface Page {
  readonly items: readonly {
    readonly name: string;
    readonly integrationId: string;
    readonly status: string;
  }[];
  readonly nextCursor: string | null;
}

const tenantId = tenantOf('alice');

async function connectGandi(harness: Harness): Promise<string> {
  const body = { registrar: 'gandi', credentials: { apiToken: 'fake-gandi-token' } };
  return (await harness.call<{ id: string }>('/v1/integrations', { method: 'POST', body })).json.id;
}

async function list(harness: Harness, query = ''): Promise<string[]> {
  const { status, json } = await harness.call<Page>(`/v1/domains?${query}`);
  expect(status).toBe(200);
  expect(json.nextCursor).toBeNull();
  return json.items.map(({ name }) => name);
}

async function listAll(harness: Harness, query: string): Promise<string[]> {
  const found: string[] = [];
  for (let cursor = ''; ; ) {
    const { json } = await harness.call<Page>(`/v1/domains?${query}${cursor}`);
    found.push(...json.items.map(({ name, integrationId }) => `${name} ${integrationId}`));
    if (json.nextCursor === null) return found;
    cursor = `&cursor=${json.nextCursor}`;
  }
}

describe('the list of domains', () => {
  const harness = createHarness();
  let godaddy = '';
  let gandi = '';

  beforeAll(async () => {
    godaddy = await connect(harness);
    gandi = await connectGandi(harness);
    const own: readonly (Partial<DomainRecord> & { name: string })[] = [
      { name: 'soon.com', expiresAt: inDays(10), autoRenew: false },
      { name: 'gone.net', expiresAt: inDays(-3), locked: false },
      { name: 'late.co.uk', expiresAt: inDays(300), autoRenew: null, locked: null },
      { name: 'xn--mnchen-3ya.de', expiresAt: inDays(100) },
      { name: 'dns-only.org', expiresAt: null, registeredHere: false },
    ];
    await storeDomains(harness, godaddy, own, tenantId);
    await storeDomains(
      harness,
      gandi,
      [
        { name: 'shared.com', expiresAt: inDays(50), registrar: 'gandi' },
        { name: 'soon.com', expiresAt: inDays(10), registrar: 'gandi' },
      ],
      tenantId,
    );
  });

  test('R42, R48: holds all integrations, soonest expiry first, unknown last', async () => {
    expect(await list(harness)).toEqual([
      'gone.net',
      'soon.com',
      'soon.com',
      'shared.com',
      'xn--mnchen-3ya.de',
      'late.co.uk',
      'dns-only.org',
    ]);
  });

  test.each([
    [
      'sort=-expiresAt',
      ['late.co.uk', 'xn--mnchen-3ya.de', 'shared.com', 'soon.com', 'soon.com', 'gone.net', 'dns-only.org'],
    ],
    [
      'sort=name',
      ['dns-only.org', 'gone.net', 'late.co.uk', 'shared.com', 'soon.com', 'soon.com', 'xn--mnchen-3ya.de'],
    ],
    ['registrar=gandi', ['soon.com', 'shared.com']],
    ['registrar=gandi,godaddy&q=shared', ['shared.com']],
    ['registrar=gandi&registrar=godaddy&q=shared', ['shared.com']],
    ['registrar=porkbun', []],
    ['status=EXPIRED', ['gone.net']],
    ['status=EXPIRED,EXPIRING_SOON', ['gone.net', 'soon.com', 'soon.com']],
    ['status=ACTIVE&sort=name', ['dns-only.org', 'late.co.uk', 'shared.com', 'xn--mnchen-3ya.de']],
    [`expiresBefore=${inDays(10)}`, ['gone.net']],
    [`expiresBefore=${inDays(10)}&sort=name`, ['gone.net']],
    ['tld=%20net%20,%20org&sort=name', ['dns-only.org', 'gone.net']],
    ['q=%20soon%20', ['soon.com', 'soon.com']],
    [`expiresBefore=${inDays(10).slice(0, 10)}T13:00:00%2B00:00`, ['gone.net', 'soon.com', 'soon.com']],
    ['expiresBefore=2026-12-01&sort=name', ['gone.net']],
    ['autoRenew=false', ['soon.com']],
    ['autoRenew=unknown', ['late.co.uk']],
    ['autoRenew=true&status=EXPIRED', ['gone.net']],
    ['locked=false', ['gone.net']],
    ['locked=unknown', ['late.co.uk']],
    ['tld=uk', ['late.co.uk']],
    ['tld=co.uk', ['late.co.uk']],
    ['tld=.CO.UK,net', ['gone.net', 'late.co.uk']],
    ['tld=o.uk', []],
    ['q=SOON', ['soon.com', 'soon.com']],
    ['q=M%C3%BCnch', ['xn--mnchen-3ya.de']],
    ['q=xn--', ['xn--mnchen-3ya.de']],
    ['q=no-such', []],
  ])('R47: can be asked for %s', async (query, names) => {
    expect(await list(harness, query)).toEqual(names);
  });

  test('can be asked for one integration, and knows none of others', async () => {
    expect(await list(harness, `integration=${gandi}`)).toEqual(['soon.com', 'shared.com']);
    expect(await list(harness, 'integration=abcdefghijklmnop')).toEqual([]);
  });

  test.each(['expiresAt', '-expiresAt', 'name'])('by %s comes whole in pages of every size', async (sort) => {
    const whole = await listAll(harness, `sort=${sort}`);

    for (let limit = 1; limit <= 8; limit += 1) {
      expect(await listAll(harness, `sort=${sort}&limit=${limit}`)).toEqual(whole);
    }
    expect(new Set(whole).size).toBe(7);
  });

  test.each(['expiresAt', '-expiresAt', 'name'])(
    'by %s comes whole in pages where a filter leaves rows out',
    async (sort) => {
      const whole = await listAll(harness, `sort=${sort}&tld=com,uk`);

      for (let limit = 1; limit <= 5; limit += 1) {
        expect(await listAll(harness, `sort=${sort}&tld=com,uk&limit=${limit}`)).toEqual(whole);
      }
      expect(whole).toHaveLength(4);
    },
  );

  test.each([
    ['registrar=dyn', '/registrar'],
    ['registrar=', '/registrar'],
    ['integration=A', '/integration'],
    ['integration=abcdefgh!', '/integration'],
    ['integration=!abcdefgh', '/integration'],
    ['status=Active', '/status'],
    ['expiresBefore=tomorrow', '/expiresBefore'],
    ['expiresBefore=x2026-12-01', '/expiresBefore'],
    ['expiresBefore=2026-02-30', '/expiresBefore'],
    ['autoRenew=yes', '/autoRenew'],
    ['locked=', '/locked'],
    ['tld=a_b', '/tld'],
    ['sort=-name', '/sort'],
    ['limit=0', '/limit'],
    ['limit=1001', '/limit'],
    ['limit=1e2', '/limit'],
    ['limit=5&limit=6', '/limit'],
    ['tenant=x', '/tenant'],
  ])('is refused where it is asked for %s', async (query, pointer) => {
    const reply = await harness.call<{ errors: { pointer: string }[] }>(`/v1/domains?${query}`);

    expect(reply.json).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
    expect(reply.json.errors.map((error) => error.pointer)).toEqual([pointer]);
  });

  test.each([
    ['another order', 'sort=name&limit=2'],
    ['other filters', 'limit=2&tld=com'],
  ])('is not continued in %s by a cursor', async (_title, query) => {
    const { json } = await harness.call<Page>('/v1/domains?limit=2');

    const reply = await harness.call(`/v1/domains?${query}&cursor=${json.nextCursor}`);

    expect(reply.json).toMatchObject({ status: 400, code: 'INVALID_CURSOR' });
  });

  test('is continued with another limit, and by nobody else', async () => {
    const { json } = await harness.call<Page>('/v1/domains?limit=2');
    const path = `/v1/domains?limit=7&cursor=${json.nextCursor}`;

    expect((await harness.call<Page>(path)).json.items).toHaveLength(5);
    expect((await harness.call(path, { user: 'bob' })).json).toMatchObject({ code: 'INVALID_CURSOR' });
  });

  test('shows nothing to others', async () => {
    expect((await harness.call('/v1/domains', { user: 'bob' })).json).toEqual({
      items: [],
      nextCursor: null,
    });
  });
});

describe('rows of a deleted integration', () => {
  test.each(['expiresAt', 'name'])(
    'are not shown any more, though they are there yet (by %s)',
    async (sort) => {
      const harness = createHarness();
      const id = await connect(harness);
      await storeDomains(harness, id, [{ name: 'example.com' }], tenantId);
      await harness.call(`/v1/integrations/${id}`, { method: 'DELETE' });

      expect(await list(harness, `sort=${sort}`)).toEqual([]);
      expect((await harness.call('/v1/domains/example.com')).status).toBe(404);
      expect((await harness.call(`/v1/domains/example.com/records?integration=${id}`)).status).toBe(404);
      expect(await harness.stores.domains.get(id, 'example.com')).toBeDefined();
    },
  );
});

describe('a long list', () => {
  test('looks at so many rows for a page and no more, and goes on where it stopped', async () => {
    const harness = createHarness();
    const id = await connect(harness);
    const count = 6_001;
    const domains = Array.from({ length: count }, (_, index) => ({
      name: `d${String(index).padStart(5, '0')}.example`,
      expiresAt: inDays(100 + index / 100),
      locked: index !== count - 1,
    }));
    await storeDomains(harness, id, domains, tenantId);

    for (const sort of ['expiresAt', 'name']) {
      const first = await harness.call<Page>(`/v1/domains?locked=false&sort=${sort}`);
      const second = await harness.call<Page>(
        `/v1/domains?locked=false&sort=${sort}&cursor=${first.json.nextCursor}`,
      );

      expect(first.json.items).toEqual([]);
      expect(second.json).toMatchObject({ items: [{ name: 'd06000.example' }], nextCursor: null });
    }
  });
});

describe('a domain', () => {
  test('R42: shows every registration of its name, asked for in either form', async () => {
    const harness = createHarness();
    const one = await connect(harness);
    harness.pass(1000);
    const two = await connectGandi(harness);
    for (const id of [one, two]) await storeDomains(harness, id, [{ name: 'xn--mnchen-3ya.de' }], tenantId);

    const reply = await harness.call('/v1/domains/xn--mnchen-3ya.de');

    expect(reply.json).toMatchObject({
      name: 'xn--mnchen-3ya.de',
      unicodeName: 'münchen.de',
      registrations: [{ integrationId: one }, { integrationId: two }],
    });
    for (const name of ['m%C3%BCnchen.de', 'M%C3%9CNCHEN.DE', 'XN--MNCHEN-3YA.DE', 'm%C3%BCnchen.de.']) {
      expect((await harness.call(`/v1/domains/${name}`)).text).toBe(reply.text);
    }
  });

  test('that is held by nobody is 404', async () => {
    expect((await createHarness().call('/v1/domains/example.com')).status).toBe(404);
  });
});

describe('the records of a domain', () => {
  const rrsets = [{ name: 'example.com.', type: 'A', ttl: 3600, records: ['192.0.2.1'] }];
  const dns = { provider: null, fetchedAt: inDays(-1), problem: null, hash: 'h', recordCount: 1 };

  async function prepare(status: DomainRecord['dns']['status'] = 'FETCHED') {
    const harness = createHarness();
    const id = await connect(harness);
    await storeDomains(harness, id, [{ name: 'example.com', dns: { ...dns, status } }], tenantId);
    await harness.stores.zones.put({ tenantId, integrationId: id, epoch: 1 }, 'example.com', rrsets);
    return { harness, id };
  }

  test('R44: are those last read, with the state that they are in', async () => {
    const { harness, id } = await prepare();

    const reply = await harness.call('/v1/domains/example.com/records');

    expect(reply.json).toEqual({ dns: { status: 'FETCHED', provider: null, fetchedAt: inDays(-1) }, rrsets });
    expect((await harness.call(`/v1/domains/EXAMPLE.com/records?integration=${id}`)).text).toBe(reply.text);
  });

  test('R37: are the former ones where they could not be read again', async () => {
    const { harness } = await prepare('FAILED');

    expect((await harness.call('/v1/domains/example.com/records')).json).toMatchObject({
      dns: { status: 'FAILED' },
      rrsets,
    });
  });

  test.each(['ELSEWHERE', 'NOT_PERMITTED'] as const)('R33: are none where the zone is %s', async (status) => {
    const { harness } = await prepare(status);

    expect((await harness.call('/v1/domains/example.com/records')).json).toMatchObject({
      dns: { status },
      rrsets: [],
    });
  });

  test('are none before they were read', async () => {
    const harness = createHarness();
    const id = await connect(harness);
    await storeDomains(
      harness,
      id,
      [{ name: 'example.com', dns: { ...dns, status: 'PENDING', fetchedAt: null, hash: null } }],
      tenantId,
    );

    expect((await harness.call('/v1/domains/example.com/records')).json).toEqual({
      dns: { status: 'PENDING', provider: null, fetchedAt: null },
      rrsets: [],
    });
  });

  test('need to be told whose, where several integrations hold the name', async () => {
    const { harness, id } = await prepare();
    const other = await connectGandi(harness);
    await storeDomains(harness, other, [{ name: 'example.com' }], tenantId);

    const unsaid = await harness.call('/v1/domains/example.com/records');
    const said = await harness.call(`/v1/domains/example.com/records?integration=${id}`);

    expect(unsaid.json).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ pointer: '/integration' }] });
    expect(said.json).toMatchObject({ rrsets });
  });

  test('of an integration that does not hold the name are 404', async () => {
    const { harness } = await prepare();
    const other = await connectGandi(harness);

    expect((await harness.call(`/v1/domains/example.com/records?integration=${other}`)).status).toBe(404);
  });
});
