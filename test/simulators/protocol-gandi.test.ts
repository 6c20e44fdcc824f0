import { describe, expect, it } from 'vitest';
import { gandiProtocol } from '#simulators/gandi.ts';
import type { SimResponse } from '#simulators/types.ts';
import { domainsOf, findDomain, json, seat, toRequest } from './protocol-support.ts';

const { ask, account } = seat(gandiProtocol, { size: 230 });
const { portfolio } = account('demo-50');
const DOMAINS = '/v5/domain/domains';

function get(id: string, path: string, query: Record<string, string> = {}, scheme = 'Bearer'): SimResponse {
  return ask({ path, query, headers: { authorization: `${scheme} ${account(id).credentials.apiToken}` } });
}

describe('a token', () => {
  it('is described with the seconds that are left of it', () => {
    const fresh = json(get('demo-10', '/tokeninfo'));
    const ending = json(get('demo-50', '/tokeninfo'));
    const expired = get('token-expired', '/tokeninfo');

    expect(fresh).toMatchObject({
      expires_in: 300 * 86_400,
      scope: expect.any(Array),
      entities: expect.any(Array),
    });
    expect(ending.expires_in).toBe(12 * 86_400);
    expect(expired.status).toBe(200);
    expect(json(expired).expires_in).toBeLessThanOrEqual(0);
  });

  it.each([
    ['wrong-key', '/tokeninfo'],
    ['wrong-key', DOMAINS],
    ['token-expired', DOMAINS],
  ])('of the account %s is unauthorized at %s', (id, path) => {
    const response = get(id, path);

    expect(response.status).toBe(401);
    expect(json(response)).toMatchObject({ code: 401, object: 'HTTPUnauthorized', cause: 'Unauthorized' });
  });

  it('is forbidden without the right to see domains, and when sent as an old API key', () => {
    const forbidden = {
      code: 403,
      message: 'Access was denied to this resource.',
      object: 'HTTPForbidden',
      cause: 'Forbidden',
    };

    expect(json(get('access-not-granted', DOMAINS))).toEqual(forbidden);
    expect(get('access-not-granted', '/tokeninfo').status).toBe(200);
    expect(json(get('demo-10', DOMAINS, {}, 'Apikey'))).toEqual(forbidden);
    expect(get('demo-10', DOMAINS, {}, 'Basic').status).toBe(401);
    expect(ask({ path: DOMAINS }).status).toBe(401);
  });

  it('does not matter to the limit: 1000 a minute are counted by address', () => {
    const request = toRequest({ path: DOMAINS, remoteAddress: '198.51.100.7' });
    const limited = gandiProtocol.throttled(1_500);

    expect(gandiProtocol.limitKey(request)).toBe('198.51.100.7');
    expect(gandiProtocol.limitKey(toRequest({ path: '/tokeninfo' }))).toBeNull();
    expect(gandiProtocol.limits).toMatchObject([{ calls: 1_000, windowMs: 60_000 }]);
    expect([limited.status, limited.headers?.['retry-after']]).toEqual([429, '2']);
  });
});

describe('the listing', () => {
  const pages = [1, 2, 3, 4].map((page) => get('demo-50', DOMAINS, { page: String(page), per_page: '100' }));
  const listed: Record<string, unknown>[] = pages.flatMap(json);

  it('gives pages with totals and links in headers, and nothing past the end', () => {
    expect(pages.map((page) => json(page).length)).toEqual([100, 100, 30, 0]);
    expect(pages.map((page) => page.headers?.['total-count'])).toEqual(['230', '230', '230', '230']);
    expect(pages[0]?.headers?.link).toBe(
      `<https://api.gandi.net${DOMAINS}?page=2&per_page=100>; rel="next", <https://api.gandi.net${DOMAINS}?page=3&per_page=100>; rel="last"`,
    );
    expect(pages[2]?.headers?.link).toBeUndefined();
    expect(listed.map(({ fqdn }) => fqdn)).toEqual(portfolio.names);
    expect(get('demo-0', DOMAINS).body).toBe('[]');
  });

  it.each([
    [{ per_page: '0' }, 'per_page'],
    [{ page: 'x' }, 'page'],
  ])('refuses %j with 400', (query, name) => {
    const response = get('demo-10', DOMAINS, query);

    expect(response.status).toBe(400);
    expect(json(response)).toMatchObject({ status: 'error', errors: [{ location: 'querystring', name }] });
  });

  it('tells what the truth says', () => {
    for (const [i, domain] of domainsOf(portfolio).entries()) {
      const entry: Record<string, unknown> = listed[i] ?? {};
      const dates = entry.dates as Record<string, string>;
      const instant = (value: string | undefined) =>
        value === undefined ? null : new Date(value).toISOString();

      expect(gandiProtocol.truthDomain(domain)).toMatchObject({
        unicodeName: entry.fqdn_unicode,
        registeredAt: instant(dates.registry_created_at),
        expiresAt: instant(dates.registry_ends_at),
        autoRenew: entry.autorenew,
        locked: (entry.status as string[]).includes('clientTransferProhibited'),
        privacy: null,
        nameServers: null,
        statuses: entry.status,
        rawStatuses: entry.status,
        dns: {
          status: (entry.nameserver as { current: string }).current === 'livedns' ? 'FETCHED' : 'ELSEWHERE',
        },
      });
    }
  });

  it('has three classes of nameservers, transfers without an expiry, and creation after the registry’s', () => {
    const classes = listed.map(({ nameserver }) => (nameserver as { current: string }).current);
    const dates = listed.map((entry) => entry.dates as Record<string, string>);

    expect(new Set(classes)).toEqual(new Set(['livedns', 'other', 'abc']));
    expect(dates.some((all) => !('registry_ends_at' in all))).toBe(true);
    expect(dates.some((all) => (all.created_at ?? '') > (all.registry_created_at ?? ''))).toBe(true);
  });

  it('can be filtered by name and by nameserver', () => {
    const [name = ''] = portfolio.names;

    expect(json(get('demo-50', DOMAINS, { fqdn: name }))).toHaveLength(1);
    expect(json(get('demo-50', DOMAINS, { fqdn: '*.dev' })).length).toBe(
      portfolio.names.filter((candidate) => candidate.endsWith('.dev')).length,
    );
    expect(get('demo-50', DOMAINS, { nameserver: 'livedns' }).headers?.['total-count']).toBe(
      String(domainsOf(portfolio).filter(({ dnsHere }) => dnsHere).length),
    );
  });
});

describe('a domain', () => {
  it('has in detail auto-renewal as an object, its nameservers and the transfer secret', () => {
    const domain = findDomain(portfolio, ({ autoRenew }) => autoRenew);

    expect(json(get('demo-50', `${DOMAINS}/${domain.name}`))).toMatchObject({
      autorenew: { enabled: true },
      nameservers: domain.nameServers,
      authinfo: expect.stringContaining('fake'),
    });
    expect(json(get('demo-50', `${DOMAINS}/${domain.name}/nameservers`))).toEqual(domain.nameServers);
    expect(get('demo-50', `${DOMAINS}/not-held.example`).status).toBe(404);
  });

  it('takes no other method than GET', () => {
    const headers = { authorization: `Bearer ${account('demo-10').credentials.apiToken}` };

    expect(ask({ method: 'POST', path: DOMAINS, headers }).status).toBe(405);
    expect(gandiProtocol.isWrite(toRequest({ method: 'POST', path: DOMAINS }))).toBe(true);
  });
});

describe('LiveDNS', () => {
  const zoneOf = (name: string) => `/v5/livedns/domains/${name}/records`;
  const here = domainsOf(portfolio).filter(({ dnsHere }) => dnsHere);
  const sets: Record<string, unknown>[] = here.flatMap(({ name }) => json(get('demo-50', zoneOf(name))));
  const values = (type: string) =>
    sets.filter((set) => set.rrset_type === type).flatMap((set) => set.rrset_values as string[]);

  it('gives a zone at once, or by pages with its total', () => {
    const [{ name = '', rrsets = [] } = {}] = here;
    const whole = get('demo-50', zoneOf(name));
    const pages = [1, 2, 3, 4, 5].flatMap((page) =>
      json(get('demo-50', zoneOf(name), { page: String(page), per_page: '3' })),
    );

    expect(whole.headers?.['total-count']).toBe(String(rrsets.length));
    expect(json(whole)).toHaveLength(rrsets.length);
    expect(pages).toEqual(json(whole));
  });

  it('gives one set by name and type, and names the one that is missing', () => {
    const { name } = findDomain(
      portfolio,
      ({ dnsHere, rrsets }) => dnsHere && rrsets.some((set) => set.name.startsWith('www.')),
    );
    const [set] = json(get('demo-50', `${zoneOf(name)}/www`));
    const missing = get('demo-50', `${zoneOf(name)}/x/TXT`);

    expect(json(get('demo-50', `${zoneOf(name)}/www/${set.rrset_type}`))).toEqual(set);
    expect([missing.status, json(missing)]).toEqual([
      404,
      {
        code: 404,
        message: "Can't find the DNS record x/TXT in the zone",
        object: 'dns-record',
        cause: 'Not Found',
      },
    ]);
  });

  it('is empty of some domains with nameservers elsewhere, and has stale zones of others', () => {
    const answers = domainsOf(portfolio)
      .filter(({ dnsHere }) => !dnsHere)
      .map(({ name }) => get('demo-50', zoneOf(name)));
    const refused = answers.filter(({ status }) => status === 404).map(json);

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 404]));
    expect(new Set(refused.map(({ object }) => object))).toEqual(
      new Set(['HTTPNotFound', 'LocalizedHTTPNotFound']),
    );
    expect(get('demo-50', zoneOf('not-held.example')).status).toBe(404);
  });

  it('lists the zones that it has', () => {
    const zones = json(get('demo-50', '/v5/livedns/domains', { per_page: '500' }));

    expect(zones.length).toBeGreaterThan(here.length);
    expect(zones.length).toBeLessThan(portfolio.size);
    expect(Object.keys(zones[0])).toEqual(['fqdn', 'domain_href', 'domain_records_href']);
  });

  it('has relative owners, some in capitals, and priorities within values', () => {
    const names = sets.map(({ rrset_name }) => String(rrset_name));

    expect(names).toContain('@');
    expect(names).toContain('*');
    expect(names.some((name) => /^_?[A-Z]+/.test(name))).toBe(true);
    expect(values('MX').every((value) => /^\d+ [a-z0-9.-]*\.?$/.test(value))).toBe(true);
    expect(values('SRV').every((value) => /^\d+ \d+ \d+ \S+$/.test(value))).toBe(true);
  });

  it('has absolute targets with a dot and relative ones without', () => {
    expect(values('MX').some((value) => value.endsWith(' mail'))).toBe(true);
    expect(values('MX').some((value) => value.endsWith('.example.net.'))).toBe(true);
    expect(values('CNAME').some((value) => !value.endsWith('.'))).toBe(true);
  });

  it('has text in quotes, some split at other places than 255 octets', () => {
    expect(values('TXT').every((value) => /^"(?:[^"\\]|\\.)*"(?: "(?:[^"\\]|\\.)*")*$/.test(value))).toBe(
      true,
    );
    expect(values('TXT').some((value) => /^"[^"]{255}" "/.test(value))).toBe(true);
    expect(values('TXT').some((value) => /^"[^"]{1,40}" "/.test(value))).toBe(true);
  });
});
