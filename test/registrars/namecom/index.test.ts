import { describe, expect, test } from 'vitest';
import type { ZonePlace } from '#core/domain.ts';
import { namecom } from '#registrars/namecom/index.ts';
import type { ScriptedAnswer, ScriptedCall } from '#test/support/scripted-server.ts';
import { readFixture } from '../fixtures.ts';
import { TEST_NOW_MS, withScript } from '../open-account.ts';

const credentials = { username: 'fakeuser', apiToken: 'fake-namecom-token-1' };
const headers = { authorization: `Basic ${btoa('fakeuser:fake-namecom-token-1')}` };

function fixture(name: string, status = 200, answerHeaders: Record<string, string> = {}): ScriptedAnswer {
  return { status, headers: answerHeaders, body: readFixture(`namecom/${name}`) };
}

function get(path: string, query: Record<string, string>, answer: ScriptedAnswer): ScriptedCall {
  return { method: 'GET', path: `/core/v1${path}`, query, headers, answer };
}

const hello = (answer: ScriptedAnswer) => get('/hello', {}, answer);
const list = (answer: ScriptedAnswer, page = '1') =>
  get('/domains', { perPage: '1000', page, sort: 'domainName', dir: 'asc' }, answer);
const records = (answer: ScriptedAnswer, page = '1') =>
  get('/domains/example.com/records', { perPage: '1000', page }, answer);

/** Refusals of any call, and what each is taken for. */
const refusals: [string, ScriptedAnswer, object][] = [
  [
    '401',
    fixture('unauthorized.json', 401),
    { code: 'INVALID_CREDENTIALS', facts: { registrar: 'namecom', status: 401 } },
  ],
  ['401 in the words of v4', fixture('unauthenticated.json', 401), { code: 'INVALID_CREDENTIALS' }],
  [
    '403',
    fixture('permission-denied.json', 403),
    { code: 'ACCESS_NOT_GRANTED', facts: { registrar: 'namecom', status: 403, reason: 'apiAccessOff' } },
  ],
  [
    '403 that names the address',
    fixture('address-denied.json', 403),
    {
      code: 'AUTHENTICATION_FAILED',
      facts: { registrar: 'namecom', status: 403, reason: 'addressNotAllowed' },
    },
  ],
  ...['IP not on the Allowlist', 'see your allow-list', 'whitelist', 'No White-List entry'].map(
    (message): (typeof refusals)[number] => [
      `403 that says "${message}"`,
      { status: 403, body: { message, details: 'x' } },
      { code: 'AUTHENTICATION_FAILED', facts: { reason: 'addressNotAllowed' } },
    ],
  ),
  [
    '403 whose details name the address',
    { status: 403, body: { message: 'Permission Denied', details: 'IP' } },
    { code: 'AUTHENTICATION_FAILED', facts: { reason: 'addressNotAllowed' } },
  ],
  ...['recipe', 'the list'].map((message): (typeof refusals)[number] => [
    `403 that says "${message}"`,
    { status: 403, body: { message } },
    { code: 'ACCESS_NOT_GRANTED' },
  ]),
  [
    '429',
    fixture('rate-limit-exceeded.json', 429, { 'x-ratelimit-reset': String(TEST_NOW_MS / 1_000 + 90) }),
    { code: 'RATE_LIMITED', facts: { registrar: 'namecom', status: 429, retryAfterMs: 90_000 } },
  ],
  ['500', fixture('server-error.json', 500), { code: 'REGISTRAR_UNAVAILABLE' }],
  ['503 in HTML', fixture('maintenance.html', 503), { code: 'REGISTRAR_UNAVAILABLE' }],
  ['400', fixture('invalid-argument.json', 400), { code: 'INTERNAL' }],
  ['415', { status: 415 }, { code: 'INTERNAL' }],
  ['422', { status: 422 }, { code: 'INTERNAL' }],
  ['402', fixture('payment-required.json', 402), { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['404', fixture('not-found.json', 404), { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['423', fixture('locked.json', 423), { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['HTML', fixture('maintenance.html'), { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['nothing', { body: '' }, { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['a list', { body: '[]' }, { code: 'REGISTRAR_BAD_RESPONSE' }],
];

describe('validate', () => {
  const validate = (script: ScriptedCall[], changed = {}) =>
    withScript(namecom, { ...credentials, ...changed }, script, (account) => account.validate());

  test('says hello, once', async () => {
    const result = await validate([hello(fixture('hello.json'))]);

    expect(result).toEqual({ notices: [], credentialsExpireAt: null });
  });

  test('reads JSON that is called HTML', async () => {
    const answer = fixture('hello.json', 200, { 'content-type': 'text/html' });

    expect(await validate([hello(answer)])).toEqual({ notices: [], credentialsExpireAt: null });
  });

  test.each(refusals)('answered by %s fails', async (_, answer, error) => {
    await expect(validate([hello(answer)])).rejects.toMatchObject(error);
  });

  test.each([
    { username: 'fake:user' },
    { username: '' },
    { username: 'fake user' },
    { apiToken: '' },
    { apiToken: 'fake-tokén' },
  ])('makes no call with %j', async (changed) => {
    await expect(validate([], changed)).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });
});

describe('listPage', () => {
  const listPage = (script: ScriptedCall[], cursor: string | null = null) =>
    withScript(namecom, credentials, script, (account) => account.listPage(cursor));
  const entries = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ domainName: `name-${index}.example`, nameservers: [] }));

  test('brings each entry into the common form, what is missing for zero', async () => {
    const page = await listPage([list(fixture('domains.json'))]);

    expect(page).toMatchObject({ nextCursor: null, declaredTotal: 4, skipped: 0 });
    const [first, zeros, untold, locks] = page.domains;
    expect(first).toEqual({
      name: 'example.com',
      statuses: [],
      rawStatuses: [],
      registrarState: null,
      registeredAt: '2015-01-15T14:30:00.000Z',
      expiresAt: '2027-01-15T14:30:00.000Z',
      expiryPrecision: 'INSTANT',
      autoRenew: true,
      locked: true,
      privacy: true,
      nameServers: ['ns1qsy.name.com', 'ns2abc.name.com'],
      registeredHere: true,
      zone: 'HERE',
    });
    expect(zeros).toMatchObject({
      registeredAt: null,
      autoRenew: false,
      locked: false,
      privacy: false,
      zone: 'ELSEWHERE',
    });
    expect(untold).toMatchObject({
      registeredAt: null,
      expiresAt: '2030-06-01T00:00:00.500Z',
      autoRenew: null,
      locked: null,
      privacy: null,
      nameServers: [],
      zone: 'UNKNOWN',
    });
    expect(locks).toMatchObject({ locked: true, expiresAt: null, zone: 'HERE' });
  });

  test('does not take for off what the older dialect does not tell', async () => {
    const page = await listPage([list(fixture('domains-v4.json'))]);

    expect(page).toMatchObject({
      nextCursor: null,
      declaredTotal: null,
      domains: [
        { autoRenew: true, locked: true, privacy: null, nameServers: null, zone: 'UNKNOWN' },
        { autoRenew: false, locked: false, privacy: null, nameServers: null, zone: 'UNKNOWN' },
      ],
    });
  });

  test.each([
    ['1', 2_500, 1_000, { nextPage: 2 }, '2'],
    ['2', 2_500, 1_000, { nextPage: 3 }, '3'],
    ['3', 2_500, 500, { nextPage: 0 }, null],
    ['1', 1_000, 1_000, { nextPage: 2 }, null],
    ['1', 0, 0, {}, null],
    ['1', 2_000, 1_000, { nextPage: 1 }, '2'],
  ])(
    'page %s of %i domains has %i, and whatever is named, next comes by the total',
    async (page, totalCount, size, named, next) => {
      const answer = { body: { domains: entries(size), totalCount, ...named } };

      const result = await listPage([list(answer, page)], page === '1' ? null : page);

      expect(result).toMatchObject({ nextCursor: next, declaredTotal: totalCount });
    },
  );

  test.each([
    ['a full page', entries(1_000), {}, '2'],
    ['a page that names a later one', entries(2), { nextPage: 2 }, '2'],
    ['a page that names itself', entries(2), { nextPage: 1 }, null],
    ['a page that names none', entries(2), { nextPage: 0 }, null],
    ['an empty page that names a later one', [], { nextPage: 2 }, null],
    ['no list at all', undefined, {}, null],
  ])('without a total, after %s', async (_, domains, named, next) => {
    const page = await listPage([list({ body: { domains, ...named } })]);

    expect(page).toMatchObject({ nextCursor: next, declaredTotal: null });
    expect(page.domains).toHaveLength(domains?.length ?? 0);
  });

  test('fails where a page has less than the total leaves for it', async () => {
    const short = list({ body: { domains: entries(250), totalCount: 400, nextPage: 2 } });

    await expect(listPage([short])).rejects.toMatchObject({
      code: 'LIST_INCOMPLETE',
      facts: { registrar: 'namecom' },
    });
  });

  test('says where an entry is not of the form, and not what', async () => {
    const failure = listPage([
      list({ body: { domains: [{ domainName: 'example.com', expireDate: 'soon' }] } }),
    ]);

    await expect(failure).rejects.toMatchObject({
      code: 'REGISTRAR_BAD_RESPONSE',
      facts: { path: 'domains/0/expireDate' },
    });
    await expect(failure).rejects.not.toThrow(/soon/);
  });

  test.each(refusals)('answered by %s fails', async (_, answer, error) => {
    await expect(listPage([list(answer)])).rejects.toMatchObject(error);
  });

  test('refuses a cursor that is not its own, without a call', async () => {
    await expect(listPage([], 'two')).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});

describe('readZone', () => {
  const readZone = (script: ScriptedCall[], zone: ZonePlace = 'HERE') =>
    withScript(namecom, credentials, script, (account) => account.readZone({ name: 'example.com', zone }));
  const addresses = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => ({
      fqdn: `host-${from + index}.example.com.`,
      type: 'A',
      answer: '192.0.2.1',
      ttl: 300,
    }));

  test('reads owners in full, priorities of zero, aliases and what is no rdata', async () => {
    const reading = await readZone([records(fixture('records.json'))]);

    const set = (name: string, type: string, values: string[], ttl: number | null = 300) => ({
      name,
      type,
      ttl,
      records: values,
    });
    expect(reading).toEqual({
      status: 'FETCHED',
      mixedTtl: false,
      rrsets: [
        set('_sip._tcp.example.com.', 'SRV', ['10 5 5060 sip.example.net.']),
        set('example.com.', 'A', ['203.0.113.10']),
        set('example.com.', 'AAAA', ['2001:db8::1'], null),
        set('example.com.', 'MX', ['0 mail2.example.net.', '10 mail.example.net.'], 3_600),
        set('example.com.', 'TXT', ['"v=spf1 \\"x\\" -all"']),
        {
          ...set('odd.example.com.', 'A', []),
          pseudo: { provider: 'namecom', kind: 'A', value: 'no address' },
        },
        {
          ...set('shop.example.com.', 'ANAME', []),
          pseudo: { provider: 'namecom', kind: 'ANAME', value: 'shops.example.net.' },
        },
        set('www.example.com.', 'CNAME', ['example.com.']),
      ],
    });
  });

  test('reads all pages that the total tells of', async () => {
    const reading = await readZone([
      records({ body: { records: addresses(1_000), totalCount: 1_001, nextPage: 2 } }),
      records({ body: { records: addresses(1, 1_000), totalCount: 1_001 } }, '2'),
    ]);

    expect(reading).toMatchObject({ status: 'FETCHED', rrsets: { length: 1_001 } });
  });

  test('reads an empty zone', async () => {
    expect(await readZone([records({ body: {} })], 'UNKNOWN')).toEqual({
      status: 'FETCHED',
      rrsets: [],
      mixedTtl: false,
    });
  });

  test('gives up a zone that has no end', async () => {
    const script = Array.from({ length: 40 }, (_, index) =>
      records({ body: { records: addresses(1), nextPage: index + 2 } }, String(index + 1)),
    );

    await expect(readZone(script)).rejects.toMatchObject({
      code: 'LIST_INCOMPLETE',
      facts: { registrar: 'namecom' },
    });
  });

  test.each<ZonePlace>(['ELSEWHERE', 'NOT_PERMITTED'])(
    'makes no call for a zone that is %s',
    async (zone) => {
      expect(await readZone([], zone)).toEqual({ status: zone });
    },
  );

  test.each(refusals)('answered by %s fails', async (_, answer, error) => {
    await expect(readZone([records(answer)])).rejects.toMatchObject(error);
  });

  test('refuses a record that is not in the zone', async () => {
    const foreign = { fqdn: 'www.example.net.', type: 'A', answer: '192.0.2.1', ttl: 300 };

    await expect(readZone([records({ body: { records: [foreign] } })])).rejects.toMatchObject({
      code: 'REGISTRAR_BAD_RESPONSE',
      facts: { path: 'records/0/fqdn' },
    });
  });
});

test('calls are counted by the user name: all tokens of an account together', () => {
  expect(namecom.limitSubject(credentials)).toBe('fakeuser');
  expect(namecom.limitSubject({ ...credentials, username: 'FakeUser' })).toBe('fakeuser');
});
