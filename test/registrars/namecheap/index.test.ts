import { describe, expect, test } from 'vitest';
import { namecheap } from '#registrars/namecheap/index.ts';
import type { ScriptedAnswer, ScriptedCall } from '#test/support/scripted-server.ts';
import { readFixture } from '../fixtures.ts';
import { withScript } from '../open-account.ts';

const credentials = { username: 'fake-user', apiKey: 'fake-namecheap-key-1&x=1' };
const place = { egressAddress: '198.51.100.7' };

function command(name: string, parameters: Record<string, string>, answer: ScriptedAnswer): ScriptedCall {
  return {
    method: 'POST',
    path: '/xml.response',
    headers: { accept: 'application/xml', 'content-type': 'application/x-www-form-urlencoded' },
    form: {
      ApiUser: 'fake-user',
      ApiKey: 'fake-namecheap-key-1&x=1',
      UserName: 'fake-user',
      ClientIp: '198.51.100.7',
      Command: name,
      ...parameters,
    },
    answer,
  };
}

const list = (answer: ScriptedAnswer, page = '1', size = '100') =>
  command(
    'namecheap.domains.getList',
    { ListType: 'ALL', SortBy: 'NAME', Page: page, PageSize: size },
    answer,
  );
const hosts = (answer: ScriptedAnswer, sld = 'example', tld = 'com') =>
  command('namecheap.domains.dns.getHosts', { SLD: sld, TLD: tld }, answer);
const fixture = (name: string): ScriptedAnswer => ({ body: readFixture(`namecheap/${name}`) });
const failure = (...numbers: string[]): ScriptedAnswer => ({
  body: `<ApiResponse Status="ERROR"><Errors>${numbers
    .map((number) => `<Error Number="${number}">fake-namecheap-key-1</Error>`)
    .join('')}</Errors></ApiResponse>`,
});
const success = (response: string): ScriptedAnswer => ({
  body: `<ApiResponse Status="OK"><Errors/><CommandResponse>${response}</CommandResponse></ApiResponse>`,
});

const refusals: [string, ScriptedAnswer, object][] = [
  [
    'an address that is not allowed',
    fixture('address-not-allowed.xml'),
    {
      code: 'AUTHENTICATION_FAILED',
      facts: { registrar: 'namecheap', reason: 'addressNotAllowed', address: '198.51.100.7' },
    },
  ],
  ['1017150', failure('1017150'), { code: 'AUTHENTICATION_FAILED', facts: { reason: 'addressNotAllowed' } }],
  ['1017105', failure('1017105'), { code: 'AUTHENTICATION_FAILED', facts: { reason: 'addressNotAllowed' } }],
  ['1017101', failure('1017101'), { code: 'AUTHENTICATION_FAILED', facts: { reason: 'accountDisabled' } }],
  ['1011102', failure('1011102'), { code: 'INVALID_CREDENTIALS', facts: { reason: 'apiAccessOff' } }],
  ['1019103', failure('1019103'), { code: 'INVALID_CREDENTIALS' }],
  ['1010102', failure('1010102'), { code: 'INTERNAL' }],
  ['5050900', failure('5050900'), { code: 'REGISTRAR_UNAVAILABLE' }],
  ['500000', failure('500000'), { code: 'RATE_LIMITED' }],
  [
    'an unknown number',
    failure('9999999'),
    { code: 'REGISTRAR_BAD_RESPONSE', facts: { path: 'Errors/9999999' } },
  ],
  [
    'a number that is none',
    failure('fake-key'),
    { code: 'REGISTRAR_BAD_RESPONSE', facts: { path: 'Errors/none' } },
  ],
  ...['1011150x', 'x1011150', '1234567890', ''].map((number): (typeof refusals)[number] => [
    `${JSON.stringify(number)} for a number`,
    failure(number),
    { code: 'REGISTRAR_BAD_RESPONSE', facts: { registrar: 'namecheap', path: 'Errors/none' } },
  ]),
  [
    'an error without a number',
    { body: '<ApiResponse Status="ERROR"><Errors><Error/><Other Number="1011102"/></Errors></ApiResponse>' },
    { code: 'REGISTRAR_BAD_RESPONSE', facts: { path: 'Errors/none' } },
  ],
  ['no number', failure(), { code: 'REGISTRAR_BAD_RESPONSE', facts: { path: 'Errors/none' } }],
  [
    'several errors, of which the most telling counts',
    failure('5050900', '1011102', '1011150'),
    { code: 'AUTHENTICATION_FAILED', facts: { reason: 'addressNotAllowed' } },
  ],
  ['405', { status: 405, body: '' }, { code: 'RATE_LIMITED', facts: { status: 405 } }],
  ['429', { status: 429, body: '' }, { code: 'RATE_LIMITED' }],
  ['502', { status: 502, body: '' }, { code: 'REGISTRAR_UNAVAILABLE' }],
  ['404', { status: 404, body: '' }, { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['404 with a good body', { ...fixture('domains.xml'), status: 404 }, { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['HTML', fixture('maintenance.html'), { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['JSON', { body: '{"Status":"OK"}' }, { code: 'REGISTRAR_BAD_RESPONSE' }],
  [
    'another root',
    { body: '<Other Status="OK"><CommandResponse/></Other>' },
    { code: 'REGISTRAR_BAD_RESPONSE' },
  ],
  [
    'no status',
    { body: '<ApiResponse><CommandResponse/></ApiResponse>' },
    { code: 'REGISTRAR_BAD_RESPONSE', facts: { registrar: 'namecheap', status: 200 } },
  ],
  [
    'success without a response',
    { body: '<ApiResponse Status="OK"/>' },
    { code: 'REGISTRAR_BAD_RESPONSE', facts: { status: 200 } },
  ],
  ['an empty response', success(''), { code: 'REGISTRAR_BAD_RESPONSE' }],
  [
    'a cut-off text',
    { body: readFixture('namecheap/domains.xml').slice(0, 700) },
    { code: 'REGISTRAR_BAD_RESPONSE' },
  ],
];

describe('validate', () => {
  const validate = (script: ScriptedCall[], from: { egressAddress: string | null } = place) =>
    withScript(namecheap, credentials, script, (account) => account.validate(), from);

  test('asks for one page of ten, with the key in the body alone', async () => {
    const result = await validate([list(fixture('no-domains.xml'), '1', '10')]);

    expect(result).toEqual({ notices: [], credentialsExpireAt: null });
  });

  test.each([{ username: 'fake-user' }, { apiKey: 'fake-key-1' }])(
    'makes no call with %j alone',
    async (given) => {
      const refused = withScript(namecheap, given, [], (account) => account.validate(), place);

      await expect(refused).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    },
  );

  test('without an address of ours fails as not allowed, without a call', async () => {
    await expect(validate([], { egressAddress: null })).rejects.toMatchObject({
      code: 'AUTHENTICATION_FAILED',
      facts: { reason: 'addressNotAllowed' },
    });
  });

  test.each(refusals)('answered by %s fails', async (_, answer, error) => {
    const result = validate([list(answer, '1', '10')]);

    await expect(result).rejects.toMatchObject(error);
    await expect(result).rejects.not.toThrow('fake-');
  });
});

describe('listPage', () => {
  const listPage = (script: ScriptedCall[], cursor: string | null = null) =>
    withScript(namecheap, credentials, script, (account) => account.listPage(cursor), place);

  test('brings each domain into the common form', async () => {
    const page = await listPage([list(fixture('domains.xml'))]);

    expect(page).toMatchObject({ nextCursor: null, declaredTotal: 3, skipped: 0 });
    expect(page.domains).toEqual([
      {
        name: 'example.com',
        statuses: [],
        rawStatuses: [],
        registrarState: null,
        registeredAt: '2016-02-15T00:00:00.000Z',
        expiresAt: '2028-02-29T00:00:00.000Z',
        expiryPrecision: 'DAY',
        autoRenew: true,
        locked: null,
        privacy: true,
        nameServers: null,
        registeredHere: true,
        zone: 'HERE',
      },
      expect.objectContaining({
        name: 'example.co.uk',
        registrarState: 'expired',
        locked: true,
        privacy: false,
        zone: 'ELSEWHERE',
      }),
      expect.objectContaining({
        name: 'arriving.example',
        registeredAt: null,
        expiresAt: null,
        privacy: false,
      }),
    ]);
  });

  test('reads numbers with blanks around them, and no element but a domain', async () => {
    const response = `<DomainGetListResult><Other Name="other.example"/><Domain Name="bare.example"/></DomainGetListResult>
      <Paging><TotalItems> 1
      </TotalItems><CurrentPage> 1 </CurrentPage></Paging>`;

    const page = await listPage([list(success(response))]);

    expect(page.declaredTotal).toBe(1);
    expect(page.domains).toEqual([expect.objectContaining({ name: 'bare.example', zone: 'UNKNOWN' })]);
  });

  test.each(['2030288', '4011103'])('answered by %s, which is said of zones, fails', async (number) => {
    await expect(listPage([list(failure(number))])).rejects.toMatchObject({
      code: 'ACCESS_NOT_GRANTED',
      facts: { registrar: 'namecheap' },
    });
  });

  test('tells our address only where it was refused', async () => {
    const error: unknown = await listPage([list(failure('1017101'))]).catch((reason: unknown) => reason);

    expect(error).toHaveProperty('facts', { registrar: 'namecheap', reason: 'accountDisabled' });
  });

  const manyDomains = (count: number, total: number, page = 1) =>
    success(
      `<DomainGetListResult>${Array.from({ length: count }, (_, index) => `<Domain Name="name${index}.example"/>`).join('')}</DomainGetListResult><Paging><TotalItems>${total}</TotalItems><CurrentPage>${page}</CurrentPage></Paging>`,
    );

  test.each([
    [null, '1', 0, 0, null],
    [null, '1', 100, 100, null],
    [null, '1', 100, 101, '2'],
    ['2', '2', 1, 101, null],
    ['3', '3', 100, 1_000, '4'],
  ])(
    'at cursor %s reads page %s of %i domains, of %i in all, and goes on at %s',
    async (cursor, page, count, total, next) => {
      const result = await listPage([list(manyDomains(count, total, Number(page)), page)], cursor);

      expect(result).toMatchObject({ nextCursor: next, declaredTotal: total });
      expect(result.domains).toHaveLength(count);
    },
  );

  test.each([
    ['20 where 100 are due', manyDomains(20, 250)],
    ['none though there is one', manyDomains(0, 1)],
    ['another page than was asked for', manyDomains(100, 250, 2)],
  ])('with %s is incomplete', async (_, answer) => {
    await expect(listPage([list(answer)])).rejects.toMatchObject({
      code: 'LIST_INCOMPLETE',
      facts: { registrar: 'namecheap' },
    });
  });

  test.each([
    ['a date with the day first', '<Domain Name="a.example" Expires="15/02/2027"/>', 'domains/0/expires'],
    ['a name that is none', '<Domain Name="not a name"/>', 'domains/0/name'],
    ['no name', '<Domain ID="1"/>', 'domains/0/name'],
  ])('with %s is a bad response', async (_, domain, path) => {
    const answer = success(
      `<DomainGetListResult>${domain}</DomainGetListResult><Paging><TotalItems>1</TotalItems></Paging>`,
    );

    await expect(listPage([list(answer)])).rejects.toMatchObject({
      code: 'REGISTRAR_BAD_RESPONSE',
      facts: { path },
    });
  });

  test.each([
    ['no result', '<Paging><TotalItems>0</TotalItems></Paging>', 'domains'],
    ['no total', '<DomainGetListResult/>', 'total'],
    [
      'a total that is no number',
      '<DomainGetListResult/><Paging><TotalItems>many</TotalItems></Paging>',
      'total',
    ],
  ])('with %s is a bad response, not an empty list', async (_, response, path) => {
    await expect(listPage([list(success(response))])).rejects.toMatchObject({
      code: 'REGISTRAR_BAD_RESPONSE',
      facts: { path },
    });
  });

  test.each(['0', '-1', 'x', '1e9', ''])('refuses %j, which is no cursor of its own', async (cursor) => {
    await expect(listPage([], cursor)).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  test.each(refusals)('answered by %s fails', async (_, answer, error) => {
    await expect(listPage([list(answer)])).rejects.toMatchObject(error);
  });
});

describe('readZone', () => {
  const readZone = (script: ScriptedCall[], name = 'example.com') =>
    withScript(namecheap, credentials, script, (account) => account.readZone({ name, zone: 'HERE' }), place);

  test('brings hosts into canonical sets, and forwarding into pseudo-records', async () => {
    const reading = await readZone([hosts(fixture('hosts.xml'))]);

    const sets = reading.status === 'FETCHED' ? reading.rrsets : [];
    expect(
      sets
        .map(({ name, type, ttl, records, pseudo }) =>
          [name, ttl, type, ...(pseudo ? [pseudo.kind, pseudo.value] : records)].join(' '),
        )
        .sort(),
    ).toEqual(
      [
        'example.com. 1799 A 203.0.113.10',
        'example.com. 1800 MX 20 mail.example.net.',
        'example.com. 1800 MXE MXE 192.0.2.25',
        'example.com. 3600 CAA 0 issue "letsencrypt.org"',
        'example.com. 60 TXT "v=spf1 include:\\"a\\" & b ~all"',
        'go.example.com. 1800 URL301 URL301 https://www.example.org/?a=1&b=2',
        'shop.example.com. 300 ALIAS ALIAS shops.example.net.',
        'sub.example.com. 3600 CAA 128 iodef "mailto:security@example.net"',
        'www.example.com. 1800 CNAME parkingpage.example.net.',
      ].sort(),
    );
  });

  test.each([
    ['TXT', '0 issue "ca.example"', '"0 issue \\"ca.example\\""'],
    ['CAA', '0 issue ca.example', '0 issue "ca.example"'],
    ['CAA', '128  issue  "ca.example; x=1"', '128 issue "ca.example; x=1"'],
    ['SRV', '1 2 3 sip.example.net', '1 2 3 sip.example.net.'],
    ['HTTPS', '1 . alpn=h2', '1 . alpn=h2'],
  ])('reads a %s record with the address %s', async (type, address, wanted) => {
    const host = `<other/><host Name="@" Type="${type}" Address="${address.replaceAll('"', '&quot;')}" MXPref="10" TTL="60"/>`;
    const answer = success(
      `<DomainDNSGetHostsResult Domain="example.com" IsUsingOurDNS="true">${host}</DomainDNSGetHostsResult>`,
    );

    const reading = await readZone([hosts(answer)]);

    expect(reading).toMatchObject({ rrsets: [{ type, records: [wanted] }] });
  });

  test('splits a name at its first dot', async () => {
    const reading = await readZone(
      [hosts(fixture('other-dns-servers.xml'), 'example', 'co.uk')],
      'example.co.uk',
    );

    expect(reading).toEqual({ status: 'ELSEWHERE' });
  });

  test('is elsewhere by either of two signs, and without a call where the listing said so', async () => {
    expect(await readZone([hosts(fixture('other-dns-servers.xml'))])).toEqual({ status: 'ELSEWHERE' });
    expect(await readZone([hosts(fixture('hosts-elsewhere.xml'))])).toEqual({ status: 'ELSEWHERE' });
    const told = withScript(
      namecheap,
      credentials,
      [],
      (account) => account.readZone({ name: 'example.com', zone: 'ELSEWHERE' }),
      place,
    );
    expect(await told).toEqual({ status: 'ELSEWHERE' });
  });

  test('that the account may not read is not permitted', async () => {
    expect(await readZone([hosts(failure('4011103'))])).toEqual({ status: 'NOT_PERMITTED' });
  });

  test('believes an error above the made-up result that comes with it', async () => {
    await expect(readZone([hosts(fixture('error-with-result.xml'))])).rejects.toMatchObject({
      code: 'REGISTRAR_BAD_RESPONSE',
    });
  });

  test('of another domain than was asked for is a bad response', async () => {
    await expect(readZone([hosts(fixture('hosts.xml'), 'other', 'com')], 'other.com')).rejects.toMatchObject({
      code: 'REGISTRAR_BAD_RESPONSE',
      facts: { path: 'domain' },
    });
  });

  test.each([
    ['a name that is none', '<host Name="a..b" Type="A" Address="192.0.2.1" TTL="60"/>', 'hosts/0'],
    ['a TTL that is none', '<host Name="@" Type="A" Address="192.0.2.1" TTL="auto"/>', 'hosts/0/ttl'],
    ['no type', '<host Name="@" Address="192.0.2.1" TTL="60"/>', 'hosts/0/type'],
  ])('with %s is a bad response', async (_, host, path) => {
    const answer = success(
      `<DomainDNSGetHostsResult Domain="example.com" IsUsingOurDNS="true">${host}</DomainDNSGetHostsResult>`,
    );

    await expect(readZone([hosts(answer)])).rejects.toMatchObject({
      code: 'REGISTRAR_BAD_RESPONSE',
      facts: { path },
    });
  });

  test.each(refusals)('answered by %s fails', async (_, answer, error) => {
    await expect(readZone([hosts(answer)])).rejects.toMatchObject(error);
  });
});
