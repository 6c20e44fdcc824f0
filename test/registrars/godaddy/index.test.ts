import { describe, expect, test } from 'vitest';
import { WindowClosedError } from '#core/errors.ts';
import { godaddy } from '#registrars/godaddy/index.ts';
import type { ScriptedAnswer, ScriptedCall } from '#test/support/scripted-server.ts';
import { readFixture } from '../fixtures.ts';
import { openOver, withScript } from '../open-account.ts';

const credentials = {
  apiKey: 'fake-godaddy-key-1',
  apiSecret: 'fake-godaddy-secret-1',
  customerId: '900000001',
};
const headers = {
  authorization: 'sso-key fake-godaddy-key-1:fake-godaddy-secret-1',
  'x-shopper-id': undefined,
};

function fixture(name: string, status = 200): ScriptedAnswer {
  return { status, body: readFixture(`godaddy/${name}`) };
}

function get(path: string, query: Record<string, string>, answer: ScriptedAnswer): ScriptedCall {
  return { method: 'GET', path, query, headers, answer };
}

const firstPage = { limit: '1000', includes: 'nameServers', statusGroups: 'VISIBLE' };
const list = (answer: ScriptedAnswer, marker?: string) =>
  get('/v1/domains', marker === undefined ? firstPage : { ...firstPage, marker }, answer);
const one = (answer: ScriptedAnswer) => get('/v1/domains', { limit: '1' }, answer);
const shopper = (answer: ScriptedAnswer, id = '900000001') => get(`/v1/shoppers/${id}`, {}, answer);
const records = (answer: ScriptedAnswer, offset?: string) =>
  get(
    '/v1/domains/example.com/records',
    offset === undefined ? { limit: '500' } : { limit: '500', offset },
    answer,
  );

const refusals: [string, ScriptedAnswer, object][] = [
  ['401', fixture('unable-to-authenticate.json', 401), { code: 'INVALID_CREDENTIALS' }],
  [
    '403',
    fixture('access-denied.json', 403),
    {
      code: 'ACCESS_NOT_GRANTED',
      facts: { registrar: 'godaddy', status: 403, reason: 'accountNotEligible' },
    },
  ],
  [
    '429',
    fixture('too-many-requests.json', 429),
    { code: 'RATE_LIMITED', facts: { registrar: 'godaddy', status: 429, retryAfterMs: 24_000 } },
  ],
  ['500', fixture('server-error.json', 500), { code: 'REGISTRAR_UNAVAILABLE' }],
  ['503 in HTML', fixture('maintenance.html', 503), { code: 'REGISTRAR_UNAVAILABLE' }],
  ['HTML', fixture('maintenance.html'), { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['nothing', { body: '' }, { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['an object', { body: '{}' }, { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['a cut-off list', { body: '[{"domain":"example.com"' }, { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['400', { status: 400, body: '{}' }, { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['400 with a list', { status: 400, body: '[]' }, { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['422', fixture('invalid-body.json', 422), { code: 'REGISTRAR_BAD_RESPONSE' }],
  [
    '400 that says the domain is unknown',
    fixture('unknown-domain.json', 400),
    { code: 'REGISTRAR_BAD_RESPONSE' },
  ],
];

describe('validate', () => {
  const validate = (script: ScriptedCall[], changed = {}) =>
    withScript(godaddy, { ...credentials, ...changed }, script, (account) => account.validate());

  test('asks for one domain and for the shopper, and is content when both fit', async () => {
    const result = await validate([one({ body: [] }), shopper(fixture('shopper.json'))]);

    expect(result).toEqual({ notices: [], credentialsExpireAt: null });
  });

  test.each(refusals)('answered %s fails, and the shopper is not asked for', async (_, answer, error) => {
    await expect(validate([one(answer)])).rejects.toMatchObject(error);
  });

  test.each<[string, ScriptedAnswer]>([
    ['404', fixture('not-found.json', 404)],
    ['another account', { body: { shopperId: '900000002' } }],
  ])('whose shopper is answered by %s fails as a wrong customer id', async (_, answer) => {
    await expect(validate([one({ body: [] }), shopper(answer)])).rejects.toMatchObject({
      code: 'AUTHENTICATION_FAILED',
      facts: { registrar: 'godaddy', reason: 'wrongCustomerId' },
    });
  });

  test.each<[string, ScriptedAnswer]>([
    ['403', fixture('access-denied.json', 403)],
    ['403 with the very id', { status: 403, body: { shopperId: '900000001' } }],
    ['ids without a letter', { body: { shopperId: '', customerId: '' } }],
    ['401', fixture('unable-to-authenticate.json', 401)],
    ['429', fixture('too-many-requests.json', 429)],
    ['500', fixture('server-error.json', 500)],
    ['HTML', fixture('maintenance.html')],
    ['a packed answer', { headers: { 'content-encoding': 'gzip' }, body: 'x' }],
    ['an answer without an id', { body: {} }],
  ])('whose shopper is answered by %s passes with a notice', async (_, answer) => {
    const result = await validate([one({ body: [] }), shopper(answer)]);

    expect(result.notices).toEqual(['CUSTOMER_ID_NOT_CHECKED']);
  });

  test('knows an account by its UUID, and does not compare a UUID with a number', async () => {
    const customerId = '295e3bc3-b3b9-4d95-aae5-ede41a994d13';
    const known = [one({ body: [] }), shopper({ body: { shopperId: '1', customerId } }, customerId)];
    const untold = [one({ body: [] }), shopper({ body: { shopperId: '1' } }, customerId)];

    expect((await validate(known, { customerId })).notices).toEqual([]);
    expect((await validate(untold, { customerId })).notices).toEqual(['CUSTOMER_ID_NOT_CHECKED']);
  });

  test.each(['9000-0001', '9'.repeat(36)])(
    'takes %s for no UUID: another number is a contradiction',
    async (customerId) => {
      const script = [one({ body: [] }), shopper({ body: { shopperId: '900000001' } }, customerId)];

      await expect(validate(script, { customerId })).rejects.toMatchObject({
        code: 'AUTHENTICATION_FAILED',
        facts: { reason: 'wrongCustomerId' },
      });
    },
  );

  test('lets a closed window pass through', async () => {
    const error = new WindowClosedError(1);
    const account = openOver(godaddy, credentials, async ({ path }) => {
      if (path !== '/v1/domains') throw error;
      return { status: 200, headers: {}, body: '[]' };
    });

    await expect(account.validate()).rejects.toBe(error);
  });

  test.each(['..', 'a/b', '1?x=1', '1 2', 'é', ''])(
    'refuses the customer id %j, which can be none, without asking for it',
    async (customerId) => {
      await expect(validate([one({ body: [] })], { customerId })).rejects.toMatchObject({
        code: 'AUTHENTICATION_FAILED',
      });
    },
  );

  test.each(['fake-kéy', 'fake\r\nkey', ''])('refuses the key %j without any call', async (apiKey) => {
    await expect(validate([], { apiKey })).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });
});

describe('listPage', () => {
  const listPage = (script: ScriptedCall[], cursor: string | null = null) =>
    withScript(godaddy, credentials, script, (account) => account.listPage(cursor));

  test('brings each entry into the common form', async () => {
    const page = await listPage([list(fixture('domains.json'))]);

    expect(page).toMatchObject({ nextCursor: null, declaredTotal: null, skipped: 1 });
    expect(page.domains.map(({ name }) => name)).toEqual([
      'example.com',
      'xn--bcher-kva.example',
      'only-dns.example',
      'arriving.example',
      'strange.example',
    ]);
    expect(page.domains[0]).toEqual({
      name: 'example.com',
      statuses: [],
      rawStatuses: ['ACTIVE'],
      registrarState: 'active',
      registeredAt: '2015-03-04T05:06:07.000Z',
      expiresAt: '2027-03-04T05:06:07.000Z',
      expiryPrecision: 'INSTANT',
      autoRenew: true,
      locked: true,
      privacy: false,
      nameServers: ['ns01.domaincontrol.com', 'ns02.domaincontrol.com'],
      registeredHere: true,
      zone: 'HERE',
    });
    expect(page.domains[1]).toMatchObject({
      expiresAt: '2026-12-24T03:04:05.000Z',
      registrarState: 'transferring',
      zone: 'ELSEWHERE',
    });
  });

  test('tells a domain of which only the DNS is here from one that is arriving', async () => {
    const { domains } = await listPage([list(fixture('domains.json'))]);

    expect(domains[2]).toMatchObject({
      registeredHere: false,
      registeredAt: null,
      expiresAt: null,
      nameServers: null,
      zone: 'UNKNOWN',
    });
    expect(domains[3]).toMatchObject({ registeredHere: true, expiresAt: null, locked: null, privacy: null });
  });

  test('takes a zone for its own by any nameserver of its own, and for nobody’s by none', async () => {
    const domain = (name: string, nameServers: readonly string[]) => ({ domain: name, nameServers });
    const body = [
      domain('mixed.example', ['ns1.example.net', 'ns02.domaincontrol.com']),
      domain('none.example', []),
    ];

    const { domains } = await listPage([list({ body })]);

    expect(domains.map(({ zone }) => zone)).toEqual(['HERE', 'UNKNOWN']);
  });

  test('takes 203 for an answer', async () => {
    expect(await listPage([list({ ...fixture('domains.json'), status: 203 })])).toMatchObject({ skipped: 1 });
  });

  test('keeps an unknown status word and guesses nothing from it', async () => {
    const { domains } = await listPage([list(fixture('domains.json'))]);

    expect(domains[4]).toMatchObject({
      rawStatuses: ['A_WORD_OF_TOMORROW'],
      registrarState: null,
      statuses: [],
    });
  });

  const thousand = Array.from({ length: 1_000 }, (_, index) => ({ domain: `Name${index}.example` }));

  test('goes on after a full page at its last name as written, and ends at an empty one', async () => {
    const first = await listPage([list({ body: thousand })]);
    const last = await listPage([list({ body: [] }, 'Name999.example')], first.nextCursor);

    expect([first.nextCursor, last.nextCursor]).toEqual(['Name999.example', null]);
  });

  test('is incomplete where the marker leads to the same page again', async () => {
    const result = listPage([list({ body: thousand }, 'Name999.example')], 'Name999.example');

    await expect(result).rejects.toMatchObject({ code: 'LIST_INCOMPLETE', facts: { registrar: 'godaddy' } });
  });

  test.each(refusals)('answered %s fails', async (_, answer, error) => {
    await expect(listPage([list(answer)])).rejects.toMatchObject(error);
  });

  test.each([
    ['a number for a name', { domain: 7 }, '0/domain'],
    ['a name that is none', { domain: 'not a name' }, '0/domain'],
    ['no name', {}, '0/domain'],
    ['a date that is none', { domain: 'a.example', expires: 'soon' }, '0/expires'],
    ['a day that is none', { domain: 'a.example', expires: '2027-02-30T00:00:00Z' }, '0/expires'],
    ['a list for a status', { domain: 'a.example', status: ['ACTIVE'] }, '0/status'],
    ['text for nameservers', { domain: 'a.example', nameServers: 'ns1.example.net' }, '0/nameServers'],
  ])('with %s is a bad response that names the place only', async (_, entry, path) => {
    await expect(listPage([list({ body: [entry] })])).rejects.toMatchObject({
      code: 'REGISTRAR_BAD_RESPONSE',
      facts: { path },
    });
  });

  test('takes no field from a prototype', async () => {
    const body = '[{"domain":"a.example","__proto__":{"status":"ACTIVE","locked":true}}]';

    const { domains } = await listPage([list({ body })]);

    expect(domains[0]).toMatchObject({ rawStatuses: [], locked: null });
  });
});

describe('readZone', () => {
  const readZone = (script: ScriptedCall[], zone: 'HERE' | 'ELSEWHERE' = 'HERE') =>
    withScript(godaddy, credentials, script, (account) => account.readZone({ name: 'example.com', zone }));

  test('brings records into canonical sets', async () => {
    const reading = await readZone([records(fixture('records.json'))]);

    expect(reading.status).toBe('FETCHED');
    const sets = reading.status === 'FETCHED' ? reading.rrsets : [];
    expect(
      sets
        .map(({ name, type, ttl, records: rdata, pseudo }) =>
          [name, ttl, type, ...(pseudo ? [pseudo.kind, pseudo.value] : rdata)].join(' '),
        )
        .sort(),
    ).toEqual(
      [
        'example.com. 600 A 203.0.113.9 203.0.113.10',
        'example.com. 600 AAAA 2001:db8::1',
        'example.com. 3600 CAA 0 issue "letsencrypt.org"',
        'example.com. 3600 MX 10 mail.example.net.',
        'example.com. 3600 NS ns01.domaincontrol.com.',
        'example.com. 3600 SOA SOA Primary nameserver: ns01.domaincontrol.com',
        'example.com. 3600 TXT "v=spf1 -all"',
        '*.example.com. 3600 CNAME edge.example.net.',
        '_dmarc.example.com. 3600 TXT "v=DMARC1; p=none"',
        '_imaps._tcp.mail.example.com. 3600 SRV 0 1 993 mail.example.net.',
        '_sip._tcp.example.com. 3600 SRV 10 5 5060 sip.example.net.',
        'parked.example.com. 600 A PARKED Parked',
        'www.example.com. 3600 CNAME example.com.',
      ].sort(),
    );
  });

  test('shows a record that it cannot read as it is, beside the others', async () => {
    const body = [
      { type: 'A', name: '@', data: '999.1.1.1', ttl: 600 },
      { type: 'A', name: 'www', data: '192.0.2.1', ttl: 600 },
    ];

    const reading = await readZone([records({ body })]);

    expect(reading).toMatchObject({
      rrsets: [
        { name: 'example.com.', pseudo: { provider: 'godaddy', kind: 'A', value: '999.1.1.1' } },
        { name: 'www.example.com.', records: ['192.0.2.1'] },
      ],
    });
  });

  test.each([
    [{ type: 'CAA', data: 'ca.example', tag: 'issue' }, '@ CAA 0 issue "ca.example"'],
    [{ type: 'CAA', data: 'ca.example', tag: 'issue', flags: 128 }, '@ CAA 128 issue "ca.example"'],
    [{ type: 'CAA', data: 'ca.example', tag: 'issue', flag: 128 }, '@ CAA 128 issue "ca.example"'],
    [{ type: 'CAA', data: '0 issue "ca.example"' }, '@ CAA 0 issue "ca.example"'],
    [{ type: 'CAA', data: '0 issue "ca.example"', flags: 0 }, '@ CAA 0 issue "ca.example"'],
    [{ type: 'TXT', data: 'parked' }, '@ TXT "parked"'],
    [{ type: 'TXT', data: '"v=spf1 -all"' }, '@ TXT "v=spf1 -all"'],
    [{ type: 'SOA', data: 'ns1.example. me.example. 1 2 3 4 5' }, '@ SOA ns1.example. me.example. 1 2 3 4 5'],
    [
      { type: 'CNAME', name: 'www', data: 'a.example', service: '_x', protocol: '_y' },
      'www CNAME a.example.',
    ],
    [{ type: 'SRV', data: 'a.example', priority: 1, weight: 2, port: 3 }, '@ SRV 1 2 3 a.example.'],
    [
      {
        type: 'SRV',
        name: '',
        data: 'a.example',
        priority: 1,
        weight: 2,
        port: 3,
        service: '_x',
        protocol: '_tcp',
      },
      '_x._tcp SRV 1 2 3 a.example.',
    ],
    [
      {
        type: 'SRV',
        name: 'b',
        data: 'a.example',
        priority: 1,
        weight: 2,
        port: 3,
        service: '_x',
        protocol: '',
      },
      'b SRV 1 2 3 a.example.',
    ],
    [
      { type: 'SRV', name: 'b', data: 'a.example', priority: 1, weight: 2, port: 3, protocol: '_tcp' },
      'b SRV 1 2 3 a.example.',
    ],
  ])('reads %j', async (record, wanted) => {
    const reading = await readZone([records({ body: [{ name: '@', ttl: 600, ...record }] })]);

    const [set] = reading.status === 'FETCHED' ? reading.rrsets : [];
    const owner = set?.name.replace(/\.?example\.com\.$/, '') || '@';
    expect(`${owner} ${set?.type} ${set?.records.join(' ')}`).toBe(wanted);
  });

  const page = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      type: 'A',
      name: `host-${from + index}`,
      data: '192.0.2.1',
      ttl: 600,
    }));
  const countSets = (reading: Awaited<ReturnType<typeof readZone>>) =>
    reading.status === 'FETCHED' ? reading.rrsets.length : -1;

  test('asks for a second page after exactly 500, and drops what comes twice', async () => {
    const reading = await readZone([records({ body: page(0, 500) }), records({ body: page(490, 60) }, '2')]);

    expect(countSets(reading)).toBe(550);
  });

  test('takes 422 behind a full page for the end', async () => {
    const reading = await readZone([
      records({ body: page(0, 500) }),
      records(fixture('invalid-body.json', 422), '2'),
    ]);

    expect(countSets(reading)).toBe(500);
  });

  test('is incomplete where a full page comes again', async () => {
    const script = [records({ body: page(0, 500) }), records({ body: page(0, 500) }, '2')];

    await expect(readZone(script)).rejects.toMatchObject({
      code: 'LIST_INCOMPLETE',
      facts: { registrar: 'godaddy' },
    });
  });

  test('gives up a zone that has no end', async () => {
    const script = Array.from({ length: 40 }, (_, index) =>
      records({ body: page(index * 500, 500) }, index === 0 ? undefined : String(index + 1)),
    );

    await expect(readZone(script)).rejects.toMatchObject({
      code: 'LIST_INCOMPLETE',
      facts: { registrar: 'godaddy' },
    });
  });

  test('whose domain is unknown only behind its first page is a bad response', async () => {
    const script = [records({ body: page(0, 500) }), records(fixture('unknown-domain.json', 404), '2')];

    await expect(readZone(script)).rejects.toMatchObject({ code: 'REGISTRAR_BAD_RESPONSE' });
  });

  test('is elsewhere where GoDaddy has no zone, and where the listing said so, without a call', async () => {
    expect(await readZone([records(fixture('unknown-domain.json', 404))])).toEqual({ status: 'ELSEWHERE' });
    expect(await readZone([], 'ELSEWHERE')).toEqual({ status: 'ELSEWHERE' });
  });

  test('of a domain that is gone is a bad response', async () => {
    await expect(readZone([records(fixture('not-found.json', 404))])).rejects.toMatchObject({
      code: 'REGISTRAR_BAD_RESPONSE',
      facts: { status: 404 },
    });
  });

  test.each(refusals)('answered %s fails', async (_, answer, error) => {
    await expect(readZone([records(answer)])).rejects.toMatchObject(error);
  });

  test.each([
    ['an owner that is none', { type: 'A', name: 'a..b', data: '192.0.2.1', ttl: 600 }, '0'],
    ['a negative TTL', { type: 'A', name: '@', data: '192.0.2.1', ttl: -1 }, '0/ttl'],
    ['no data', { type: 'A', name: '@', ttl: 600 }, '0/data'],
  ])('with %s is a bad response', async (_, record, path) => {
    await expect(readZone([records({ body: [record] })])).rejects.toMatchObject({
      code: 'REGISTRAR_BAD_RESPONSE',
      facts: { path },
    });
  });
});
