import { describe, expect, it } from 'vitest';
import { namecheapProtocol } from '#simulators/namecheap.ts';
import type { SimResponse } from '#simulators/types.ts';
import { domainsOf, findDomain, NOW, seat, toRequest } from './protocol-support.ts';

const { ask, account } = seat(namecheapProtocol, { size: 230 });
const { portfolio } = account('demo-50');
const PATH = '/xml.response';

function parametersOf(
  id: string,
  command: string,
  more: Record<string, string> = {},
): Record<string, string> {
  const { username = '', apiKey = '' } = account(id).credentials;
  const user = { ApiUser: username, ApiKey: apiKey, UserName: username };
  return { ...user, ClientIp: '127.0.0.1', Command: command, ...more };
}

function call(
  id: string,
  command: string,
  more: Record<string, string> = {},
  remoteAddress = '127.0.0.1',
): SimResponse {
  const body = new URLSearchParams(parametersOf(id, command, more)).toString();
  return ask({ method: 'POST', path: PATH, body, remoteAddress });
}

function list(id: string, more: Record<string, string> = {}): string {
  return call(id, 'namecheap.domains.getList', more).body;
}

function hosts(name: string): SimResponse {
  const [SLD = '', ...rest] = name.split('.');
  return call('demo-50', 'namecheap.domains.dns.getHosts', { SLD, TLD: rest.join('.') });
}

/** The attributes of all elements of a name, entities undone. */
function elements(xml: string, name: string): Record<string, string>[] {
  return [...xml.matchAll(new RegExp(`<${name}( [^>]*?)? ?/?>`, 'gi'))].map(([, text = '']) =>
    Object.fromEntries(
      [...text.matchAll(/ (\w+)="([^"]*)"/g)].map(([, key, value = '']) => [
        key,
        value.replace(
          /&(\w+|#39);/g,
          (_all, entity) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[entity as string] ?? '',
        ),
      ]),
    ),
  );
}

const errorsOf = (response: SimResponse) => elements(response.body, 'Error').map((error) => error.Number);

describe('a call', () => {
  it('is answered in XML, by GET or POST, whatever the spelling of its parameters', () => {
    const { ClientIp = '', ...others } = parametersOf('demo-10', 'NAMECHEAP.domains.getlist');
    const byGet = ask({ path: PATH, query: { ...others, clientIP: ClientIp } });

    expect(byGet.status).toBe(200);
    expect(byGet.headers?.['content-type']).toBe('text/xml; charset=utf-8');
    expect(byGet.body).toContain('<ApiResponse Status="OK" xmlns="http://api.namecheap.com/xml.response">');
    expect(byGet.body).toBe(list('demo-10'));
  });

  it('takes the user’s name without UserName too, in any letter case', () => {
    const other = account('demo-10').credentials.username?.toUpperCase() ?? '';

    expect(errorsOf(call('demo-10', 'namecheap.domains.getList', { UserName: '', ApiUser: other }))).toEqual(
      [],
    );
    expect(errorsOf(call('demo-10', 'namecheap.domains.getList', { UserName: 'other' }))).toEqual([
      '1019103',
    ]);
  });

  it.each([
    ['an unknown key', 'demo-10', { ApiKey: 'fake-unknown' }, ['1011102']],
    ['another user’s name', 'demo-10', { ApiUser: 'other' }, ['1011102']],
    ['the account wrong-key', 'wrong-key', {}, ['1011102']],
    ['an address not on the list', 'address-not-allowed', {}, ['1011150', '1011151']],
    ['an address that is none', 'demo-10', { ClientIp: '2001:db8::1' }, ['1011105']],
    [
      'no parameters',
      'demo-10',
      { ApiUser: '', ApiKey: '', Command: '', ClientIp: '' },
      ['1010101', '1010102', '1010104', '1010105'],
    ],
  ])('with %s is an error within HTTP 200', (_what, id, more, numbers) => {
    const response = call(id, 'namecheap.domains.getList', more);

    expect(response.status).toBe(200);
    expect(response.body).toContain('Status="ERROR"');
    expect(response.body).toContain('<RequestedCommand />');
    expect(errorsOf(response)).toEqual(numbers);
  });

  it('must come from its ClientIp unless it comes from this machine', () => {
    const from = (ip: string) =>
      errorsOf(call('demo-10', 'namecheap.domains.getList', { ClientIp: '203.0.113.9' }, ip));

    expect(from('203.0.113.9')).toEqual([]);
    expect(from('::ffff:127.0.0.1')).toEqual([]);
    expect(from('203.0.113.10')).toEqual(['1011150', '1011151']);
    expect(call('demo-10', 'x', { ClientIp: '203.0.113.9' }, '1.2.3.4').body).toContain(
      'Invalid request IP: 203.0.113.9',
    );
  });

  it.each([
    ['namecheap.domains.dns.setHosts', true],
    ['namecheap.domains.create', true],
    ['namecheap.domains.renew', true],
    ['namecheap.domains.setRegistrarLock', true],
    ['namecheap.domains.getList', false],
    ['namecheap.domains.dns.getHosts', false],
    ['namecheap.users.getPricing', false],
  ])('of command %s is writing: %s', (command, isWrite) => {
    const body = new URLSearchParams({ command }).toString();

    expect(namecheapProtocol.isWrite(toRequest({ method: 'POST', path: PATH, body }))).toBe(isWrite);
    expect(namecheapProtocol.isWrite(toRequest({ path: PATH, query: { COMMAND: command } }))).toBe(isWrite);
  });

  it('of a command that is not known is an error', () => {
    expect(errorsOf(call('demo-10', 'namecheap.ssl.getList'))).toEqual(['1010104']);
  });

  it('counts by key in three windows, and beyond them is answered with HTTP 405', () => {
    const request = toRequest({ path: PATH, query: { APIKEY: 'fake-key' } });

    expect(namecheapProtocol.limitKey(request)).toBe('fake-key');
    expect(namecheapProtocol.limits.map(({ calls, windowMs }) => [calls, windowMs])).toEqual([
      [20, 60_000],
      [700, 3_600_000],
      [8_000, 86_400_000],
    ]);
    expect(namecheapProtocol.throttled(1_000).status).toBe(405);
  });
});

describe('getList', () => {
  const pages = [1, 2, 3].map((page) => list('demo-50', { Page: String(page), PageSize: '100' }));
  const listed = pages.flatMap((xml) => elements(xml, 'Domain'));

  it('gives pages with the total', () => {
    expect(listed.map(({ Name }) => Name)).toEqual(portfolio.names);
    expect(pages[2]).toContain(
      '<TotalItems>230</TotalItems><CurrentPage>3</CurrentPage><PageSize>100</PageSize>',
    );
    expect(elements(list('demo-50'), 'Domain')).toHaveLength(20);
  });

  it('gives an empty result for no domains, and one element for one', () => {
    const empty = list('demo-0');
    const single = list('demo-50', { SearchTerm: portfolio.names[0] ?? '' });

    expect(empty).toContain('<DomainGetListResult />');
    expect(empty).toContain('<TotalItems>0</TotalItems>');
    expect(elements(single, 'Domain')).toHaveLength(1);
  });

  it.each([{ PageSize: '9' }, { PageSize: '101' }, { Page: '0' }])('refuses %j', (more) => {
    expect(errorsOf(call('demo-10', 'namecheap.domains.getList', more))).toEqual(['5050169']);
  });

  it('tells what the truth says: days, a lock that is certain only where it is on', () => {
    const toInstant = (day = '') => {
      const [, month, date, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(day) ?? [];
      return year === undefined ? null : `${year}-${month}-${date}T00:00:00.000Z`;
    };
    for (const [i, domain] of domainsOf(portfolio).entries()) {
      const entry = listed[i] ?? {};

      expect(namecheapProtocol.truthDomain(domain)).toMatchObject({
        registeredAt: toInstant(entry.Created),
        expiresAt: toInstant(entry.Expires),
        expiryPrecision: 'DAY',
        autoRenew: entry.AutoRenew === 'true',
        locked: entry.IsLocked === 'true' ? true : null,
        privacy: entry.WhoisGuard === 'ENABLED',
        nameServers: null,
        statuses: [],
        rawStatuses: [],
        dns: { status: entry.IsOurDNS === 'true' ? 'FETCHED' : 'ELSEWHERE' },
      });
      expect(entry.IsExpired).toBe(String(domain.expiresAt !== null && Date.parse(domain.expiresAt) < NOW));
    }
    expect(new Set(listed.map(({ WhoisGuard }) => WhoisGuard)).size).toBe(4);
    expect(listed.some(({ Expires }) => Expires === '')).toBe(true);
  });

  it('can be limited to expired and expiring domains, and sorted', () => {
    const only = (ListType: string) => elements(list('demo-50', { ListType, PageSize: '100' }), 'Domain');
    const sorted = (SortBy: string) =>
      elements(list('demo-10', { SortBy }), 'Domain').map(({ Name }) => Name);
    const byExpiry = domainsOf(account('demo-10').portfolio)
      .toSorted((a, b) => ((a.expiresAt ?? '') < (b.expiresAt ?? '') ? -1 : 1))
      .map(({ name }) => name);

    expect(only('EXPIRED')).toEqual(listed.filter(({ IsExpired }) => IsExpired === 'true'));
    expect(only('EXPIRING').every(({ IsExpired }) => IsExpired === 'false')).toBe(true);
    expect(sorted('EXPIREDATE')).toEqual(byExpiry);
    expect(sorted('EXPIREDATE_DESC')).toEqual(byExpiry.toReversed());
    expect(sorted('NAME_DESC')).toEqual(account('demo-10').portfolio.names.toReversed());
  });
});

describe('getHosts', () => {
  const here = domainsOf(portfolio).filter(({ dnsHere }) => dnsHere);
  const answers = here.map(({ name }) => hosts(name).body);
  const all = answers.flatMap((xml) => elements(xml, 'host'));
  const ofType = (type: string) => all.filter(({ Type }) => Type === type);

  it('refuses domains with nameservers elsewhere with 2030288, or says so beside an empty list', () => {
    const elsewhere = domainsOf(portfolio)
      .filter(({ dnsHere }) => !dnsHere)
      .map(({ name }) => hosts(name));
    const listedEmpty = elsewhere.filter((response) => errorsOf(response).length === 0);

    expect(new Set(elsewhere.flatMap(errorsOf))).toEqual(new Set(['2030288']));
    expect(listedEmpty.length).toBeGreaterThan(0);
    expect(
      listedEmpty.every(({ body }) => body.includes('IsUsingOurDNS="false"') && !/<host/i.test(body)),
    ).toBe(true);
  });

  it('does not find somebody else’s domain', () => {
    expect(errorsOf(hosts('not-held.example'))).toEqual(['2019166']);
  });

  it('gives a domain below co.uk', () => {
    const { name } = findDomain(portfolio, (domain) => domain.dnsHere && domain.name.endsWith('.co.uk'));

    expect(hosts(name).body).toContain(`Domain="${name}"`);
  });

  it('keeps SRV to itself, and the truth knows that', () => {
    const domain = findDomain(
      portfolio,
      ({ dnsHere, rrsets }) => dnsHere && rrsets.some(({ type }) => type === 'SRV'),
    );

    expect(ofType('SRV')).toEqual([]);
    expect(namecheapProtocol.truthRecords(domain)).toEqual(
      domain.rrsets.filter(({ type }) => type !== 'SRV'),
    );
  });

  it('has a preference on every type, and one that counts on MX', () => {
    expect(all.every(({ Type, MXPref }) => Type === 'MX' || MXPref === '10')).toBe(true);
    expect(new Set(ofType('MX').map(({ MXPref }) => MXPref)).size).toBeGreaterThan(3);
  });

  it('has targets with a dot, some in capitals, and the element’s name in two spellings', () => {
    expect(ofType('CNAME').every(({ Address }) => Address?.endsWith('.'))).toBe(true);
    expect(ofType('CNAME').some(({ Address = '' }) => /[A-Z]/.test(Address))).toBe(true);
    expect(answers.some((xml) => xml.includes('<Host '))).toBe(true);
    expect(answers.some((xml) => xml.includes('<host '))).toBe(true);
  });

  it('escapes quotes and ampersands in values', () => {
    expect(ofType('TXT').some(({ Address = '' }) => Address.includes('"dmarc\\reports"'))).toBe(true);
    expect(ofType('URL301').some(({ Address = '' }) => Address.includes('?from=a&to=b'))).toBe(true);
    expect(answers.some((xml) => xml.includes('&quot;framed&quot;'))).toBe(true);
  });

  it('has CAA values with quotes and without', () => {
    const values = ofType('CAA').map(({ Address = '' }) => Address);

    expect(values).toContain('0 issue "letsencrypt.org"');
    expect(values).toContain('0 issue letsencrypt.org');
  });

  it('leaves out the TTL where it is automatic', () => {
    const without = all.filter(({ TTL }) => TTL === undefined);

    expect(without.length).toBeGreaterThan(0);
    expect(without.length).toBeLessThan(all.length / 2);
  });

  it('says how mail is set up', () => {
    for (const xml of answers) {
      const [result] = elements(xml, 'DomainDNSGetHostsResult');
      const types = elements(xml, 'host').map(({ Type }) => Type);
      const kind = ['MXE', 'MX'].find((type) => types.includes(type));

      if (kind) expect(result?.EmailType).toBe(kind);
      else expect(['FWD', 'NONE', 'OX']).toContain(result?.EmailType);
    }
  });
});

describe('a domain', () => {
  const [domain] = domainsOf(portfolio);
  const DomainName = domain?.name ?? '';

  it('is described with its nameservers', () => {
    const [SLD = '', ...rest] = DomainName.split('.');
    const servers = call('demo-50', 'namecheap.domains.dns.getList', { SLD, TLD: rest.join('.') }).body;
    const info = call('demo-50', 'namecheap.domains.getInfo', { DomainName }).body;

    for (const xml of [servers, info]) {
      const given = [...xml.matchAll(/<Nameserver>([^<]+)</g)].map(([, host = '']) =>
        host.toLowerCase().replace(/\.$/, ''),
      );
      expect(given).toEqual(domain?.nameServers);
    }
    expect(info).toMatch(/<CreatedDate>\d\d\/\d\d\/\d{4}</);
  });

  it('has a lock that can be asked for', () => {
    const lock = call('demo-50', 'namecheap.domains.getRegistrarLock', { DomainName }).body;

    expect(lock).toContain(`RegistrarLockStatus="${domain?.locked}"`);
  });

  it('of somebody else is an error with a dummy result', () => {
    const DomainName = 'not-held.example';
    const info = call('demo-50', 'namecheap.domains.getInfo', { DomainName });

    expect(errorsOf(info)).toEqual(['2030166']);
    expect(info.body).toContain('ID="0"');
    expect(errorsOf(call('demo-50', 'namecheap.domains.getRegistrarLock', { DomainName }))).toEqual([
      '2019166',
    ]);
    expect(
      errorsOf(call('demo-50', 'namecheap.domains.dns.getList', { SLD: 'not-held', TLD: 'example' })),
    ).toEqual(['2019166']);
  });

  it('leaves the account’s balance alone', () => {
    expect(call('demo-10', 'namecheap.users.getBalances').body).toContain(
      '<UserGetBalancesResult Currency="USD"',
    );
  });
});
