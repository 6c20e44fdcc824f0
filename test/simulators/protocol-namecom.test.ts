import { describe, expect, it } from 'vitest';
import { namecomProtocol } from '#simulators/namecom.ts';
import type { SimResponse } from '#simulators/types.ts';
import { domainsOf, findDomain, json, NOW, seat, toRequest } from './protocol-support.ts';

const { ask, account } = seat(namecomProtocol, { size: 530 });
const { portfolio } = account('demo-50');
const DOMAINS = '/core/v1/domains';

function basic(username = '', apiToken = '') {
  return { authorization: `Basic ${Buffer.from(`${username}:${apiToken}`).toString('base64')}` };
}

function get(id: string, path: string, query: Record<string, string> = {}): SimResponse {
  const { username, apiToken } = account(id).credentials;
  return ask({ path, query, headers: basic(username, apiToken) });
}

describe('authentication', () => {
  it('says hello to the account', () => {
    const response = get('demo-10', '/core/v1/hello');

    expect(json(response)).toMatchObject({
      username: account('demo-10').credentials.username,
      serverTime: new Date(NOW).toISOString(),
    });
    expect(response.headers?.['api-version']).toBeDefined();
  });

  it.each([
    ['a wrong token', () => get('wrong-key', '/core/v1/hello')],
    [
      'another user',
      () => ask({ path: DOMAINS, headers: basic('other', account('demo-10').credentials.apiToken) }),
    ],
    [
      'another token',
      () => ask({ path: DOMAINS, headers: basic(account('demo-10').credentials.username, 'fake-other') }),
    ],
    ['no header', () => ask({ path: DOMAINS })],
    ['a header without a colon', () => ask({ path: DOMAINS, headers: { authorization: 'Basic ZmFrZQ==' } })],
  ])('refuses %s with 401', (_what, call) => {
    expect([call().status, json(call())]).toEqual([401, { message: 'Unauthorized' }]);
  });

  it.each(['/core/v1/hello', DOMAINS])('refuses an account without API access with 403 at %s', (path) => {
    const response = get('access-not-granted', path);

    expect([response.status, json(response)]).toEqual([403, { message: 'Permission Denied' }]);
  });

  it('counts by username, and beyond the limit tells when the window ends', () => {
    const request = toRequest({ path: DOMAINS, headers: basic('FakeUser', 'fake') });
    const limited = namecomProtocol.throttled(1_500, 1_000_000_000_000);

    expect(namecomProtocol.limitKey(request)).toBe('fakeuser');
    expect(namecomProtocol.limits.map(({ calls, windowMs }) => [calls, windowMs])).toEqual([
      [20, 1_000],
      [3_000, 3_600_000],
    ]);
    expect([limited.status, json(limited), limited.headers?.['x-ratelimit-reset']]).toEqual([
      429,
      { message: 'Rate Limit Exceeded' },
      '1000000002',
    ]);
    expect(namecomProtocol.throttled(1_500).headers).not.toHaveProperty('x-ratelimit-reset');
  });

  it('takes no other method than GET', () => {
    const { username, apiToken } = account('demo-10').credentials;

    expect(ask({ method: 'POST', path: DOMAINS, headers: basic(username, apiToken) }).status).toBe(405);
    expect(namecomProtocol.isWrite(toRequest({ method: 'POST', path: DOMAINS }))).toBe(true);
  });
});

describe('the listing', () => {
  const pages = [1, 2, 3, 4].map((page) =>
    json(get('demo-50', DOMAINS, { page: String(page), perPage: '200' })),
  );
  const listed: Record<string, unknown>[] = pages.flatMap(({ domains }) => domains);

  it('gives pages with their place in the whole, and nothing past the end', () => {
    expect(listed.map(({ domainName }) => domainName)).toEqual(portfolio.names);
    expect(pages.map(({ nextPage, lastPage, from, to }) => [nextPage, lastPage, from, to])).toEqual([
      [2, 3, 1, 200],
      [3, 3, 201, 400],
      [undefined, 3, 401, 530],
      [0, 3, undefined, undefined],
    ]);
    expect(json(get('demo-50', DOMAINS, { perPage: '300', page: '2' })).nextPage).toBe(0);
  });

  it('gives 250 unless told otherwise, backwards on demand', () => {
    expect(json(get('demo-50', DOMAINS)).domains).toHaveLength(250);
    expect(json(get('demo-50', DOMAINS, { dir: 'desc' })).domains[0].domainName).toBe(portfolio.names.at(-1));
  });

  it('names the first page as next where there is only one, as the vendor’s example does', () => {
    expect(json(get('demo-10', DOMAINS))).toMatchObject({ totalCount: 10, nextPage: 1, lastPage: 1 });
    expect(json(get('demo-0', DOMAINS))).toMatchObject({ domains: [], totalCount: 0 });
  });

  it.each([
    [{ perPage: '1001' }, 'perPage'],
    [{ perPage: '0' }, 'perPage'],
    [{ page: '0' }, 'page'],
  ])('refuses %j with 400', (query, name) => {
    const response = get('demo-10', DOMAINS, query);

    expect(response.status).toBe(400);
    expect(json(response)).toEqual({
      message: 'Invalid Argument',
      details: `Parameter Value Error - ${name} is out of bounds`,
    });
  });

  it('tells what the truth says, what is false sometimes left out', () => {
    const instant = (value: unknown) => (value === undefined ? null : new Date(String(value)).toISOString());
    for (const [i, domain] of domainsOf(portfolio).entries()) {
      const entry = listed[i] ?? {};

      expect(namecomProtocol.truthDomain(domain)).toMatchObject({
        registeredAt: instant(entry.createDate),
        expiresAt: instant(entry.expireDate),
        autoRenew: entry.autorenewEnabled ?? false,
        locked: entry.locked ?? false,
        privacy: entry.privacyEnabled ?? false,
        nameServers: entry.nameservers,
        statuses: [],
        rawStatuses: [],
      });
    }
    expect(new Set(listed.map(({ locked }) => locked))).toEqual(new Set([true, false, undefined]));
    expect(listed.some((entry) => !('createDate' in entry))).toBe(true);
  });

  it('has the same in detail, and does not find another’s domain', () => {
    const missing = get('demo-50', `${DOMAINS}/not-held.example`);

    expect(json(get('demo-50', `${DOMAINS}/${portfolio.names[0]}`))).toEqual(listed[0]);
    expect([missing.status, json(missing)]).toEqual([404, { message: 'Not Found' }]);
  });
});

describe('records', () => {
  const recordsOf = (name: string) => json(get('demo-50', `${DOMAINS}/${name}/records`));
  const here = domainsOf(portfolio).filter(({ dnsHere }) => dnsHere);
  const records: Record<string, unknown>[] = here.flatMap(({ name }) => recordsOf(name).records);
  const ofType = (type: string) => records.filter((record) => record.type === type);

  it('have the apex as nothing, an at-sign, null, or not at all, and a full name with a dot', () => {
    const apex = records.filter(({ fqdn, domainName }) => fqdn === `${domainName}.`);

    expect(new Set(apex.map((record) => ('host' in record ? record.host : 'absent')))).toEqual(
      new Set(['', '@', null, 'absent']),
    );
    expect(records.every(({ fqdn }) => String(fqdn).endsWith('.'))).toBe(true);
  });

  it('leave a priority of 0 out', () => {
    const priorities = [...ofType('MX'), ...ofType('SRV')].map(({ priority }) => priority);

    expect(priorities).toContain(undefined);
    expect(priorities).not.toContain(0);
    expect(ofType('SRV').every(({ answer }) => /^\d+ \d+ [a-z0-9.-]+[a-z0-9]$/.test(String(answer)))).toBe(
      true,
    );
  });

  it('have text unquoted, hosts without a dot, aliases as ANAME, and no CAA', () => {
    expect(ofType('TXT').some(({ answer }) => String(answer).length > 400)).toBe(true);
    expect(ofType('CNAME').every(({ answer }) => !String(answer).endsWith('.'))).toBe(true);
    expect(ofType('ANAME').length).toBeGreaterThan(0);
    expect(ofType('CAA')).toEqual([]);
  });

  it('of domains with nameservers elsewhere are the stored ones, or none', () => {
    const sizes = domainsOf(portfolio)
      .filter(({ dnsHere }) => !dnsHere)
      .map(({ name }) => recordsOf(name).records.length);

    expect(sizes.some((size) => size === 0)).toBe(true);
    expect(sizes.some((size) => size > 0)).toBe(true);
  });

  it('come in pages', () => {
    const { name } = findDomain(portfolio, ({ dnsHere }) => dnsHere);
    const whole = recordsOf(name);
    const first = json(get('demo-50', `${DOMAINS}/${name}/records`, { perPage: '4' }));
    const second = json(get('demo-50', `${DOMAINS}/${name}/records`, { perPage: '4', page: '2' }));

    expect([...first.records, ...second.records]).toEqual(whole.records.slice(0, 8));
    expect(first.nextPage).toBe(2);
    expect(get('demo-50', `${DOMAINS}/not-held.example/records`).status).toBe(404);
  });
});
