import { describe, expect, it } from 'vitest';
import { godaddyProtocol } from '#simulators/godaddy.ts';
import type { SimResponse } from '#simulators/types.ts';
import { domainsOf, findDomain, json, seat, toRequest } from './protocol-support.ts';

const { ask, account } = seat(godaddyProtocol, { size: 1_205 });
const { portfolio } = account('demo-50');
const VISIBLE = { statusGroups: 'VISIBLE', includes: 'nameServers' };

function get(id: string, path: string, query: Record<string, string> = {}): SimResponse {
  const { apiKey, apiSecret } = account(id).credentials;
  return ask({ path, query, headers: { authorization: `sso-key ${apiKey}:${apiSecret}` } });
}

/** All entries of a listing, page after page. */
function listAll(id: string, query: Record<string, string>): Record<string, unknown>[] {
  const entries: Record<string, unknown>[] = [];
  for (let marker = ''; ; ) {
    const page = json(get(id, '/v1/domains', { limit: '1000', ...query, ...(marker && { marker }) }));
    entries.push(...page);
    if (page.length < 1_000) return entries;
    marker = page.at(-1).domain;
  }
}

describe('authentication', () => {
  it.each(['wrong-key', 'wrong-secret'])('answers the account %s with 401', (id) => {
    const response = get(id, '/v1/domains');

    expect(response.status).toBe(401);
    expect(json(response)).toEqual({
      code: 'UNABLE_TO_AUTHENTICATE',
      message: 'Unauthorized : Could not authenticate API key/secret',
    });
  });

  it.each([
    [undefined, 'UNABLE_TO_AUTHENTICATE'],
    ['Bearer fake-token', 'UNABLE_TO_AUTHENTICATE'],
    ['sso-key fake-key-without-secret', 'MALFORMED_CREDENTIALS'],
  ])('refuses the header %s', (authorization, code) => {
    const response = ask({ path: '/v1/domains', headers: authorization ? { authorization } : {} });

    expect([response.status, json(response).code]).toEqual([401, code]);
  });

  it('is right, but the account may not list', () => {
    const response = get('access-not-granted', '/v1/domains');

    expect(response.status).toBe(403);
    expect(json(response)).toEqual({
      code: 'ACCESS_DENIED',
      message: 'Authenticated user is not allowed access',
    });
  });

  it('counts calls by key, 60 a minute, and says beyond how long to wait', () => {
    const authorization = 'sso-key fake-key:fake-secret';
    const limited = godaddyProtocol.throttled(12_400);

    expect(godaddyProtocol.limitKey(toRequest({ path: '/v1/domains', headers: { authorization } }))).toBe(
      'fake-key',
    );
    expect(godaddyProtocol.limits).toMatchObject([{ calls: 60, windowMs: 60_000 }]);
    expect([limited.status, json(limited)]).toEqual([
      429,
      { code: 'TOO_MANY_REQUESTS', message: 'Too many requests received within interval', retryAfterSec: 13 },
    ]);
  });
});

describe('the shopper', () => {
  const own = account('demo-10').credentials.customerId ?? '';

  it('is told for the account’s own id, with its UUID where that is included', () => {
    const plain = json(get('demo-10', `/v1/shoppers/${own}`));
    const full = json(get('demo-10', `/v1/shoppers/${own}`, { includes: 'customerId' }));

    expect(plain.shopperId).toBe(own);
    expect(plain.customerId).toBeUndefined();
    expect(full.customerId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it.each([
    ['of another id', 'demo-10', '900009999', 404, 'NOT_FOUND'],
    ['of the account with a wrong id', 'wrong-customer-id', undefined, 404, 'NOT_FOUND'],
    ['that a key may not see', 'customer-id-unverifiable', undefined, 403, 'ACCESS_DENIED'],
  ])('%s is refused', (_what, id, customerId, status, code) => {
    const response = get(id, `/v1/shoppers/${customerId ?? account(id).credentials.customerId}`);

    expect([response.status, json(response).code]).toEqual([status, code]);
    expect(get(id, '/v1/domains').status).toBe(200);
  });
});

describe('the listing', () => {
  const visible = listAll('demo-50', VISIBLE);

  it('gives all domains by marker, in order, each once', () => {
    expect(visible.map(({ domain }) => String(domain).toLowerCase())).toEqual(portfolio.names);
    expect(listAll('demo-0', VISIBLE)).toEqual([]);
  });

  it('has dead domains unless the visible are asked for', () => {
    const statuses = listAll('demo-50', {})
      .slice(portfolio.size)
      .map(({ status }) => status);

    expect(statuses).toHaveLength(121);
    expect(new Set(statuses)).toEqual(new Set(['CANCELLED', 'TRANSFERRED_OUT']));
  });

  it('keeps to the statuses that are asked for', () => {
    const expired = listAll('demo-50', { ...VISIBLE, statuses: 'PARKED_EXPIRED,PENDING_REDEMPTION' });

    expect(expired.length).toBeGreaterThan(100);
    expect(expired).toEqual(
      visible.filter(({ status }) => /PARKED_EXPIRED|PENDING_REDEMPTION/.test(String(status))),
    );
  });

  it('gives 100 unless told otherwise, and nameservers only when they are included', () => {
    const page = json(get('demo-50', '/v1/domains'));

    expect(page).toHaveLength(100);
    expect(page.every(({ nameServers }: { nameServers: unknown }) => nameServers === null)).toBe(true);
    expect(page.every((entry: object) => !('authCode' in entry))).toBe(true);
    expect(json(get('demo-10', '/v1/domains', { includes: 'authCode,contacts' }))[0].authCode).toContain(
      'fake',
    );
  });

  it.each([
    [{ limit: '1001' }, 'Limit must have a value no greater than 1000'],
    [{ limit: '0' }, 'Limit must have a value no greater than 1000'],
    [{ includes: 'everything' }, 'includes has no value everything'],
    [{ statusGroups: 'VISIBLE,ALL' }, 'statusGroups has no value ALL'],
  ])('refuses %j with 422', (query, message) => {
    const response = get('demo-10', '/v1/domains', query);

    expect(response.status).toBe(422);
    expect(json(response)).toMatchObject({ code: 'INVALID_BODY', message });
  });

  it('tells what the truth says', () => {
    for (const [i, domain] of domainsOf(portfolio).entries()) {
      const entry = visible[i] ?? {};
      const truth = godaddyProtocol.truthDomain(domain);
      const instant = (value: unknown) =>
        value === undefined ? null : new Date(String(value)).toISOString();

      expect(truth).toMatchObject({
        registeredAt: instant(entry.createdAt),
        expiresAt: instant(entry.expires),
        autoRenew: entry.renewAuto,
        locked: entry.locked,
        privacy: entry.privacy,
        rawStatuses: [entry.status],
        statuses: [],
        registeredHere: 'expires' in entry,
        nameServers: (entry.nameServers as string[]).map((host) => host.toLowerCase()),
      });
    }
  });

  it('writes dates with and without milliseconds, nameservers and names also in capitals', () => {
    const dates = visible.flatMap(({ expires }) =>
      expires === undefined ? [] : [String(expires).replace(/\d/g, '0')],
    );
    const capitals = (key: string) => visible.some((entry) => /[A-Z]/.test(String(entry[key])));

    expect(new Set(dates)).toEqual(new Set(['0000-00-00T00:00:00.000Z', '0000-00-00T00:00:00Z']));
    expect([capitals('domain'), capitals('nameServers')]).toEqual([true, true]);
  });

  it('goes on after a marker in capitals, and ends bodies with a newline', () => {
    const response = get('demo-10', '/v1/domains', {
      ...VISIBLE,
      marker: account('demo-10').portfolio.names[7]?.toUpperCase() ?? '',
    });

    expect(json(response)).toHaveLength(2);
    expect(response.body.endsWith(']\n')).toBe(true);
  });
});

describe('a domain', () => {
  it('is given in detail with the transfer secret, and another is not found', () => {
    const [name = ''] = portfolio.names;
    const missing = get('demo-50', '/v1/domains/not-held.example');

    expect(json(get('demo-50', `/v1/domains/${name}`))).toMatchObject({
      nameServers: expect.any(Array),
      authCode: expect.stringContaining('fake'),
    });
    expect([missing.status, json(missing)]).toEqual([
      404,
      { code: 'NOT_FOUND', message: 'Domain not-held.example not found for shopper' },
    ]);
  });

  it('takes no other method than GET', () => {
    const { apiKey, apiSecret } = account('demo-10').credentials;
    const headers = { authorization: `sso-key ${apiKey}:${apiSecret}` };

    expect(ask({ method: 'PUT', path: '/v1/domains/example.com', headers }).status).toBe(405);
  });
});

describe('records', () => {
  const here = domainsOf(portfolio).filter(({ dnsHere }) => dnsHere);
  const records: Record<string, unknown>[] = here.flatMap(({ name }) =>
    json(get('demo-50', `/v1/domains/${name}/records`)),
  );
  const ofType = (type: string) => records.filter((record) => record.type === type);

  it.each([
    ['with nameservers elsewhere', () => findDomain(portfolio, ({ dnsHere }) => !dnsHere).name],
    ['of somebody else', () => 'not-held.example'],
  ])('of a domain %s are 404 UNKNOWN_DOMAIN', (_what, name) => {
    const response = get('demo-50', `/v1/domains/${name()}/records`);

    expect([response.status, json(response)]).toEqual([
      404,
      { code: 'UNKNOWN_DOMAIN', message: 'The given domain is not registered, or does not have a zone file' },
    ]);
  });

  it('have relative names and targets without a dot, the apex as @ in both', () => {
    expect(ofType('NS').some(({ name }) => name === '@')).toBe(true);
    expect(ofType('CNAME').some(({ data }) => data === '@')).toBe(true);
    for (const type of ['CNAME', 'MX', 'NS', 'SRV']) {
      expect(ofType(type).every(({ data }) => !String(data).endsWith('.'))).toBe(true);
    }
    expect(records.some(({ name }) => name === '*')).toBe(true);
  });

  it('split the owner and the numbers of SRV, and have the priority of MX apart', () => {
    expect(ofType('SRV')[0]).toEqual({
      type: 'SRV',
      name: expect.stringMatching(/^(@|mail)$/),
      data: expect.stringMatching(/^[a-z0-9.-]+$/),
      ttl: expect.any(Number),
      priority: expect.any(Number),
      weight: expect.any(Number),
      port: expect.any(Number),
      service: expect.stringMatching(/^_/),
      protocol: '_tcp',
    });
    expect(ofType('MX').every(({ priority }) => Number.isInteger(priority))).toBe(true);
  });

  it('have text unquoted, some in a pair of quotes that is not part of it', () => {
    const texts = ofType('TXT').map(({ data }) => String(data));

    expect(texts.some((text) => /^"v=spf1 .*"$/.test(text))).toBe(true);
    expect(texts.some((text) => text.startsWith('v=spf1 '))).toBe(true);
    expect(texts.some((text) => text.length > 400)).toBe(true);
  });

  it('have the literal Parked as an address, and IPv6 in loose forms', () => {
    expect(ofType('A').some(({ data }) => data === 'Parked')).toBe(true);
    expect(ofType('AAAA').some(({ data }) => String(data).startsWith('2001:DB8:0:'))).toBe(true);
  });

  it('can be asked for by type and name, an absent one is an empty list', () => {
    const [{ name = '' } = {}] = here;
    const path = `/v1/domains/${name}/records`;
    const all = json(get('demo-50', path));
    const wanted = all.filter(
      (record: { type: string; name: string }) => record.type === 'NS' && record.name === '@',
    );

    expect(json(get('demo-50', `${path}/NS/@`))).toEqual(wanted);
    expect(json(get('demo-50', `${path}/NS/%40`))).toEqual(wanted);
    expect(json(get('demo-50', `${path}/PTR`))).toEqual([]);
  });
});

describe('records of a large zone', () => {
  const large = seat(godaddyProtocol, { zoneSize: 1_000 });
  const { credentials, portfolio: zones } = large.account('demo-10');
  const { name } = findDomain(zones, ({ dnsHere }) => dnsHere);
  const headers = { authorization: `sso-key ${credentials.apiKey}:${credentials.apiSecret}` };
  const ask500 = (query: Record<string, string>) =>
    large.ask({ path: `/v1/domains/${name}/records`, query, headers });

  it('come in pages of 500 by number, the first also without one', () => {
    const first = json(ask500({ limit: '500' }));
    const second = json(ask500({ limit: '500', offset: '2' }));

    expect(json(ask500({ limit: '500', offset: '1' }))).toEqual(first);
    expect(json(ask500({}))).toEqual(first);
    expect(new Set([...first, ...second].map((record) => JSON.stringify(record))).size).toBe(1_000);
  });

  it.each([
    [{ limit: '500', offset: '3' }, 'offset out of range'],
    [{ limit: '501' }, 'Limit must have a value no greater than 500'],
    [{ offset: 'x' }, 'offset is not a number'],
  ])('answer %j with 422', (query, message) => {
    const response = ask500(query);

    expect([response.status, json(response).code, json(response).message]).toEqual([
      422,
      'INVALID_BODY',
      message,
    ]);
  });
});
