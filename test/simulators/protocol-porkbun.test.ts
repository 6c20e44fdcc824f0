import { describe, expect, it } from 'vitest';
import { toRecords } from '#simulators/porkbun/records.ts';
import { porkbunProtocol } from '#simulators/porkbun.ts';
import { domainsOf, findDomain, json, seat, toRequest } from './protocol-support.ts';

const { ask, account } = seat(porkbunProtocol, { size: 1_203 });
const BASE = '/api/json/v3';

function keysOf(id: string) {
  const { apiKey, secretApiKey } = account(id).credentials;
  return { apikey: apiKey, secretapikey: secretApiKey };
}

function post(id: string, path: string, more: Record<string, unknown> = {}) {
  return ask({ method: 'POST', path: `${BASE}${path}`, body: JSON.stringify({ ...keysOf(id), ...more }) });
}

function retrieve(name: string) {
  return json(post('demo-50', `/dns/retrieve/${name}`)).records as Record<string, unknown>[];
}

describe('ping', () => {
  it('succeeds without keys, but says nothing of them', () => {
    const empty = ask({ method: 'POST', path: `${BASE}/ping`, body: '{}', remoteAddress: '198.51.100.7' });
    const blank = ask({ method: 'POST', path: `${BASE}/ping`, body: '{"apikey":"","secretapikey":""}' });

    expect(json(empty)).toEqual({ status: 'SUCCESS', yourIp: '198.51.100.7' });
    expect(json(blank)).toEqual({ status: 'SUCCESS', yourIp: '127.0.0.1' });
  });

  it('says that the credentials are valid when they are, in the body or in headers', () => {
    const { apikey = '', secretapikey = '' } = keysOf('demo-10');
    const headers = { 'x-api-key': apikey, 'x-secret-api-key': secretapikey };

    expect(json(post('demo-10', '/ping')).credentialsValid).toBe(true);
    expect(json(ask({ path: `${BASE}/ping`, headers })).credentialsValid).toBe(true);
  });

  it.each([
    ['wrong-key', 400, 'INVALID_API_KEYS_001', 'Invalid API key. (001)'],
    ['wrong-secret', 400, 'INVALID_API_KEYS_002', 'Invalid API key. (002)'],
    ['address-not-allowed', 403, 'IP_NOT_ALLOWED', expect.stringContaining('IP address')],
  ])('refuses the account %s with %i %s', (id, status, code, message) => {
    const response = post(id, '/ping');

    expect(response.status).toBe(status);
    expect(json(response)).toEqual({ status: 'ERROR', code, message });
  });

  it('takes a known key with another secret, and an unknown key, for wrong', () => {
    const wrongSecret = post('demo-10', '/ping', { secretapikey: 'sk1_fake_other' });
    const unknown = post('demo-10', '/ping', { apikey: 'pk1_fake_other' });

    expect(json(wrongSecret).code).toBe('INVALID_API_KEYS_002');
    expect(json(unknown).code).toBe('INVALID_API_KEYS_001');
  });
});

describe('a call', () => {
  it.each([
    ['without a body', '', 'INVALID_OR_EMPTY_JSON'],
    ['with a body that is no object', '[]', 'INVALID_OR_EMPTY_JSON'],
    ['without a key', '{}', 'API_KEY_REQUIRED'],
    ['without a secret', '{"apikey":"pk1_fake"}', 'MISSING_SECRETAPIKEY'],
  ])('%s is a bad request', (_what, body, code) => {
    const response = ask({ method: 'POST', path: `${BASE}/domain/listAll`, body });

    expect(response.status).toBe(400);
    expect(json(response)).toMatchObject({ status: 'ERROR', code });
  });

  it('by another method than POST and GET is not allowed', () => {
    const response = ask({ method: 'HEAD', path: `${BASE}/domain/listAll` });

    expect(response.status).toBe(405);
    expect(json(response).code).toBe('METHOD_NOT_ALLOWED');
  });

  it('is refused when the account has no API access, though its ping is good', () => {
    const response = post('access-not-granted', '/domain/listAll');

    expect(json(post('access-not-granted', '/ping')).credentialsValid).toBe(true);
    expect(response.status).toBe(403);
    expect(json(response).code).toBeUndefined();
    expect(json(response).message).toMatch(/two-factor/i);
  });

  it.each([
    '/dns/create/example.com',
    '/dns/edit/example.com/1',
    '/dns/delete/example.com/1',
    '/domain/updateNs/example.com',
    '/domain/addUrlForward/example.com',
    '/dns/createDnssecRecord/example.com',
  ])('to %s is writing', (path) => {
    expect(porkbunProtocol.isWrite(toRequest({ method: 'POST', path: `${BASE}${path}` }))).toBe(true);
  });

  it.each([
    '/ping',
    '/domain/listAll',
    '/domain/getNs/example.com',
    '/dns/retrieve/example.com',
    '/dns/retrieve/create.com',
    '/domain/getUrlForwarding/example.com',
  ])('to %s is reading', (path) => {
    expect(porkbunProtocol.isWrite(toRequest({ method: 'POST', path: `${BASE}${path}` }))).toBe(false);
  });

  it('is counted by the key it carries, valid or not', () => {
    const body = JSON.stringify({ apikey: 'pk1_fake_any', secretapikey: 'x' });
    const request = { method: 'POST', path: `${BASE}/ping` };

    expect(porkbunProtocol.limitKey(toRequest({ ...request, body }))).toBe('pk1_fake_any');
    expect(porkbunProtocol.limitKey(toRequest({ ...request, body: '{}' }))).toBeNull();
    expect(porkbunProtocol.limits).toEqual([{ name: expect.any(String), calls: 1, windowMs: 1_000 }]);
  });

  it('beyond the limit is answered with 429 and the seconds to wait, every third time with an HTML page', () => {
    const limited = porkbunProtocol.throttled(1_001);
    const page = porkbunProtocol.throttled(999);

    expect(limited.status).toBe(429);
    expect(json(limited)).toMatchObject({ status: 'ERROR', code: 'RATE_LIMIT_EXCEEDED', ttlRemaining: 2 });
    expect(page.status).toBe(503);
    expect(page.body).toMatch(/^<html>/);
  });
});

describe('listAll', () => {
  const { portfolio } = account('demo-50');
  const first = json(post('demo-50', '/domain/listAll', { start: '0', sortName: 'domain' }));
  const second = json(post('demo-50', '/domain/listAll', { start: 1_000, sortName: 'domain' }));
  const listed: Record<string, unknown>[] = [...first.domains, ...second.domains];

  it('gives pages of 1000, the last shorter, and nothing past the end', () => {
    const past = json(post('demo-50', '/domain/listAll', { start: 2_000, sortName: 'domain' }));

    expect([first.count, second.count, past.count]).toEqual([1_000, 203, 0]);
    expect(listed.map(({ domain }) => String(domain).toLowerCase())).toEqual(portfolio.names);
    expect(past.domains).toEqual([]);
  });

  it('gives an empty list for an account without domains', () => {
    expect(json(post('demo-0', '/domain/listAll'))).toEqual({ status: 'SUCCESS', count: 0, domains: [] });
  });

  it('is sorted by expiry unless told otherwise', () => {
    const days = (more: Record<string, unknown>): string[] =>
      json(post('demo-10', '/domain/listAll', more)).domains.map(
        ({ expireDate }: { expireDate: string | null }) => (expireDate ?? '').replace('T', ' '),
      );

    expect(days({})).toEqual(days({}).toSorted());
    expect(days({ sortDirection: 'desc' })).toEqual(days({}).toReversed());
    expect(days({ sortName: 'create_date' })).not.toEqual(days({}));
  });

  it('gives flags as numbers, as strings, and mixed in one object', () => {
    const kinds = listed.map((domain) => {
      const flags = ['securityLock', 'whoisPrivacy', 'autoRenew', 'apiAccess', 'notLocal'].map(
        (key) => domain[key],
      );
      expect(flags.every((flag) => [0, 1, '0', '1'].includes(flag as number | string))).toBe(true);
      return [...new Set(flags.map((flag) => typeof flag))].sort().join();
    });

    expect(new Set(kinds)).toEqual(new Set(['number', 'string', 'number,string']));
  });

  it('gives dates in three forms without a zone, which are the truth’s instants in UTC', () => {
    const forms = new Set<string>();
    for (const [i, domain] of domainsOf(portfolio).entries()) {
      const date = listed[i]?.expireDate as string | null;
      const truth = porkbunProtocol.truthDomain(domain);
      if (date === null) {
        expect(truth.expiresAt).toBeNull();
        continue;
      }
      forms.add(date.replace(/\d/g, '0'));
      const full = date.replace(' ', 'T').padEnd(19, ':00');
      expect(`${full}.000Z`).toBe(truth.expiresAt);
    }

    expect(forms).toEqual(new Set(['0000-00-00 00:00:00', '0000-00-00T00:00:00', '0000-00-00 00:00']));
  });

  it('marks names that are not registered here, without dates', () => {
    const dnsOnly = listed.filter(({ notLocal }) => Number(notLocal) === 1);

    expect(dnsOnly.length).toBeGreaterThan(50);
    expect(dnsOnly.every(({ createDate, expireDate }) => createDate === null && expireDate === null)).toBe(
      true,
    );
  });

  it('refuses a start that is no number', () => {
    expect(post('demo-10', '/domain/listAll', { start: 'x' }).status).toBe(400);
  });
});

describe('a domain', () => {
  const { portfolio } = account('demo-50');
  const open = findDomain(portfolio, ({ apiAccess, dnsHere }) => apiAccess && dnsHere);

  it('is given in detail with its labels, and unknown names are 404', () => {
    const detail = json(post('demo-50', `/domain/get/${open.name}`));
    const unknown = post('demo-50', '/domain/get/not-held.example');

    expect(detail.domain.domain.toLowerCase()).toBe(open.name);
    expect(detail.domain.labels).toHaveLength(1);
    expect([unknown.status, json(unknown).code]).toEqual([404, 'DOMAIN_NOT_FOUND']);
  });

  it('has nameservers, with a dot at the end for .de alone', () => {
    const german = findDomain(portfolio, ({ name, apiAccess }) => apiAccess && name.endsWith('.de'));

    expect(json(post('demo-50', `/domain/getNs/${open.name}`)).ns).toEqual(open.nameServers);
    expect(json(post('demo-50', `/domain/getNs/${german.name}`)).ns).toEqual(
      german.nameServers.map((host) => `${host}.`),
    );
  });

  it('that is not opted in refuses in three forms, and its truth says so', () => {
    const closed = domainsOf(portfolio).filter(({ apiAccess }) => !apiAccess);
    const answers = closed.flatMap(({ name }) =>
      ['/dns/retrieve/', '/domain/getNs/'].map((path) => post('demo-50', `${path}${name}`)),
    );

    expect(closed.length / portfolio.size).toBeCloseTo(0.09, 1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
    expect(new Set(answers.map((response) => json(response).message))).toEqual(
      new Set(['Domain is not opted in to API access.']),
    );
    expect(new Set(answers.map((response) => json(response).code))).toEqual(
      new Set(['API_ACCESS_DISABLED', 'DOMAIN_IS_NOT_OPTED_IN_TO_API_ACCESS', undefined]),
    );
    for (const domain of closed) {
      const { dns, nameServers } = porkbunProtocol.truthDomain(domain);
      expect([dns.status, nameServers]).toEqual(['NOT_PERMITTED', null]);
    }
  });

  it('with nameservers elsewhere still gives its stored zone', () => {
    const external = findDomain(portfolio, ({ apiAccess, dnsHere }) => apiAccess && !dnsHere);

    expect(retrieve(external.name).length).toBeGreaterThan(3);
    expect(porkbunProtocol.truthDomain(external).dns.status).toBe('ELSEWHERE');
    expect(porkbunProtocol.truthRecords(external)).toEqual([]);
  });

  it('that is not the account’s is an invalid domain', () => {
    const response = post('demo-50', '/dns/retrieve/not-held.example');

    expect(response.status).toBe(400);
    expect(json(response)).toEqual({ status: 'ERROR', code: 'INVALID_DOMAIN', message: 'Invalid domain.' });
  });
});

describe('records', () => {
  const { portfolio } = account('demo-50');
  const domains = domainsOf(portfolio).filter(({ apiAccess }) => apiAccess);
  const records = domains.slice(0, 300).flatMap(({ name }) => retrieve(name));
  const ofType = (type: string) => records.filter((record) => record.type === type);

  it('have FQDN owners without a dot, and hosts without one', () => {
    expect(records.every(({ name }) => !String(name).endsWith('.'))).toBe(true);
    for (const type of ['CNAME', 'MX', 'NS', 'SRV', 'ALIAS']) {
      expect(ofType(type).length).toBeGreaterThan(0);
      expect(ofType(type).every(({ content }) => !String(content).endsWith('.'))).toBe(true);
    }
  });

  it('have the priority apart, and 0 or null where there is none', () => {
    expect(
      ofType('MX').every(({ content, prio }) => !String(content).includes(' ') && Number(prio) >= 0),
    ).toBe(true);
    expect(ofType('SRV').every(({ content }) => /^\d+ \d+ [a-z0-9.-]+$/.test(String(content)))).toBe(true);
    expect(new Set(ofType('A').map(({ prio }) => prio))).toEqual(new Set(['0', null, 0]));
  });

  it('have ids, TTLs and priorities mostly as strings', () => {
    expect(new Set(records.map(({ id }) => typeof id))).toEqual(new Set(['string', 'number']));
    expect(new Set(records.map(({ ttl }) => typeof ttl))).toEqual(new Set(['string', 'number']));
  });

  it('have text without quotes and escapes, not split', () => {
    const texts = ofType('TXT').map(({ content }) => String(content));

    expect(texts.some((text) => text.length > 400 && text.startsWith('v=DKIM1;'))).toBe(true);
    expect(texts.some((text) => text.includes('grüße'))).toBe(true);
    expect(texts.some((text) => text.includes('"dmarc\\reports"'))).toBe(true);
    expect(texts.every((text) => !text.startsWith('"'))).toBe(true);
  });

  it('are also found by id, and by name and type', () => {
    const domain = findDomain(
      portfolio,
      ({ apiAccess, rrsets }) => apiAccess && rrsets.some(({ name }) => name.startsWith('_dmarc.')),
    );
    const all = toRecords(domain);
    const one = all[2];

    expect(json(post('demo-50', `/dns/retrieve/${domain.name}/${one?.id}`)).records).toEqual([one]);
    expect(json(post('demo-50', `/dns/retrieveByNameType/${domain.name}/TXT/_dmarc`)).records).toEqual(
      all.filter(({ name, type }) => type === 'TXT' && name === `_dmarc.${domain.name}`),
    );
    expect(json(post('demo-50', `/dns/retrieveByNameType/${domain.name}/SPF`)).records).toEqual([]);
  });
});
